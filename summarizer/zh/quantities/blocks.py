"""A long text in blocks of whole lines, so that what is held beside it does not grow with it.

No mention crosses a line, and no rule looks far beyond its own: furthest for the words above a
table (tables.py), half of `_SIGHT`, for half of the characters may be spaces that are taken out. A
block is scanned with so much around it, and finds what a scan of the whole text finds there.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.rules import scan
from summarizer.zh.quantities.spaces import close_up
from summarizer.zh.quantities.spelling import fold
from summarizer.zh.quantities.whole import whole

_BLOCK = 1 << 16
_SIGHT = 4000


def scan_blocks(
    text: str, size: int = _BLOCK, *, every: bool = False
) -> Iterator[tuple[int, Iterator[Found]]]:
    """The mentions of a text that is not folded yet: a shift of their places, and a block's.

    `every` is for a text that is cleaned: of what stands over and over it has but table cells.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start + size) + 1 or len(text)
        first = max(0, start - _SIGHT)
        folded = fold(text[first : end + _SIGHT])
        yield first, _scan_between(folded, start - first, end - first, every=every)
        start = end


def _scan_between(text: str, start: int, stop: int, *, every: bool) -> Iterator[Found]:
    closed = close_up(text)
    if closed is None:
        return whole(text, scan(text, start, stop, every=every))
    start, stop = closed.counted_on(start), closed.counted_on(stop)
    founds = scan(closed.text, start, stop, every=every)
    return map(closed.counted_back, whole(closed.text, founds, frozenset(closed.gaps)))
