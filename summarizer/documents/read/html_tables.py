"""Which cells of a page are of tables of data, and where each stands in its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.tables import Place

CELLS = frozenset(("td", "th"))
GROUPS = frozenset(("thead", "tbody", "tfoot"))
WIDEST = 1_000  # columns that a cell may cover
BRIEF = 20  # characters of a cell that may have more than one paragraph
TALLEST = 10_000  # rows that a cell may cover


class Seat(NamedTuple):
    """A cell's table, and its place there."""

    table: Any
    place: Place


def seats(root: Any, name: str, most: Limits) -> Mapping[Any, Seat]:
    """The cells of tables of data; old pages lay themselves out with tables too.

    Such a cell holds no table, at most two breaks and one paragraph, or three brief ones. Raises
    UnreadableDocument where merged cells cover too many.
    """
    from lxml import etree

    found: dict[Any, Seat] = {}
    open_cells: list[list[int]] = []  # of each open cell: tables, paragraphs, breaks inside
    counted = {"table": 0, "p": 1, "br": 2}
    tables: list[_Table] = []
    covered = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in counted and open_cells:
                open_cells[-1][counted[tag]] += 1
            if tag == "table":
                tables.append(_Table())
            elif tag in CELLS:
                open_cells.append([0, 0, 0])
            elif tables:
                tables[-1].begin(tag)
        elif tag == "table" and tables:
            places = tables.pop().places()
            found.update((cell, Seat(element, place)) for cell, place in places)
        elif tag in GROUPS and tables:
            tables[-1].begin("table")
        elif tag in CELLS and open_cells:
            inside = open_cells.pop()
            if tables and (more := tables[-1].seat(element, is_data=_is_short(element, inside))):
                covered += more
                limits.check(covered, most.cells, name=name, what="table cells that are merged")
            if open_cells:
                open_cells[-1] = [a + b for a, b in zip(open_cells[-1], inside, strict=True)]
    return found


def _is_short(cell: Any, inside: Sequence[int]) -> bool:
    """Whether a cell with so many tables, paragraphs and breaks inside is one of data."""
    tables, paragraphs, breaks = inside
    if not (tables or paragraphs or breaks):
        return True
    if tables or paragraphs > 3 or breaks > 2:
        return False
    said = "".join("".join(cell.itertext()).split()) if paragraphs > 1 else ""
    return len(said) <= BRIEF and "。" not in said


class _Group:
    """Rows that are a head, a body or a foot; no cell covers any beyond them."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.rows = 0
        self.column = 0
        self.covered: dict[int, int] = {}  # column → the first row that is free again
        self.cells: list[tuple[Any, int, int, int, int]] = []  # with row, column, and how many


class _Table:
    """A table while it is read."""

    def __init__(self) -> None:
        self.groups = [_Group("table")]

    def begin(self, tag: str) -> None:
        """Begin a group of rows, or a row."""
        group = self.groups[-1]
        if tag == "tr":
            group.rows, group.column = group.rows + 1, 0
        elif tag in GROUPS or tag == "table":
            self.groups.append(_Group(tag))

    def seat(self, cell: Any, *, is_data: bool) -> int:
        """Give the next cell of the row its place; how many merged ones it was found behind."""
        group = self.groups[-1]
        group.rows = max(group.rows, 1)
        row = group.rows - 1
        first = group.column
        while group.covered and group.covered.get(group.column, 0) > row:
            group.column += 1
        passed = group.column - first
        columns = _span(told, WIDEST) if (told := cell.get("colspan")) else 1
        rows = _span(told, TALLEST, whole=TALLEST) if (told := cell.get("rowspan")) else 1
        if is_data:
            group.cells.append((cell, row, group.column, rows, columns))
        if rows > 1:
            for column in range(group.column, group.column + columns):
                group.covered[column] = row + rows
            passed += columns
        group.column += columns
        return passed

    def places(self) -> Iterator[tuple[Any, Place]]:
        """The places of all cells: the head stands first and the foot last, wherever written."""
        above = 0
        first = {group.tag: group for group in reversed(self.groups)}
        order = {id(first.get("thead")): -1, id(first.get("tfoot")): 1}
        for group in sorted(self.groups, key=lambda one: order.get(id(one), 0)):
            for cell, row, column, rows, columns in group.cells:
                down = rows if rows == 1 else min(rows, group.rows - row)
                yield cell, Place(above + row, column, down, columns)
            above += group.rows


def _span(told: str, most: int, *, whole: int = 1) -> int:
    """How many a cell covers; 0 are `whole`."""
    digits = told.strip()[:6]
    number = int(digits) if digits.isdecimal() and digits.isascii() else 1
    return min(most, number or whole)
