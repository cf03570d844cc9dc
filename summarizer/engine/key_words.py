"""The words that a model writes behind a key: they must be those of its place, or none."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.engine.grounding import ungrounded_numbers
from summarizer.engine.marks import PAIRS
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold

_SIGNS = frozenset("".join(map("".join, PAIRS)) + "|")


def says_other(said: str, own: str, others: Iterable[str]) -> bool:
    """Whether words behind a key are not of its own place: another's, or with another number.

    The words that the place opens with say no other one where their number is its own, even if
    another place has just these; nor do words without a number that are nobody's.

    >>> says_other("60亿元", "165.2亿元", ["60亿元"]), says_other("2024年6月", "2024年", [])
    (True, True)
    >>> says_other("5亿元", "5万元", []), says_other("65.2亿元", "165.2亿元", [])
    (True, True)
    >>> [says_other(said, "165.2亿元", ["60亿元"]) for said in ("", "165.2 億元⟧", "165.2", "总值")]
    [False, False, False, False]
    >>> says_other("5%", "5%左右", ["5%"]), says_other("3月1日", "3月1日至5月31日", ["3月1日"])
    (False, False)
    >>> says_other("5月31日", "3月1日至5月31日", ["5月31日"]), says_other("1", "12个", ["1"])
    (True, True)
    """
    words, mine = _bare(said), _bare(own)
    if not words or words == mine:
        return False
    is_others = not mine.startswith(words) and any(words == _bare(one) for one in others)
    if is_others or ungrounded_numbers(words, mine):
        return True
    values = {
        value for m in find_mentions(mine) if (q := m.quantity) for value in (q.value, q.high)
    }
    told = [m.quantity.value for m in find_mentions(words) if m.quantity]
    return bool(values) and any(value not in values for value in told)


def _bare(words: str) -> str:
    return "".join(c for c in fold(words) if not (c.isspace() or c in _SIGNS))
