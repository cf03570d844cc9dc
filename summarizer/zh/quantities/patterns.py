"""Patterns: rules that a regular expression can say.

A pattern is matched at a numeral of the folded text; look-behinds see what stands before. Its
`example` is found by it, in a test. Several patterns are tried as one alternation whose group names
are the rules' names: that is what makes one pass cheap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from summarizer.types import MentionKind
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.quick import quick_found


class Pattern(NamedTuple):
    """`starts` are the characters a match can start with."""

    name: str
    kind: MentionKind
    starts: str
    example: str
    pattern: str


def finder(patterns: Iterable[Pattern]) -> Callable[[str, int, int], Found | None]:
    """A function that gives what the first matching pattern says about a position.

    >>> find = finder([Pattern("year", "date", "12", "2018年", "[12][0-9]{3}年")])
    >>> find("于2018年", 1, 0)
    Found(start=1, end=6, kind='date', rule='year', quantity=None)
    """
    rows = tuple(patterns)
    kinds = {row.name: row.kind for row in rows}
    match = re.compile("|".join(f"(?P<{row.name}>{row.pattern})" for row in rows)).match

    def find(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — rules are alike
        found = match(text, pos)
        if found is None or found.end() == pos:
            return None
        name = found.lastgroup or ""
        return quick_found(pos, found.end(), kinds[name], name)

    return find
