"""What stands at the end of some words, found without reading them from their beginning."""

from __future__ import annotations

import re

TAIL = 20  # characters; what is looked for at an end has fewer


def at_end(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """Where a pattern that ends in `$` and is short stands at the end of some words.

    >>> at_end(re.compile("(?:走访|慰问)$"), "今年以来," * 99 + "多次走访") is not None
    True
    """
    return pattern.search(words, max(0, len(words) - TAIL))
