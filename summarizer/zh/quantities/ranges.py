"""Ranges and lists that share a unit: 3~5万元, 370-1255米, 5、6户, 25.1、2.2万平方公里."""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.zh.quantities import english, money
from summarizer.zh.quantities.amounts import DEGREES, Amount, read_amount, read_parts
from summarizer.zh.quantities.judge import CLAUSE_ENDS, is_stated
from summarizer.zh.quantities.numerals import Numeral

_JOIN = re.compile(
    r"(?:\(含\))? ?(?:[-⸺]{1,2}|~{1,2}|至|到|或|和|与|及|(?<= )to(?= )|(?<= )and(?= )) ?"
    "(?=[0-9零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾$¥€£]|(?:HK|US|NT|RMB)[$0-9]"
    "|(?<=[ -]to )[a-z]|(?<= and )[a-z]|(?<=[至到~])-[0-9.]+ ?[℃度°])"
)
_LIST = re.compile(
    r"(?:[、和与及]|(?<=[0-9])[×xX*](?=[0-9])"
    r"|(?:(?<=\.[0-9])|(?<=\.[0-9]{2})),(?=[0-9]+\.[0-9]+[万亿%]))(?=[0-9一二两三四五六七八九])"
)
_ENGLISH_LIST = re.compile(r"(?:, [0-9][0-9.]*(?=,? )){0,4},? and (?=[0-9])")
_TIMES = ("×", "x", "X", "*")  # 20×30毫米 is two lengths, 2×35千瓦 is no two of anything
_MINUS = re.compile("[一-鿿:(,，]|\\Z")  # what may stand before one
_LEAST = 100  # what a lower end in ones is at least where the upper one has a scale
_LONGEST_LIST = 6
_CONJUNCTIONS = ("和", "与", "及", "and")
_YEARS = (1900, 2100)
_BELOW = "零下"
_SIGNS = (_BELOW, "零上", "-")


def join_range(text: str, left: Amount) -> Amount:  # noqa: PLR0912 — one condition a line
    """The range that `left` opens, or `left` itself."""
    join = _JOIN.match(text, left.end)
    if join is None or left.high is not None:
        return _between_bounds(text, left) if left.bound == "at_least" else _neighbours(text, left)
    right = _right(text, join.end(), left)
    if right is None or right.high is not None:
        return left
    left = _below_zero(text, left, right)
    if right.unit is None and left.unit is not None:
        if not _leaves_unit_out(text, left, right, join.group()):
            return left
        right = right._replace(unit=left.unit, unit_text=left.unit_text)
    if left.per is not None and left.per != right.per:
        return left
    if text.startswith(_BELOW, left.numeral.start - 2) or text.startswith(_SIGNS, join.end()):
        return _degrees(text, left, right, join.end())
    if left.unit is None and text.endswith("in ", 0, left.start):
        return left  # rose in 2011 to 9,643 yuan
    if left.unit is not None and right.unit is not None and not _same(left, right):
        return left
    if join.group().strip() in _CONJUNCTIONS and not _is_between(text, left, right):
        return left
    if "或" in join.group() and not (left.unit is None and left.value + 1 == right.value):
        return left
    bare = right.unit is None and right.numeral.scale == 1
    if bare and not (_is_framed(text, left, right) or _in_full(text, left, right)):
        return left
    if left.unit and join.group() == " to " and text.endswith("from ", 0, left.start):
        return left  # from 25% to 37% is a change
    low = _shared(left, right)
    if not low < right.value or (0 <= low < _LEAST and low * right.numeral.scale >= right.value):
        return left  # 4-2亿元 goes down; 8500到3万 and 500-3万元 do not
    return _joined(left, right, low)


def _below_zero(text: str, left: Amount, right: Amount) -> Amount:
    """气温-5至3℃: a minus before a number whose unit stands behind the upper end."""
    start = left.start - 1
    if left.unit is not None or text[start : left.start] != "-" or left.start != left.numeral.start:
        return left
    if right.unit is None or left.value < 0 or not _MINUS.match(text[start - 1 : start]):
        return left
    return left._replace(start=start, value=-left.value)


def _leaves_unit_out(text: str, left: Amount, right: Amount, join: str) -> bool:
    """5万元-8万: the upper end has its scale and leaves its unit out."""
    return (
        join.strip() in ("-", "~", "至", "到")
        and left.unit is not None
        and left.unit.kind == "money"
        and not _has_sign(left)
        and right.numeral.scale > 1
        and text[right.end : right.end + 1] in CLAUSE_ENDS
    )


def _degrees(text: str, left: Amount, right: Amount, at: int) -> Amount:
    """零下5到10度, 零下3度至零上8度: of two temperatures below zero the larger number is lower."""
    if right.unit is None or right.unit.surface not in DEGREES:
        return left
    below = text.startswith((_BELOW, "-"), at)
    ends = [-abs(left.value)] if text.startswith(_BELOW, left.numeral.start - 2) else [left.value]
    alike = left.unit is None and not text.startswith(_SIGNS, at) and ends[0] < 0
    ends.append(-right.value if below or alike else right.value)
    low, high = sorted(ends)
    start = left.numeral.start - 2 * (ends[0] < 0 and left.value == abs(left.value))
    joined = _joined(left, right, low)
    return joined._replace(start=min(left.start, start), high=high)


def _right(text: str, at: int, left: Amount) -> Amount | None:
    """The right end, in digits or in English words; in `$15-20 million` it shares the sign."""
    words = english.read_words(text, at) if text[at].isascii() and text[at].isalpha() else None
    if words:
        end, value = words
        return read_parts(text, Numeral(at, end, value, None, "english", None, Decimal(1)), at)
    at += next((len(sign) for sign in _SIGNS if text.startswith(sign, at)), 0)
    code = money.CODE.match(text, at)
    right = read_amount(text, code.end() if code else at, at)
    if right is None or right.unit is not None or not _has_sign(left):
        return right
    return right._replace(unit=left.unit, unit_text=left.unit_text)


def _has_sign(amount: Amount) -> bool:
    """Whether the unit is a sign in front, with nothing behind the numeral: $15."""
    return amount.unit is not None and amount.end == amount.numeral.end


def _is_between(text: str, left: Amount, right: Amount) -> bool:
    """Whether 和 joins the ends of a range (在5%和8%之间); elsewhere it joins two facts."""
    if left.unit is None and all(_YEARS[0] <= end.value < _YEARS[1] for end in (left, right)):
        return False
    return text.startswith("之间", right.end) or text.endswith(
        ("介于", "between ", "Between "), 0, left.start
    )


def _is_framed(text: str, left: Amount, right: Amount) -> bool:
    """Whether words say that two bare numbers are a range: 10到20之间, between 10 and 20."""
    if text.startswith("之间", right.end) or is_stated(text, left.start, right.end):
        return True
    if all(end.unit is None and _YEARS[0] <= end.value < _YEARS[1] for end in (left, right)):
        return False  # between 2016 and 2018
    return text[left.start - 1 : left.start] in ("从", "由") or text.endswith(
        ("介于", "between ", "Between ", "from ", "From "), 0, left.start
    )


def _in_full(text: str, left: Amount, right: Amount) -> bool:
    """一千到一千五百: two numbers in several characters that end a clause."""
    return text[right.end : right.end + 1] in CLAUSE_ENDS and all(
        end.numeral.form == "han" and end.numeral.end - end.numeral.start > 1
        for end in (left, right)
    )


def _same(left: Amount, right: Amount) -> bool:
    assert left.unit is not None and right.unit is not None  # noqa: PT018 — one condition, two names
    return left.unit_text == right.unit_text or left.unit.surface in right.unit.surface


def _shared(left: Amount, right: Amount) -> Decimal:
    """The left end with the right end's scale where that keeps the order: 3~5万 but 8500到3万."""
    scale = right.numeral.scale
    big = next((power for power in (10**12, 10**8, 10**4) if scale >= power), 1)
    if (
        left.unit is None
        and left.numeral.form == right.numeral.form == "han"
        and 1 < left.numeral.scale < 10**4
        and left.value * big < right.value
    ):
        return left.value * big  # 八百到九百亿
    if (
        (left.unit is None or _has_sign(left))
        and left.numeral.scale == 1
        and scale > 1
        and left.value * scale < right.value
    ):
        return left.value * scale
    return left.value


def _joined(left: Amount, right: Amount, low: Decimal) -> Amount:
    numeral = left.numeral
    if numeral.scale < right.numeral.scale:
        numeral = numeral._replace(scale=right.numeral.scale)
    ends = (left.start, right.end, numeral, low, right.value)
    whose = left if money.names_currency_of(left.unit, right.unit) else right
    return Amount(*ends, whose.unit, whose.unit_text, "range", True, right.per, right.counted)


def _between_bounds(text: str, left: Amount) -> Amount:
    """5万元以上20万元以下: two bounds around one range, as laws say it."""
    if left.unit is None or not text.endswith("以上", 0, left.end):
        return left
    right = read_amount(text, left.end, left.end)
    if right is None or right.bound != "at_most" or right.unit is None or right.high is not None:
        return left
    if not _same(left, right) or not left.value < right.value:
        return left
    return _joined(left, right, left.value)


def _neighbours(text: str, left: Amount) -> Amount:
    """5、6户 and 三、四个: two neighbouring digits are a range."""
    if left.unit is not None or text[left.end : left.end + 1] != "、" or not left.value < 10:
        return left
    right = read_amount(text, left.end + 1, left.end + 1)
    if right is None or right.unit is None or right.numeral.form != left.numeral.form:
        return left
    low = _shared(left, right)
    mantissa = right.value / right.numeral.scale
    if mantissa == 10 * (left.value + 1) and text[left.end + 2 : left.end + 3] == "十":
        low, mantissa = 10 * low, left.value + 1  # 三、四十位
    if mantissa != left.value + 1:
        return left
    return _joined(left, right, low)


def shared_unit(text: str, left: Amount) -> Amount | None:
    """The unit and scale that a bare number takes from the end of its list, or None."""
    at = left.end
    if text.startswith((", ", " and "), at):
        return _shared_in_english(text, left)
    for _ in range(_LONGEST_LIST):
        link = _LIST.match(text, at)
        if link is None:
            return None
        item = read_amount(text, link.end(), link.end())
        if item is None or item.numeral.form != left.numeral.form:
            return None
        if item.unit is not None:
            if link.group() in _TIMES and item.unit.kind != "length":
                return None
            scale = item.numeral.scale if left.numeral.scale == 1 else Decimal(1)
            return left._replace(value=left.value * scale, unit=item.unit, unit_text=item.unit_text)
        if item.numeral.scale != 1:
            return None
        at = item.end
    return None


def _shared_in_english(text: str, left: Amount) -> Amount | None:
    """1.2, 3.4 and 5.3 percentage points; 3,600 and 7,500 people, but not Lots 3 and 5 houses."""
    link = _ENGLISH_LIST.match(text, left.end)
    item = read_amount(text, link.end(), link.end()) if link else None
    if item is None or item.unit is None or item.numeral.scale != 1:
        return None
    if item.unit.kind == "count" and not left.numeral.grouped:
        return None
    if english.is_label(text, left.start) or _YEARS[0] <= left.value < _YEARS[1]:
        return None
    return left._replace(unit=item.unit, unit_text=item.unit_text)
