"""Tables that lost their lines: a unit in a cell or a heading, the number behind it.

地区生产总值 亿元 1234.5        总人口（万人）：56.7        森林覆盖率(%) 63.4
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.mentions.places import value_of
from summarizer.mentions.units import UNITS, Unit

_CELL = re.compile(
    r"(?:[\s|:：]|(?P<open>\())(?P<scale>[十百千万亿]*)(?P<unit>[^\s|:：()0-9]{1,5})(?(open)\)[\s|:：]*|[\s|]+)\Z"
)
_WINDOW = 14
_GAPS = frozenset(" \t|:：)")


def unit_cell(text: str, start: int) -> tuple[Decimal, Unit] | None:
    """(scale, unit) of the cell right before a bare number at `start`, on its line."""
    if text[start - 1 : start] not in _GAPS:
        return None
    window = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    match = _CELL.search(window)
    if not match:
        return None
    unit = UNITS.get(match.group("unit"))
    scale = value_of(list(match.group("scale"))) if match.group("scale") else Decimal(1)
    if (
        unit is None
        or scale is None
        or unit.strength not in ("hard", "plain")
        or unit.kind == "duration"
    ):
        return None
    return scale, unit
