"""Names told in one breath (甲、乙和丙), which act together; by-lines are nobody's.

Nor does a name act by surname and title (潘书记) that has its full name in the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, clause_starts

NEAR = 8  # characters between a place and the name it belongs to
SIGNED = frozenset({"by_line", "short"})
WIDE = 400  # characters on either side of a name that are looked at
_JOINT = re.compile(r"^[、,，和与及]{1,2}$")


@dataclass(frozen=True, slots=True)
class NameContext:
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


def name_contexts(sentence: Sentence) -> Iterator[tuple[Sequence[Name], NameContext]]:
    """The names told in one breath, each group with what stands around it."""
    if not sentence.names:
        return
    said = _Said.of(sentence)
    text, start = said.text, sentence.span.start
    person: int | None = None
    opened = seen = 0
    for group in groups(sentence):
        at, end = group[0].span.start - start, group[-1].span.end - start
        opening = said.clause(at)
        is_after = person is not None and opening < person
        since = text[max(person or 0, at - WIDE) : at] if is_after else None
        opened += text.count("“", seen, at) - text.count("”", seen, at)
        is_quoted, seen = opened > 0, at
        before, bare, until = text[opening:at], said.unplaced(opening, at), said.until(end)
        near, lead = text[end : end + WIDE], text[max(0, at - WIDE) : at]
        yield group, NameContext(group[0], before, near, since, until, is_quoted, lead, bare)
        if group[0].kind == "person":
            person = end


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence in simplified characters, with where its clauses, names and places begin."""

    text: str
    clauses: Sequence[int]
    starts: Sequence[int]
    places: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, sentence: Sentence) -> _Said:
        text, by = fold(sentence.text), sentence.span.start
        spans = [(n.span.start - by, n.span.end - by) for n in sentence.names]
        is_place = (name.kind in ("village", "place") for name in sentence.names)
        return cls(
            text,
            clause_starts(text),
            [start for start, _ in spans],
            list(compress(spans, is_place)),
        )

    def clause(self, at: int) -> int:
        """Where the clause begins that goes on at a place, or what of it is looked at."""
        return max(self.clauses[bisect_right(self.clauses, at) - 1], at - WIDE)

    def unplaced(self, start: int, end: int) -> str:
        """What is said between, without the villages and townships named there."""
        words, first = "", bisect_left(self.places, (start, start))
        for opens, closes in self.places[first : bisect_right(self.places, (end, end))]:
            words, start = words + self.text[start:opens], closes
        return words + self.text[start:end]

    def until(self, end: int) -> str | None:
        """What stands up to a name within a few characters: 马庄村|支部委员|李书云."""
        later = bisect_left(self.starts, end)
        if later == len(self.starts) or self.starts[later] - end > NEAR:
            return None
        return self.text[end : self.starts[later]]
