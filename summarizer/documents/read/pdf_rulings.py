"""Tables of a page that lines are drawn around: where the lines are, and the cells between them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from summarizer.documents.read.cell_lines import PART, is_number, one_line
from summarizer.documents.read.pdf_layout import Char, Line, read_page

NEAR = 2.0  # points within which two lines are one
SHORTEST = 4.0  # points of a line
COVERED = 0.6  # share of a cell's side that is drawn, where it has a border
MOST = 20_000  # lines of a page beyond which they are a picture
MOST_WHOLE = 500  # … when those in pieces are put together
MOST_CELLS = 4_000  # cells between them beyond which they are one, too
LOOKED_BACK = 50  # lines beside a line among which its pieces are looked for
WORDS = 1.5  # characters of a cell; what has fewer is squared paper
FEWEST = 2  # rows and columns of a table


class Segment(NamedTuple):
    """A line that is drawn along an axis: where it lies on the other one, and from where to where.

    A horizontal one lies at a height `at`.
    """

    at: float
    start: float
    end: float


@dataclass
class Box:
    """A cell between lines: its place in the table, and what stands in it."""

    row: int
    column: int
    rows: int
    columns: int
    right: float
    chars: list[Char] = field(default_factory=list)


class Cells(NamedTuple):
    """The cells of each row: text, first column, how many columns and rows they cover.

    `notes` are the marks of notes that were left out.
    """

    rows: list[list[tuple[str, int, int, int]]]
    notes: int


@dataclass
class Ruled:
    """A table between lines: the edges of its rows from the top, of its columns, and its cells."""

    heights: list[float]  # from the top
    edges: list[float]
    boxes: list[Box]
    owners: dict[tuple[int, int], Box]

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.heights[0]

    @property
    def is_filled(self) -> bool:
        """Whether there are words in as many cells as a table has at least, side by side in rows.

        A caption over headers is none: its rows stand below, where nothing is drawn.
        """
        filled = [box for box in self.boxes if box.chars]
        sizes = [len(box.chars) for box in filled]
        beside = Counter(box.row + row for box in filled for row in range(box.rows))
        several = sum(count >= FEWEST for count in beside.values())
        is_table = len(sizes) > FEWEST and several >= FEWEST
        return is_table and sum(sizes) >= WORDS * len(sizes)

    @cached_property
    def read(self) -> Cells:
        """Its cells when all their characters are taken."""
        rows: list[list[tuple[str, int, int, int]]] = [[] for _ in self.heights[1:]]
        left_out = 0
        for box in self.boxes:
            text, notes = _words(box)
            left_out += notes
            rows[box.row].append((text, box.column, box.columns, box.rows))
        return Cells(rows, left_out)

    def take(self, char: Char) -> bool:
        """Take a character that stands in a cell, and say whether it does."""
        x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
        column = bisect_right(self.edges, x) - 1
        row = bisect_right([-height for height in self.heights], -y) - 1
        box = self.owners.get((row, column))
        if box is not None:
            box.chars.append(char)
        return box is not None


def _words(box: Box) -> tuple[str, int]:
    """The words of a cell, and the notes in it; a line that fills it goes on in the next one."""
    if not box.chars:
        return "", 0
    lines, notes = read_page(box.chars)
    said = lines[0].text
    for above, line in pairwise(lines):
        is_full = box.right - above.right < 1.5 * _width(line)
        said += ("" if is_full else PART) + line.text
    return one_line(said), notes


def ruled_tables(across: Sequence[Segment], down: Sequence[Segment]) -> list[Ruled]:
    """The tables between horizontal and vertical lines, from the top.

    >>> rows = [Segment(y, 0, 100) for y in (0, 20, 40)]
    >>> columns = [Segment(x, 0, 40) for x in (0, 50, 100)]
    >>> [table] = ruled_tables(rows, columns)
    >>> table.heights, table.edges, len(table.boxes)
    ([40, 20, 0], [0, 50, 100], 4)
    """
    if len(across) + len(down) > MOST:
        return []
    rows, columns = _merged(across), _merged(down)
    if len(rows) + len(columns) > MOST_WHOLE:
        return []
    found = [_table(*part) for part in _connected(rows, columns)]
    return sorted((one for one in found if one is not None), key=lambda one: -one.top)


def is_by_rows(table: Ruled) -> bool:
    """Whether its lines part its rows: else two columns have several numbers between two lines.

    They are two cells of a row, or stand beside each other in one, where no line parts columns.
    """
    several: dict[int, int] = defaultdict(int)
    for box in table.boxes:
        if box.chars:
            lines = read_page(box.chars).lines
            numbers = sum(is_number(line.text) for line in lines)
            several[box.row] += numbers > 1 and box.rows == 1
            several[box.row] += _columns_of_numbers(lines)
    return max(several.values(), default=0) < FEWEST


def _columns_of_numbers(lines: Sequence[Line]) -> int:
    """How many columns of numbers stand beside each other in the lines of a cell."""
    inner = ([p.text for p in line.pieces[1:]] for line in lines if len(line.pieces) > FEWEST)
    counts = [sum(map(is_number, pieces)) for pieces in inner]
    return min(sorted(counts)[-2:]) if len(counts) > 1 else 0


def _width(line: Line) -> float:
    char = line.pieces[0].chars[0]
    return char.right - char.left


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """The lines, those in pieces put together."""
    kept: list[Segment] = []
    for one in sorted(segments):
        number = len(kept) - 1
        last = max(-1, number - LOOKED_BACK)
        while number > last and one.at - kept[number].at <= NEAR and not _meet(one, kept[number]):
            number -= 1
        if number > last and one.at - kept[number].at <= NEAR:
            at, start, end = kept[number]
            kept[number] = Segment(at, min(start, one.start), max(end, one.end))
        else:
            kept.append(one)
    return [one for one in kept if one.end - one.start > SHORTEST]


def _meet(one: Segment, other: Segment) -> bool:
    return one.start <= other.end + NEAR and other.start <= one.end + NEAR


def _connected(
    rows: Sequence[Segment], columns: Sequence[Segment]
) -> list[tuple[list[Segment], list[Segment]]]:
    """The lines that touch each other, directly or by others."""
    groups: list[tuple[list[Segment], list[Segment]]] = []
    for row in rows:
        joined: tuple[list[Segment], list[Segment]] = ([row], [])
        rest = []
        for group in groups:
            if any(_touch(row, column) for column in group[1]):
                joined = (joined[0] + group[0], joined[1] + group[1])
            else:
                rest.append(group)
        known = {id(column) for column in joined[1]}
        taken = {id(column) for group in rest for column in group[1]}
        fresh = [c for c in columns if id(c) not in known | taken and _touch(row, c)]
        groups = [*rest, (joined[0], joined[1] + fresh)]
    return groups


def _touch(row: Segment, column: Segment) -> bool:
    return (
        row.start - NEAR <= column.at <= row.end + NEAR
        and column.start - NEAR <= row.at <= column.end + NEAR
    )


def _table(rows: Sequence[Segment], columns: Sequence[Segment]) -> Ruled | None:
    """The table of lines that touch each other, if they are one of two rows and columns or more."""
    if not columns:
        return None
    ends = [min(row.start for row in rows), max(row.end for row in rows)]
    edges = _places([*(column.at for column in columns), *ends])
    feet = [min(column.start for column in columns), max(column.end for column in columns)]
    heights = _places([*(row.at for row in rows), *feet])[::-1]
    down, along = len(heights) - 1, len(edges) - 1
    if down < FEWEST or along < FEWEST or down * along > MOST_CELLS:
        return None
    owners: dict[tuple[int, int], Box] = {}
    boxes = []
    for row in range(down):
        for column in range(along):
            if (row, column) in owners:
                continue
            wide = tall = 1
            while column + wide < along and not _is_drawn(
                columns, edges[column + wide], heights[row + 1], heights[row]
            ):
                wide += 1
            while row + tall < down and not _is_drawn(
                rows, heights[row + tall], edges[column], edges[column + wide]
            ):
                tall += 1
            places = [(row + r, column + c) for r in range(tall) for c in range(wide)]
            if any(place in owners for place in places):
                return None
            box = Box(row, column, tall, wide, edges[column + wide])
            owners |= dict.fromkeys(places, box)
            boxes.append(box)
    return Ruled(heights, edges, boxes, owners)


def _places(values: Iterable[float]) -> list[float]:
    """Where lines are; those close to each other are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _is_drawn(lines: Sequence[Segment], at: float, start: float, end: float) -> bool:
    """Whether the side of a cell is drawn."""
    drawn = sum(
        max(0.0, min(line.end, end) - max(line.start, start))
        for line in lines
        if abs(line.at - at) <= NEAR
    )
    return drawn >= COVERED * (end - start)
