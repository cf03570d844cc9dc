"""The inventory: every rule of the grammar, in the order in which they are tried.

At a numeral the first rule that starts with its first character and finds something decides;
what follows the mention is looked at next. To add a rule, add its row here, its words to a lexicon
and its lines to tests/data/mentions/.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from summarizer.mentions import amounts, markers, patterns, ratios, slogans, words
from summarizer.mentions.found import Found
from summarizer.mentions.numerals import HAN

_DIGIT = "0123456789"
_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Rule(NamedTuple):
    """`find(text, pos, floor)` looks at a folded text from `pos`, never before `floor`."""

    name: str
    starts: str
    find: Callable[[str, int, int], Found | None]


RULES: tuple[Rule, ...] = (
    Rule("latin_word", _LETTER, markers.latin_word),
    Rule("ordinal", "第", markers.ordinal),
    Rule("list_number", _DIGIT, markers.list_number),
    Rule("not_a_quantity_in_digits", _DIGIT, patterns.digit_pattern),
    Rule("part_of_whole", _DIGIT + HAN, ratios.part_of_whole),
    Rule("quoted_slogan", HAN, slogans.quoted_slogan),
    Rule("fixed_word", HAN, words.fixed_word),
    Rule("not_a_quantity_in_words", HAN, patterns.han_pattern),
    Rule("parallel_slogan", HAN, slogans.parallel_slogan),
    Rule("amount", _DIGIT + HAN + "几数半", amounts.amount),
)

STARTS = "".join(sorted({char for rule in RULES for char in rule.starts}))
BY_START: dict[str, tuple[Callable[[str, int, int], Found | None], ...]] = {
    char: tuple(rule.find for rule in RULES if char in rule.starts) for char in STARTS
}
