"""The text of a file while a reader writes it: its lines, and the tables among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.documents.tables.grid import Cell, Grid, Place
from summarizer.types import Span


class Written:
    r"""Lines, and rows of tables as lines with tabs between their cells.

    >>> written = Written()
    >>> written.line("一、经济")
    >>> written.row([("指标", Place(0, 0)), ("亿元", Place(0, 1))], table=0)
    >>> written.row([("生产总值", Place(1, 0)), ("45", Place(1, 1))], table=0)
    >>> written.text
    '一、经济\n指标\t亿元\n生产总值\t45\n'
    >>> [written.text[cell.span.slice] for cell in written.grids[0].cells]
    ['指标', '亿元', '生产总值', '45']
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0
        self._tables: dict[object, list[Cell]] = {}

    def line(self, text: str) -> None:
        """A line of text."""
        self.lines.append(text)
        self.size += len(text) + 1

    def go_on(self, text: str) -> None:
        """More of the last line, which a page's border cuts."""
        self.lines[-1] += text
        self.size += len(text)

    def row(self, cells: Sequence[tuple[str, Place]], *, table: object) -> None:
        """A row of a table, as a line: those of one `table`, whatever tells it, are one grid.

        A cell of no rows continues the one above it.
        """
        whole = "\t".join(text for text, _ in cells)
        line = whole.strip("\t")
        known = self._tables.setdefault(table, [])
        start, end = self.size, self.size + len(line)
        at = start - (len(whole) - len(whole.lstrip("\t")))
        for text, place in cells:  # a blank cell at an end of the row stands at the line's end
            until = at + len(text)
            first, last = max(at, start), max(until, start)
            known.append(Cell(place, Span(min(first, end), min(last, end))))
            at = until + 1
        self.line(line)

    @property
    def text(self) -> str:
        """All lines, each with its end."""
        return "\n".join(self.lines) + "\n"

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in the order of their first rows."""
        return tuple(Grid(tuple(_joined(cells))) for cells in self._tables.values() if cells)


def _joined(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells, those that continue the one above as a part of it."""
    above: dict[int, int] = {}  # column → the cell that stands there
    found: list[Cell] = []
    for cell in cells:
        row, column, rows, columns = cell.place
        if not rows and column in above:
            known = found[above[column]]
            taller = known.place._replace(rows=row + 1 - known.place.row)
            found[above[column]] = Cell(taller, known.span)
            continue
        above |= dict.fromkeys(range(column, column + columns), len(found))
        found.append(cell if rows else Cell(cell.place._replace(rows=1), cell.span))
    return iter(found)
