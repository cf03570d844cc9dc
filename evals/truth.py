"""The regex truth: figures by plain regular expressions, an opinion apart from the product's.

It shares no code with `summarizer.zh.quantities` and is meant to be read: blank what is no amount
(`truth_noise.txt`), then one pattern: hedge, numeral, hedge, unit, hedge. How good it is against
gold is part of every report; where it and the product differ, both are shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from summarizer.types import Span
from summarizer.zh.numeral_values import read_estimate, read_numeral

from .numerals import scale
from .text import ANNOTATION, fold
from .views import FigureView

HERE = Path(__file__).parent


def _lines(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_UNITS = " ".join(_lines("truth_units.txt")).split()
AFTER_CHINESE = frozenset(unit for unit in _UNITS if not unit.endswith("*"))
UNIT = "|".join(sorted((re.escape(u.rstrip("*")) for u in _UNITS), key=len, reverse=True))
BEFORE = (
    "将近|接近|近|大约|约|超过|超|逾|突破|高于|至少|不少于|不低于|最多|不超过|不高于|不到|不足"
    "|上(?=[百千万])"
)
AFTER = "以上|及以上|以下|以内|左右|上下"
DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HANZI = r"[零〇一二三四五六七八九十百千万亿两]+(?:点[零一二三四五六七八九]+[十百千万亿]*)?"
QUANTITY = re.compile(
    rf"""
    (?P<before>{BEFORE})?
    (?P<percent>百分之)?
    (?: (?<![\d.,]) (?P<low>{DIGITS}) (?P<lowscale>[十百千]?[万亿]{{1,2}}|[百千])?
        (?P<lowunit>{UNIT})? \s*[-~～—–至到]\s*(?=\d) )?
    (?: (?P<digits>{DIGITS}) \s* (?P<mid>[余多几])?
        (?P<scale>[十百千]?[万亿]{{1,2}}|[百千](?!克|米|瓦))?
      | (?P<hanzi>{HANZI}) )
    (?P<hedge>[余多])?
    \s* (?P<unit>{UNIT})?
    (?P<late>[余多](?![元人户名家]))?
    (?P<after>{AFTER})?
    """,
    re.VERBOSE,
)
SIGNS = {
    "over": "超过 超 逾 突破 高于 余 多",
    "under": "将近 接近 近 不到 不足",
    "about": "大约 约 左右 上下 几",
    "at_least": "至少 不少于 不低于 以上 及以上 上",
    "at_most": "最多 不超过 不高于 以下 以内",
}  # fmt: skip
BOUNDS = {sign: bound for bound, signs in SIGNS.items() for sign in signs.split()}
DISTANT = re.compile(r"(至少|不少于|最多|不超过)[^\d,，。;；、]{1,4}$")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text to search and, for each of its characters, where that stands in the raw text."""

    text: str
    at: tuple[int, ...]


def plain_view(raw: str) -> Plain:
    """The raw text folded, without annotations.

    >>> plain_view("15支專項(xiàng)").text
    '15支专项'
    """
    kept = list(range(len(raw)))
    for match in ANNOTATION.finditer(raw):
        for i in range(*match.span()):
            kept[i] = -1
    at = tuple(i for i in kept if i >= 0)
    bare = "".join(raw[i] for i in at)
    folded = fold(bare)
    if len(folded) != len(bare):
        folded = "".join(f if len(f := fold(c)) == 1 else c for c in bare)
    return Plain(folded, at)


def find_figures(raw: str) -> list[FigureView]:
    """The figures that plain regular expressions see in a raw text.

    >>> found = find_figures("投入500余万元,第三次惠及近百人")
    >>> [(f.text, int(f.value), f.unit, f.bound) for f in found]
    [('500余万元', 5000000, '元', 'over'), ('近百人', 100, '人', 'under')]
    """
    view = plain_view(raw)
    blanked = _blank(view.text)
    found: list[FigureView] = []
    for match in QUANTITY.finditer(blanked):
        figure = _figure(match, view, f"t{len(found)}")
        if figure:
            found.append(figure)
    return found


def _figure(match: re.Match[str], view: Plain, name: str) -> FigureView | None:
    value, high = _values(match)
    if value is None or not _counts(match):
        return None
    before = "" if match["before"] is None else match["before"]
    unit = "%" if match["percent"] or match["unit"] == "％" else match["unit"]
    start, end = match.start(), match.start() + len(match[0].rstrip())
    return FigureView(
        id=name,
        span=Span(view.at[start], view.at[end - 1] + 1),
        text=view.text[start:end],
        value=value,
        high=high,
        unit=unit,
        bound="range" if high is not None else _bound(match, before),
        kind="other",
    )


def _values(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Value and high; a scale stands for both ends unless that turns them round (8500到3万)."""
    if match["hanzi"]:
        if estimate := read_estimate(match["hanzi"]):
            return estimate
        value = read_numeral(match["hanzi"])
        return (value * 10 if value and match["unit"] == "成" else value), None
    top = _amount(match["digits"], match["scale"])
    if match["low"] is None:
        return top, None
    shared = match["scale"] if _amount(match["low"], match["scale"]) < top else None
    return _amount(match["low"], match["lowscale"] or shared), top


def _amount(digits: str, scales: str | None) -> Decimal:
    return Decimal(re.sub(r"[,，]", "", digits)) * scale(scales or "")


def _counts(match: re.Match[str]) -> bool:
    """Whether this is an amount: Arabic digits want a unit, scale or hedge, characters a unit."""
    hedged = any(match[g] for g in ("before", "mid", "hedge", "late", "after"))
    if match["percent"] or match["low"]:
        return True
    if match["digits"]:
        return bool(match["unit"] or match["scale"] or hedged)
    if match["hanzi"] in ("一", "百", "千", "万", "亿"):
        return match["hanzi"] != "一" and hedged and bool(match["unit"])
    return match["unit"] in AFTER_CHINESE or (match["hanzi"][:1] == "两" and match["unit"] == "月")


def _bound(match: re.Match[str], before: str) -> str:
    for sign in (before, match["mid"], match["hedge"], match["late"], match["after"]):
        if sign:
            return BOUNDS[sign]
    distant = DISTANT.search(match.string[max(0, match.start() - 8) : match.start()])
    return BOUNDS[distant[1]] if distant else "exact"


@lru_cache(maxsize=1)
def _noise() -> re.Pattern[str]:
    parts = [e[3:] if e.startswith("re:") else re.escape(e) for e in _lines("truth_noise.txt")]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def _blank(text: str) -> str:
    """The text with everything that is no amount as blanks of the same length."""
    return _noise().sub(lambda m: "□" * len(m[0]), text)
