"""A number that the border of two pages cuts: its halves are put together across a running head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from summarizer.documents.read.pdf_layout import Line
from summarizer.documents.read.pdf_running import EDGE, Placed, is_head

FULL = 2.0  # widths of a character that a full line may lack
SMALLER = 0.9  # height of a head, to that of a page's lines
_OPEN = re.compile(r"[^0-9０-９.,．，\s].*[0-9０-９][.,．，]?$")
_REST = re.compile(
    r"(?!\d{1,2}[、.．)）](?!\d)|(?:19|20)\d\d年)[.,．，]?[0-9０-９]"  # no 2、 and no year
)


def heads_between(above: Sequence[object], below: Sequence[object]) -> int | None:
    """How many heads stand between the halves of a number, on the page below; None of no number.

    The line above is full and ends in a digit, the one below begins with one; what stands between
    is a head if it says the same on the page above, at the same height, or is smaller than others.
    """
    lines = [item for item in above if isinstance(item, Line)]
    rest = [item for item in below if isinstance(item, Line)]
    last = above[-1] if above else None
    if not isinstance(last, Line) or not _OPEN.search(last.text):
        return None
    if not _is_full(last, [*lines, *rest]):
        return None
    for number, item in enumerate(below[: EDGE + 1]):
        if not isinstance(item, Line):
            return None
        if _REST.match(item.text):
            return number
        if not _may_be_head(item, lines, rest):
            return None
    return None


def _is_full(line: Line, lines: Sequence[Line]) -> bool:
    chars = line.pieces[-1].chars
    width = chars[-1].right - chars[-1].left
    return len(line.text) > 1 and line.right > max(one.right for one in lines) - FULL * width


def _may_be_head(line: Line, above: Sequence[Line], rest: Sequence[Line]) -> bool:
    recurs = any(one.text == line.text and round(one.bottom) == round(line.bottom) for one in above)
    is_small = _size(line) < SMALLER * median(_size(one) for one in rest)
    return (recurs or is_small) and is_head(Placed(line.text, line.bottom))


def _size(line: Line) -> float:
    return median(char.height for piece in line.pieces for char in piece.chars)
