"""Names told in one breath (甲、乙和丙), which act together; by-lines are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.chunk import Sentence
from summarizer.names import Name
from summarizer.script import fold

SIGNED = frozenset({"by_line"})
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
