"""A table as its file has it: cells with their place in the grid and in the raw text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from summarizer.types import Span


class Place(NamedTuple):
    """Where a cell stands: its first row and column, from 0, and how many of each it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place, and its raw text's span. An empty cell has an empty span."""

    place: Place
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in reading order, merged ones once.

    >>> grid = Grid((Cell(Place(0, 0, 1, 2), Span(0, 2)), Cell(Place(1, 0), Span(3, 4))))
    >>> grid.size
    (2, 2)
    """

    cells: tuple[Cell, ...]

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        places = [cell.place for cell in self.cells]
        return (
            max((place.row + place.rows for place in places), default=0),
            max((place.column + place.columns for place in places), default=0),
        )

    @property
    def span(self) -> Span:
        """From its first cell's text to its last one's."""
        return Span(
            min((cell.span.start for cell in self.cells), default=0),
            max((cell.span.end for cell in self.cells), default=0),
        )
