"""Words near a numeral that decide what it is. The lexicon is `contexts.tsv`, by what they say."""

from __future__ import annotations

import re

from summarizer.zh.quantities.lexicon import rows
from summarizer.zh.script import fold_characters

_ROWS = tuple(rows("contexts.tsv"))


def words_that_say(what: str) -> tuple[str, ...]:
    """The words with one meaning, as they are folded, longest first."""
    found = (fold_characters(row["word"]) for row in _ROWS if row["says"] == what)
    return tuple(sorted(found, key=len, reverse=True))


def any_of(what: str) -> str:
    """The same as an alternation of a pattern."""
    return "|".join(re.escape(word) for word in words_that_say(what))
