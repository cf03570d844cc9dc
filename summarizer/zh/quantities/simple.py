"""The commonest amount, read in one go: digits, a scale, a unit, and nothing else that matters.

    种植面积11734.5万公顷，比    逾2000万元，    惠及197户。    500余万元；    栽植九千八百株，

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
from summarizer.zh.quantities.amounts import Amount
from summarizer.zh.quantities.compounds import LARGER
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.numerals import Numeral, worth_of
from summarizer.zh.quantities.places import BIG_SCALES, HAN, PLAIN_HAN
from summarizer.zh.quantities.quick import quick_found, quick_quantity
from summarizer.zh.quantities.units import UNITS, Unit, plain, read_unit

_DIGITS = "0123456789"
_LONGEST = 20
_GOES_ON = HAN + _DIGITS + "几余多来有 "  # behind digits, the numeral is not over
_FIRST = "".join(sorted({surface[0] for surface in UNITS} - set(_GOES_ON)))
_ARABIC = r"(?>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
_WINDOW = 1 + max(
    len(unit.surface) + max(map(len, unit.not_before + unit.but_before), default=0)
    for unit in UNITS.values()
)
_BEHIND = rf"(?=([{re.escape(_FIRST)}][^，。；0-9]{{0,{_WINDOW}}}(?:(?<=m)[23])?.?))"
"""A unit and what may make another word of it; few stretches, for what parts clauses ends them."""

_NUMERAL = re.compile(
    rf"(?<![-. 负下±/])({_ARABIC})(?:(?:~|至(?=[0-9]))({_ARABIC}))?"
    rf"(?>([余多])?([万亿])?([余多])?){_BEHIND}"
)
_WORDS = re.compile(
    rf"(?<![-. 负下±/0-9几数第点])(?!百八十|千八百|万八千|百十)([{PLAIN_HAN}]{{2,{_LONGEST}}}"
    rf"(?<!两))([余多])?{_BEHIND}(?!分之)(?!(?<=[千百兆万])[克瓦卡伏帕赫焦牛米升分比])"
)
_BEFORE = bounds.BEFORE_ENDS | money.ENDS
_HINT = re.compile(  # 人均, 时速, 至少, 起码, 不多于; a search skips to one of the first characters
    "[每均速限最至不起封亩一](?:(?<=[每均速限])|(?<=[最至])[少多高]|(?<=不)[少低超高多得]"
    "|(?<=起)[码付]|(?<=封)顶|(?<=亩)[产施用收效增节]|(?<=一)[日天周])"
)
_NEAR = 11
_ONE, _TEN = Decimal(1), Decimal(10)
_SPANNED = ("money", "area", "length", "mass")  # 3至5年 may be a date, 5~6人 a proportion
_POWERS = {char: Decimal(scale) for char, scale in BIG_SCALES.items()}
_ZEROS = {char: len(str(scale)) - 1 for char, scale in BIG_SCALES.items()}
_MATTERS = bounds.AFTER_STARTS | bounds.CAP_STARTS | frozenset(HAN + "半×余多来/ 每-⸺~至到或和与及")
_PRICED = frozenset((*_MATTERS, *_DIGITS))
_GOES_ON_BEHIND = LARGER | {"米", "度", "分"}  # 一米七八, 3斤5两


Read = tuple[int, int, Decimal, str | None, str, Decimal | None]
"""A numeral as it was read: start, end, value, the hedge inside or behind it, form, upper end."""


def simple_amount(text: str, pos: int, floor: int) -> Found | None:
    """Digits with a unit at `pos`, if nothing around them says more than they do."""
    numeral = _NUMERAL.match(text, pos)
    if numeral is None:
        return None
    digits, upper, inside, scale, outside, behind = numeral.groups()
    unit = _unit(behind)
    if unit is None or len(digits) > _LONGEST:
        return None
    end, value, high, hedge = numeral.end(), _value(digits, scale), None, inside or outside
    if upper is not None:
        high = _value(upper, scale)
        if hedge or not value < high or unit.kind not in _SPANNED or len(upper) > _LONGEST:
            return None
    return _found(text, floor, (pos, end, value, hedge, "arabic", high), unit)


def simple_words(text: str, pos: int, floor: int) -> Found | None:
    """The same for a numeral of several Chinese characters: 九千八百株, 三十二个."""
    numeral = _WORDS.match(text, pos)
    if numeral is None or "兆" in numeral.group():  # the scale, or mega: 三百兆字节
        return None
    words, hedge, behind = numeral.groups()
    end, worth, unit = numeral.end(), worth_of(words), _unit(behind)
    if unit is None or worth is None:
        return None
    value, high, form = worth[0]
    if high is not None or form != "han" or (hedge and not value > _TEN):
        return None
    return _found(text, floor, (pos, end, value, hedge, form, None), unit)


def _found(text: str, floor: int, read: Read, unit: Unit) -> Found | None:
    """The quantity of a numeral and its unit, with what stands before them."""
    pos, end, value, hedge, form, high = read
    surface, kind = unit.surface, unit.kind
    start, bound, per = pos, bounds.BETWEEN[hedge] if hedge else "exact", None
    if text[pos - 1 : pos] in _BEFORE:
        if money.currency_before(text, pos):
            return None
        before = bounds.bound_before(text, pos, floor)
        if before and text[before[0]] in amounts.DOUBTED:
            numeral = Numeral(pos, end, value, None, form, hedge, _ONE)
            whole = Amount(pos, end + len(surface), numeral, value, None, unit, surface)
            before = before if amounts.is_meant(text, before[0], whole) else None
        start, bound = before or (pos, bound)
    bound = bound if high is None else "range"
    if _HINT.search(text, start - _NEAR if start > _NEAR else 0, start):
        per = rates.before(text, start, kind, surface)
        bound = bound if bound != "exact" else bounds.bound_apart(text, start) or bound
    elif rates.is_moved_to(text, start):
        per = rates.before(text, start, kind, surface)
    if per and kind == "count" and rates.is_frequency(surface, per):
        kind = "frequency"
    base = unit.to_base(value)
    quantity = quick_quantity(value, surface, kind, bound, high, base, unit.base_unit, False, per)
    rule = "amount" if high is None else "range"
    return quick_found(start, end + len(surface), "quantity", rule, quantity)


def _value(digits: str, scale: str | None) -> Decimal:
    """What digits with their separators are worth, and 万 or 亿 behind them.

    >>> _value("1,234.50", None), _value("0.50", "万")
    (Decimal('1234.5'), Decimal('5000'))
    """
    if "," in digits:
        digits = digits.replace(",", "")
    if scale is None:
        value = Decimal(digits)
        return plain(value) if "." in digits and digits[-1] == "0" else value
    whole, _, places = digits.partition(".")
    if len(places) > _ZEROS[scale]:
        return plain(Decimal(digits) * _POWERS[scale])
    return Decimal(whole + places.ljust(_ZEROS[scale], "0"))


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
