"""Compound measures: one quantity said in two units or three. 3斤5两, 2小时20分钟, 3亩5分2厘.

The value is in the larger unit where it comes out even (3.5斤), else in the smaller (140分钟).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from summarizer.zh.quantities.lexicon import rows
from summarizer.zh.quantities.numerals import read_numeral
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.units import UNITS, Unit, read_unit


class _Smaller(NamedTuple):
    in_one: Decimal
    unit: Unit


class Compound(NamedTuple):
    """Where a compound measure ends, and what it says in one unit; `between` is a hedge in it."""

    end: int
    value: Decimal
    unit: Unit
    between: str | None = None


_SMALLER = {
    (row["unit"], row["smaller"]): _Smaller(
        Decimal(row["in_one"]), UNITS[row["read_as"] or row["smaller"]]
    )
    for row in rows("compounds.tsv")
}
LARGER = frozenset(unit for unit, _ in _SMALLER)
_STARTS = frozenset("0123456789零又" + HAN)
_LINKS = frozenset("零又")
_EVEN = 24  # digits; a quotient with more does not come out even


def read_compound(text: str, end: int, value: Decimal, unit: Unit) -> Compound | None:
    """What a whole value with its unit, ending at `end`, says with the smaller unit behind it.

    >>> read_compound("3斤5两", 2, Decimal(3), UNITS["斤"])[:2]
    (4, Decimal('3.5'))
    >>> found = read_compound("2小时20分钟", 3, Decimal(2), UNITS["小时"])
    >>> found.value, found.unit.surface
    (Decimal('140'), '分钟')
    """
    if unit.surface not in LARGER or text[end : end + 1] not in _STARTS or value % 1:
        return None
    numeral = read_numeral(text, end + (text[end] in _LINKS))
    if numeral is None or numeral.high is not None:
        return None
    behind = read_unit(text, numeral.end)
    smaller = _SMALLER.get((unit.surface, behind.surface)) if behind else None
    if behind is None or smaller is None or not numeral.value < smaller.in_one:
        return None
    at, part, between = numeral.end + len(behind.surface), numeral.value, numeral.between
    further = None if between else read_compound(text, at, part, behind)
    if further is not None and further.unit == behind:
        at, part, between = further.end, further.value, further.between
    total = value * smaller.in_one + part
    whole = total / smaller.in_one
    if len(whole.as_tuple().digits) < _EVEN:
        return Compound(at, whole, UNITS["分钟"] if behind.surface == "秒" else unit, between)
    return Compound(at, total, smaller.unit, between)
