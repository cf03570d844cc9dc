"""How a page's text lies: upright, or turned, so that the page is read from its side."""

from __future__ import annotations

from collections import Counter
from math import degrees
from typing import Any, NamedTuple

from summarizer.types import Box

SAMPLE = 400  # characters by which a page's turn is told
SLANT = 5.0  # degrees off a right angle that a character may have


class Turn(NamedTuple):
    """The quarter turns, clockwise, by which a page is read upright, and its edges as it is.

    >>> turn = Turn(1, (0, 0, 600, 800))
    >>> turn.point(600, 0), turn.box(100, 700, 110, 720)
    ((0, 0), (700, 490, 720, 500))
    """

    quarters: int
    edges: Box

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is when it lies upright."""
        left, bottom, right, top = self.edges
        if self.quarters == 1:
            return y - bottom, right - x
        if self.quarters == 2:
            return right - x, top - y
        if self.quarters == 3:
            return top - y, x - left
        return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the page is then."""
        if not self.quarters:
            return left, bottom, right, top
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def turn_of(page: Any) -> Turn:
    """How a page is read: as most of its characters lie, else as it says itself."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count = text.count_chars()
    seen: Counter[int] = Counter()
    for index in range(0, count, max(1, count // SAMPLE)):
        if raw.FPDFText_GetUnicode(text, index) > 0x20:
            seen[quarters(raw.FPDFText_GetCharAngle(text, index))] += 1
    text.close()
    most = seen.most_common(1)
    told = most[0][0] if most else -1
    return Turn(told if told >= 0 else page.get_rotation() // 90 % 4, page.get_cropbox())


def quarters(angle: float) -> int:
    """The quarter turns that set a character upright which lies at an angle; -1 where none does.

    >>> [quarters(angle) for angle in (0.0, 4.712, 3.142, 1.571, 0.785)]
    [0, 1, 2, 3, -1]
    """
    turned = -degrees(angle) / 90
    return round(turned) % 4 if abs(turned - round(turned)) * 90 <= SLANT else -1
