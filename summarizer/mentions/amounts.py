"""The rule that finds quantities: read the parts, join a range, judge, fill in what is implied."""

from __future__ import annotations

import re

from summarizer.mentions.found import Found
from summarizer.mentions.quantities import Amount, judge, quantity_of, read_amount
from summarizer.mentions.ranges import join_range, shared_unit
from summarizer.mentions.units import UNITS, Unit
from summarizer.types import MentionKind

_MONEY_BEFORE = re.compile(r"(?:收益|收入|资金|投入|投资|贷款|产值|增收|补助|补贴|奖金|捐款|创收|工资|分红|筹资|筹集|融资|利润|税收|营收|销售额|成交额|价值|造价|拨款|经费|存款|负债|花费|支出|费用|补偿|罚款|获贷|放贷|授信|标的)(?:款|额|金)?(?:达到?|为|约|近|共|了|共计|累计|合计|总计|高达|到|超过?|逾|至)?\Z")
_MONEY_AFTER = re.compile(r"(?:的)?(?:[一-鿿]{0,4}?)(?:资金|贷款|补助|投资|经费|奖金|善款|捐款|专款|款项|年薪|工资|存款|债务)")
_YUAN = UNITS["元"]


def amount(text: str, pos: int, floor: int) -> Found | None:
    """A quantity whose numeral starts at `pos`, or what its parts are if they make none."""
    if text[pos] == "半":
        return _half(text, pos, floor)
    left = read_amount(text, pos, floor)
    if left is None:
        return None
    left = _signed(text, left, floor)
    whole = join_range(text, left)
    if whole.unit is None and not whole.bounded:
        listed = shared_unit(text, whole)
        if listed is not None and judge(text, listed):
            quantity = quantity_of(text, listed)
            end = whole.end
            return Found(whole.start, end, "quantity", "shared_unit", _implied(quantity))
    if judge(text, whole):
        implied = _implied_money(text, whole)
        name = "range" if whole is not left else "implied_unit" if whole.unit is None else "amount"
        return Found(whole.start, whole.end, "quantity", name, quantity_of(text, whole, implied))
    return _refused(whole)


def _implied(quantity):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(quantity, implied_unit=True)


def _refused(amount: Amount) -> Found:
    """What a numeral that is no quantity is: an article, an indefinite, or not known."""
    numeral = amount.numeral
    start, end = numeral.start, numeral.end
    kind: MentionKind = "unknown"
    rule = "bare_number"
    if numeral.form == "digits":
        kind, rule = "identifier", "row_of_digits"
    elif numeral.form != "arabic":
        kind, rule = "idiom", "lone_numeral"
        if amount.unit is not None:
            kind, rule, end = "indefinite", "article", amount.end
    return Found(start, end, kind, rule)


def _signed(text: str, amount: Amount, floor: int) -> Amount:
    """A minus or 零下 in front: -5.2%, 零下15度. A dash after a letter or a digit is none."""
    at = amount.numeral.start
    if amount.start != at:
        return amount
    if text[at - 2 : at] == "零下" and at - 2 >= floor:
        start = at - 2
    elif text[at - 1 : at] in ("-", "负") and at - 1 >= floor:
        start = at - 1
        before = text[start - 1 : start]
        if before.isascii() and before.isalnum() or before in ("-", ")", "%") or amount.numeral.form != "arabic":
            return amount
    else:
        return amount
    if amount.unit is None or amount.unit.kind not in ("percent", "percent_point", "other", "money", "length"):
        return amount
    return amount._replace(start=start, value=-amount.value)


def _implied_money(text: str, amount: Amount) -> Unit | None:
    if amount.unit is not None or amount.numeral.scale == 1 and not amount.numeral.grouped:
        return None
    if _MONEY_BEFORE.search(text[max(0, amount.start - 8) : amount.start]):
        return _YUAN
    if _MONEY_AFTER.match(text, amount.end):
        return _YUAN
    return None


def _half(text: str, pos: int, floor: int) -> Found | None:
    """半 before a measure or a period: 半年, 半斤, 半个月."""
    from decimal import Decimal

    from summarizer.mentions.numerals import Numeral
    from summarizer.mentions.units import read_unit
    from summarizer.types import Quantity

    if text[pos - 1 : pos] in ("上", "下", "大", "多", "一", "前", "后", "过", "小", "两", "夜"):
        return None
    unit = read_unit(text, pos + 1)
    if unit is None or unit.strength != "hard" or unit.kind in ("money", "other", "ratio", "percent"):
        return None
    end = pos + 1 + len(unit.surface)
    half = Decimal("0.5")
    quantity = Quantity(half, unit.surface, unit.kind, base_value=unit.to_base(half), base_unit=unit.base_unit)
    return Found(pos, end, "quantity", "half", quantity)
