"""Repeated pieces: where a text says the same over and over, one round of it is looked at.

A page can be made of one piece a hundred thousand times. The rules see so far and no further; where
all they see is the same, they find the same. This tells where such a stretch is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SIGHT = 2000  # no rule looks further
_LONGEST = 24  # characters of a piece
_ROUND = 240  # about so many characters are looked at as one round
_STRIDE = 1000
_SHORTEST = 2 * SIGHT + 10 * _ROUND
_AT_ONCE = 512


class Repeat(NamedTuple):
    """A stretch in which each `size` characters are the same, and so is what a rule sees there."""

    start: int
    stop: int
    size: int


def repeats(text: str, start: int, stop: int) -> Iterator[Repeat]:
    """The repeats between two places of a text, in order.

    >>> list(repeats("甲乙" * 10_000, 0, 20_000))
    [Repeat(start=2000, stop=17968, size=240)]
    >>> list(repeats("甲乙丙丁戊己庚辛壬癸" * 300, 0, 3000))
    []
    """
    at = start
    while not stop < at + _SHORTEST:
        period = text.find(text[at : at + _LONGEST], at + 1, at + 2 * _LONGEST) - at
        end = _end(text, at, period, stop) if period > 0 else at
        if not end - at < _SHORTEST:
            size = period * (_ROUND // period)
            yield Repeat(at + SIGHT, end - SIGHT, size)
            at = end
        at += _STRIDE


def _end(text: str, at: int, period: int, stop: int) -> int:
    """Where the text ceases to repeat what stood `period` before, to some hundred characters."""
    end = at
    while end + period + _AT_ONCE < stop and text.startswith(
        text[end : end + _AT_ONCE], end + period
    ):
        end += _AT_ONCE
    return end
