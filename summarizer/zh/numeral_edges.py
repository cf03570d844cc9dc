"""Where a numeral ends in a text, for the second reader; no code is shared with the grammar."""

from __future__ import annotations

import re

_DIGIT = re.compile("[0-9０-９]")
_BEFORE = re.compile(
    r"[0-9０-９]\Z|(?<![A-Za-z0-9０-９.,．])[0-9０-９]{1,9}[.,'．]\Z"
)  # not: 用C30,30厘米厚
_BEHIND = re.compile("[.,'．]?[0-9０-９]")


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether the numeral at these positions is only part of the digits that stand there.

    >>> is_cut("补助1,2000人", 4, 9), is_cut("共122户326人", 5, 9)
    (True, False)
    """
    return bool(
        (_DIGIT.match(text, start) and _BEFORE.search(text[max(start - 11, 0) : start]))
        or (_DIGIT.match(text, end - 1) and _BEHIND.match(text, end))
    )
