"""Judging: whether the parts that were read make a quantity.

What a numeral needs behind it depends on how it is written. Digits need a unit, a scale or a bound;
Chinese numerals of several characters a unit or a bound; a lone 三 a unit that counts for sure;
一 a measure, for before a classifier it is an article; 百 and 千 alone a bound or a measure.
"""

from __future__ import annotations

import re

from summarizer.zh.quantities import english
from summarizer.zh.quantities.amounts import Amount
from summarizer.zh.quantities.contexts import any_of, words_that_say
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.numerals import Numeral
from summarizer.zh.quantities.units import Unit

_LASTING = re.compile(rf"(?:{any_of('lasting')})\Z")
_HEADS = frozenset(":：(（/、“,，。 \t\n|")
_BLANKS = ("单位", "若干", "x", "X", "×", "*", "□", "○", "_")  # x万元 of a form
_COUNTED_PERIODS = ("个月", "个小时", "小时", "个季度", "个星期", "个工作日", "个学期")
_LONG = 9
_CLASSES = ("级", "台阶", "俱乐部", "产业", "企业", "园区", "集群")  # 百亿元产业
_COUNTS = "0-9二两三四五六七八九十"
_MOVES = words_that_say("moved")
CLAUSE_ENDS = frozenset(("", "，", ",", "。", "；", ";", "、", "(", ")", "\n"))
_STATED = re.compile(
    rf"(?<![编序代账帐证号码话])(?:{any_of('stated')})(?:\([A-Za-z]{{1,8}}\))?"
    r"(?:为|达|是|达到|共|:|：)? ?\Z|(?<![函参叁常代])数(?:为|达到?) ?\Z"
)
_MOVED = re.compile(
    rf"(?:{any_of('index')})(?:\([^()]{{0,30}}\))?[^，。；]{{0,18}}(?:(?:由|从)(?:[^，。；]{{0,5}}年[末同期]{{0,2}}的?)?|{any_of('moved')})\Z"
    rf"|(?:比上年[末同期]{{0,2}}|[同环]比)(?:{any_of('moved')})\Z"
)
_AND = frozenset("和及与")
_COUNTED = rf"[{_COUNTS}]{{1,3}}(?P=unit)"
_COUNTED_BEHIND = re.compile(rf"(?P<unit>[^\0]+)\0[一-鿿]{{1,6}}[和及与]{_COUNTED}")
_COUNTED_BEFORE = re.compile(rf"(?s:(?P<unit>[^\0]+)\0.*?{_COUNTED}[一-鿿]{{1,6}}[和及与]\Z)")
_PRICED = re.compile(rf"(?:{any_of('priced')})\Z")  # 每斤五毛, 涨了三块
_IN_A_ROW = frozenset("人户件名位家辆起宗")
_PEOPLE = frozenset("人户")
_IN_FULL = 4
_NEAR = 12


def is_quantity(text: str, amount: Amount) -> bool:
    """Whether the amount counts or measures something."""
    numeral, unit = amount.numeral, amount.unit
    if unit is not None and unit.surface == "番":
        return text[numeral.start - 1 : numeral.start] == "翻" or text.endswith(
            "翻了", 0, numeral.start
        )
    if amount.counted:
        return numeral.form != "english" or unit is not None or numeral.value > 1
    if numeral.form == "arabic":
        if unit is None:
            return (
                amount.bounded
                or numeral.scale != 1
                or numeral.grouped
                or not text[numeral.start : numeral.end].rstrip("余多").isascii()  # 3万4000
                or is_stated(text, numeral.start, numeral.end)
            )
        return True
    if numeral.form == "scale":
        return amount.bounded or _measures(text, amount, unit)
    if numeral.form == "digits":
        return unit is not None and _counts_in_a_row(text, numeral, unit)
    if numeral.end - numeral.start - bool(numeral.between) > 1:
        if unit is not None or amount.bounded or not numeral.scale < 10000:
            return True
        return _stands_alone(text, numeral)
    if unit is None:
        return amount.high is not None and not numeral.scale < 10000  # 三到五万
    if amount.value == 1 and amount.high is None:
        return _one(text, amount, unit)
    if unit.surface == "口" and text[amount.start - 1 : amount.start] == "家":
        return True  # 全家六口
    if amount.value < 0 or amount.value % 1:
        return True  # 负五度, 一两半
    return _counts_for_sure(text, amount, unit)


def _counts_for_sure(text: str, amount: Amount, unit: Unit) -> bool:
    """What a lone 三 needs: 三户, 三公里; small change only where something is priced."""
    if unit.kind == "money" and unit.strength == "digits":
        return _PRICED.search(text[max(0, amount.start - 4) : amount.start]) is not None
    return unit.strength == "hard" or (unit.strength == "plain" and amount.value > 0)


def _counts_in_a_row(text: str, numeral: Numeral, unit: Unit) -> bool:
    """四一三八人, as newspapers write it; 一二三 counts up, and names groups of a row."""
    if unit.strength == "hard":
        return unit.kind != "duration"
    row = text[numeral.start : numeral.end]
    if unit.strength == "plain" and row[0] not in "零〇" and not {"零", "〇"}.isdisjoint(row):
        return unit.kind != "duration"  # 一五〇户
    shortest = 2 if unit.surface in _PEOPLE else 3
    return unit.surface in _IN_A_ROW and len(row) > shortest and row not in "一二三四五六七八九十"


def _stands_alone(text: str, numeral: Numeral) -> bool:
    """一万三千二百零五, 两千五: a number in full that ends its clause needs no unit."""
    length = numeral.end - numeral.start
    if length < _IN_FULL and (length < _IN_FULL - 1 or numeral.value < 100):
        return False
    return text[numeral.end : numeral.end + 1] in CLAUSE_ENDS


def is_stated(text: str, start: int, end: int) -> bool:
    """指数为105.3, 基尼系数0.38: a bare number that a clause states, and no name's number."""
    if text[end : end + 1] not in CLAUSE_ENDS and not text.startswith(_MOVES, end):
        return False
    if _STATED.search(text[max(0, start - 16) : start]):
        return True
    return "." in text[start:end] and bool(_MOVED.search(text[max(0, start - 60) : start]))


def _measures(text: str, amount: Amount, unit: Unit | None) -> bool:
    """百亩, 千元: a scale alone with a measure, unless it heads a table (单位:万元)."""
    if unit is not None and unit.kind == "frequency":
        return True  # 百年一遇
    before = text[amount.start - 1 : amount.start]
    if text.startswith("为单位", amount.end):
        return False
    if not before or before in _HEADS or text.endswith(_BLANKS, 0, amount.start):
        return False
    if unit is None or unit.strength != "hard" or text.startswith(_CLASSES, amount.end):
        return False
    return unit.kind not in ("duration", "age", "ratio", "percent")


def _one(text: str, amount: Amount, unit: Unit) -> bool:
    """一 counts with a measure (一亩), with a duration in company (为期一年), beside a count."""
    if unit.surface in _COUNTED_PERIODS:
        return True
    if unit.kind in ("duration", "age"):
        before = text[max(0, amount.start - 5) : amount.start]
        return amount.bounded or _LASTING.search(before) is not None
    return unit.strength == "hard" or _beside_a_count(text, amount, unit)


def _beside_a_count(text: str, amount: Amount, unit: Unit) -> bool:
    """一名男子和两名女子: where its neighbour is counted, 一 counts too."""
    surface = unit.surface
    behind = text[amount.end : amount.end + _NEAR]
    before = text[max(0, amount.start - _NEAR) : amount.start]
    return bool(
        (not _AND.isdisjoint(behind) and _COUNTED_BEHIND.match(f"{surface}\0{behind}"))
        or (before[-1:] in _AND and _COUNTED_BEFORE.match(f"{surface}\0{before}"))
    )


def refused(text: str, amount: Amount) -> Found:
    """What a numeral that is no quantity is: an article, a row of digits, not known."""
    numeral = amount.numeral
    if numeral.form == "arabic":
        return _refused_digits(text, numeral)
    if numeral.form == "digits":
        return Found(numeral.start, numeral.end, "identifier", "row_of_digits")
    if amount.unit is not None:
        rule = (
            "article"
            if amount.value == 1
            else "scale_alone"
            if numeral.form == "scale"
            else "weak_unit"
        )
        return Found(numeral.start, amount.end, "indefinite", rule)
    return Found(numeral.start, numeral.end, "idiom", "lone_numeral")


def _refused_digits(text: str, numeral: Numeral) -> Found:
    start, end = numeral.start, numeral.end
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isascii():
        if english.is_label(text, start):
            return Found(start, end, "identifier", "label")
        if (
            end == start + 4
            and text[start - 2 : start - 1].isalpha()
            and 1900 <= numeral.value < 2100
        ):
            return Found(start, end, "date", "english_year")
    if not end < start + _LONG:
        return Found(start, end, "identifier", "long_number")
    return Found(start, end, "unknown", "bare_number")
