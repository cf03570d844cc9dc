"""Where a numeral ends in a text, for the second reader; no code is shared with the grammar."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = re.compile("[0-9０-９]")
_BEFORE = re.compile(
    r"[0-9０-９]\Z|(?<![A-Za-z0-9０-９.,．])[0-9０-９]{1,9}[.,'．]\Z"
)  # not: 用C30,30厘米厚
_BEHIND = re.compile("[.,'．]?[0-9０-９]")
_LISTED = re.compile(  # 25.1,2.2万平方公里
    r"(?:(?<=\.[0-9])|(?<=\.[0-9]{2})),[0-9]+\.[0-9]"
)
_APART = re.compile(  # what stands before the last numeral, a bar, and its head
    r"[0-9](?: [.．] ?|[eE][-+]|[至~～])\|[0-9]"  # 3 . 5亿, 3E+8, -5至3℃
    r"|[0-9] \|[0-9]{1,2}/[0-9]"  # 2 1/2
    r"|[一-鿿](?<![第表图附])[0-9]{1,4}。\|[0-9]{1,2}[万亿%]"  # 2。5万
)
_POWER = re.compile(r"的[-负]?[0-9一二三四五六七八九十百千万亿]+次\Z")
_NO_PROSE = frozenset(("Mn", "Mc", "Me", "Sk", "So", "Cf", "Co", "Cn", "Cc", "Lm"))  # of Unicode
_RULES = frozenset("│┃║┆┇┊┋￨")  # lines between the cells of a table
_MOST_STRANGE = 16


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether the numeral at these positions is only part of the digits that stand there.

    >>> is_cut("补助1,2000人", 4, 9), is_cut("共122户326人", 5, 9), is_cut("共8♥8万元", 3, 6)
    (True, False, True)
    """
    if _is_strangely_joined(text, start, -1) or _is_strangely_joined(text, end - 1, 1):
        return True
    if text[end : end + 1] in ("方", "幂") and _POWER.search(text[max(start - 2, 0) : end]):
        return not text.startswith(("方案", "方便", "方式", "方面", "方法"), end)
    if _APART.search(f"{text[max(start - 8, 0) : start]}|{text[start : start + 5]}"):
        return True
    return bool(
        (_DIGIT.match(text, start) and _BEFORE.search(text[max(start - 11, 0) : start]))
        or (
            _DIGIT.match(text, end - 1)
            and _BEHIND.match(text, end)
            and not _LISTED.match(text, end)
        )
    )


def _is_strangely_joined(text: str, at: int, step: int) -> bool:
    """Whether nothing but ♥, an accent, an emoji stands between two digits; 5㎡8户 has a unit."""
    for i in range(at + step, at + step * _MOST_STRANGE, step):
        char = text[i : i + 1] if not i < 0 else ""
        if _DIGIT.match(char):
            return i != at + step and _DIGIT.match(text, at) is not None
        is_unit = any(c.isalpha() for c in unicodedata.normalize("NFKC", char))
        if not char or char in "\t\n\r" or char in _RULES or is_unit:
            return False
        if unicodedata.category(char) not in _NO_PROSE:
            return False
    return False
