"""Which cells of a page are of tables of data, and where each stands in its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from summarizer.documents.tables import Place

CELLS = frozenset(("td", "th"))
WIDEST = 1_000  # columns that a cell may cover
BRIEF = 20  # characters of a cell that may have more than one paragraph
TALLEST = 10_000  # rows that a cell may cover


class Seat(NamedTuple):
    """A cell's table, and its place there."""

    table: Any
    place: Place


def seats(root: Any) -> Mapping[Any, Seat]:
    """The cells of tables of data; old pages lay themselves out with tables too.

    Such a cell holds no table, at most two breaks and one paragraph, or three brief ones.
    """
    from lxml import etree

    found: dict[Any, Seat] = {}
    open_cells: list[list[int]] = []  # of each open cell: tables, paragraphs, breaks inside
    counted = {"table": 0, "p": 1, "br": 2}
    rows: list[_Rows] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in counted and open_cells:
                open_cells[-1][counted[tag]] += 1
            if tag == "table":
                rows.append(_Rows(element))
            elif tag == "tr" and rows:
                rows[-1].next_row()
            elif tag in CELLS:
                open_cells.append([0, 0, 0])
        elif tag == "table" and rows:
            rows.pop()
        elif tag in CELLS and open_cells:
            tables, paragraphs, breaks = inside = open_cells.pop()
            seat = rows[-1].seat(element) if rows else None
            is_short = not tables and paragraphs < 4 and breaks < 3
            if is_short and paragraphs > 1:
                said = "".join("".join(element.itertext()).split())
                is_short = len(said) <= BRIEF and "。" not in said
            if is_short and seat is not None:
                found[element] = seat
            if open_cells:
                open_cells[-1] = [a + b for a, b in zip(open_cells[-1], inside, strict=True)]
    return found


class _Rows:
    """The rows of a table while it is read: which columns a cell above still covers."""

    def __init__(self, table: Any) -> None:
        self.table = table
        self.row = -1
        self.column = 0
        self.covered: dict[int, int] = {}  # column → the first row that is free again

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0

    def seat(self, cell: Any) -> Seat:
        """The place of the next cell of the row."""
        row = max(self.row, 0)
        while self.covered.get(self.column, 0) > row:
            self.column += 1
        columns = _span(cell.get("colspan"), WIDEST)
        rows = _span(cell.get("rowspan"), TALLEST)
        place = Place(row, self.column, rows, columns)
        if rows > 1:
            for column in range(self.column, self.column + columns):
                self.covered[column] = row + rows
        self.column += columns
        return Seat(self.table, place)


def _span(told: str | None, most: int) -> int:
    digits = (told or "").strip()[:6]
    return min(most, max(1, int(digits))) if digits.isdecimal() and digits.isascii() else 1
