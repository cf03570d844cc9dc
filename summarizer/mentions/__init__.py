"""Quantities in Chinese text: each numeral gets a kind, each quantity a value, a unit, a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.mentions.fold import fold
from summarizer.mentions.rules import scan
from summarizer.mentions.spaces import close_up
from summarizer.types import Mention, Span

if TYPE_CHECKING:
    from summarizer.clean import CleanText

__all__ = ["find_mentions"]


def find_mentions(text: str | CleanText) -> list[Mention]:
    """Every place of the text where a numeral stands, in order, each with its kind.

    Quantities are numbered m1, m2 …, all others n1, n2 …. A mention's `span` counts the raw text,
    `at` the text that was searched; for a plain string they are the same.

    >>> for mention in find_mentions("投入500余万元,惠及197户"):
    ...     quantity = mention.quantity
    ...     print(mention.text, quantity.value, quantity.unit, quantity.bound)
    500余万元 5000000 元 over
    197户 197 户 exact
    >>> [(m.text, m.kind, m.rule) for m in find_mentions("2018年,落实“四个一”")]
    [('2018年', 'date', 'date'), ('四个一', 'slogan', 'quoted_slogan')]
    """
    searched = text if isinstance(text, str) else text.text
    to_raw = None if isinstance(text, str) else text.to_raw
    mentions = []
    quantities = others = 0
    folded = fold(searched)
    closed = close_up(folded)
    for found in scan(folded) if closed is None else map(closed.counted_back, scan(closed.text)):
        at = Span(found.start, found.end)
        if found.quantity is None:
            others += 1
            name = f"n{others}"
        else:
            quantities += 1
            name = f"m{quantities}"
        span = at if to_raw is None else to_raw(at)
        text_at = searched[found.start : found.end]
        mentions.append(Mention(name, span, text_at, found.kind, found.quantity, at, found.rule))
    return mentions
