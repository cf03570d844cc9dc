"""A number that a line break cuts: 完成93. | 4亿元 is no 4亿元."""

from __future__ import annotations

import re

_TAIL = re.compile(r"[0-9０-９][.．,]\n\Z")
_DIGITS = re.compile(r"(?<![0-9０-９-])[0-9０-９]{1,6}\n\Z")  # a telephone's are more
_PROSE = re.compile("[，。；：、,;](?=[^\n]*\n\\Z)")
_CELLS = re.compile("\t| {2}|\u3000")
_LONGEST = 200  # characters of a line of prose that is broken at a page's width
SHORTEST = 15  # and of the shortest


def is_cut_before(text: str, start: int) -> bool:
    r"""Whether the line before a numeral that begins a line ends inside the same number.

    It does where its digits end with a point or a comma, and where a line of prose ends with bare
    digits; a row of a table does not.

    >>> is_cut_before("一般公共预算收入完成93.\n4亿元", 14)
    True
    >>> is_cut_before("城关镇  93\n4亿元", 9)
    False
    """
    if text[start - 1 : start] != "\n" or start < 2 or not text[start].isdecimal():
        return False
    above = text[max(0, start - _LONGEST) : start]
    line = above[above.rfind("\n", 0, len(above) - 1) + 1 :]
    if _TAIL.search(line):
        return not line.strip()[:-1].isdecimal()  # 1. alone numbers what follows
    if len(line) < SHORTEST or _CELLS.search(line.strip()):
        return False
    return _DIGITS.search(line) is not None and _PROSE.search(line) is not None
