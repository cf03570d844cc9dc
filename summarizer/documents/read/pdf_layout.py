"""A page of a PDF by its geometry: characters with boxes → lines in reading order, rows of tables.

What is drawn twice (fake bold) is one; a small raised number behind a word is a note's mark; a page
set in columns is read column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from summarizer.documents.read.raised import raised
from summarizer.types import Box

GAP = 1.5  # widths of a character between two pieces of a line
SAME_PLACE = 0.3  # widths of a character within which it is drawn again
BESIDE = 0.4  # of the lower one's height that two characters of a line share
RAISED = 0.75  # height of a note's mark, to that of its line
COLUMN = 10  # characters of a line of prose in a column
FEWEST = 4  # lines on both sides of a gutter
_POWER_OF = re.compile(r"(?:^|[^A-Za-z])[kcdh]?m$|(?:^|[^\d.,])10$")
_LATIN = re.compile(r"[A-Za-z0-9,.%)]")


class Char(NamedTuple):
    """A character and its box, from the lower left corner of the page.

    `spaced`: its author wrote a blank before it. `once`: it was not drawn again in its place, which
    may be another's: what is recognised has no exact place.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    spaced: bool = False
    once: bool = False

    def moved(self, right: float, up: float) -> Char:
        """The character so far from where it was."""
        edges = self.left + right, self.bottom + up, self.right + right, self.top + up
        return Char(self.text, *edges, self.spaced, self.once)

    @property
    def height(self) -> float:
        """How tall its box is."""
        return self.top - self.bottom


@dataclass
class Piece:
    """Characters of a line without a wide gap between them."""

    chars: list[Char]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.chars[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(char.right for char in self.chars)

    @property
    def text(self) -> str:
        """Its words; a blank where letters stand apart."""
        said = ""
        for before, char in zip([None, *self.chars], self.chars, strict=False):
            apart = before is not None and char.left - before.right > 0.25 * char.height
            if (apart or char.spaced) and _LATIN.match(said[-1:]) and _LATIN.match(char.text):
                said += " "
            said += char.text
        return said.strip()


@dataclass
class Line:
    """What stands beside each other, from left to right."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, a blank between two pieces."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """How high it stands on its page."""
        return min(char.bottom for piece in self.pieces for char in piece.chars)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def box(self) -> Box:
        """Where it stands, to a tenth of a point."""
        top = max(char.top for piece in self.pieces for char in piece.chars)
        edges = self.pieces[0].left, self.bottom, self.right, top
        left, bottom, right, top = (round(edge, 1) for edge in edges)
        return left, bottom, right, top


class Read(NamedTuple):
    """A page's lines in reading order, and how many marks of notes were left out."""

    lines: list[Line]
    notes: int


def read_page(chars: Iterable[Char]) -> Read:
    """The lines of a page in the order in which they are read.

    >>> text = [Char(c, 10 * i, 700, 10 * i + 10, 710) for i, c in enumerate("投入５户")]
    >>> [line.text for line in read_page([*text, *text]).lines]
    ['投入５户']
    """
    lines, notes = [], 0
    for row in _rows(_once(chars)):
        kept = list(_without_notes(row))
        notes += len(row) - len(kept)
        if kept:
            lines.append(Line(_pieces(kept)))
    return Read(_in_order(lines), notes)


def tables(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of lines that are rows of a table: pieces that stand in the same columns."""
    found, start = [], 0
    for number in range(1, len(lines) + 1):
        goes_on = number < len(lines) and _aligned(lines[number - 1], lines[number])
        if not goes_on:
            if number - start >= 2 and len(lines[start].pieces) > 1:
                found.append((start, number))
            start = number
    return found


def column_bounds(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """Where the columns of a table begin and end, as its fullest rows say."""
    most = max(len(row.pieces) for row in rows)
    full = [row.pieces for row in rows if len(row.pieces) == most]
    return [
        (min(row[k].left for row in full), max(row[k].right for row in full)) for k in range(most)
    ]


def columns_over(piece: Piece, bounds: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first column that a piece stands over, and how many; the nearest if it is over none."""
    over = [
        k for k, (left, right) in enumerate(bounds) if piece.left < right and left < piece.right
    ]
    if not over:
        middle = (piece.left + piece.right) / 2
        over = [min(range(len(bounds)), key=lambda k: abs(sum(bounds[k]) / 2 - middle))]
    return over[0], len(over)


def _once(chars: Iterable[Char]) -> list[Char]:
    """The characters without those that are drawn once more in the same place."""
    kept: dict[tuple[str, int, int], Char] = {}
    found = []
    spaced = False
    for drawn in chars:
        if not drawn.text.strip():
            spaced = True
            continue
        char, spaced = drawn._replace(spaced=spaced), False
        near = max(1.0, SAME_PLACE * char.height)
        at = round(char.left / near), round(char.bottom / near)
        around = [(char.text, at[0] + x, at[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        wide = char.right - char.left
        beside = min(near, max(1.0, 0.5 * wide)) if wide else near  # ll, 11: two narrow ones
        if not char.once and any(
            (known := kept.get(key)) is not None
            and abs(known.left - char.left) < beside
            and abs(known.bottom - char.bottom) < near
            for key in around
        ):
            continue
        kept[char.text, *at] = char
        found.append(char)
    return found


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters of each line, lines from the top, characters from the left."""
    rows: list[list[Char]] = []
    reach: list[tuple[float, float]] = []  # bottom and top of the tallest of each row
    for char in sorted(chars, key=lambda one: (-(one.top + one.bottom), one.left)):
        bottom, top = reach[-1] if reach else (0.0, 0.0)
        shared = min(top, char.top) - max(bottom, char.bottom)
        if rows and shared > BESIDE * min(top - bottom, char.height):
            rows[-1].append(char)
            if char.height > top - bottom:
                reach[-1] = (char.bottom, char.top)
        else:
            rows.append([char])
            reach.append((char.bottom, char.top))
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _without_notes(row: Sequence[Char]) -> Iterator[Char]:
    """The characters of a line; a small raised digit is a power (m², 10⁴) or left out."""
    usual = median(one.height for one in row)
    base = median(one.bottom for one in row) + 0.3 * usual
    before = ""
    for char in row:
        if not (char.text.isdigit() and char.height < RAISED * usual and char.bottom > base):
            before = f"{before}{char.text}"[-4:]
            yield char
        elif _POWER_OF.search(before):
            yield char._replace(text=raised(char.text, before))


def _pieces(row: Sequence[Char]) -> list[Piece]:
    width = median(max(char.right - char.left, 0.5 * char.height) for char in row)
    pieces = [Piece([row[0]])]
    for before, char in pairwise(row):
        if char.left - before.right > GAP * width:
            pieces.append(Piece([char]))
        else:
            pieces[-1].chars.append(char)
    return pieces


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a page in columns column by column between full lines."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if any(piece.left < gutter < piece.right for piece in line.pieces):
            found += [*left, *right, line]
            left, right = [], []
            continue
        for side, is_left in ((left, True), (right, False)):
            pieces = [piece for piece in line.pieces if (piece.right <= gutter) == is_left]
            if pieces:
                side.append(Line(pieces))
    return [*found, *left, *right]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the blank between two columns of prose is."""
    two = [line.pieces for line in lines if len(line.pieces) == 2]
    prose = [(a, b) for a, b in two if len(a.text) >= COLUMN and len(b.text) >= COLUMN]
    if len(prose) < FEWEST or len(prose) < 0.5 * len(two):
        return None
    left, right = max(a.right for a, _ in prose), min(b.left for _, b in prose)
    return (left + right) / 2 if left < right else None


def _aligned(above: Line, below: Line) -> bool:
    """Whether two lines have their pieces in the same columns, one over the other."""
    if len(above.pieces) < 2 or len(below.pieces) < 2:
        return False
    return any(
        one.left < other.right and other.left < one.right
        for one in above.pieces
        for other in below.pieces
    )
