"""One quantity: bound, numeral, unit, bound, rate, read in that order at a position of the text.

    逾 2000 万 元          近 170 名          4000 元 以上        每亩 500 元
    bound numeral unit     bound numeral unit  numeral unit bound  per numeral unit

`read_amount` reads the parts; `judge` decides whether they make a quantity; ranges.py joins two.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from summarizer.mentions.bounds import BETWEEN, bound_after, bound_apart, bound_before
from summarizer.mentions.numerals import Numeral, read_numeral
from summarizer.mentions.units import UNITS, Unit, plain, read_unit
from summarizer.types import Bound, Quantity, QuantityKind

_PERIODS = ("月", "小时", "星期", "礼拜", "学期", "季度", "世纪", "工作日", "钟头", "百分点", "年头")
_HALF = frozenset("年天月日斤亩里吨倍米尺")
_NO_HALF = ("径", "岛", "山", "数", "夜", "决", "导", "封", "成", "价", "边", "途", "空", "程", "月谈")
_PER = re.compile(r" ?[/·] ?")
_EACH = re.compile(r"每(?:隔)?([一-鿿]{1,2}?)(?:每([一-鿿]{1,2}?))?(?=[^一-鿿]|[一-鿿]{0,6}\Z)")
_DURATION_WORDS = re.compile(
    r"(?:为期|历时|历经|长达|持续|连续|时长|工期|任期|期限|耗时|用时|用了|提前|推迟|延长|缩短|不到|不足|满|超过|至少|最多|近|约|有效期|保质期|最长|最短|仅用|仅|只用|相隔|间隔|时隔|半径|服刑|徒刑|学制|有期徒刑|上任|待了|工作了|花了|过了)\Z"
)


class Amount(NamedTuple):
    """The parts of a quantity as they were read; `start` and `end` include the bounds."""

    start: int
    end: int
    numeral: Numeral
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    unit_text: str | None
    bound: Bound
    bounded: bool
    per: str | None = None
    symbol: Unit | None = None


def read_amount(text: str, pos: int, floor: int) -> Amount | None:
    """The parts at `pos`; nothing before `floor` is touched. None where no numeral can be read."""
    numeral = read_numeral(text, pos)
    if numeral is None:
        return None
    start, bound = pos, _between(numeral)
    before = bound_before(text, pos, floor)
    if before and not (text[before[0] : pos].strip() == "上" and numeral.form != "scale"):
        start, bound = before[0], before[1]
    value, high = numeral.value, numeral.high
    unit, unit_text, end, half = _unit_behind(text, numeral)
    if half == "half":
        value += Decimal("0.5")
    elif half:
        bound = BETWEEN[half]
    after = bound_after(text, end)
    if after and (unit is not None or len(text[end : after[0]]) > 1 or numeral.form != "han"):
        end = after[0]
        bound = bound if after[1] == "exact" or (before and before[1] != "about") else after[1]
    bounded = bound != "exact"
    if high is not None and bound == "exact":
        bound = "about" if text[pos] in "几数" else "range"
    per = None
    if unit is not None and text[end : end + 1] in "/ ":
        per, end = _per(text, end)
    return Amount(start, end, numeral, value, high, unit, unit_text, bound, bounded, per)


def _between(numeral: Numeral) -> Bound:
    return BETWEEN[numeral.between] if numeral.between else "exact"


def _unit_behind(text: str, numeral: Numeral) -> tuple[Unit | None, str | None, int, str]:
    """(unit, its surface, end, "half" or the hedge inside the unit as in 两个多月)."""
    end = numeral.end
    if text[end : end + 1] == " " and text[end + 1 : end + 2] > "!":
        end += 1
    if text[end : end + 1] == "个":
        inside = _period(text, end)
        if inside:
            return inside
    unit = read_unit(text, end)
    if unit is None:
        return None, None, numeral.end, ""
    unit_end = end + len(unit.surface)
    if text[unit_end : unit_end + 1] == "半" and unit.surface[-1] in _HALF and not text.startswith(_NO_HALF, unit_end + 1):
        return unit, unit.surface, unit_end + 1, "half"
    return unit, unit.surface, unit_end, ""


def _period(text: str, end: int) -> tuple[Unit, str, int, str] | None:
    """个 with a hedge or a half before the period it counts: 两个多月, 一个半小时."""
    hedge = text[end + 1 : end + 2]
    if hedge not in "多余来半" or hedge == "":
        return None
    for period in _PERIODS:
        if text.startswith(period, end + 2):
            unit = UNITS.get("个" + period) or UNITS[period]
            return unit, unit.surface, end + 2 + len(period), "half" if hedge == "半" else hedge
    return None


def _per(text: str, end: int) -> tuple[str | None, int]:
    slash = _PER.match(text, end)
    if not slash:
        return None, end
    unit = read_unit(text, slash.end())
    if unit is None:
        return None, end
    end = slash.end() + len(unit.surface)
    return unit.surface, end


def judge(text: str, amount: Amount) -> bool:
    """Whether the parts make a quantity: what the numeral needs behind it depends on its form."""
    numeral, unit = amount.numeral, amount.unit
    if numeral.form == "arabic":
        if unit is None:
            return amount.bounded or numeral.scale != 1
        return not (unit.kind == "count" and numeral.scale == 1 and amount.value % 1 and unit.strength != "plain")
    if numeral.form == "scale":
        return _judge_scale(text, amount)
    if numeral.form == "digits":
        return unit is not None and unit.strength == "hard" and unit.kind != "duration" and "〇" not in text[amount.start : amount.end]
    length = numeral.end - numeral.start - (1 if numeral.between else 0)
    if length > 1:
        return unit is not None or amount.bounded or numeral.scale >= 10000
    if unit is None:
        return False
    if amount.value == 1:
        return _judge_one(text, amount, unit)
    if amount.value == 0:
        return unit.strength == "hard"
    return unit.strength in ("hard", "plain")


def _judge_scale(text: str, amount: Amount) -> bool:
    """A scale alone (百, 千万) needs a bound or a measure; at the head of a table it is a unit."""
    if amount.bounded:
        return True
    before = text[amount.start - 1 : amount.start]
    if not before or before in ":：(（/、“,，\n\t |" or text[amount.start - 2 : amount.start] == "单位":
        return False
    unit = amount.unit
    return unit is not None and unit.strength == "hard" and unit.kind not in ("duration", "age", "ratio")


def _judge_one(text: str, amount: Amount, unit: Unit) -> bool:
    """一 counts with a measure (一亩), with a duration in company (为期一年), never as an article."""
    if unit.kind == "duration":
        window = text[max(0, amount.start - 5) : amount.start]
        return bool(_DURATION_WORDS.search(window)) or amount.bounded
    if unit.strength != "hard":
        return False
    return amount.bounded or unit.kind not in ("age",)


def quantity_of(text: str, amount: Amount, implied: Unit | None = None) -> Quantity:
    """The quantity that an amount says, with its base value, implied unit and rate."""
    unit = amount.unit or implied
    value = plain(amount.value)
    high = None if amount.high is None else plain(amount.high)
    kind: QuantityKind = "count" if unit is None else unit.kind
    bound = amount.bound
    if bound == "exact":
        bound = bound_apart(text, amount.start, text.rfind("\n", max(0, amount.start - 8), amount.start) + 1) or bound
    return Quantity(
        value=value,
        unit=amount.unit_text or (implied.surface if implied else None),
        kind=kind,
        bound=bound,
        high=high,
        base_value=unit.to_base(value) if unit else None,
        base_unit=unit.base_unit if unit else None,
        implied_unit=amount.unit is None,
        per=amount.per,
    )
