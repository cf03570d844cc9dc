"""Spaces set between digits and characters: 投资 1500 多 万元 is read as 投资1500多万元.

Typesetters and converters put a space at each change of script. It says nothing, and every rule
would have to allow for it; so it is taken out before the rules look, and the places of what they
find are counted back. Only a single space goes: columns of a table keep theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.quick import quick_found
from summarizer.zh.quantities.units import UNITS

_HAN = "[^\\W0-9A-Za-z_"
_SCALES = "十百千万亿拾佰仟"
_NUMBER = "[0-9][0-9.,]*(?: ?[-~至到] ?[0-9][0-9.,]*)?"
# Beside a digit; inside 3 万 5 千 and 31. 4%; before 以上. A number that stands alone is a cell.
_SPACE = re.compile(
    f" (?:(?<=[0-9%‰] )(?=[百千万亿兆]|{_HAN}零〇一二三四五六七八九十])"
    f"|(?<={_HAN}零〇一二三四五六七八九十百千万亿] )(?={_NUMBER} ?(?:[%‰]|{_HAN}]))"
    f"|(?:(?<=[^0-9.\\n][0-9][.] )|(?<=[^0-9.\\n][0-9]{{2}}[.] ))(?=[0-9]{{1,2}} ?[%‰])"
    f"|(?<={_HAN}0-9] )(?=以[上下内]|左右)"
    "|(?:(?<=[0-9][万亿] )|(?<=[0-9] [万亿] ))"
    "(?:(?=[0-9],?[0-9]{3} ?[余多几来]?[^\\W0-9A-Za-z_年月万亿])|(?=[0-9] ?[千百]))"
    "|(?:(?<=[0-9]亿 )|(?<=[0-9] 亿 ))(?=[0-9][0-9,]{0,5} ?万))"
)
# 投 入 资 金 3 0 0 万 元: every character is set apart, or every one from the number on; rows of
# single digits are cells.
_LETTER_SPACED = re.compile(r"(?<!\S)(?:\S ){3,}\S(?!\S)")
_SPACED_NUMBER = re.compile(
    r"\A(?:[0-9] )+(?:[.] (?:[0-9] )+)?[%‰](?: |\Z)"
    r"|(?:[一-鿿] (?:[0-9零一二三四五六七八九十百千万] )+(?:[.] (?:[0-9] )+(?:[万亿] )?)?"
    r"|\A(?:[0-9] ){2,}(?=[一-鿿] ))"
    r"[一-鿿](?: |\Z)"
)
# 五 十 户, 贰 拾 叁 万 元整: Chinese numerals set apart, all of them and one a scale, nothing of a
# number beside them; 二 组 三 组, 零 点 五 万 元, 几 十 万 元, 二 亿三 千 万, 张三 百 户 are not.
_OF_NUMBER = f"{HAN}点几数负余多第"
_SPACED_WORDS = re.compile(
    rf"(?<![^\s,，.。;；:：、()（）!！?？币])(?<![{_OF_NUMBER}] )"
    rf"(?:[{HAN}] )+[{_SCALES}] (?:[{HAN}] )*(?=[一-鿿])(?![{_OF_NUMBER}])"
)
_UNIT_CELL = re.compile(f"{_HAN}0-9] [百千万亿]{{0,2}}(?P<unit>[^\\W0-9_]{{1,4}})\\Z")


class Closed(NamedTuple):
    """A text without those spaces; `gaps` are the places in it that stood one further each."""

    text: str
    gaps: tuple[int, ...]

    def counted_on(self, place: int) -> int:
        """Where a place of the text with its spaces is here."""
        return place - bisect_left(range(len(self.gaps)), place, key=lambda i: self.gaps[i] + i)

    def counted_back(self, found: Found) -> Found:
        """What was found here, at its place in the text with its spaces."""
        start = found.start + bisect_right(self.gaps, found.start)
        last = found.end - 1
        end = last + bisect_right(self.gaps, last) + 1
        return quick_found(start, end, found.kind, found.rule, found.quantity)


def close_up(text: str) -> Closed | None:
    """The folded text without them, or None if it has none, as most texts.

    >>> close_up("投资 1500 多 万元")
    Closed(text='投资1500多 万元', gaps=(2, 6))
    """
    if " " not in text:
        return None
    found = {m.start() for m in _SPACE.finditer(text) if not _is_unit_cell(text, m.start())}
    for run in _LETTER_SPACED.finditer(text):
        if _SPACED_NUMBER.search(run.group()):
            found.update(range(run.start() + 1, run.end(), 2))
    for run in _SPACED_WORDS.finditer(text):
        found.update(place for place in range(*run.span()) if text[place] == " ")
    places = sorted(found)
    if not places:
        return None
    pieces, at = [], 0
    for place in places:
        pieces.append(text[at:place])
        at = place + 1
    pieces.append(text[at:])
    return Closed("".join(pieces), tuple(place - i for i, place in enumerate(places)))


def _is_unit_cell(text: str, place: int) -> bool:
    """Whether a unit in a cell of its own ends there, as in 总产值 亿元 12.5."""
    cell = _UNIT_CELL.search(text, max(0, place - 9), place)
    return (
        cell is not None
        and (unit := UNITS.get(cell.group("unit"))) is not None
        and unit.kind != "duration"
    )
