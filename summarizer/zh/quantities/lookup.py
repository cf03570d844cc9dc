"""Looking up: which mention of a text an answer means, or that it means none.

A model that names a quantity writes it in its own script, with or without separators, rarely
wrong in a digit. Nothing here is fuzzy: the answer is read by the same grammar, and all that it
says must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.types import Mention, Quantity
from summarizer.zh.quantities.rules import scan
from summarizer.zh.quantities.spelling import fold
from summarizer.zh.quantities.whole import whole

_BLANKS = re.compile(r"\s+")


def look_up(answer: str, mentions: Iterable[Mention]) -> Mention | None:
    """The first quantity that says what the answer says, in either script.

    Either the answer is the mention's text, or both have the same value, upper end, unit and bound.
    None where the answer holds no quantity, several, or one that no mention states.

    >>> from summarizer.zh.quantities import find_mentions
    >>> mentions = find_mentions("投入500餘萬元,惠及197戶")
    >>> look_up("500余万元", mentions).id, look_up("5,000,000余元", mentions).id
    ('m1', 'm1')
    >>> look_up("600余万元", mentions), look_up("500万元", mentions)
    (None, None)
    """
    wanted = _squeezed(answer)
    if not wanted:
        return None
    quantities = [mention for mention in mentions if mention.quantity is not None]
    for mention in quantities:
        if _squeezed(mention.text) == wanted:
            return mention
    read = _read(answer)
    if read is None:
        return None
    return next((mention for mention in quantities if _agrees(read, mention)), None)


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", fold(text))


def _read(text: str) -> Quantity | None:
    """The one quantity of a text; None where there is none or more than one."""
    folded = fold(text)
    found = [f.quantity for f in whole(folded, scan(folded)) if f.quantity is not None]
    return found[0] if len(found) == 1 else None


def _agrees(read: Quantity, mention: Mention) -> bool:
    quantity = mention.quantity
    if quantity is None or (quantity.value, quantity.high) != (read.value, read.high):
        return False
    if quantity.unit != read.unit and not (quantity.implied_unit and read.unit is None):
        return False
    if quantity.bound == read.bound:
        return True
    own = _read(mention.text)  # 4次 in 至少进行4次 has its bound from outside its own text
    return own is not None and own.bound == read.bound
