"""The numerals of a folded (simplified) text; it shares no code with the product's grammar.

What one is worth is the second reader's arithmetic (`summarizer.zh.numeral_values`).
It serves the regex truth and the check that no text field holds a number which the source lacks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from summarizer.types import Span
from summarizer.zh.numeral_values import DIGITS, SCALES, read_estimate, read_numeral

from .text import fold, key

ARABIC = r"(?<![\d.])(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
CHINESE = r"[零〇一二三四五六七八九两十百千万亿]+(?:点[零〇一二三四五六七八九]+[十百千万亿]*)?"
HEDGE = r"[余多几来]"
KILO = "千(?=[米克瓦伏卡帕焦赫])"
SCALE = rf"(?:[十百千]?[万亿]{{1,2}}|百|(?!{KILO})千)"
PART = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
WORDS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SIGN = r"(?:(?<![^\s,，、;；:：(（为是达率长])[-−－])?"
NUMERAL = re.compile(
    rf"(?P<compound>(?<![\d.]){PART}[万亿](?=\d)(?:{PART}{HEDGE}?{SCALE})*(?:{PART})?)(?![\d.])"
    r"|(?P<yuan>\d+)[块元](?P<jiao>\d)(?:[毛角](?P<fen>\d)?|(?<=块\d))"
    r"(?=[角毛分钱]|左右|一[斤个公]|[^一-鿿\d.]|$)"
    rf"|(?P<arabic>{SIGN}{ARABIC})(?:{HEDGE}?(?P<scale>{SCALE})|\s?(?P<word>{'|'.join(WORDS)})\b)?"
    rf"|(?!{KILO})(?P<chinese>{CHINESE}(?:{HEDGE}[百千万亿]+)?)",
    re.IGNORECASE,
)
CLASSIFIERS = frozenset(
    "个名户人家座栋幢间套件项条支场次期批份本部篇株棵头只辆台艘处所村镇组站类种届层位口"
    "元角斤克吨亩顷米里升度天日周月年岁倍成%"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral in a folded text and what it is worth."""

    span: Span
    text: str
    value: Decimal


def plain(text: str) -> str:
    """Folded and half-width, as the patterns here expect it.

    >>> plain("１２萬戶(hù)")
    '12万户'
    """
    return fold("".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "９" else c for c in text))


def scale(text: str) -> int:
    """What the scale characters multiply by: 千万 is 10 million."""
    product = 1
    for c in text or "":
        product *= SCALES[c]
    return product


def numbers(text: str) -> list[Number]:
    """Every numeral of a text that is already `plain`, in order.

    >>> [(n.text, int(n.value)) for n in numbers("2.8万亩、12,000元和三百户,60余万元、二十几万")]
    [('2.8万', 28000), ('12,000', 12000), ('三百', 300), ('60余万', 600000), ('二十几万', 200000)]
    >>> [str(n.value) for n in numbers("3亿2,500万、9块5、-1.93‰、57.4千米、US$1.2 billion")]
    ['325000000', '9.5', '-1.93', '57.4', '1200000000.0']
    """
    values = ((match, _value(match)) for match in NUMERAL.finditer(text))
    return [Number(Span(*m.span()), m[0], value) for m, value in values if value is not None]


def _value(match: re.Match[str]) -> Decimal | None:
    if match["compound"]:
        return read_numeral(match["compound"].replace("，", ","))
    if match["yuan"]:
        return Decimal(f"{match['yuan']}.{match['jiao']}{match['fen'] or ''}")
    if match["arabic"]:
        digits = re.sub(r"[,，]", "", match["arabic"])
        word = WORDS[match["word"].lower()] if match["word"] else 1
        return Decimal(re.sub("[−－]", "-", digits)) * scale(match["scale"]) * word
    chinese = re.sub(HEDGE, "", match["chinese"])
    estimate = read_estimate(chinese)
    return estimate[0] if estimate else read_numeral(chinese)


def stated(text: str) -> list[Number]:
    """The numerals of a text field that say an amount or a date, words like 进一步 left out.

    >>> [n.text for n in stated(plain("进一步发展三个村、十五户,2020年统一投入50萬元"))]
    ['三', '十五', '2020', '50万']
    """

    def says(number: Number) -> bool:
        if len(number.text) > 1 or number.text.isdigit():
            return True
        following = text[number.span.end : number.span.end + 1]
        return number.text != "一" and number.text in DIGITS and following in CLASSIFIERS

    return [n for n in numbers(text) if says(n)]


@dataclass(frozen=True, slots=True)
class Source:
    """The numerals of a source text, to ask whether a number stands there."""

    values: frozenset[Decimal]
    text: str
    key: str

    @classmethod
    def of(cls, raw: str) -> Source:
        text = plain(raw)
        found = numbers(text)
        values = {n.value for n in found}
        for estimate in filter(None, (read_estimate(n.text) for n in found)):
            values.update(estimate)
        for left, right in pairwise(found):
            between = text[left.span.end : right.span.start]
            scaled = re.search("[百千万亿]", left.text)
            if not scaled and between in ("-", "~", "～", "—", "至", "到", " to ", " and "):
                values.add(left.value * _shared(right.text))
        return cls(frozenset(values), text, key(text))

    def lacks(self, field: str) -> list[str]:
        """The numbers of a text field that the source does not hold.

        >>> Source.of("投入500余萬元,惠及197戶").lacks("投入500万元惠及179户")
        ['179']
        """
        text = plain(field)
        sizes = {abs(value) for value in self.values}
        return [n.text for n in stated(text) if abs(n.value) not in sizes and not self._word(n)]

    def _word(self, number: Number) -> bool:
        return not re.search(r"\d", number.text) and number.text in self.text


def _shared(text: str) -> int:
    """What the scale of a range's upper end makes of its lower one: 3-5万, 3-5 million."""
    word = re.search(r"[a-z]+$", text.lower())
    scales = re.search("[十百千万亿]+", text)
    return WORDS[word[0]] if word else scale(scales[0] if scales else "")
