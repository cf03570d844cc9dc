"""Bounds: what words around a numeral say about it (近 under, 余 over, 以上 at_least, 约 about).

The lexicon is `bounds.tsv`, by place: before the numeral, between numeral and unit (numerals.py
reads those), after the unit. `not_after` and `not_before` list what makes another word of it: 近 in
最近, 约 in 节约, 多 in 多元.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.types import Bound
from summarizer.zh.quantities.lexicon import rows


class _Word(NamedTuple):
    word: str
    bound: Bound
    not_after: str
    not_before: tuple[str, ...]


def _words(place: str) -> dict[str, _Word]:
    found = (row for row in rows("bounds.tsv") if row["place"] == place)
    return {
        row["word"]: _Word(
            row["word"],
            row["bound"],  # type: ignore[arg-type]  # a test holds the column to the Literal
            row["not_after"].replace("|", ""),
            tuple(row["not_before"].split("|")),
        )
        for row in found
    }


_BEFORE = _words("before")
BEFORE_ENDS = frozenset(word[-1] for word in _BEFORE)
_LONGEST = max(map(len, _BEFORE))
BETWEEN: dict[str, Bound] = {word: entry.bound for word, entry in _words("between").items()}
_AFTER = _words("after")
AFTER_STARTS = frozenset(word[0] for word in _AFTER)
_AFTER_LENGTHS = sorted({len(word) for word in _AFTER}, reverse=True)
_APART_WORDS = (
    *("至少", "最少", "起码", "最多", "至多", "不少于", "不低于", "不超过"),
    *("不高于", "不多于", "不得超过", "不得低于", "不得少于"),
)
_APART = re.compile(
    r"(?P<verb>至少|最少|起码|最多|至多|不少于|不低于|不超过)(?!的)[^，。；、：:,.!?\s0-9]{1,4}\Z"
    r"|(?P<of>不少于|不低于|不超过|不高于|不多于|不得超过|不得低于|不得少于)[^，。；、：:,.!?\s0-9]{1,7}的\Z"
)
_CAPPED = re.compile(
    r"(?P<most>(?:上限|限额|封顶线?)(?:为|是|设为|定为)?|限(?:购|报|领|载|乘|额)|最高(?:可[贷借获得享领]?[得受取]?|补助|补贴|奖励|资助|给予|支付|报销|限额|为|是){1,2})\Z"
    r"|(?P<least>(?:下限|起付线?)(?:为|是|设为|定为)?)\Z"
)
_CAP_ENDS = frozenset("购报载乘高限顶可为是助贴励予付销额线贷借获得享领受取")
_CAPPED_BEHIND = ("封顶", "为限", "为上限")
_INSIDE = "内"
CAP_STARTS = frozenset((_INSIDE, *(word[0] for word in _CAPPED_BEHIND)))
_APART_BOUNDS: dict[str, Bound] = {word: _BEFORE[word].bound for word in _APART_WORDS}
_APART_ENDS = frozenset("少码多于过")


def bound_before(text: str, pos: int, floor: int) -> tuple[int, Bound] | None:
    """(start of the word, bound) for a bound that ends at `pos`, not starting before `floor`."""
    last = text[pos - 1 : pos] if pos > floor else ""
    if last == " " and pos - 1 > floor:
        pos, last = pos - 1, text[pos - 2]
    if last not in BEFORE_ENDS:
        return None
    low = max(floor, pos - _LONGEST)
    found = _word_at_end(text[low:pos], text[low - 1 : low])
    return (pos - found[0], found[1]) if found else None


@lru_cache(maxsize=1 << 13)
def _word_at_end(words: str, before: str) -> tuple[int, Bound] | None:
    """(its length, bound) of the longest word of a bound that ends there; `before` is the next."""
    for length in range(len(words), 0, -1):
        entry = _BEFORE.get(words[-length:])
        if entry is not None:
            ahead = words[-length - 1 : -length] or (before if length == len(words) else "")
            return None if ahead and ahead in entry.not_after else (length, entry.bound)
    return None


def bound_apart(text: str, pos: int) -> Bound | None:
    """The bound of 至少 in 至少进行4次, a verb away; of 不高于 in 不高于市值租金的四成."""
    window = text[max(0, pos - 11) : pos]
    if window[-1:] in _CAP_ENDS and (capped := _CAPPED.search(window)):
        return "at_most" if capped.group("most") else "at_least"
    if _APART_ENDS.isdisjoint(window):
        return None
    found = _APART.search(window)
    return _APART_BOUNDS[found.group("verb") or found.group("of")] if found else None


def is_capped(text: str, start: int, end: int) -> bool:
    """Whether words behind a quantity make it the most: 5万元封顶, 控制在5%内."""
    return text.startswith(_CAPPED_BEHIND, end) or (
        text.startswith(_INSIDE, end) and text.endswith(("控制在", "限制在", "压缩到"), 0, start)
    )


def bound_after(text: str, pos: int) -> tuple[int, Bound] | None:
    """(end of the word, bound) for a bound that starts at `pos`."""
    if text[pos : pos + 1] not in AFTER_STARTS:
        return None
    for length in _AFTER_LENGTHS:
        entry = _AFTER.get(text[pos : pos + length])  # shorter where the text ends
        end = pos + len(entry.word) if entry else pos
        if entry and (entry.not_before == ("",) or not text.startswith(entry.not_before, end)):
            return end, entry.bound
    return None
