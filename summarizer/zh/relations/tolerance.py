"""How much and how little a figure may really be: 320余万元 is less than 330万元, 约300户 near 300.

A reader of a report allows a hedged number to be off, and a rounded one by half of its last digit.
Things that are counted one by one are allowed nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.types import Figure
from summarizer.zh.script import fold

HEDGED = Decimal("0.1")  # relative, at least
ENDLESS = Decimal("Infinity")
_WRITTEN = re.compile(r"\d+(?:[.．](?P<places>\d+))?\s*(?P<scale>[十百千万亿]*)")
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def tolerance(figure: Figure) -> tuple[Decimal, Decimal]:
    """The least and the most that a figure may be, in its base unit where it has one."""
    value = figure.value
    half, step = _half(figure), _step(value)
    hedge = max(value * HEDGED, step)
    low, high = {
        "exact": (value - half, value + half),
        "about": (value - hedge, value + hedge),
        "over": (value, value + hedge),
        "under": (value - hedge, value),
        "at_least": (value, ENDLESS),
        "at_most": (Decimal(0), value),
        "range": (value, figure.high if figure.high is not None else ENDLESS),
    }[figure.bound]
    scale = figure.base_value / value if figure.base_value is not None and value else Decimal(1)
    return low * scale, high * scale


def _step(value: Decimal) -> Decimal:
    """The place of the last digit that is not nought: 10 in 320, 100 in 300."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(0)


def _half(figure: Figure) -> Decimal:
    """Half of the last digit as written: 0.05万 in 50.3万; nothing for what is counted singly."""
    match = _WRITTEN.search(fold(figure.text))
    if match is None:
        return Decimal(0) if figure.kind == "count" else _step(figure.value) / 2
    places = len(match["places"] or "")
    scale = sum(_SCALES[c] for c in match["scale"])
    if figure.kind == "count" and not places and not scale:
        return Decimal(0)
    return Decimal(1).scaleb(scale - places) / 2
