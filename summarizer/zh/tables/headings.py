"""What the text of a header cell says: a name, a unit, a period, or that it is none of these."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.quantities.places import value_of
from summarizer.zh.quantities.rates import behind
from summarizer.zh.quantities.units import UNITS, Unit
from summarizer.zh.script import fold

_CIRCLED = re.compile("[①-⓿❶-➓㉑-㊿]")
_RAISED = re.compile("(?<=[0-9０-９])[⁰¹²³⁴-⁹]")
_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_APART = re.compile(r"(?<=\d) {2,}(?=[-+]?\d)")
_NOTE_OF_NAME = re.compile(
    r"(?<=[^\W\d_)])\[\^?\d{1,3}\]$|(?<=\))(?:\[\^?\d{1,3}\]|\^?[⁰¹²³⁴-⁹0-9]{1,2})$"
)
_YEARS = re.compile(
    r"(?:19|20)\d{2}(?:[-/.]\d{1,2}){1,2}(?!\d)|(?:19|20)\d{2}年?[-—~至到](?:19|20)\d{2}年?"
    r"|(?:19|20)\d{2}[AEF](?![A-Za-z])|(?:19|20)\d{2}(?:年度?)?(?:[末底初]|(?:[上下]半年|[前第]?[一二三四1-4]季度|全年))?"
    r"(?:\d{1,2}(?:月份?)?(?:[-—~至到]\d{1,2}月份?)?(?:(?<=月)\d{1,2}[日号])?)?[末底]?"
    r"|\d{1,2}(?:[-—~至到]\d{1,2})?月(?:份|\d{1,2}[日号])?|[上下]半年|[前第]?[一二三四1-4]季度|[上去今本]年|全年"
)
_UNIT_ASIDE = re.compile(
    r"[(\[]([^()\[\]]{1,12})[)\]]{1,2}$|[:,、/]\s*([^:,、/\s]{1,8}|[^:,、\s]{1,4}/[^:,、\s]{1,4})$"
)
_NO_NAME = re.compile(r"其中|#|[(]?[一二三四五六七八九十]{1,3}[)]?|[(]?\d{1,2}[)]?|")
_SCALE = re.compile("[十百千万亿]*")
_ANNOUNCED = re.compile(r"(?:计量|金额)?单位\s*[:]?\s*([^\s();。]{1,20})")
_BETWEEN = re.compile("[、,和]")
_NUMBERED = re.compile(r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]\s*|[(]?\d{1,2}[)、.](?!\d)\s*)")
_AMOUNT = re.compile(r"[约近超逾达]?[-+]?\d[\d,]*(?:\.\d+)?[余多]?([^\d岁,.]+)")
_SHARES = ("percent", "percent_point")
_OVER = re.compile("[/每]|$")
_SEVERAL = re.compile("[()、,;]")


@dataclass(frozen=True, slots=True)
class Scaled:
    """A unit with its scale and what it is taken over: 万元, 元/人."""

    scale: Decimal
    unit: Unit
    per: str | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is one of hundredths: no amount of anything."""
        return self.unit.kind in _SHARES

    @property
    def counts_things(self) -> bool:
        """Whether it is one of what is counted, as it is: 户, and not 万户, 元 or 亩."""
        return self.unit.kind == "count" and self.scale == 1 and not self.per

    @property
    def measure(self) -> tuple[str, Decimal, str | None]:
        """What makes it the same as another: 亿元 and 万元 differ, 平方米 and ㎡ do not."""
        unit = self.unit
        return (
            unit.base_unit or unit.surface,
            self.scale * unit.numerator / unit.denominator,
            self.per,
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A header's text in parts: what it names, its unit, its period, whether 一、 numbers it."""

    name: str
    unit: Scaled | None = None
    period: str | None = None
    is_numbered: bool = False


def plain(text: str) -> str:
    r"""A cell's text as it is compared: simplified, narrow, without blanks.

    A circled number is a note's mark; a raised one behind a digit is told apart from its digits.
    Groups of thousands with one blank between them are one number; of two numbers that more blanks
    part, as a cell's paragraphs are, two are left.

    >>> plain("投 资（萬元）"), plain("45①"), plain("45²"), plain("m²")
    ('投资(万元)', '45', '45^2', 'm2')
    >>> plain("30  400"), plain("1 200"), plain("甲\\|乙")
    ('30  400', '1200', '甲|乙')
    """
    said = _RAISED.sub(lambda match: f"^{match[0]}", _CIRCLED.sub("", fold(text)))
    narrow = _THOUSANDS.sub("", unicodedata.normalize("NFKC", said).replace("\\|", "|"))
    if "  " in narrow:
        return "  ".join(_SPACE.sub("", " ".join(p.split())) for p in _APART.split(narrow.strip()))
    return _SPACE.sub("", " ".join(narrow.split()))


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    rows = cells(Path(__file__).with_name("headers.tsv"))
    return {kind: frozenset(words.split()) for kind, words in rows}


def is_of(kind: str, text: str) -> bool:
    """Whether a header is one of a kind of `headers.tsv`."""
    return text in _words()[kind]


def tells(kind: str, text: str) -> bool:
    """Whether a header has a word of a kind in it."""
    return any(word in text for word in _words()[kind])


def begins(kind: str, text: str) -> bool:
    """Whether a header begins with a word of a kind."""
    return text.startswith(tuple(_words()[kind]))


def ends(kind: str, text: str) -> bool:
    """Whether a header ends with a word of a kind."""
    return text.endswith(tuple(_words()[kind]))


def counted_by(text: str) -> Scaled | None:
    """The unit that a header counts by, as `headers.tsv` has it.

    >>> counted_by("受益户数").unit.surface, counted_by("平均年龄").unit.surface
    ('户', '岁')
    """
    if ends("age", text):
        return Scaled(Decimal(1), UNITS["岁"])
    word = next((word for word in _words()["counted by"] if text.endswith(word)), None)
    return Scaled(Decimal(1), UNITS[word[0]]) if word else None


def scaled(text: str) -> Scaled | None:
    """The unit that a text is, whole.

    >>> one = scaled("万元/人")
    >>> one.scale, one.unit.surface, one.per
    (Decimal('10000'), '元', '人')
    >>> scaled("元/人·月").per
    '人·月'
    >>> scaled("投资") is None
    True
    """
    over = _OVER.search(text)
    said = text[: over.start()] if over else text
    match = _SCALE.match(said)
    digits = match[0] if match else ""
    for cut in range(len(digits) + 1):  # the longest unit: 千克 is one
        unit = UNITS.get(said[cut:])
        scale = value_of(list(digits[:cut])) if cut else Decimal(1)
        if unit is not None and scale is not None:
            end, per = behind(text, len(said), unit) or (len(said), None)
            return Scaled(scale, unit, per) if end == len(text) else None
    return None


def amount_unit(text: str) -> Scaled | None:
    """The unit of a cell that is a number with its unit; None of any other.

    >>> amount_unit("1.2亿元").unit.surface, amount_unit("投资")
    ('元', None)
    """
    match = _AMOUNT.fullmatch(text)
    return None if match is None or _YEARS.fullmatch(text) else scaled(match[1])


def is_amount(text: str) -> bool:
    """Whether a cell is a number with its unit, and not what a header may say: 0-14岁, 2020年.

    >>> [is_amount(text) for text in ("1.2亿元", "约120户", "200余万元", "2020年", "60岁以上")]
    [True, True, True, False, False]
    """
    return amount_unit(text) is not None


@lru_cache(maxsize=1024)
def heading(text: str) -> Heading:
    """A header cell's text in parts.

    >>> one = heading("2019年投资（万元）")
    >>> one.name, one.unit.scale, one.unit.unit.surface, one.period
    ('投资', Decimal('10000'), '元', '2019年')
    >>> heading("比上年增长%").name, heading("亿元").name, heading("男").name
    ('比上年增长', '', '男')
    >>> heading("投资(万元)[2]").name, heading("投资(万元)¹").unit.scale
    ('投资', Decimal('10000'))
    """
    said = _NOTE_OF_NAME.sub("", plain(text))
    is_name = is_of("named", said) or is_of("no unit", said)
    unit = None if is_name else scaled(said)  # 乡镇 heads names, though it counts, too
    if unit is not None:
        return Heading("", unit)
    aside = _UNIT_ASIDE.search(said)
    if aside is not None:
        unit = scaled(aside[1] or aside[2])
        if unit is not None and unit.counts_things and ends("amount", said[: aside.start()]):
            unit = None  # 成交额(双): of both sides, and no pairs
        if aside[2] and _NO_NAME.fullmatch(said[: aside.start()].strip()):
            unit = None  # 其中:男, 二、乡镇: the name itself
        if unit is not None:
            said = said[: aside.start()]
    elif (sign := scaled(said[-1:])) and sign.is_share and not said[-2:-1].isdigit():
        unit, said = sign, said[:-1]
        said = said if tells("ratio", said) else f"{said}比例"
    period = _YEARS.match(said)
    name = said[period.end() :] if period else said
    name = name.strip(":")
    own = _NUMBERED.sub("", name)
    return Heading(own, unit, period[0] if period else None, own != name)


def announced(text: str) -> Scaled | None:
    """The unit that stands above or in a table for all of it: 单位:万元. Of several none is meant.

    >>> announced("表一 收入情况 单位：万元").scale
    Decimal('10000')
    >>> announced("单位：户、万元")
    >>> announced("填报单位：财政局 单位：万元、%").unit.surface
    '元'
    """
    said = [
        [unit for word in _BETWEEN.split(match[1]) if (unit := scaled(word))]
        for match in _ANNOUNCED.finditer(unicodedata.normalize("NFKC", fold(text)))
    ]
    last = next((units for units in reversed(said) if units), [])
    others = [unit for unit in last if not unit.is_share] or last
    return others[0] if len(others) == 1 else None


def indicator(text: str) -> Heading | None:
    r"""The one thing that all numbers of a table are, where a line over it names it with its unit.

    >>> one = indicator("数据库：年度数据\n指标：年末常住人口(万人)\n时间：最近10年")
    >>> one.name, one.unit.scale, one.unit.unit.surface
    ('年末常住人口', Decimal('10000'), '人')
    >>> indicator("指标：常住人口(万人)、产值(亿元)"), indicator("指标：常住人口")
    (None, None)
    """
    lines = (plain(line).partition(":") for line in text.split("\n"))
    told = [heading(name) for key, _, name in lines if is_of("indicator", key)]
    whole = [one for one in told if one.unit and one.name and not _SEVERAL.search(one.name)]
    return whole[0] if len(whole) == len(told) == 1 else None
