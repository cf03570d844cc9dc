"""A row of a list: a name, the sentences that tell of it, and its numbers; and what no row has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from summarizer.engine.checked_items import at
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.row_names import is_title
from summarizer.engine.row_numbers import RowNumbers
from summarizer.fields import Pick
from summarizer.types import Issue
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


@dataclass(frozen=True)
class Row:
    """A name with the sentences that tell of it, its numbers, and how likely it is one.

    `others` are rows of the same name that have numbers, too; `part` is what its sentence says of
    it where it says something else of another name.
    """

    name: str
    sentences: tuple[Sentence, ...]
    picks: dict[str, Any]
    is_alone: bool = True
    odds: float | None = None
    others: tuple[Row, ...] = ()
    part: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it has a number."""
        return any(pick is not None for pick in self.picks.values())

    def is_of(self, other: Row) -> bool:
        """Whether it is another row, whatever its numbers are and however likely it is."""
        return (self.name, self.sentences) == (other.name, other.sentences)

    @property
    def told(self) -> tuple[Sentence, ...]:
        """The sentences that say whether it is one: its own, and more if that is no more."""
        is_titled = is_title(self.name, self.sentences[0])
        return self.sentences if is_titled else self.sentences[:1]

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

    def with_led(self, picks: dict[str, Any]) -> Row:
        """The same with the numbers that it lacks of those that its words lead to."""
        own = dict(self.picks)
        for name, pick in picks.items():
            is_told = isinstance(pick, Pick) and (not self.part or pick.text in self.part)
            if is_told and own.get(name) is None and pick not in own.values():
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


def once(rows: Sequence[Row]) -> list[Row]:
    """The likeliest row of each name, with what others say of it, in the order of the names."""
    named: dict[str, list[Row]] = {}
    for one in rows:
        named.setdefault(fold(one.name), []).append(one)
    return [
        reduce(Row.with_rest, sorted(several, key=lambda one: -(one.odds or 0)))
        for several in named.values()
    ]


def lost(
    numbers: RowNumbers, rows: Sequence[Row], drafts: Sequence[ItemDraft], body: Sequence[Sentence]
) -> Iterator[Issue]:
    """The numbers that are what a list asks for, or were a row's, and are in no item of it."""
    wanted = numbers.wanted | {one.span: one.text for row in rows for one in _picked(row.picks)}
    had = {one.span for draft in drafts for one in _picked(draft.values)}
    rest = sorted((span, text) for span, text in wanted.items() if span not in had)
    for sentence in body if rest else ():
        raw = sentence.raw
        if texts := [text for span, text in rest if raw.start <= span.start < raw.end]:
            told = f"{numbers.listed.name}: no item has {'、'.join(texts)} of this sentence"
            yield at(sentence, Issue(code="item_dropped", severity="info", message=told))


def _picked(values: dict[str, Any]) -> Iterator[Pick]:
    return (one for one in values.values() if isinstance(one, Pick))
