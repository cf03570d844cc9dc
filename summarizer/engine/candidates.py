"""The places of a passage that a field may pick: quantities, dates, and where nothing moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.engine.field_types import FieldType, is_of_dates
from summarizer.engine.marks import ids
from summarizer.fields import Change, Day, Period, Quantity
from summarizer.types import Mention, Span
from summarizer.zh.alike_units import is_of_unit
from summarizer.zh.date_phrases import DatePhrase, date_phrases
from summarizer.zh.directions import Direction, direction, standstills
from summarizer.zh.named_years import Now
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.tables.reading import CellReading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place: `at` in the clean text, its sentence, and what stands there.

    30日内 is a quantity and a deadline; 持平 is neither, and no change. For a cell of a table what
    its headers say stands for the words before it.
    """

    id: str
    at: Span
    text: str
    sentence: Sentence
    mention: Mention | None = None
    date: DatePhrase | None = None
    cell: CellReading | None = None

    @property
    def headers(self) -> str | None:
        """What a table's headers say of it, in simplified characters; None for none of a table."""
        return None if self.cell is None else fold(self.cell.words)

    @property
    def before(self) -> str:
        """The words of its sentence before it, in simplified characters."""
        if self.headers is not None:
            return self.headers
        return fold(self.sentence.text)[: self.at.start - self.sentence.span.start]

    @property
    def behind(self) -> str:
        """The words of its sentence behind it."""
        if self.headers is not None:
            return ""
        return fold(self.sentence.text)[self.at.end - self.sentence.span.start :]

    @property
    def direction(self) -> Direction | None:
        """Which way a number moved, by the words around it and its own sign."""
        number = fold(self.text)
        if self.cell is not None and number[:1].isdigit():
            number = f"+{number}"  # 同比(%) over 6.5: in such a column a fall has its sign
        return direction(self.before, self.behind, number)

    @property
    def is_standstill(self) -> bool:
        """Whether it says that nothing moved."""
        return self.mention is None and self.date is None

    def fits(self, tree: FieldType) -> bool:
        """Whether a pick may be this place, by its kind and its unit."""
        pick = tree.pick
        assert pick is not None, tree
        if issubclass(pick, Day):
            other = "part" if issubclass(pick, Period) else "whole"
            return self.date is not None and self.date.extent != other
        if issubclass(pick, Change) and self.is_standstill:
            return True
        if self.mention is None or self.mention.quantity is None:
            return False
        quantity = self.mention.quantity
        kinds = pick.kinds if issubclass(pick, Quantity) else frozenset()
        return (not kinds or quantity.kind in kinds) and (
            tree.unit is None or is_of_unit(quantity, tree.unit)
        )


def candidates(
    sentences: Sequence[Sentence],
    mentions: Mapping[str, Mention],
    trees: Sequence[FieldType],
    now: Now,
) -> dict[str, Candidate]:
    """What some picks may be, by ids: those of the quantities, capital letters for the others.

    The numbers of tables have the small letters that are left, for a model is not asked what they
    are. `now` is when the report speaks.

    Dates are looked for where a pick is of a date, standstills where one is of a change. A stretch
    from one date to another is offered to a Period, the two dates to a Day.
    """
    found: dict[str, Candidate] = {}
    others: list[Candidate] = []
    cells: list[Candidate] = []
    with_dates = any(is_of_dates(tree) for tree in trees)
    unwanted = _unwanted(trees)
    with_changes = any(tree.pick is not None and issubclass(tree.pick, Change) for tree in trees)
    for sentence in sentences:
        own = {id_: m for id_, m in mentions.items() if m in sentence.mentions}
        dates = [d for d in _dates(sentence, now) if d.extent not in unwanted] if with_dates else []
        for id_, mention in own.items():
            within = next((d for d in dates if d.span.start == _in(sentence, mention.at)), None)
            found[id_] = Candidate(id_, mention.at, mention.text, sentence, mention, within)
        taken = [m.at for m in sentence.mentions]
        for date in dates:
            at = _out(sentence, date.span)
            if not any(at.overlaps(one) for one in taken):
                others.append(Candidate("", at, date.text, sentence, date=date))
        for span in standstills(fold(sentence.text)) if with_changes else ():
            words = fold(sentence.text)[span.slice]
            others.append(Candidate("", _out(sentence, span), words, sentence))
        cells += [Candidate("", m.at, m.text, sentence, m, cell=cell) for m, cell in sentence.cells]
    left = (id_ for id_ in ids() if id_ not in mentions)
    for id_, one in [*_named(left, cells), *_named(map(str.upper, ids()), others)]:
        found[id_] = replace(one, id=id_)
    return found


def _named(names: Iterator[str], places: Sequence[Candidate]) -> Iterator[tuple[str, Candidate]]:
    """Places in the text's order, each with a name."""
    return zip(names, sorted(places, key=lambda place: place.at), strict=False)


def _unwanted(trees: Sequence[FieldType]) -> set[str]:
    """Which dates no pick may be: the ends of a stretch without a Day, it without a Period."""
    picks = [tree.pick for tree in trees if is_of_dates(tree) and tree.pick is not None]
    periods = [issubclass(pick, Period) for pick in picks]
    return ({"part"} if all(periods) else set()) | (set() if any(periods) else {"whole"})


def _dates(sentence: Sentence, now: Now) -> list[DatePhrase]:
    words, told = fold(sentence.text), now.within(sentence.section_kind)
    return date_phrases(words, find_mentions(words), told.year, told.month)


def _in(sentence: Sentence, at: Span) -> int:
    return at.start - sentence.span.start


def _out(sentence: Sentence, span: Span) -> Span:
    start = sentence.span.start
    return Span(span.start + start, span.end + start)
