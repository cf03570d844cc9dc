"""Numerals: the characters that write a number, read at a position of a folded text.

    8万 3.2万         digits and a scale             三万五 一百二    the last scale left out
    500余万 150万余    a hedge inside or behind       三五百 十五六     two neighbouring digits
    几十万 数千        one to ten of the scale        二〇一八         a row of digits, no amount

What they are worth is in places.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from summarizer.zh.quantities.contexts import any_of
from summarizer.zh.quantities.fractions import read_special
from summarizer.zh.quantities.places import (
    BIG_SCALES,
    FINANCIAL,
    HAN,
    SCALES,
    Ends,
    decimal,
    ends_of,
    trailing_scale,
    value_of,
)
from summarizer.zh.quantities.units import read_unit

# 千克 兆瓦 百帕 are units: their first character is no scale. 五千米 is 5000 m, 12千米 is 12 km.
_NO_SCALE = (
    "千(?=[克瓦卡伏帕赫焦牛]|米(?:(?<![一二两三四五六七八九近约上逾过超]千米)|(?<=十[一二三四五六七八九]千米))|升(?<=[0-9万亿]千升)|分[之点])"
    "|百(?=帕|分[之点比])|万分之|兆(?![元圆余多美日港新欧0-9零一二三四五六七八九十百千万亿])"
)
_SCALE = f"(?!{_NO_SCALE})[十百千万亿兆]"
# 13·4亿元: newspapers raised the point. Before anything else it parts a month and a day (5·12).
RAISED_POINT_UNITS = (
    " ?(?:[万亿%‰元倍亩吨米岁]|多?[万亿]|个?百分点|[公千毫厘]|平方|美元|港元|立方|人次|度电|级地震)"
)
_ARABIC = (
    "(?>(?:(?<![$€£¥])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])"  # 12,000; $20，300美元 are two
    "|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    "|[0-9]{1,3}(?:['”][0-9]{3})+(?![0-9])"  # 1'200, as folded
    r"|[0-9]{1,3}(?: [0-9]{3})+(?=(?:\.[0-9]+)? ?[%a-z一-鿿])"  # 5 058 before a unit
    # and atomic: no part of a number is a number
    rf"|[0-9]+)(?:\.[0-9]+|[·・][0-9]+(?={RAISED_POINT_UNITS})|点[0-9]+(?=[百千万亿%]))?"
    r"|(?<![0-9A-Za-z%])\.[0-9]+)"
)
_DOWN_TO_ONES = r"(?:(?<=[0-9]{3})|(?<=[0-9]{3}\.[0-9])|(?<=[0-9]{3}\.[0-9]{2}))"  # 2万5,413.47
_HAN = f"(?:(?!{_NO_SCALE})[{HAN}]|俩(?=[百千万亿]))+"
_POINT = (
    "(?:点[零〇一二三四五六七八九]+(?![十百千分])"
    "|[.·・][零〇一二三四五六七八九]+(?=[万亿%‰])"  # 一.五亿
    "|(?<=[三四五六七八九]十[一二三四五六七八九])点[零〇一二三四五六七八九]+(?=分))?"
)
_MIXED = f"(?:[零〇]?{_ARABIC}(?: ?(?:{_SCALE})+|{_DOWN_TO_ONES})|{_HAN})*"  # 亿零四千230
# 13万2元 is 132,000; 3万5户 may be two quantities, and is left to be set aside.
_ELIDED = r"(?<=[0-9][万亿])[1-9](?=[元块圆]|[，。；、)\n]|\Z|以[上下内]|左右)"
_RUN = re.compile(
    f"(?:[几数](?=[十百千万亿])(?:{_SCALE})+"
    f"|{_ARABIC}(?: ?(?:{_SCALE})+{_MIXED}(?:{_ELIDED})?)?"
    f"|{_HAN}{_POINT}(?:{_SCALE})*(?:(?<=[零百千万亿]){_ARABIC}(?:{_SCALE})*"
    "|(?<=[二三四五六七八九]十)[1-9](?![0-9.,，%]))?)"  # 二十7户
)
_SIMPLE = re.compile(
    f"({_ARABIC})(?>([余多])?([万亿])?([余多])?)"
    "(?![十百千万亿兆零〇0-9几余多来]|有余| [十百千万亿兆0-9]"
    "|(?<=[万亿])[一二两三四五六七八九俩]|个多?[百千]?[万亿]|点[0-9]+[百千万亿%])"
)
_POWERS = {char: Decimal(scale) for char, scale in BIG_SCALES.items()} | {None: Decimal(1)}
_TOKEN = re.compile(f"[0-9.](?:[0-9.,]| (?=[0-9]))*|[几数{HAN}点]")
_POINTS = str.maketrans("·・点", "...")
_APOSTROPHES = {ord("'"): None, ord("”"): None}
_BETWEEN = re.compile(f"([余多来几]|有余)((?:{_SCALE})*)")
_OF_THEM = re.compile(
    "个(?:(多)?(亿|万亿|千万|百万)(?!元?[级台大产企园集项])|万(?=[元吨斤亩人户株头]))"
)
_ASCII = frozenset("0123456789")
_LONGEST = 24  # digits; what is longer is a code, and would not fit the arithmetic
_MONEY = ("元", "圆", "角")
_WEIGHED = re.compile(f"[，。；、,;)\\n]|\\Z|{any_of('weighed')}")
_NOT_ROUND = frozenset("自源")
_ONE = Decimal(1)
_ROUGHLY = {"百八十": (80, 100), "千八百": (800, 1000), "万八千": (8000, 10000), "百十": (100, 110)}

NUMERAL_RUN = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[十百千万亿萬億]*|[〇零一二两三四五六七八九十百千万亿兩萬億]{2,}"
)
"""Characters that may be of one numeral, for those who ask whether it was cut."""


class Numeral(NamedTuple):
    """A numeral at text[start:end].

    `high` is the upper end of 三五百 and 几十. `form` is how it is written: "arabic", "han",
    "english", "digits" (a row of Chinese digits, as in years) or "scale" (百, 千万 without a
    number). `between` is the hedge inside or behind it. `scale` is what the left end of a range
    may share. `grouped` says that it has thousands separators.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    form: str
    between: str | None
    scale: Decimal
    grouped: bool = False


def read_numeral(text: str, pos: int) -> Numeral | None:
    """The longest numeral at `pos`, or None where the characters make no number.

    >>> read_numeral("60余万元", 0).value
    Decimal('600000')
    >>> read_numeral("十二一千", 0) is None
    True
    """
    special = read_special(text, pos)
    if special:
        end, value, between = special
        return Numeral(pos, end, value, None, "arabic", between, _ONE)
    simple = _SIMPLE.match(text, pos)
    if simple:
        surface, inside, big, behind = simple.groups()
        if not surface.isdecimal():
            surface = surface.translate(_POINTS).translate(_APOSTROPHES)
        if not len(surface) < _LONGEST:
            return None
        scale = _POWERS[big]
        value = decimal(surface) if big is None else decimal(surface) * scale
        return Numeral(
            pos, simple.end(), value, None, "arabic", inside or behind, scale, "," in surface
        )
    run = _RUN.match(text, pos)
    if run is None:
        return None
    rough = _ROUGHLY.get(run.group())
    if rough:
        low, high = Decimal(rough[0]), Decimal(rough[1])
        return Numeral(pos, run.end(), low, high, "han", None, _ONE)
    if run.end() == pos + 1 and text[pos] in FINANCIAL and text[pos + 1 : pos + 2] not in _MONEY:
        return None  # 大陆, 队伍, 收拾: a financial numeral alone is a word
    end = run.end() - _weighs(text, run)
    surface = _spelled(text[pos:end])
    if not len(surface) < 2 * _LONGEST:
        return None
    worth = worth_of(surface)
    return None if worth is None else _with_hedge(text, (pos, end), *worth)


def _weighs(text: str, run: re.Match[str]) -> bool:
    """Whether the 两 that ends the run is the weight: 五百两白银. In 三两好友 it is two."""
    end = run.end()
    if text[end - 1] != "两" or end == run.start() + 1 or run.group()[0] in _ASCII:
        return False
    if text[end : end + 1] == "半":
        return True
    if text[run.start() : end - 1] in ("一", "三") and text[run.start() - 1] != "斤":
        return _WEIGHED.match(text, end) is not None
    return read_unit(text, end) is None


def _spelled(surface: str) -> str:
    """The run with one kind of point: 13·4 and 3点5亿 are decimals, so is 一.五亿."""
    if surface[0] in _ASCII:
        return surface.translate(_POINTS).translate(_APOSTROPHES)
    return re.sub("(?<=[^0-9])[.·・]", "点", surface.replace("俩", "两"))


@lru_cache(maxsize=1 << 12)
def worth_of(surface: str) -> tuple[Ends, Decimal] | None:
    """What a numeral is worth, and its trailing scale; a text has the same few, 三 and 两百."""
    tokens = _TOKEN.findall(surface.replace("，", ","))
    ends = ends_of(tokens)
    return None if ends is None else (ends, trailing_scale(tokens))


def run_end(text: str, pos: int) -> int:
    """Where the characters that might have been a numeral at `pos` end; `pos` if there are none."""
    run = _RUN.match(text, pos)
    if run is None or (run.end() == pos + 1 and text[pos] in FINANCIAL):
        return pos
    return run.end()


def _with_hedge(text: str, place: tuple[int, int], ends: Ends, scale: Decimal) -> Numeral:
    low, high, form = ends
    start, end = place
    grouped, between = "," in text[start:end], None
    hedge = _BETWEEN.match(text, end)
    if hedge and _may_hedge(text, hedge, low, form):
        form = "arabic" if form == "digits" else form  # 九〇余万元
        between, end = hedge.group(1), hedge.end()
        for char in hedge.group(2):
            factor = Decimal(BIG_SCALES.get(char) or SCALES[char])
            low, scale = low * factor, scale * factor
            high = None if high is None else high * factor
    them = _OF_THEM.match(text, end) if between is None else None
    if them:  # 两个亿, 3个多亿
        factor = value_of(list(them.group(2) or "万")) or _ONE
        high = None if high is None else high * factor
        low, scale, end = low * factor, scale * factor, them.end()
        between, form = them.group(1), "arabic"
    return Numeral(start, end, low, high, form, between, scale, grouped)


def _may_hedge(text: str, hedge: re.Match[str], low: Decimal, form: str) -> bool:
    """来 and 几 stand behind a round number only (十来个, 二十几户); nothing behind 一 (一多)."""
    if form == "digits":
        return hedge.group(1) in ("余", "多") and low % 10 == 0
    if hedge.group(1) in "来几":
        behind = text[hedge.end() : hedge.end() + 1]
        return low > 0 and low % 10 == 0 and (hedge.group(2) != "" or behind not in _NOT_ROUND)
    return form != "han" or low > 9
