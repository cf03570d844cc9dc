"""Slogans: policy shorthand that counts its own parts (三会一课, “四个一”, 五清五改).

Two shapes are recognised: a quotation that opens with a Chinese digit, and two digits in a row,
each with a character or two that is no unit. Those that have neither shape are in words.tsv.
"""

from __future__ import annotations

import re

from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.units import read_unit

_LONGEST = 14
_TITLE = 40
_NUMERALS = frozenset(HAN)
_QUOTED = re.compile(rf"(?<=“)[一二两三四五六七八九十百千万][^”\n0-9，。]{{0,{_LONGEST}}}(?=”)")
_STRAIGHT = re.compile(_QUOTED.pattern.replace("“", '"').replace("”", '"'))
_SHAPE = re.compile(
    r"[一二两三四五六七八九十](?P<first>[^\W0-9a-zA-Z_零〇一二两三四五六七八九十百千万亿多余来几半是要、点分成到至或比又]{1,2})[+]?"
    r"[一二两三四五六七八九十](?P<second>[^\W0-9a-zA-Z_零〇一二两三四五六七八九十百千万亿多余来几半是要、点分成]{1,3})"
)
_MEASURES = ("money", "percent", "area", "length", "mass", "volume", "duration", "age")


def quoted_slogan(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """A short quotation that opens with a Chinese numeral and measures nothing: “四个一”."""
    before = text[pos - 1 : pos]
    if before == '"':
        line = text.rfind("\n", 0, pos) + 1
        match = _STRAIGHT.match(text, pos) if text.count('"', line, pos) % 2 else None
    else:
        match = _QUOTED.match(text, pos) if before == "“" else None
    if not match:
        return None
    at = pos
    while text[at] in _NUMERALS:
        at += 1
    unit = read_unit(text, at)
    if unit and unit.kind in _MEASURES and (before == '"' or at + len(unit.surface) == match.end()):
        return None
    return Found(pos, match.end(), "slogan", "quoted_slogan")


def title(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """A Chinese numeral in the title of a work: 《海底两万里》."""
    opened = text.rfind("《", max(0, pos - _TITLE), pos)
    if opened < 0 or text.find("》", opened, pos) >= 0 or text.find("\n", opened, pos) >= 0:
        return None
    closed = text.find("》", pos, pos + _TITLE)
    if closed < 0 or text.find("\n", pos, closed) >= 0:
        return None
    end = pos
    while text[end] in _NUMERALS:
        end += 1
    return Found(pos, end, "name", "title")


def parallel_slogan(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """Digit and word twice over, no unit among them, or 一 with both: 五清五改, 一户一策."""
    match = _SHAPE.match(text, pos)
    if not match:
        return None
    second = match.start("second")
    units = [read_unit(text, at) for at in (pos + 1, second)]
    if units[1] is not None and units[1].kind == "money":
        return None  # 十块五毛, 一斤卖三块
    if text[second] == "口" and text[pos + 1] in "个家":
        return None  # 一家六口
    ones = (text[pos] == "一") + (text[second - 1] == "一")
    counted = sum(1 for unit in units if unit is not None and unit.strength in ("hard", "plain"))
    if counted > ones:
        return None
    width = len(match.group("first"))
    return Found(pos, min(match.end(), second + max(width, 1)), "slogan", "parallel_slogan")
