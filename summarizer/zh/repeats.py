"""One piece over and over: where a text says nothing but the same for thousands of characters.

A page can be made of one piece a hundred thousand times, by a broken template or by somebody who
wants to keep a reader busy. Nothing is lost by reading some rounds of it; this tells where the
others are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SHORTEST = 6400  # characters of a stretch; a table's row of dashes is shorter
_LONGEST = 128  # characters of a piece
_STRIDE = 1000
_AT_ONCE = 512


class Repeat(NamedTuple):
    """A stretch in which every `size` characters are the same."""

    start: int
    stop: int
    size: int


def repeats(text: str, start: int = 0, stop: int | None = None) -> Iterator[Repeat]:
    """The stretches between two places of a text, in order, to some hundred characters.

    >>> list(repeats("甲乙" * 10_000))
    [Repeat(start=0, stop=19968, size=2)]
    >>> list(repeats("甲乙丙丁戊己庚辛壬癸" * 300))
    []
    """
    at, stop = start, len(text) if stop is None else stop
    while not stop < at + SHORTEST:
        size = text.find(text[at : at + _LONGEST], at + 1, at + 2 * _LONGEST) - at
        end = _end(text, at, size, stop) if size > 0 else at
        if not end - at < SHORTEST:
            yield Repeat(at, end, size)
            at = end
        at += _STRIDE


def _end(text: str, at: int, size: int, stop: int) -> int:
    """Where the text ceases to repeat what stood `size` before."""
    end = at
    while end + size + _AT_ONCE < stop and text.startswith(text[end : end + _AT_ONCE], end + size):
        end += _AT_ONCE
    return end
