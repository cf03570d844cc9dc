"""Names told in one breath (甲、乙和丙), which act together; by-lines are nobody's.

Nor does a name act by surname and title (潘书记) that has its full name in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

SIGNED = frozenset({"by_line", "short"})
_EACH = re.compile("分别|各自|其中|依次|分头")
_JOINT = re.compile(r"^[、,，和与及]{1,2}$")


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


def divides(text: str) -> bool:
    """Whether a sentence says of each of those it names together something of its own.

    >>> divides("县水务局、县林业局分别负责供水和造林"), divides("县水务局、县林业局负责造林")
    (True, False)
    """
    return _EACH.search(text) is not None
