"""The bare numbers of a document's tables as mentions, with what their headers say of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.documents.clean import CleanText
from summarizer.documents.tables.grid import Grid
from summarizer.types import Issue, Mention, Span
from summarizer.zh.tables.numbers import without_note
from summarizer.zh.tables.reading import HEADER, WORDS, CellReading, read_table
from summarizer.zh.tables.totals import unbalanced

GUESSED = "unit_cell"  # the rule for a table that is but lines of text
ABOVE = 200  # characters before a table in which its unit may be announced
_PARTS = re.compile(r"\S+(?: \d{3}(?!\S))*")
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
MOST_PLACES = 1_000_000  # rows times columns of a grid that is read by its headers


@dataclass(frozen=True, slots=True)
class TableNumbers:
    """The mentions of a text with those of its tables among them, and the headers' words.

    `told` has what a table says of a mention, by the mention's id; `issues` are its totals that
    are not what their columns come to.
    """

    mentions: tuple[Mention, ...]
    told: Mapping[str, CellReading]
    issues: tuple[Issue, ...] = ()


def with_tables(text: CleanText, mentions: Sequence[Mention]) -> TableNumbers:
    r"""The mentions that were found, but in tables those that the headers tell.

    >>> from summarizer.documents.clean import clean
    >>> from summarizer.documents.tables import Place, Written
    >>> from summarizer.types import Document
    >>> from summarizer.zh.quantities import find_mentions
    >>> written = Written()
    >>> written.row([("乡镇", Place(0, 0)), ("投资（万元）", Place(0, 1))], table=0)
    >>> written.row([("甲镇", Place(1, 0)), ("300", Place(1, 1))], table=0)
    >>> text = clean(Document("0", "x.html", written.text, grids=written.grids))
    >>> read = with_tables(text, find_mentions(text))
    >>> one = next(m for m in read.mentions if m.quantity)
    >>> one.text, one.quantity.value, read.told[one.id].label
    ('300', Decimal('3000000'), '投资')
    """
    found = {(m.at.start, m.at.end): m for m in mentions if m.quantity and text.document.grids}
    tables = [list(_readings(text, grid, found)) for grid in text.document.grids]
    cells = [one for table in tables for one in table]
    if not cells:
        return TableNumbers(tuple(mentions), {})
    cells.sort(key=lambda one: one[0])
    starts = [at.start for at, _ in cells]
    ends = [at.end for at, _ in cells]
    rest = [
        m
        for m in mentions
        if bisect_right(starts, m.at.end - 1) == bisect_left(ends, m.at.start + 1)
    ]
    read = [table for table in tables if table]
    both: list[tuple[Span, Mention | CellReading]] = [(m.at, _known(m, read)) for m in rest]
    both += cells
    both.sort(key=lambda one: one[0])
    issues = [issue for table in tables for issue in _issues(text, table)]
    return replace(_numbered(text, both), issues=tuple(issues))


def _known(mention: Mention, tables: Sequence[Sequence[tuple[Span, CellReading]]]) -> Mention:
    """A mention beside the cells that headers tell: in their table no unit is guessed by lines."""
    if mention.rule != GUESSED or not any(
        table[0][0].start <= mention.at.start <= table[-1][0].end for table in tables
    ):
        return mention
    return replace(mention, kind="unknown", quantity=None, rule="cell_without_unit")


def _issues(text: CleanText, table: Sequence[tuple[Span, CellReading]]) -> Iterator[Issue]:
    """The totals of a table that do not come out even."""
    places = {id(one): at for at, one in table}
    for total, summed in unbalanced([one for _, one in table]):
        span = text.to_raw(places[id(total)])
        said = text.text[places[id(total)].slice]
        unit = total.quantity.unit if total.quantity else ""
        yield Issue(
            code="parts_miss_total",
            severity="warning",
            message=f"{total.label} {said} is not what the rows come to: {summed:f}{unit}",
            ref=f"{span.start}-{span.end}",
        )


def _numbered(text: CleanText, found: Sequence[tuple[Span, Mention | CellReading]]) -> TableNumbers:
    """All of them as mentions, numbered in order as the grammar does."""
    quantities = others = 0
    mentions, told = [], {}
    for at, one in found:
        is_quantity = one.quantity is not None
        quantities, others = quantities + is_quantity, others + (not is_quantity)
        id_ = f"m{quantities}" if is_quantity else f"n{others}"
        if isinstance(one, Mention):
            mentions.append(replace(one, id=id_))
        else:
            mention = Mention(
                id_, text.to_raw(at), text.text[at.slice], one.kind, one.quantity, at, one.rule
            )
            mentions.append(mention)
            told[id_] = one
    return TableNumbers(tuple(mentions), told)


def _readings(
    text: CleanText, grid: Grid, found: Mapping[tuple[int, int], Mention]
) -> Iterator[tuple[Span, CellReading]]:
    """The numbers of a grid with their places in the clean text.

    Those that were `found` and fill a cell, 350万元, are named by its headers, too; what fills a
    header, 60岁以上, names a group and counts nothing.
    """
    rows, columns = grid.size
    if not 0 < rows * columns <= MOST_PLACES:
        return
    raw = text.document.text
    said = [[""] * columns for _ in range(rows)]
    starts: dict[tuple[int, int], Span] = {}
    for cell in grid.cells:
        at = text.to_clean(cell.span)
        starts[cell.place.row, cell.place.column] = at
        words = text.text[at.slice] if cell.span.start < cell.span.end else ""
        for row in range(cell.place.row, cell.place.row + cell.place.rows):
            for column in range(cell.place.column, cell.place.column + cell.place.columns):
                said[row][column] = words
    span = grid.span
    above = raw[max(0, span.start - ABOVE) : span.start].rstrip("\n").split("\n")[-3:]
    for one in read_table(said, "\n".join(above), every=True):
        at = starts.get((one.row, one.column), Span(0, 0))
        words = text.text[at.slice]
        if words.strip():  # a merged cell is one number, where it begins
            span = _number(words, at.start, one)
            mention = found.get((span.start, span.end))
            if one.rule not in (WORDS, HEADER):
                yield span, one
            elif mention is not None:
                yield span, _named(one, mention)


def _number(words: str, start: int, one: CellReading) -> Span:
    """Where the number of a cell stands, without the marks of notes behind it."""
    parts = [*_PARTS.finditer(words)] if one.part is not None else []
    own, at = words.strip(), 0
    if one.part is not None and one.part < len(parts):
        own, at = parts[one.part][0], parts[one.part].start()
    first = start + words.index(own, at)
    return Span(first, first + len(without_note(own)))


def _named(one: CellReading, mention: Mention) -> CellReading:
    """What the headers say of a quantity that fills its cell."""
    quantity = mention.quantity
    if quantity is None or one.rule == HEADER:
        return one
    digits = _DIGITS.search(mention.text)
    value = Decimal(digits[0].replace(",", "")) if digits else Decimal()
    places = len(digits[0].partition(".")[2]) if digits else 0
    step = abs(quantity.value / value).scaleb(-places) if value else abs(quantity.value)
    return replace(one, rule=mention.rule, quantity=quantity, step=step)
