"""The inventory: every rule of the grammar, in the order in which they are tried.

At a numeral the first rule that starts with its character and finds something decides; what follows
the mention is looked at next. To add a rule, add its row here or to the patterns it belongs to, its
words to a lexicon, and its lines to tests/data/mentions/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from summarizer.mentions import markers, quantities, ratios, slogans, words
from summarizer.mentions.dates import DATES, TIMES, republic_year
from summarizer.mentions.found import Found
from summarizer.mentions.identifiers import ENUMERATIONS, IDENTIFIERS, RANKS
from summarizer.mentions.patterns import Pattern, finder
from summarizer.mentions.places import HAN

Find = Callable[[str, int, int], Found | None]
_DIGIT = "0123456789"
_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Rule(NamedTuple):
    """`find(text, pos, floor)` looks at a folded text from `pos`, never before `floor`."""

    name: str
    starts: str
    find: Find


RULES: tuple[Rule | Pattern, ...] = (
    Rule("latin_word", _LETTER, markers.latin_word),
    Rule("ordinal", "第", markers.ordinal),
    Rule("list_number", _DIGIT, markers.list_number),
    Rule("title", HAN, slogans.title),
    Rule("quoted_slogan", HAN, slogans.quoted_slogan),
    Rule("part_of_whole", HAN, ratios.part_of_whole),
    Rule("fixed_word", HAN + "半", words.fixed_word),
    Rule("proportion", _DIGIT, ratios.proportion),
    *DATES,
    *TIMES,
    *IDENTIFIERS,
    *RANKS,
    *ENUMERATIONS,
    Rule("republic_year", "16789", republic_year),
    Rule("part_of_whole_in_digits", _DIGIT, ratios.part_of_whole),
    Rule("parallel_slogan", HAN, slogans.parallel_slogan),
    Rule("half", "半", quantities.half),
    Rule("amount", _DIGIT + HAN + "几数", quantities.amount),
)

STARTS = "".join(sorted({char for rule in RULES for char in rule.starts}))


def _finds(char: str) -> tuple[Find, ...]:
    """What to try at a character; patterns that follow one another become one alternation."""
    found: list[Find] = []
    mine = (rule for rule in RULES if char in rule.starts)
    for is_pattern, group in groupby(mine, lambda rule: isinstance(rule, Pattern)):
        if is_pattern:
            found.append(_alternation(tuple(group)))  # type: ignore[arg-type]
        else:
            found.extend(rule.find for rule in group)  # type: ignore[union-attr]
    return tuple(found)


_ALTERNATIONS: dict[tuple[Pattern, ...], Find] = {}


def _alternation(patterns: tuple[Pattern, ...]) -> Find:
    if patterns not in _ALTERNATIONS:
        _ALTERNATIONS[patterns] = finder(patterns)
    return _ALTERNATIONS[patterns]


BY_START: dict[str, tuple[Find, ...]] = {char: _finds(char) for char in STARTS}
_CANDIDATE = re.compile(f"[{STARTS}]")


def scan(text: str) -> Iterator[Found]:
    """All mentions of a folded text: at each numeral, what the first rule that knows it says."""
    pos, floor = 0, 0
    search = _CANDIDATE.search
    while candidate := search(text, pos):
        pos = candidate.start()
        for find in BY_START[text[pos]]:
            found = find(text, pos, floor)
            if found is not None:
                pos = found.end
                if found.rule:
                    floor = pos
                    yield found
                break
        else:
            pos += 1
