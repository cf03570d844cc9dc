"""The pages of a PDF as they are read: lines, and tables, which may go on over a page's border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple

from summarizer.documents.read.cell_lines import is_number
from summarizer.documents.read.pdf_borders import heads_between
from summarizer.documents.read.pdf_headers import header_start, spread
from summarizer.documents.read.pdf_layout import (
    Char,
    Line,
    column_bounds,
    columns_over,
    read_page,
    tables,
)
from summarizer.documents.read.pdf_rulings import Ruled, Segment, is_by_rows, ruled_tables
from summarizer.documents.read.pdf_running import Placed, running
from summarizer.types import Box

SAME_EDGE = 3.0  # points within which the columns of two pages are the same
HEADS = 4  # rows of headers that may stand again on the next page
APART = 1.8  # distances of a table's rows beyond which a line above it is no row

Item = Line | Ruled
Cell = tuple[str, int, int, int]
"""A cell of a table: text, first column, how many columns and rows it covers."""
Shown = str | list[str] | tuple[int, int, list[Cell]]
"""A line, the rest of the page before's in a list, or a row: its table, its number, its cells."""
Boxed = tuple[Box, Shown]
"""It, and where it stands on its page."""


class Read(NamedTuple):
    """What stands on a page, in reading order, and how many marks of notes were left out."""

    items: list[Item]
    notes: int


@dataclass
class Table:
    """The rows of a table as its pages have them, `last` those of its last page."""

    last: Ruled | list[Line]
    heads: int = 0
    parts: list[Ruled] = field(init=False)
    lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = [self.last] if isinstance(self.last, Ruled) else []
        self.lines = [] if isinstance(self.last, Ruled) else [*self.last]

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells of all rows."""
        if self.parts:
            return [row for part in self.parts for row in part.read.rows]
        bounds = column_bounds(self.lines)
        heads = [*spread(self.lines[: self.heads], bounds)]
        placed = heads + [
            [columns_over(piece, bounds) for piece in line.pieces]
            for line in self.lines[self.heads :]
        ]
        return [
            [(piece.text, *at, 1) for piece, at in zip(line.pieces, ats, strict=True)]
            for line, ats in zip(self.lines, placed, strict=True)
        ]

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.lines) + sum(len(part.heights) - 1 for part in self.parts)

    @property
    def boxes(self) -> list[Box]:
        """Where its rows stand on its last page."""
        if isinstance(self.last, list):
            return [line.box for line in self.last]
        left, *_, right = (round(edge, 1) for edge in self.last.edges)
        heights = (round(height, 1) for height in self.last.heights)
        return [(left, low, right, high) for high, low in pairwise(heights)]

    def add(self, other: Table) -> Part:
        """Put the rest of it from the next page to it."""
        first, self.last = self.size, other.last
        self.parts += other.parts
        self.lines += other.lines
        return Part(self, first, self.size, other.boxes)

    def goes_on(self, other: Table) -> bool:
        """Whether a table at the head of the next page is the rest of this one.

        It has the same columns, and opens with data or with the same headers.
        """
        ends, starts = self.last, other.last
        if isinstance(ends, Ruled) and isinstance(starts, Ruled):
            same = len(ends.edges) == len(starts.edges) and all(
                abs(a - b) <= SAME_EDGE for a, b in zip(ends.edges, starts.edges, strict=True)
            )
        elif isinstance(ends, list) and isinstance(starts, list):
            bounds, over = column_bounds(ends), column_bounds(starts)
            same = len(bounds) == len(over) and all(
                a[0] < b[1] and b[0] < a[1] for a, b in zip(bounds, over, strict=True)
            )
        else:
            return False
        [words], heads = other.words(1), self.words(HEADS)
        has_number = any(map(is_number, words[1:]))
        return same and (has_number or (words in heads and not any(map(is_number, words))))

    def words(self, count: int) -> list[list[str]]:
        """What its first rows say."""
        rows = self.parts[0].read.rows[:count] if self.parts else []
        ruled = [[text for text, *_ in row if text] for row in rows]
        return ruled or [[piece.text for piece in line.pieces] for line in self.lines[:count]]


class Part(NamedTuple):
    """The rows of a table that stand on one page, and where."""

    table: Table
    first: int
    end: int
    boxes: list[Box]


def read_items(chars: Iterable[Char], across: Sequence[Segment], down: Sequence[Segment]) -> Read:
    """The lines and the ruled tables of a page."""
    known = list(chars)
    found = ruled_tables(across, down)
    owners = [next((table for table in found if table.take(char)), None) for char in known]
    kept = [table for table in found if table.is_filled and is_by_rows(table)]
    rest = [c for c, owner in zip(known, owners, strict=True) if owner not in kept]
    lines, notes = read_page(rest)
    items: list[Item] = list(lines)
    for table in kept:
        at = next((n for n, one in enumerate(items) if _top(one) < table.top), len(items))
        items.insert(at, table)
    return Read(items, notes + sum(table.read.notes for table in kept))


def _top(item: Item) -> float:
    return item.top if isinstance(item, Ruled) else item.bottom


def without_running(pages: Sequence[Sequence[Item]]) -> tuple[list[list[Item]], int]:
    """The pages without what runs along their edges, and how many lines of it there were."""
    placed = [
        [
            Placed("", item.top) if isinstance(item, Ruled) else Placed(item.text, item.bottom)
            for item in page
        ]
        for page in pages
    ]
    kept: list[list[Item]] = []
    left_out = 0
    for page, runs in zip(pages, running(placed), strict=True):
        gone = runs - _rows_of_tables(page)
        kept.append([item for number, item in enumerate(page) if number not in gone])
        left_out += len(gone)
    for above, below in pairwise(kept):
        heads = heads_between(above, below) or 0
        left_out += heads
        del below[:heads]
    return kept, left_out


def _rows_of_tables(page: Sequence[Item]) -> set[int]:
    """The lines of a page that are rows of its tables, though they may recur on every page."""
    found: set[int] = set()
    for start, end in _runs(page):
        lines = [item for item in page[start:end] if isinstance(item, Line)]
        distances = [above.bottom - below.bottom for above, below in pairwise(lines)]
        usual = median(distances)
        if len(lines) > 2:
            found.update(
                start + number
                for number in range(len(lines))
                if any(d <= APART * usual for d in distances[max(0, number - 1) : number + 1])
            )
    return found


def _runs(page: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where the tables of a page that nothing is drawn around begin and end."""
    start = 0
    for number, item in enumerate([*page, None]):
        if isinstance(item, Line):
            continue
        lines = [one for one in page[start:number] if isinstance(one, Line)]
        yield from ((start + first, start + last) for first, last in tables(lines))
        start = number + 1


def shown(pages: Sequence[Sequence[Item]]) -> list[list[Boxed]]:
    """Of each page its lines and rows; a table that goes on over a page's border is one."""
    order: list[Table] = []
    found: list[list[Line | Part]] = []
    before: Line | Part | None = None
    for page in pages:
        placed: list[Line | Part] = []
        for number, block in enumerate(_blocks(page)):
            known = before.table if number == 0 and isinstance(before, Part) else None
            rest = _as_table(block) if known else None
            if known and rest and known.goes_on(rest):
                placed.append(known.add(rest))
            elif isinstance(block, Table):
                order.append(block)
                placed.append(Part(block, 0, block.size, block.boxes))
            else:
                placed.append(block)
        found.append(placed)
        before = placed[-1] if placed else before
    numbers = {id(table): number for number, table in enumerate(order)}
    rows = {id(table): table.rows for table in order}
    said: list[list[Boxed]] = [[*_said(page, numbers, rows)] for page in found]
    for (above, below), lines in zip(pairwise(pages), said[1:], strict=True):
        if heads_between(above, below) == 0 and isinstance(first := lines[0][1], str):
            lines[0] = lines[0][0], [first]
    return said


def _said(
    page: Sequence[Line | Part], numbers: Mapping[int, int], rows: Mapping[int, list[list[Cell]]]
) -> Iterator[Boxed]:
    """A page's lines, and the rows of its parts of tables."""
    for one in page:
        if isinstance(one, Line):
            yield one.box, one.text
        else:
            table = id(one.table)
            for row, box in zip(range(one.first, one.end), one.boxes, strict=True):
                yield box, (numbers[table], row, rows[table][row])


def _blocks(page: Sequence[Item]) -> Iterator[Line | Table]:
    """The lines of a page that are no rows, and its tables."""
    starts = dict(_with_heads(page))
    number = 0
    while number < len(page):
        item = page[number]
        end, heads = starts.get(number, (number + 1, 0))
        if isinstance(item, Ruled):
            yield Table(item)
        elif number in starts:
            yield Table([one for one in page[number:end] if isinstance(one, Line)], heads)
        else:
            yield item
        number = end


def _with_heads(page: Sequence[Item]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the tables that nothing is drawn around begin and end, and how many heads they have."""
    last = 0
    for start, end in _runs(page):
        before = reversed(page[last:start])
        above = list(takewhile(lambda one: isinstance(one, Line), before))[::-1]
        lines = [item for item in (*above, *page[start:end]) if isinstance(item, Line)]
        heads = len(above) - header_start(lines, len(above), len(lines))
        yield start - heads, (end, heads)
        last = end


def _as_table(block: Line | Table) -> Table | None:
    """A table, which a single row at the head of a page may be the rest of."""
    if isinstance(block, Table):
        return block
    return Table([block]) if len(block.pieces) > 1 else None
