"""Numerals that say which one, not how many: in a role (第一书记), behind 上 or 下 (上一年度)."""

from __future__ import annotations

from summarizer.types import Span
from summarizer.zh.names.persons import BEFORE

_BEHIND = tuple("上下另同某每")


def says_which(text: str, at: Span) -> bool:
    """Whether the numeral at a place of a simplified text counts nothing.

    >>> says_which("上一规划期", Span(1, 2)), says_which("建成一广场", Span(2, 3))
    (True, False)
    >>> says_which("第一书记周翔", Span(0, 2)), says_which("收入第一", Span(2, 4))
    (True, False)
    """
    if text[at.slice] == "一" and text.endswith(_BEHIND, 0, at.start):
        return True
    return at.end - at.start < BEFORE.behind(text, at.start)
