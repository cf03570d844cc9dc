"""Are the model's words the source's? Numbers and characters of prose held against sentences."""

from __future__ import annotations

import re
from collections import Counter

from summarizer.mentions import find_mentions
from summarizer.script import fold
from summarizer.types import Quantity

_DIGITS = re.compile(r"\d+(?:[.,，]\d+)*")
_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_HARMLESS = frozenset({"idiom", "indefinite", "name", "slogan", "enumeration", "list_marker"})


def stray_numbers(prose: str, source: str) -> list[str]:
    """Numbers in `prose` that `source` does not have, as they stand in it; empty when all is well.

    A run of digits must stand in the source as a whole; any other quantity must stand there in the
    same words or have the same value there. Both texts may be in either script.

    >>> stray_numbers("投入500万元，惠及三个村", "投入500余萬元，3個村受益")
    []
    >>> stray_numbers("投入600万元，惠及四个村", "投入500余萬元，3個村受益")
    ['600', '四个']
    """
    prose, source = (fold(text).translate(_WIDE) for text in (prose, source))
    known = set(_DIGITS.findall(source))
    strays = [run for run in _DIGITS.findall(prose) if run not in known]
    values = {_value(m.quantity) for m in find_mentions(source) if m.quantity}
    for mention in find_mentions(prose):
        if mention.kind in _HARMLESS or mention.text in source or _DIGITS.search(mention.text):
            continue
        if mention.quantity is None or _value(mention.quantity) not in values:
            strays.append(mention.text)
    return strays


def shared(words: str, source: str) -> float:
    """The share of the characters of `words` that `source` has, each as often; 1.0 for no words.

    >>> shared("贫困户数", "122戶貧困群眾")
    0.75
    """
    wanted = Counter(c for c in fold(words) if c.isalnum())
    found = wanted & Counter(fold(source))
    return found.total() / wanted.total() if wanted else 1.0


def _value(quantity: Quantity) -> tuple[object, object]:
    return quantity.value, quantity.high
