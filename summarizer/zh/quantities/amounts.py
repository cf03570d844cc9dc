"""An amount: bound, numeral, unit, bound, rate, read in that order at a position of the text.

    逾 2000 万 元           近 170 名           4000 元 以上         12 元 /亩
    bound numeral unit      bound numeral unit   numeral unit bound   numeral unit per

Reading says only what stands there. Whether it is a quantity is judged in judge.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from summarizer.types import Bound
from summarizer.zh.quantities import english, money, rates
from summarizer.zh.quantities.bounds import BETWEEN, bound_after, bound_before
from summarizer.zh.quantities.compounds import LARGER, read_compound
from summarizer.zh.quantities.numerals import Numeral, read_numeral
from summarizer.zh.quantities.places import decimal_places, value_of
from summarizer.zh.quantities.units import UNITS, Unit, read_unit

_PERIODS = (
    "月",
    "小时",
    "星期",
    "礼拜",
    "学期",
    "季度",
    "世纪",
    "工作日",
    "钟头",
    "百分点",
    "年头",
)
_HALF = frozenset("年天月日斤亩里吨倍米尺岁两")
_LATELY = frozenset({"年", "个月", "周", "天", "日", "月"})
_BURDENED = tuple("减胜担抱肩辜欺自背身")  # 为企业减负1.2亿元
DOUBTED = frozenset("上过近破")  # bounds that some amounts do not take
DEGREES = ("度", "摄氏度", "℃", "°C")
_MANY = 100
_FEW = 10
_LONG_AGO = 20  # 近3年 are the last three, 近50年 nearly fifty
_NO_HALF = tuple("径岛山数夜决导封成价边途空程拉")
_METRES = re.compile("([0-9]{1,2}|[一二三四五六七八九]{1,2})(?=[，。；、,;)的高长宽左以]|\\Z)")
_IN_BRACKETS = re.compile("\\((?P<scale>[十百千万亿]*)(?P<unit>[^\\W0-9_]{1,4}|%)\\)")
_SECONDS = re.compile("[0-9]{1,2}(?:\\.[0-9]+)?秒|[一二三四五六七八九十]{1,3}秒")
_SIGNED = frozenset({"percent", "percent_point", "other", "money", "length"})


class Amount(NamedTuple):
    """The parts as they were read; `start` and `end` include the bounds.

    `value` and `high` have their scale; `bounded` says that a hedge stands there; `counted` that
    English words count something for which there is no unit (300 poor families).
    """

    start: int
    end: int
    numeral: Numeral
    value: Decimal
    high: Decimal | None = None
    unit: Unit | None = None
    unit_text: str | None = None
    bound: Bound = "exact"
    bounded: bool = False
    per: str | None = None
    counted: bool = False


def read_amount(text: str, pos: int, floor: int) -> Amount | None:
    """The parts at `pos`, none of them before `floor`; None where no numeral can be read."""
    numeral = read_numeral(text, pos)
    return None if numeral is None else read_parts(text, numeral, floor)


def read_parts(text: str, numeral: Numeral, floor: int) -> Amount:
    """What stands around a numeral."""
    amount = _with_unit(text, numeral)
    amount = _with_currency(text, amount)
    amount = _with_bounds(text, amount, floor)
    if text[numeral.start - 1 : numeral.start] in ("-", "负", "下", "±"):
        amount = _with_sign(text, amount, floor)
    per = rates.behind(text, amount.end, amount.unit) if amount.unit is not None else None
    return amount._replace(end=per[0], per=per[1]) if per else amount


def _with_unit(text: str, numeral: Numeral) -> Amount:
    start, end, value, high = numeral.start, numeral.end, numeral.value, numeral.high
    after = text[end : end + 1]
    if after == " ":
        after = text[end + 1 : end + 2]
        at = end + 1 if after > " " else end
    else:
        at = end
    if after == "个":
        period = _period(text, at)
        if period:
            unit, last, hedge = period
            half = Decimal("0.5") if hedge == "半" else 0
            return _hedged(
                Amount(start, last, numeral, value + half, high, unit, unit.surface), hedge
            )
    if after == "-" and text[at + 1 : at + 2].isalpha():
        at += 1  # a 10-km road
    if after == "(" and (scaled := _IN_BRACKETS.match(text, at)):
        inside = UNITS.get(scaled["unit"])
        if inside and inside.kind not in ("duration", "age") and inside.strength == "hard":
            factor = value_of(list(scaled["scale"])) if scaled["scale"] else Decimal(1)
            return Amount(
                start, scaled.end(), numeral, value * (factor or 1), None, inside, inside.surface
            )
    unit_here = read_unit(text, at) if after else None
    if unit_here is None:
        if (
            after.isascii()
            and (after.isalpha() or after == "-")
            and numeral.form in ("arabic", "english")
        ):
            return _in_english(text, numeral)
        return Amount(start, end, numeral, value, high)
    if unit_here.surface == "m" and money.currency_before(text, start):
        return _in_english(text, numeral)  # £3m
    return _with_rest(text, numeral, unit_here, at + len(unit_here.surface))


def _with_rest(text: str, numeral: Numeral, unit: Unit, end: int) -> Amount:
    """What goes on behind the unit: 三斤半, 3斤5两, 一米七八, 三十六度五, 50元6角, 6分30秒."""
    surface, value, behind = unit.surface, numeral.value, text[end : end + 1]
    compound = read_compound(text, end, value, unit) if surface in LARGER else None
    if compound and numeral.high is None and numeral.between is None:
        end, value, unit, between = compound
        surface, numeral = unit.surface, numeral._replace(between=between)
    elif behind == "半" and surface[-1] in _HALF and text[end + 1 : end + 2] not in _NO_HALF:
        value, end = value + Decimal("0.5"), end + 1
    elif surface in ("米", "度") and behind:
        metres = _METRES.match(text, end)
        if metres:
            end, value = metres.end(), value + decimal_places(metres.group(1))
    elif surface == "分" and _SECONDS.match(text, end):
        unit, surface = UNITS["分钟"], "分"
    elif unit.kind == "money" and behind:
        change = money.small_change(text, end, unit)
        if change:
            end, value = change[0], value + change[1]
            unit = unit._replace(strength="hard")
    return Amount(numeral.start, end, numeral, value, numeral.high, unit, surface)


def _hedged(amount: Amount, hedge: str) -> Amount:
    if hedge == "半":
        return amount
    return amount._replace(bound=BETWEEN[hedge], bounded=True)


def _period(text: str, at: int) -> tuple[Unit, int, str] | None:
    """个 with a hedge or a half before the period it counts: 两个多月, 一个半小时."""
    hedge = text[at + 1 : at + 2]
    if hedge not in ("多", "余", "来", "半"):
        return None
    for period in _PERIODS:
        if text.startswith(period, at + 2):
            unit = UNITS.get("个" + period) or UNITS[period]
            return unit, at + 2 + len(period), hedge
    return None


def _in_english(text: str, numeral: Numeral) -> Amount:
    is_money = money.currency_before(text, numeral.start) is not None
    year = (
        numeral.form == "arabic"
        and numeral.end - numeral.start == 4
        and 1900 <= numeral.value < 2100
    )
    tail = english.read_tail(text, numeral.end, money=is_money, year=year)
    if tail is None or english.is_label(text, numeral.start):
        return Amount(numeral.start, numeral.end, numeral, numeral.value, numeral.high)
    numeral = numeral._replace(scale=numeral.scale * tail.factor)
    value = numeral.value * tail.factor
    return Amount(
        numeral.start,
        tail.end,
        numeral,
        value,
        None,
        tail.unit,
        tail.unit_text,
        counted=tail.counted,
        bound="over" if tail.odd else "exact",
        bounded=tail.odd,
    )


def _with_currency(text: str, amount: Amount) -> Amount:
    currency = money.currency_before(text, amount.numeral.start)
    if currency is None:
        return amount
    start, unit, surface = currency
    if amount.unit is None:
        return amount._replace(start=start, unit=unit, unit_text=surface, counted=True)
    if amount.unit.surface in ("元", "圆"):
        unit = amount.unit._replace(base_unit=unit.base_unit)
        return amount._replace(start=start, unit=unit)
    return amount


def _with_bounds(text: str, amount: Amount, floor: int) -> Amount:
    numeral, start, bound = amount.numeral, amount.start, amount.bound
    if numeral.between:
        bound = BETWEEN[numeral.between]
    before = bound_before(text, start, floor)
    if before is None and text[start - 1 : start] in money.NAME_ENDS:
        name = money.name_before(text, start)
        named = bound_before(text, name, floor) if name < start else None
        bound = named[1] if named else bound  # 约人民币300万元
    if before is None and text[start - 1 : start] == " " and text[start - 2 : start - 1].isascii():
        before = english.bound_before(text, start, floor)
        if before and english.is_preposition(text, before[0], amount.unit):
            before = None
    if before and is_meant(text, before[0], amount):
        start, bound = before
    else:
        before = None
    end = amount.end
    after = bound_after(text, end) or (
        english.bound_after(text, end) if amount.counted or text.startswith(" or ", end) else None
    )
    if after and (amount.unit is not None or amount.end + 1 < after[0] or numeral.form != "han"):
        end = after[0]
        if after[1] != "exact" and (before is None or before[1] == "about"):
            bound = after[1]
    bounded = bound != "exact"
    if amount.high is not None and not bounded:
        bound = "about" if text[numeral.start] in "几数" else "range"
    if bound == amount.bound and (start, end) == (amount.start, amount.end):
        return amount
    return Amount(start, end, *amount[2:7], bound, bounded, *amount[9:])


def is_meant(text: str, start: int, amount: Amount) -> bool:
    """上 bounds a lone scale only (上百人), 过 and 破 no few (办过3期); 近3年 are the latest."""
    if text[start] not in DOUBTED:
        return True
    if text[start] == "上":
        return amount.numeral.form == "scale"
    unit = amount.unit
    if text[start] in "过破" and start + 1 == amount.start:
        if amount.numeral.form == "scale" or not amount.value < _MANY:
            return True
        return text[start] == "破" and unit is not None and unit.kind == "percent"
    if text[start] != "近" or start + 1 != amount.start or unit is None:
        return True
    if unit.kind == "count" and amount.value < _FEW and not amount.numeral.between:
        return amount.numeral.form == "scale" or amount.value % 1 != 0
    if unit.surface not in _LATELY:
        return True
    return not (amount.value < _LONG_AGO or text.startswith("来", amount.end))


def _with_sign(text: str, amount: Amount, floor: int) -> Amount:
    """A minus or 零下 in front: -5.2%, 零下15度. A dash after a letter or a digit is none."""
    at, unit = amount.numeral.start, amount.unit
    if text[at - 1] == "±":
        return amount._replace(start=at - 1) if at > floor and amount.start == at else amount
    told = text[at - 2 : at - 1]
    if amount.start != at or (
        unit is not None and unit.kind not in _SIGNED and not "一" <= told <= "鿿"
    ):
        return amount
    if unit is None and (amount.numeral.scale == 1 or "一" <= text[at - 2 : at - 1] <= "鿿"):
        return amount
    start = at - 2 if text[at - 2 : at] == "零下" else at - 1
    before, sign = text[start - 1 : start], text[at - 1]
    if sign == "负" and before in _BURDENED:
        return amount
    if start < floor or (sign == "下" and start == at - 1):
        return amount
    if sign == "-" and (before in ("-", ")", "%") or (before.isascii() and before.isalnum())):
        return amount
    if amount.numeral.form != "arabic" and sign == "-" and not _is_temperature(unit):
        return amount
    if amount.high is not None:  # 零下五六度: the larger number is the lower end
        return amount._replace(start=start, value=-amount.high, high=-amount.value)
    return amount._replace(start=start, value=-amount.value)


def _is_temperature(unit: Unit | None) -> bool:
    return unit is not None and unit.surface in DEGREES
