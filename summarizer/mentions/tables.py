"""Tables that lost their lines: a unit in a cell or a heading, the number behind it.

地区生产总值 亿元 1234.5        总人口（万人）：56.7        森林覆盖率(%) 63.4

A unit may stand above the whole table (单位:万元). It holds for a number that is a cell of its own,
but the first of its row, where neither the heading nor a full stop says that it may be another's.
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
_ANNOUNCED = re.compile(
    r"单位 ?: ?(?P<scale>[十百千万亿]*)(?P<unit>[^\s|():0-9、,，/]{1,4})(?=[)\s|])"
)
_ABOVE = 1500
_ROW = 120
_SEPARATORS = frozenset(" \t|")
_CELL_ENDS = frozenset(("", "\n", *_SEPARATORS))
_OTHER_COLUMNS = re.compile("[%率比增(]|[户人个次数]数|数量|面积")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def unit_cell(text: str, start: int) -> tuple[Decimal, Unit] | None:
    """(scale, unit) of the cell right before a bare number at `start`, on its line."""
    if text[start - 1 : start] not in _GAPS:
        return None
    window = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    match = _CELL.search(window)
    if not match:
        return None
    return _scaled_unit(match)


def announced_unit(text: str, start: int, end: int) -> tuple[Decimal, Unit] | None:
    """(scale, unit) that stands above the table in which text[start:end] is a cell."""
    if text[start - 1 : start] not in _SEPARATORS or text[end : end + 1] not in _CELL_ENDS:
        return None
    row = text.rfind("\n", max(0, start - _ROW), start) + 1
    above = text.rfind("单位", max(0, start - _ABOVE), row)
    match = _ANNOUNCED.match(text, above) if above >= 0 else None
    if match is None or not text[row:start].strip(" \t|") or _YEAR.fullmatch(text, start, end):
        return None
    heading = text[match.end() : row].lstrip(")|\t \n").partition("\n")[0]
    if "。" in text[above:start] or _OTHER_COLUMNS.search(heading):
        return None
    return _scaled_unit(match)


def _scaled_unit(match: re.Match[str]) -> tuple[Decimal, Unit] | None:
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
