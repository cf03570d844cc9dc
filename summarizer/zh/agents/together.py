"""Names told in one breath (甲、乙和丙), which act together; by-lines are nobody's.

Nor does a name act by surname and title (潘书记) that has its full name in the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.types import Span
from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, last_clause

NEAR = 8  # characters between a place and the name it belongs to
SIGNED = frozenset({"by_line", "short"})
WIDE = 400  # characters on either side of a name that are looked at
_JOINT = re.compile(r"^[、,，和与及]{1,2}$")


@dataclass(frozen=True, slots=True)
class Told:
    """A name in its sentence: what its clause says before it, and the sentence behind it."""

    name: Name
    before: str
    after: str
    since: str | None  # what stands between it and a person before it in its clause
    until: str | None  # what stands between it and a name right behind it
    is_quoted: bool
    lead: str  # the sentence up to it
    bare: str  # what its clause says before it, without places: 为|白竹村|贫困户


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


def tellings(sentence: Sentence) -> Iterator[tuple[Sequence[Name], Told]]:
    """The names told in one breath, each group with what stands around it."""
    text = fold(sentence.text)
    start = sentence.span.start
    person: int | None = None
    opened = seen = 0
    for group in groups(sentence):
        at, end = group[0].span.start - start, group[-1].span.end - start
        before = last_clause(text[max(0, at - WIDE) : at])
        is_after = person is not None and at - len(before) < person
        since = text[max(person or 0, at - WIDE) : at] if is_after else None
        until = _until(group[-1], sentence)
        opened += text.count("“", seen, at) - text.count("”", seen, at)
        is_quoted, seen = opened > 0, at
        bare = _unplaced(before, sentence)
        near, lead = text[end : end + WIDE], text[max(0, at - WIDE) : at]
        yield group, Told(group[0], before, near, since, until, is_quoted, lead, bare)
        if group[0].kind == "person":
            person = end


def _unplaced(before: str, sentence: Sentence) -> str:
    """What a clause says before a name, without the villages and townships it names."""
    for name in sentence.names:
        if name.kind in ("village", "place"):
            before = before.replace(fold(name.text), "")
    return before


def _until(name: Name, sentence: Sentence) -> str | None:
    """What stands up to a name within a few characters: 马庄村|支部委员|李书云."""
    starts = [n.span.start for n in sentence.names]
    later = bisect_left(starts, name.span.end)
    if later == len(starts) or starts[later] - name.span.end > NEAR:
        return None
    between = Span(name.span.end - sentence.span.start, starts[later] - sentence.span.start)
    return fold(sentence.text)[between.slice]
