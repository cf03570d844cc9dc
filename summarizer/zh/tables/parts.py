"""Rows without a unit that add up to the one above them, which has one: they are in that unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from summarizer.zh.tables.headings import Scaled
from summarizer.zh.tables.layout import Layout
from summarizer.zh.tables.numbers import bare, is_blank
from summarizer.zh.tables.rows import names_of

ADDED = frozenset(("money", "count", "area", "length", "mass", "volume"))
MOST = 20  # rows that may be the parts of one
FEWEST = 2
_ASIDE = re.compile(r"[)\]:,、/%‰]")  # without one of these no name has a unit
FEWEST_DIGITS = 3  # of the whole: 5 is 2 and 3 of anything


def unit_by_sum(table: Layout, row: int, column: int) -> Scaled | None:
    """The unit of the row above of which this one and its neighbours are the parts, by their sum.

    >>> table = Layout([["产业", "产值"], ["合计(亿元)", "305"], ["一产", "105"], ["二产", "200"]])
    >>> unit_by_sum(table, 3, 1).unit.surface, unit_by_sum(table, 1, 1)
    ('元', None)
    >>> unit_by_sum(Layout([["产业", "产值"], ["合计(亿元)", "305"], ["一产", "105"]]), 2, 1)
    """
    at = bisect_left(table.body, row)
    for whole in range(at - 1, max(-1, at - 1 - MOST), -1):
        unit = _unit(table, table.body[whole])
        if unit is not None:
            if unit.unit.kind not in ADDED or unit.per:
                return None
            key = whole, column
            if key not in table.parts:
                table.parts[key] = _parts(table, whole, column)
            return unit if at - whole <= table.parts[key] else None
    return None


def _unit(table: Layout, row: int) -> Scaled | None:
    """The unit that a row's name has."""
    if not any(_ASIDE.search(_at(table, row, column)) for column in table.names):
        return None
    return next((one.unit for one in names_of(table, row) if one.unit), None)


def _parts(table: Layout, whole: int, column: int) -> int:
    """How many rows below one add up to it; 0 where none do."""
    total = bare(_at(table, table.body[whole], column))
    if total is None or len(total.normalize().as_tuple().digits) < FEWEST_DIGITS or total <= 0:
        return 0
    values = [*_below(table, whole, column)]
    for count, amount in enumerate(accumulate(values), 1):
        room = (count + 1) * max(map(_step, (total, *values[:count]))) / 2
        if count >= FEWEST and abs(amount - total) < room:
            return count
    return 0


def _below(table: Layout, whole: int, column: int) -> Iterator[Decimal]:
    """The numbers of the rows below one, to the first that has a unit, no name or no number."""
    for row in table.body[whole + 1 : whole + 1 + MOST]:
        value = bare(_at(table, row, column))
        is_named = any(not is_blank(_at(table, row, c)) for c in table.names)
        if value is None or value < 0 or not is_named or _unit(table, row) is not None:
            return
        yield value


def _at(table: Layout, row: int, column: int) -> str:
    cells = table.texts[row]
    return cells[column] if column < len(cells) else ""


def _step(value: Decimal) -> Decimal:
    """What the last digit of a number counts."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
