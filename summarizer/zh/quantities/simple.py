"""The commonest amount, read in one go: digits, a scale, a unit, and nothing else that matters.

    种植面积11734.5万公顷，比    逾2000万元，    惠及197户。    500余万元；

Nine in ten quantities of a statistical report are written so. What is found here is what reading
part by part (amounts.py), joining (ranges.py) and judging (judge.py) would say, for they would find
nothing to do: no word behind that bounds, joins, halves or prices. A test holds it to that. Where
in doubt this finds nothing, and the rules below it decide.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from summarizer.zh.quantities import amounts, bounds, money, rates
from summarizer.zh.quantities.compounds import LARGER
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.places import BIG_SCALES, HAN
from summarizer.zh.quantities.quick import quick_quantity
from summarizer.zh.quantities.units import UNITS, Unit, plain, read_unit

_DIGITS = "0123456789"
_LONGEST = 20
_GOES_ON = HAN + _DIGITS + "几余多来有 "  # behind digits, the numeral is not over
_FIRST = "".join(sorted({surface[0] for surface in UNITS} - set(_GOES_ON)))
_NUMERAL = re.compile(
    r"(?<![-. 负下±/])((?>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?))"
    rf"(?>([余多])?([万亿])?([余多])?)(?=[{re.escape(_FIRST)}])"
)
_BEFORE = bounds.BEFORE_ENDS | money.ENDS
_HINT = re.compile(
    "[每均速少码多于过限高顶]|起付|亩[产施用收效增节]|一[日天周]"
)  # 人均, 时速, 至少, 起码, 不多于
_NEAR = 11
_POWERS = {char: Decimal(scale) for char, scale in BIG_SCALES.items()}
_MATTERS = bounds.AFTER_STARTS | frozenset(HAN + "半×余多来/ 每-⸺~至到或和与及")
_PRICED = frozenset((*_MATTERS, *_DIGITS))
_GOES_ON_BEHIND = LARGER | {"米", "度", "分"}  # 一米七八, 3斤5两
_WINDOW = 2 + max(
    len(unit.surface) + max(map(len, unit.not_before + unit.but_before), default=0)
    for unit in UNITS.values()
)


def simple_amount(text: str, pos: int, floor: int) -> Found | None:
    """Digits with a unit at `pos`, if nothing around them says more than they do."""
    numeral = _NUMERAL.match(text, pos)
    if numeral is None:
        return None
    end = numeral.end()
    unit = _unit(text[end : end + _WINDOW])
    digits, inside, scale, behind = numeral.groups()
    if unit is None or len(digits) > _LONGEST:
        return None
    if bounds.is_capped(text, pos, end + len(unit.surface)):
        return None
    start, bound = pos, bounds.BETWEEN[inside or behind] if inside or behind else "exact"
    if text[pos - 1 : pos] in _BEFORE:
        before = bounds.bound_before(text, pos, floor)
        if money.currency_before(text, pos) or (before and text[before[0]] in amounts.DOUBTED):
            return None
        start, bound = before or (pos, bound)
    value = Decimal(digits.replace(",", "") if "," in digits else digits)
    if scale is not None:
        value = plain(value * _POWERS[scale])
    elif "." in digits:
        value = plain(value)
    kind, surface, per = unit.kind, unit.surface, None
    if _HINT.search(text, max(0, start - _NEAR), start):
        per = rates.before(text, start, kind)
        bound = bound if bound != "exact" else bounds.bound_apart(text, start) or bound
        if per and kind == "count" and rates.is_frequency(surface, per):
            kind = "frequency"
    base = unit.to_base(value)
    quantity = quick_quantity(value, surface, kind, bound, None, base, unit.base_unit, False, per)
    return Found(start, end + len(surface), "quantity", "amount", quantity)


@lru_cache(maxsize=1 << 13)
def _unit(behind: str) -> Unit | None:
    """The unit that opens what stands behind a numeral, where nothing that matters follows it."""
    unit = read_unit(behind, 0)
    if unit is None or unit.surface in ("番", "块"):
        return None
    end = len(unit.surface)
    priced = unit.kind == "money" or unit.surface in _GOES_ON_BEHIND
    if behind[end : end + 1] in (_PRICED if priced else _MATTERS) or behind.startswith("(含", end):
        return None
    return unit
