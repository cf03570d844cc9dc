"""Tables whose rows say where their cells end (DOC, RTF): the columns are found from the edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.documents.tables import Place, Written

NEAR = 30  # twentieths of a point within which two edges are one
ON_LEFT, FROM_ABOVE = "left", "above"
"""What merges a cell: with the one on its left, with the one above."""


class Row(NamedTuple):
    """The texts of a row's cells, where they begin and the last one ends, and what merges each.

    Edges that do not fit the cells say nothing.
    """

    texts: list[str]
    edges: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether its edges are those of its cells."""
        return len(self.edges) == len(self.texts) + 1 and sorted(self.edges) == [*self.edges]


def write_rows(written: Written, rows: Sequence[Row], table: object) -> None:
    """Write the rows of a table; lines without places where none is certain."""
    for row in placed(rows):
        if row and isinstance(row[0], str):
            written.line("\t".join(map(str, row)))
        elif row:
            written.row([cell for cell in row if not isinstance(cell, str)], table=table)


def placed(rows: Sequence[Row]) -> Iterator[list[tuple[str, Place]] | list[str]]:
    """The cells of each row with their places; texts alone where no place is certain."""
    if not all(row.is_told for row in rows):
        same = len({len(row.texts) for row in rows}) == 1
        for down, row in enumerate(rows):
            yield (
                [(text, Place(down, at)) for at, text in enumerate(row.texts)]
                if same
                else list(row.texts)
            )
        return
    columns = _columns(sorted({edge for row in rows for edge in row.edges}))
    for down, row in enumerate(rows):
        yield list(_cells(row, down, columns))


def _columns(edges: Sequence[int]) -> dict[int, int]:
    """The number of the column that begins at each edge.

    >>> _columns([0, 100, 110, 300])
    {0: 0, 100: 1, 110: 1, 300: 2}
    """
    found = dict.fromkeys(edges[:1], 0)
    for before, edge in pairwise(edges):
        found[edge] = found[before] + (edge - before > NEAR)
    return found


def _cells(row: Row, down: int, columns: dict[int, int]) -> Iterator[tuple[str, Place]]:
    merged = (*row.merged, *[""] * len(row.texts))
    found: list[tuple[str, Place]] = []
    for text, how, (left, right) in zip(row.texts, merged, pairwise(row.edges), strict=False):
        wide = max(1, columns[right] - columns[left])
        if how == ON_LEFT and not text and found:
            said, place = found[-1]
            found[-1] = said, place._replace(columns=columns[right] - place.column)
        elif how != ON_LEFT or text:
            rows = 0 if how == FROM_ABOVE else 1
            found.append((text, Place(down, columns[left], rows, wide)))
    return iter(found)
