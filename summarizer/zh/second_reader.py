"""A second, plain reader of quantities: it reads a figure's quote again, and knows nothing else.

It shares no code with the grammar that found the figure, so that an error of one is no error of the
other. What it cannot read it says nothing about; what it reads must be the figure's value.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from summarizer.zh.numeral_values import read_estimate, read_measures, read_numeral

_TABLE = str.maketrans(
    "○壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩俩倆馀餘幾點負圓圆塊數到—–─〜∼～－−﹣∕⁄’＇•・·∶",
    "零一二二三三三四五六六七八九十百千万亿两两两余余几点负元元块数至~~~~~~---//''...:",
)
_WRITTEN_OUT = {"廿": "二十", "卅": "三十", "卌": "四十"}
_WORDS = {"hundred": 2, "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
_FORMS = re.compile("[！-～⺀-⿟豈-\ufaff]")  # full-width, radicals, compatibility ideographs
_ANNOTATION = re.compile(r"[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňḿ]{1,6}[)）]")
_SPACES = re.compile(r"(?<![A-Za-z])\s+(?![A-Za-z])")
_MIXED = re.compile(r"\d\s+\d+\s*/")  # 1 1/2
_POWERS = "±+^×*"
_UNREAD = re.compile(r"[¼-¾⅐-⅞]|(?<![一二三四五六七八九两])百[八九]?十|[$£€¥]\d+m\b")
_HAN = "零〇一二三四五六七八九两十百千万亿兆"
_KILO = re.compile("千[米克瓦伏卡帕焦赫升]")
_NO_NUMERAL = "千(?=[米克瓦伏卡帕焦赫升])|百(?=分点)|兆(?!元)|零[上下]"
_RUN = re.compile(
    rf"[几数](?=[十百千万亿])(?:[十百千万亿]+)|(?:(?:\d+(?:[,']\d{{3}})+(?:\.\d+)?|\d*\.\d+|\d+"
    rf"|(?!{_NO_NUMERAL})[{_HAN}]|(?<=[{_HAN}])点(?=[{_HAN}]))[余多来几]?)+"
)
_WORD = re.compile(rf"\s*({'|'.join(_WORDS)})s?(?![a-z])", re.IGNORECASE)
_SIGN = re.compile(r"(?:[-负]|零下)[$¥€£]*$")
_JOINT = re.compile(
    r"[^至~\-、/:+×\d]{0,6}(?:\(含\))?(?:[-~至、]|\s+to\s+|以上(?:不满)?)(?:百分之|千分之|万分之)?[A-Z$¥€£]*"
    r"(?P<sign>-|负|零下|零上)?"
)
_TENTHS = re.compile("成(?:([一二三四五六七八九1-9])|(半))?")
_COINS = re.compile(
    r"[元块]零?(?:([一二三四五六七八九\d])(?:[角毛]|(?!分)))?(?:([一二三四五六七八九\d])分)?"
)
_PRICED = re.compile(  # 三块五一斤, 3元一吨: what it is the price of
    rf"(?<=[元块])(钱|[一二三四五六七八九\d][角毛]?)?一[^\d{_HAN}角毛分]{{1,3}}$"
)
_POWER = re.compile(r"(\d+(?:\.\d+)?)[×xX*]10(?:\^([-+]?\d+)|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
_NUMERAL = rf"[{_HAN}\d]+"
_PARTS = re.compile(rf"[^{_HAN}\d]*(?:({_NUMERAL})又)?({_NUMERAL})分之({_NUMERAL})(.*)")
_ROUNDED = 6  # places, of 1/3亩
_TENS = (1, 10, 100, 10**3, 10**4, 10**6, 10**7, 10**8)
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")


class Reading(NamedTuple):
    """What a quote says: a value, and the upper end where it is a range."""

    low: Decimal
    high: Decimal | None = None

    def __str__(self) -> str:
        low, high = (None if n is None else f"{n.normalize():f}" for n in self)
        return f"{low}" if high is None else f"{low} to {high}"


def read_back(quote: str) -> tuple[Reading, ...]:
    """What the words of one quantity say: one reading, a few where it is open, none if not read.

    >>> [str(reading) for reading in read_back("近三〇〇万元") + read_back("3～5万亩")]
    ['3000000', '30000 to 50000']
    >>> read_back("百分之负三点八"), read_back("半个多世纪前")
    ((Reading(low=Decimal('-3.8'), high=None),), (Reading(low=Decimal('0.5'), high=None),))
    >>> read_back("two dozen"), read_back("1,2000人")
    ((), ())
    """
    if _MIXED.search(quote):
        return ()
    text = _plain(quote)
    text = _PRICED.sub(r"\1", text)
    if any(char in _POWERS for char in text):
        return _power(text)
    if _UNREAD.search(text):
        return ()
    if "分之" in (text := re.sub(rf"(?<![{_HAN}\d])[百千万]分之", "", text)):
        return _fraction(text)
    runs = list(_RUN.finditer(text))
    if runs and (cut := text.find("/", runs[0].end())) > runs[0].end():
        later = [run for run in runs if cut < run.start()]
        if len(later) > 1 or (later and later[0].start() != cut + 1):
            return ()
        text = text[:cut]  # a rate: 12元/亩, 30部/百人
        runs = [run for run in runs if not cut < run.end()]
    if "半" in text:
        return _half(text, runs)
    if len(runs) == 1:
        return _single(text, runs[0])
    if not runs or len(runs) > 3:
        return ()
    return _several(text, runs)


def disagrees(quote: str, figure: Reading, *, has_scale: bool) -> Reading | None:
    """What the quote says instead of the figure; None where it says the same, or is not read.

    Without `has_scale` the unit stands elsewhere (a table's heading, 25.1、2.2万亩), and a power of
    ten may stand there with it.

    >>> disagrees("近三〇〇万元", Reading(Decimal(30000)), has_scale=True)
    Reading(low=Decimal('3000000'), high=None)
    >>> disagrees("120.5", Reading(Decimal(1205000)), has_scale=False)
    """
    readings = read_back(quote)
    for low, high in readings:
        for ten in (1,) if has_scale else _TENS:
            if _agree(figure.low, low * ten) and _agree(figure.high, high and high * ten):
                return None
    return readings[0] if readings else None


def _agree(ours: Decimal | None, theirs: Decimal | None) -> bool:
    """Whether two ends are one; a fraction that does not come out even may have been rounded."""
    if ours is None or theirs is None:
        return ours is theirs
    return ours == theirs or round(theirs, _ROUNDED) == ours


def _plain(quote: str) -> str:
    """The quote in the characters that the patterns know, without spaces and annotations."""
    kept = (c for c in _ANNOTATION.sub("", quote) if unicodedata.category(c) != "Cf")
    text = "".join(
        unicodedata.normalize("NFKC", c) if _FORMS.match(c) else c for c in kept
    ).translate(_TABLE)
    text = _SPACES.sub("", text)
    digits = (str(unicodedata.decimal(c, c)) for c in text)
    return "".join(_WRITTEN_OUT.get(c, c) for c in digits)


def _sign(before: str) -> int:
    return -1 if _SIGN.search(before) else 1


def _value(text: str, run: re.Match[str]) -> Decimal | None:
    """The value of one run of numerals with its sign and an English scale behind it."""
    written = run[0]
    if len(written) > 1 and written[-1] == "两" and text[run.end() : run.end() + 1] != "个":
        written = written[:-1]  # the weight
    value = read_numeral(written)
    if value is None:
        return None
    word = _WORD.match(text, run.end())
    return value.scaleb(_WORDS[word[1].lower()]) if word else value


def _single(text: str, run: re.Match[str]) -> tuple[Reading, ...]:
    after = text[run.end() :]
    sign, tenfold = _sign(text[: run.start()]), 10 if after[:1] == "成" else 1
    if estimate := read_estimate(run[0].rstrip("余多来")):
        return (Reading(*sorted(end * tenfold * sign for end in estimate)),)
    value = _value(text, run)
    if value is None or after[:1] in ("/", ":") or after[:2] == "点半":
        return ()
    if _KILO.match(after) and len(run[0]) == 1 and run[0] in _HAN:
        return tuple(Reading(value * size * sign) for size in (1, 1000))  # 五千米
    return (Reading(value * tenfold * sign),)


def _several(text: str, runs: list[re.Match[str]]) -> tuple[Reading, ...]:
    first, second = runs[:2]
    if coins := _coins(text, first):
        return coins
    if len(runs) == 2 and (tenths := _TENTHS.match(text, first.end())) and tenths[1]:
        whole, part = read_numeral(first[0]), read_numeral(tenths[1])
        is_read = whole is not None and part is not None and tenths.end() == second.end()
        return (Reading(whole * 10 + part),) if is_read and whole and part else ()
    between = text[first.end() : second.start()]
    if len(runs) == 2 and (measures := _two_measures(text, first, second)):
        return measures
    if between == "/" and (first[0] + second[0]).isdecimal():
        sign = _sign(text[: first.start()])
        return _quotient(first, second, sign) if len(runs) == 2 else ()
    if between == ":":
        value = _value(text, first)
        return () if value is None else (Reading(value),)
    joint = _JOINT.fullmatch(between)
    return _range(text, first, second, joint["sign"]) if joint and len(runs) == 2 else ()


def _quotient(first: re.Match[str], second: re.Match[str], sign: int) -> tuple[Reading, ...]:
    """1/16."""
    under = Decimal(second[0])
    return (Reading(sign * Decimal(first[0]) / under),) if under else ()


def _coins(text: str, run: re.Match[str]) -> tuple[Reading, ...]:
    """50元6角三分, 三块五: what stands behind the first coin is part of the sum."""
    coins = _COINS.match(text, run.end())
    value = read_numeral(run[0])
    if not coins or value is None or not (coins[1] or coins[2]):
        return ()
    if _RUN.search(text, coins.end()):
        return ()
    tenths, hundredths = (read_numeral(part) if part else 0 for part in coins.groups())
    return (Reading(value + Decimal(tenths or 0) / 10 + Decimal(hundredths or 0) / 100),)


def _two_measures(text: str, first: re.Match[str], second: re.Match[str]) -> tuple[Reading, ...]:
    """3斤5两, 2小时20分钟: in the larger unit or in the smaller."""
    larger = text[first.end() : second.start()].rstrip("又")
    values = read_measures(first[0], larger, second[0], text[second.end() : second.end() + 2])
    return tuple(Reading(value) for value in values)


def _range(
    text: str, first: re.Match[str], second: re.Match[str], sign: str | None
) -> tuple[Reading, ...]:
    """Two ends; the first takes the scale of the second where that leaves it the lower one."""
    low, high = read_numeral(first[0]), _value(text, second)
    if low is None or high is None:
        return ()
    tenfold = 10 if text[second.end() : second.end() + 1] == "成" else 1
    below = _sign(text[: first.start()])
    worded = _value(text, first) if _WORD.match(text, first.end()) else None
    sizes = _shared(text, first, second, low * below) if worded is None else [worded * below]
    is_below = "零下" in text[: first.start()] if sign is None else sign != "零上"
    above = -1 if is_below else 1
    readings = []
    for size in sizes:
        ends = sorted((Decimal(size or 0) * tenfold, high * above * tenfold))
        if size is not None and (size < high or below < 0):
            readings.append(Reading(*ends))
    return tuple(readings)


def _shared(
    text: str, first: re.Match[str], second: re.Match[str], low: Decimal
) -> list[Decimal | None]:
    """The lower end as it stands and with each scale that ends the upper one."""
    sizes: list[Decimal | None] = [low]
    if word := _WORD.match(text, second.end()):
        return [low.scaleb(_WORDS[word[1].lower()])]
    scales = re.search("[十百千万亿]+$", second[0].rstrip("余多来几"))
    is_whole = scales and re.search("[万亿]", second[0][: scales.start()])
    if scales and not is_whole and not re.search("[万亿]", first[0]):
        for at in range(scales.start(), scales.end()):
            sizes.append(read_numeral("一" + second[0][at : scales.end()]))
        sizes[1:] = [None if size is None else low * size for size in sizes[1:]]
        if re.search(r"\d", first[0] + second[0]) and "万" in scales[0] + "万":
            high = read_numeral(second[0]) or low
            scaled = [size for size in sizes[1:] if size is not None and size < high][:1]
            return [*scaled, low] if len(scales[0]) > 1 or not scaled else [*scaled]
    return sizes


def _half(text: str, runs: list[re.Match[str]]) -> tuple[Reading, ...]:
    half = Decimal("0.5")
    at = text.index("半")
    if len(runs) > 1 or text.count("半") > 1:
        return ()
    if not runs:
        return (Reading(half * (10 if text[at + 1 : at + 2] == "成" else 1)),)
    run = runs[0]
    if at < run.start():
        return ()
    if at == run.end():
        return (Reading(half),) if run[0] == "一" else ()
    if at - run.end() > 3:
        return ()
    value = read_numeral(run[0])
    if value is None:
        return ()
    return (Reading(value * 10 + 5 if text[run.end()] == "成" else value + half),)


def _fraction(text: str) -> tuple[Reading, ...]:
    """三分之二, 一又二分之一, 35000分之一."""
    match = _PARTS.fullmatch(text)
    if not match or _RUN.search(match[4]):
        return ()
    whole = read_numeral(match[1]) if match[1] else Decimal(0)
    under, over = read_numeral(match[2]), read_numeral(match[3])
    if whole is None or over is None or not under:
        return ()
    return (Reading((whole + over / under) * _sign(text[: match.start(1 if match[1] else 2)])),)


def _power(text: str) -> tuple[Reading, ...]:
    match = _POWER.search(text)
    if not match or _RUN.search(text, match.end()) or _RUN.search(text[: match.start()]):
        return ()
    power = int(match[2] or match[3].translate(_RAISED))
    return (Reading(Decimal(match[1]).scaleb(power) * _sign(text[: match.start()])),)
