"""The inventory: every rule of the grammar, in the order in which they are tried.

At a numeral the first rule that starts with its character and finds something decides; what follows
the mention is looked at next. To add a rule, add its row here or to the patterns it belongs to, its
words to a lexicon, and its lines to tests/data/mentions/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from summarizer.mentions import markers, quantities, ratios, slogans, words
from summarizer.mentions.behind import behind
from summarizer.mentions.dates import DATES, TIMES, republic_year
from summarizer.mentions.found import Found
from summarizer.mentions.identifiers import ENUMERATIONS, IDENTIFIERS, RANKS
from summarizer.mentions.patterns import Pattern, finder
from summarizer.mentions.places import HAN
from summarizer.mentions.simple import simple_amount

Find = Callable[[str, int, int], Found | None]
_DIGIT = "0123456789"
_SHARE = "成分半又/-~至到、" + _DIGIT + HAN
_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Rule(NamedTuple):
    """`find(text, pos, floor)` looks at a folded text from `pos`, never before `floor`.

    Where `then` is given, the row of digits or of Chinese numerals at `pos` must end before one of
    these characters for the rule to find anything.
    """

    name: str
    starts: str
    find: Find
    then: str = ""


RULES: tuple[Rule | Pattern, ...] = (
    Rule("latin_word", _LETTER, markers.latin_word),
    Rule("ordinal", "第", markers.ordinal),
    Rule("list_number", _DIGIT, markers.list_number),
    Rule("title", HAN, slogans.title),
    Rule("quoted_slogan", HAN, slogans.quoted_slogan),
    Rule("part_of_whole", HAN, ratios.part_of_whole, _SHARE),
    Rule("fixed_word", HAN + "半", words.fixed_word),
    Rule("proportion", _DIGIT, ratios.proportion, ": ."),
    *DATES,
    *TIMES,
    *IDENTIFIERS,
    *RANKS,
    *ENUMERATIONS,
    Rule("republic_year", "16789", republic_year, " 年"),
    Rule("part_of_whole_in_digits", _DIGIT, ratios.part_of_whole, _SHARE + "."),  # 1.5成
    Rule("parallel_slogan", HAN, slogans.parallel_slogan),
    Rule("half", "半", quantities.half),
    Rule("simple_amount", _DIGIT, simple_amount),
    Rule("amount", _DIGIT + HAN + "几数", quantities.amount),
)

STARTS = "".join(sorted({char for rule in RULES for char in rule.starts}))


_ROWS = (_DIGIT, HAN)
_LONGEST_ROW = 24
_MANY = 2000
_OTHERS = "".join(sorted(set(STARTS) - set(_DIGIT + HAN)))
_CANDIDATE = re.compile(f"[{_DIGIT}]{{1,{_LONGEST_ROW}}}|[{HAN}]{{1,{_LONGEST_ROW}}}|[{_OTHERS}]")


class _Tries(dict[str, tuple[Find, ...]]):
    """What to try at a character, by the character behind the row that it opens."""

    def __init__(self, char: str) -> None:
        super().__init__()
        self.row = next((row for row in _ROWS if char in row), "")
        self.rules = tuple(rule for rule in RULES if char in rule.starts)

    def __missing__(self, char: str) -> tuple[Find, ...]:
        if not self.row or (char and char in self.row):
            finds = _finds(self.rules)
        else:
            finds = _finds(rule for rule in self.rules if _may_stand(rule, self.row, char))
        if len(self) < _MANY:  # no text has so many, but one made to
            self[char] = finds
        return finds


def _may_stand(rule: Rule | Pattern, row: str, char: str) -> bool:
    """Whether the rule can find anything where `char` is behind the row."""
    then = rule.then or None if isinstance(rule, Rule) else _behind(rule.pattern, row)
    return then is None or char in then


_behind = cache(behind)


def _finds(rules: Iterable[Rule | Pattern]) -> tuple[Find, ...]:
    """What to try; patterns that follow one another become one alternation."""
    found: list[Find] = []
    for is_pattern, group in groupby(rules, lambda rule: isinstance(rule, Pattern)):
        if is_pattern:
            found.append(_alternation(tuple(group)))
        else:
            found.extend(rule.find for rule in group)  # type: ignore[union-attr]
    return tuple(found)


_alternation = cache(finder)

_TRIES: dict[str, _Tries] = {char: _Tries(char) for char in STARTS}


def scan(text: str, start: int = 0, stop: int | None = None) -> Iterator[Found]:
    """All mentions of a folded text: at each numeral, what the first rule that knows it says.

    With `start` and `stop` only those between; both must be ends of lines.
    """
    pos = floor = start
    stop = len(text) if stop is None else stop
    search = _CANDIDATE.search
    while candidate := search(text, pos):
        pos, end = candidate.span()
        if not pos < stop:
            return
        for find in _TRIES[text[pos]][text[end : end + 1]]:
            found = find(text, pos, floor)
            if found is not None:
                pos = found.end
                if found.rule:
                    floor = pos
                    yield found
                break
        else:
            pos += 1
