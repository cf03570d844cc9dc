"""The rows of headers of a table in a PDF that nothing is drawn around: how far up, over what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from summarizer.documents.read.pdf_layout import Line, column_bounds, columns_over

MOST = 4  # rows of headers above those that stand in the table's columns
LONGEST = 16  # characters of a header
PITCH = 1.4  # distances of a table's rows within which a header stands above the next
BETWEEN = 0.8  # of that distance, to a header in the middle of two rows
OFF = 2.5  # heights of a header that it may stand off the middle of its columns
_NO_HEADER = re.compile(r"[。；，：:!?]|单位|單位|^(?!(?:19|20)\d\d年?$)[-+\d.,%]+$|[表况況]$")
Bounds = Sequence[tuple[float, float]]


def header_start(lines: Sequence[Line], start: int, end: int) -> int:
    """The first line of a table's headers: group headings stand above, over several columns."""
    pitch = median(above.bottom - below.bottom for above, below in pairwise(lines[start:end]))
    edge = column_bounds(lines[start:end])[0][1]
    first = number = start
    while number > max(0, start - MOST):
        line = lines[number - 1]
        if line.bottom - lines[number].bottom > PITCH * pitch or not _is_header(line):
            break
        number -= 1
        if len(line.pieces) > 1 or edge < line.pieces[0].left:
            first = number
    return first


def _is_header(line: Line) -> bool:
    said = [piece.text for piece in line.pieces]
    return all(len(text) <= LONGEST and not _NO_HEADER.search(text) for text in said)


def spread(rows: Sequence[Line], bounds: Bounds) -> Iterator[list[tuple[int, int]]]:
    """Of each row of headers the columns of its pieces: the first one, and how many.

    A piece in the middle between two rows heads a single column; others share the columns that are
    left, each in the middle of its own.
    """
    distances = [above.bottom - below.bottom for above, below in pairwise(rows)]
    pitch = max(distances, default=0.0)
    middles = {
        number
        for number in range(len(rows))
        for near in distances[max(0, number - 1) : number + 1]
        if near < BETWEEN * pitch
        and len(rows[number].pieces) < len(bounds)
        and all(columns_over(piece, bounds)[1] == 1 for piece in rows[number].pieces)
        and _is_between(rows, number)
    }
    taken = {columns_over(piece, bounds)[0] for n in middles for piece in rows[n].pieces}
    for number, row in enumerate(rows):
        if number in middles or len(row.pieces) == len(bounds):
            yield [columns_over(piece, bounds) for piece in row.pieces]
        else:
            yield _shared(row, bounds, [c for c in range(len(bounds)) if c not in taken])


def _is_between(rows: Sequence[Line], number: int) -> bool:
    """Whether a row stands between two others that are as far apart as rows are."""
    return 0 < number < len(rows) - 1


def _shared(row: Line, bounds: Bounds, free: Sequence[int]) -> list[tuple[int, int]]:
    """The columns of a row's pieces, each in the middle of its own; leading ones may have none."""
    middles = [(piece.left + piece.right) / 2 for piece in row.pieces]

    @cache
    def best(piece: int, first: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if piece == len(middles):
            return (0.0, ()) if first == len(free) else (float("inf"), ())
        found: tuple[float, tuple[tuple[int, int], ...]] = (float("inf"), ())
        for last in range(first, len(free) - (len(middles) - piece - 1)):
            here = (bounds[free[first]][0] + bounds[free[last]][1]) / 2
            cost, rest = best(piece + 1, last + 1)
            cost += abs(here - middles[piece])
            found = min(found, (cost, ((free[first], free[last] - free[first] + 1), *rest)))
        return found

    starts = range(min(3, len(free) - len(middles) + 1))
    cost, shared = min((best(0, start) for start in starts), default=(float("inf"), ()))
    height = row.pieces[0].chars[0].height
    if cost <= OFF * height * len(middles):
        return list(shared)
    return [columns_over(piece, bounds) for piece in row.pieces]
