"""Intervals by bootstrap over documents: figures of one document stand and fall together.

Resampling figures as if each were independent finds differences that are not there; documents are
the clusters here. With few documents an interval describes, it does not prove; n is always shown.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

Interval: TypeAlias = tuple[float, float]
Part: TypeAlias = tuple[float, float]
"""`hit` and `of` of one document."""

SAMPLES = 2000
RNG_SEED = 20
LEVEL = 0.95


def interval(parts: Sequence[Part]) -> Interval | None:
    """The interval of the pooled ratio; None for fewer than two documents.

    >>> interval([(8, 10), (9, 10), (7, 10)])
    (0.7, 0.9)
    >>> interval([(8, 10)]) is None
    True
    """
    return _interval(tuple(parts))


@lru_cache(maxsize=4096)
def _interval(parts: tuple[Part, ...]) -> Interval | None:
    """Worked out once, however many forms of a report show it."""
    return _bootstrap(len(parts), lambda drawn: _ratio([parts[i] for i in drawn]))


def difference(before: Sequence[Part], after: Sequence[Part]) -> Interval | None:
    """The interval of after − before, paired: the same documents are drawn for both.

    >>> difference([(8, 10), (9, 10)], [(8, 10), (9, 10)])
    (0.0, 0.0)
    """

    def delta(drawn: Sequence[int]) -> float | None:
        a, b = _ratio([before[i] for i in drawn]), _ratio([after[i] for i in drawn])
        return None if a is None or b is None else b - a

    return _bootstrap(min(len(before), len(after)), delta)


def _bootstrap(n: int, statistic: Callable[[Sequence[int]], float | None]) -> Interval | None:
    if n < 2:
        return None
    rng = random.Random(RNG_SEED)  # noqa: S311 — statistics, not secrets
    drawn = (statistic(rng.choices(range(n), k=n)) for _ in range(SAMPLES))
    values = sorted(value for value in drawn if value is not None)
    if not values:
        return None
    cut = round(len(values) * (1 - LEVEL) / 2)
    return values[cut], values[-1 - cut]


def _ratio(parts: Sequence[Part]) -> float | None:
    total = sum(of for _, of in parts)
    return sum(hit for hit, _ in parts) / total if total else None
