"""Which of a sentence's names act in it: only who acts can be held up as an example.

A place one goes to, a person who is helped, who only speaks, or who signs, is left out before the
model is asked; what is left is its choice. Names told in one breath (甲、乙和丙) act together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.chunk import Sentence
from summarizer.names import Name
from summarizer.script import fold
from summarizer.types import Span

NEAR = 8  # characters between a place and the name it belongs to
SIGNED = frozenset({"by_line"})
_PLACES = frozenset({"village", "place"})
_IS = re.compile(r"(?:是|作为|成为)[一-鿿]{0,4}$")
_SERVES = re.compile(r"^[一-鿿]{0,3}(?:书记|主任|局长|校长|院长|经理|董事长|社长|负责人|干部)")

_TO = re.compile(
    r"(?:在|位于|到|赴|于|往|驻|深入|派驻|来自|落户|走进|走访|前往|来到|地处|对|向|给|为|帮|帮助"
    r"|帮扶|带着|带|接送|送|陪|看望|慰问|资助|照顾|与|同)$"
)
_SPEAKS = re.compile(
    r"^(?:[^,，。;；:：]{0,8})?(?:说|表示|介绍|告诉|坦言|感慨|感叹|称|道|认为|强调|指出|透露|回忆)"
)
_OWNS = re.compile(
    r"^(?:的|党支部|支部|党员|村民|村委|贫困户|脱贫户|群众|[一-鿿]{0,4}(?:书记|主任|委员|组))"
)
_JOINT = re.compile(r"^[、,，和与及]{1,2}$")


def actors(sentence: Sentence) -> list[Name]:
    """The names of a sentence that act in it, each once and in order."""
    text = fold(sentence.text)
    start = sentence.span.start
    kept: dict[str, Name] = {}
    for group in groups(sentence):
        before = text[: group[0].span.start - start]
        after = text[group[-1].span.end - start :]
        if _acts(group[0], before, after, _is_followed(group[-1], sentence)):
            for name in group:
                kept.setdefault(fold(name.text), name)
    return list(kept.values())


def groups(sentence: Sentence) -> Iterator[Sequence[Name]]:
    """The names of a sentence, those of one kind that are joined by 、 or 和 together."""
    text = fold(sentence.text)
    start = sentence.span.start
    group: list[Name] = []
    for name in sentence.names:
        if name.rule in SIGNED:
            continue
        if group:
            between = text[group[-1].span.end - start : name.span.start - start]
            if not (_JOINT.match(between) and name.kind == group[-1].kind):
                yield group
                group = []
        group.append(name)
    if group:
        yield group


def _acts(name: Name, before: str, after: str, is_followed: bool) -> bool:
    if name.kind in _PLACES and (is_followed or _OWNS.match(after)):
        return False
    if name.kind in _PLACES and _IS.search(before):
        return False
    if name.kind == "organisation" and _SERVES.match(after):
        return False
    return not (_TO.search(before) or (name.kind == "person" and _SPEAKS.match(after)))


def _is_followed(name: Name, sentence: Sentence) -> bool:
    """Whether another name comes within a few characters: 马庄村支部委员李书云."""
    later = [n.span.start for n in sentence.names if not n.span.start < name.span.end]
    if not later or later[0] - name.span.end > NEAR:
        return False
    between = Span(name.span.end - sentence.span.start, later[0] - sentence.span.start)
    return not re.search("[,，。;；是有为把将]", sentence.text[between.slice])
