"""Does the total of a column come to what its rows have? What does not is told, never corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from summarizer.zh.tables.reading import CellReading

ADDED = frozenset(("money", "count", "area", "length", "mass", "volume"))
FEWEST = 2  # parts that make a sum
MOST_OFF = Decimal("0.5")  # share of a total beyond which the rows are no parts of it


def unbalanced(readings: Sequence[CellReading]) -> Iterator[tuple[CellReading, Decimal]]:
    """The totals of a table that are not what their rows come to, each with that sum.

    Of rows that are numbered 一、二、 among others these are the parts, and subtotals where there
    are any; 其中 is a part of a part. Rounding of the rows is allowed for.
    """
    numbers = [one for one in readings if one.quantity is not None]
    numbers.sort(key=lambda one: (one.column, one.row))
    for _, column in groupby(numbers, key=lambda one: one.column):
        yield from _column(list(column))


def _column(cells: Sequence[CellReading]) -> Iterator[tuple[CellReading, Decimal]]:
    if any(one.quantity and one.quantity.bound != "exact" for one in cells):
        return
    totals = [one for one in cells if one.level == "total"]
    if len(totals) != 1:
        return
    [total] = totals
    quantity = total.quantity
    if quantity is None or quantity.kind not in ADDED or not quantity.value:
        return
    rest = [one for one in cells if one.level not in ("total", "part")]
    leading = [one for one in rest if one.level == "subtotal"] or [
        one for one in rest if one.level == "numbered"
    ]
    for parts in filter(None, (leading, rest)):
        values = [one.quantity.value for one in parts if one.quantity is not None]
        units = {one.quantity.unit for one in parts if one.quantity is not None}
        off = sum(values, Decimal()) - quantity.value
        room = sum((one.step for one in (*parts, total)), Decimal()) / 2
        if len(parts) < FEWEST or units != {quantity.unit} or abs(off) <= room:
            return
    if abs(off) <= MOST_OFF * abs(quantity.value):
        yield total, sum(values, Decimal())
