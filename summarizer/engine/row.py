"""A row of a list: a name, the sentences that tell of it, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from summarizer.engine.item_draft import ItemDraft
from summarizer.fields import Pick
from summarizer.types import Span
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


@dataclass(frozen=True)
class Row:
    """A name with the sentences that tell of it, its numbers, and how likely it is one.

    `others` are rows of the same name that have numbers, too; `part` is where its sentence tells of
    it, if it tells something else of another name.
    """

    name: str
    sentences: tuple[Sentence, ...]
    picks: dict[str, Any]
    is_alone: bool = True
    odds: float | None = None
    others: tuple[Row, ...] = ()
    part: range | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it has a number."""
        return any(pick is not None for pick in self.picks.values())

    def is_of(self, other: Row) -> bool:
        """Whether it is another row, whatever its numbers are and however likely it is."""
        return (self.name, self.sentences[0]) == (other.name, other.sentences[0])

    def with_rest(self, other: Row) -> Row:
        """The same with the numbers that it lacks of another row of its name."""
        picks = {f: other.picks[f] if pick is None else pick for f, pick in self.picks.items()}
        has_more = picks != self.picks
        return replace(
            self,
            picks=picks,
            sentences=self.sentences + other.sentences * has_more,
            others=self.others + (other,) * other.is_counted,
        )

    @property
    def own_words(self) -> str:
        """What its sentence says of it, if it says something else of another name; else ""."""
        if self.part is None:
            return ""
        sentence = self.sentences[0]
        base = sentence.span.start
        return fold(sentence.text)[self.part.start - base : self.part.stop - base]

    def with_led(self, picks: dict[str, Any], within: Span | None) -> Row:
        """The same with the numbers that it lacks of those that its words lead to.

        Those `within` a place of the file, where one is given: what is another name's is not its.
        """
        own = dict(self.picks)
        for name, pick in picks.items():
            is_own = isinstance(pick, Pick) and (within is None or within.covers(pick.span))
            if is_own and own.get(name) is None and pick not in own.values():
                own[name] = pick
        return replace(self, picks=own)

    def drafts(self, listed: str, values: dict[str, Any]) -> Iterator[ItemDraft]:
        """The row as an item of these values, and behind it the others of its name.

        Where items are merged it is told what they say, and what contradicts.
        """
        told = {s.number: s for s in self.sentences}
        own = tuple(told[n] for n in sorted(told))
        yield ItemDraft(listed, values | self.picks, own)
        for other in self.others:
            more = tuple(s for s in other.sentences if s.number not in told)
            yield ItemDraft(listed, values | other.picks, own + more)


def beyond_most(rows: Sequence[Row], most: int | None) -> list[Row]:
    """The rows of each sentence that are more than its class says, the least likely ones."""
    told: dict[int, list[Row]] = {}
    for one in sorted(rows, key=lambda one: -(one.odds or 0)):
        told.setdefault(one.sentences[0].number, []).append(one)
    return [one for several in told.values() for one in several[len(several[:most]) :]]


def once(rows: Sequence[Row]) -> list[Row]:
    """The likeliest row of each name, with what others say of it, in the order of the names."""
    named: dict[str, list[Row]] = {}
    for one in rows:
        named.setdefault(fold(one.name), []).append(one)
    return [
        reduce(Row.with_rest, sorted(several, key=lambda one: -(one.odds or 0)))
        for several in named.values()
    ]
