"""The rules that find quantities: read the parts, join a range, judge, fill in what is implied."""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.types import Bound, Quantity, QuantityKind
from summarizer.zh.quantities import english, money, rates, tables
from summarizer.zh.quantities.amounts import Amount, read_amount, read_parts
from summarizer.zh.quantities.bounds import bound_apart, bound_before, is_capped
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.fractions import VULGAR
from summarizer.zh.quantities.judge import is_quantity, refused
from summarizer.zh.quantities.numerals import Numeral, run_end
from summarizer.zh.quantities.quick import quick_quantity
from summarizer.zh.quantities.ranges import join_range, shared_unit
from summarizer.zh.quantities.units import Unit, plain, read_unit

_NO_HALF_AFTER = frozenset("上下大多一前后过小两夜对各")
_HALF_KINDS = frozenset({"duration", "area", "length", "mass", "volume"})
_PERIODS_BEFORE = frozenset("年月天时斤")
_ONE = Decimal(1)
_HALF_OF_ALL = re.compile(
    "(?<![不通经时务程间度期上])[过近超逾]半数?(?![0-9成夜天年百个小月日路分山空载价一-一斤亩里公吨升米])"
    "|半数以[上下]"
)
_FULL_STOP = re.compile("[一-鿿][.](?![0-9])")
_PAGE = 200
_MOVES = frozenset("升跌降增加减少低高涨挫有达了")
_MADE = ("品", "熟", "型", "年", "人")


def amount(text: str, pos: int, floor: int) -> Found | None:
    """A quantity whose numeral starts at `pos`, or what the numeral is if it makes none."""
    if text[pos] == "零" and (
        text[pos + 1 : pos + 2] == "下" or text[pos - 1 : pos] in _PERIODS_BEFORE
    ):
        return None  # the sign of 零下15度, the link of 一年零三个月
    left = read_amount(text, pos - _has_point(text, pos, floor), floor)
    if left is not None:
        return _decided(text, left)
    end = run_end(text, pos)
    return Found(pos, end, "unknown", "no_number") if end > pos else None


def _has_point(text: str, pos: int, floor: int) -> bool:
    """Whether the number starts with its point: .5万元; behind a sentence it is a full stop."""
    if text[pos - 1 : pos] != "." or not floor < pos or not text[pos].isdecimal():
        return False
    before = text[pos - 2 : pos - 1] if pos > 1 else ""
    if before.isascii() and (before.isalnum() or before in ")%]") and before:
        return False
    return not _FULL_STOP.search(text, max(0, pos - _PAGE), pos - 1)


def english_words(text: str, pos: int, floor: int) -> Found | None:
    """A quantity in English words: four quarters, two hundred and fifty people, one third."""
    if text[pos - 1 : pos].isalnum() and text[pos - 1].isascii():
        return None
    read = english.read_words(text, pos)
    if read is None:
        part = english.read_part(text, pos, floor)
        return _english_part(text, pos, floor, part) if part else None
    end, value = read
    fraction = english.read_fraction(text, end, value)
    if fraction:
        return _english_part(text, pos, floor, fraction)
    numeral = Numeral(pos, end, value, None, "english", None, _ONE)
    left = read_parts(text, numeral, floor)
    found = left if left.counted else join_range(text, left)
    if not found.counted and english.in_full(text, pos, end, value):
        found = left = left._replace(counted=True)
    if not found.counted or (value == 1 and (found.unit is None or found.unit.strength != "hard")):
        return Found(pos, end, "indefinite", "english_article") if value == 1 else None
    return _decided(text, left)


def _english_part(text: str, pos: int, floor: int, part: tuple[int, Decimal]) -> Found:
    start, bound = english.bound_before(text, pos, floor) or (pos, "exact")
    quantity = Quantity(part[1], None, "ratio", bound)
    return Found(start, part[0], "quantity", "english_fraction", quantity)


def half(text: str, pos: int, floor: int) -> Found | None:
    """半 before a measure or a period: 半年, 半斤, 半个月, 半年多, 半个多月."""
    part = _half_of_all(text, pos, floor)
    if part is not None or text[pos - 1 : pos] in _NO_HALF_AFTER:
        return part
    if text.startswith("成", pos + 1):
        return _half_a_tenth(text, pos, floor)
    more = text.startswith("个多", pos + 1)
    unit = read_unit("个" + text[pos + 3 : pos + 6], 0) if more else read_unit(text, pos + 1)
    if unit is None or unit.strength != "hard" or unit.kind not in _HALF_KINDS:
        return None
    end = pos + 1 + len(unit.surface) + more
    if not more and text[end : end + 1] in ("多", "余"):
        more, end = True, end + 1
    value = Decimal("0.5")
    quantity = Quantity(
        value,
        unit.surface,
        unit.kind,
        "over" if more else "exact",
        base_value=unit.to_base(value),
        base_unit=unit.base_unit,
    )
    return Found(pos, end, "quantity", "half", quantity)


def _half_of_all(text: str, pos: int, floor: int) -> Found | None:
    """过半农户, 近半, 半数以上: half of a whole, with what bounds it; 时间过半 is a time."""
    match = _HALF_OF_ALL.match(text, max(floor, pos - 1)) or _HALF_OF_ALL.match(text, pos)
    if match is None or not match.start() <= pos < match.end():
        return None
    word = match.group()
    bound: Bound = (
        "under"
        if word[0] == "近" or word.startswith("不")
        else "over"
        if word[0] in "过超逾"
        else "at_least"
        if word.endswith("以上")
        else "at_most"
        if word.endswith("以下")
        else "exact"
    )
    quantity = Quantity(Decimal("0.5"), None, "ratio", bound)
    return Found(match.start(), match.end(), "quantity", "half", quantity)


def _half_a_tenth(text: str, pos: int, floor: int) -> Found | None:
    """半成 of what moves (上升半成) is 5 %; 半成品 is half made."""
    before = bound_before(text, pos, floor)
    start, bound = before or (pos, "exact")
    if text[start - 1 : start] not in _MOVES or text[pos + 2 : pos + 3] in _MADE:
        return None
    value = Decimal(5)
    quantity = Quantity(value, "%", "percent", bound, base_value=value, base_unit="%")
    return Found(start, pos + 2, "quantity", "half", quantity)


def _decided(text: str, left: Amount) -> Found:
    whole = join_range(text, left)
    if whole.unit is None and not whole.bounded:
        listed = shared_unit(text, whole)
        if listed is not None and is_quantity(text, listed):
            quantity = _quantity(text, listed, listed.unit, implied=True)
            return Found(whole.start, whole.end, "quantity", "shared_unit", quantity)
    if whole.unit is None and whole.numeral.form == "arabic":
        found = _in_table(text, whole)
        if found is not None:
            return found
    if not is_quantity(text, whole):
        return refused(text, whole)
    rule = "amount" if whole is left else "range"
    unit, implied = whole.unit, whole.unit_text is None
    if unit is None:
        implied, rule = True, "implied_unit"
        scaled = whole.numeral.scale != 1 or whole.numeral.grouped
        if scaled and money.implied_money(text, whole.start, whole.end):
            unit = money.YUAN
    return Found(
        whole.start, whole.end, "quantity", rule, _quantity(text, whole, unit, implied=implied)
    )


def _in_table(text: str, amount: Amount) -> Found | None:
    """A bare number in a cell, where its table has the unit; below zero with a minus before it."""
    below = text[amount.start - 1 : amount.start] == "-"
    start = amount.start - below
    cell = tables.cell_unit(text, start, amount.end)
    if cell is None:
        return None
    value = amount.value * cell[0] * (-1 if below else 1)
    headed = amount._replace(start=start, value=value, unit=cell[1])
    quantity = _quantity(text, headed, cell[1], implied=True)
    return Found(start, amount.end, "quantity", "unit_cell", quantity)


def _quantity(text: str, amount: Amount, unit: Unit | None, *, implied: bool) -> Quantity:
    value = plain(amount.value)
    is_part = unit is None and text[amount.numeral.end - 1] in VULGAR and amount.value < 1
    value = amount.value if is_part else value
    surface = amount.unit_text or (unit.surface if unit else None)
    kind: QuantityKind = unit.kind if unit is not None else "ratio" if is_part else "count"
    per = amount.per or rates.before(text, amount.start, kind, surface)
    if surface == "块" and money.is_piece(text, amount.start, amount.end):
        kind, unit = "count", None
    if kind == "count" and per and rates.is_frequency(surface, per):
        kind = "frequency"
    bound = amount.bound
    if bound == "exact":
        bound = bound_apart(text, amount.start) or bound
    if bound == "exact" and is_capped(text, amount.start, amount.end):
        bound = "at_most"
    return quick_quantity(
        value,
        surface,
        kind,
        bound,
        None if amount.high is None else plain(amount.high),
        unit.to_base(value) if unit else None,
        unit.base_unit if unit else None,
        implied and not is_part,
        per,
    )
