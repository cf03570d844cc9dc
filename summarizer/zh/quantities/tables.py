"""Tables that lost their lines: a unit in a cell or a heading, the number behind it.

地区生产总值 亿元 1234.5        总人口（万人）：56.7        森林覆盖率(%) 63.4

A unit may stand above the whole table (单位:万元). It holds for a number that is a cell of its own,
but the first of its row, where neither the heading nor a full stop says that it may be another's.
Or each column's heading has its own, and every row as many cells as the heading:

地区 人口（人） 比重（%）
城关镇 98,214 25.70
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from summarizer.zh.quantities.places import value_of
from summarizer.zh.quantities.units import UNITS, Unit

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
_HEADED = re.compile(r"[^\s|()0-9]+\((?P<scale>[十百千万亿]*)(?P<unit>[^\s|()0-9]{1,6})\)")
_GAP = re.compile(r"[ \t|]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def cell_unit(text: str, start: int, end: int) -> tuple[Decimal, Unit] | None:
    """(scale, unit) that a table gives the bare number text[start:end], a minus with it."""
    return (
        unit_cell(text, start) or announced_unit(text, start, end) or column_unit(text, start, end)
    )


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


def column_unit(text: str, start: int, end: int) -> tuple[Decimal, Unit] | None:
    """(scale, unit) in the heading of the column in which text[start:end] is a cell."""
    if text[start - 1 : start] not in _SEPARATORS or text[end : end + 1] not in _CELL_ENDS:
        return None
    low = max(0, start - _ABOVE)
    row = text.rfind("\n", max(low, start - _ROW), start) + 1
    if text.find("(", low, row) < 0:
        return None
    stop = text.find("\n", end, end + _ROW)
    cells = _cells(text[row : stop if stop >= 0 else end + _ROW])
    column = len(_cells(text[row:end])) - 1
    for line in reversed(text[low : row - 1].split("\n")):
        heading = _cells(line)
        if column < 1 or len(heading) != len(cells):
            return None
        match = _HEADED.fullmatch(heading[column])
        if match:
            return _scaled_unit(match)
        if not any(map(str.isdigit, line)):
            return None  # a heading without this unit
    return None


@lru_cache(maxsize=1 << 12)
def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell for cell in _GAP.split(line) if cell)


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
