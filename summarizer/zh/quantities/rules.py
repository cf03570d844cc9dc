"""The inventory: every rule of the grammar, in the order in which they are tried.

At a numeral the first rule that starts with its character and finds something decides; what follows
the mention is looked at next. To add a rule, add its row here or to the patterns it belongs to, its
words to a lexicon, and its lines to tests/data/mentions/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from functools import cache
from typing import NamedTuple

from summarizer.zh.quantities import markers, quantities, ratios, slogans, words
from summarizer.zh.quantities.dates import DATES, TIMES, republic_year
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.fractions import VULGAR
from summarizer.zh.quantities.identifiers import ENUMERATIONS, IDENTIFIERS, RANKS
from summarizer.zh.quantities.needs import Need, needs
from summarizer.zh.quantities.patterns import Pattern, finder
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.simple import simple_amount, simple_words
from summarizer.zh.repeats import Repeat, repeats

Find = Callable[[str, int, int], Found | None]
_DIGIT = "0123456789"
_SHARE = "成分半又点/-⸺~至到、" + _DIGIT + HAN
_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Rule(NamedTuple):
    """`find(text, pos, floor)` looks at a folded text from `pos`, never before `floor`.

    Where `after` or `then` is given, it finds something only if the row of digits or of Chinese
    numerals at `pos` stands behind one of these characters (or at the start), or before one. A
    point in `then` is one of the numeral's own: what stands behind the row with its points counts.
    """

    name: str
    starts: str
    find: Find
    then: str = ""
    after: str = ""


RULES: tuple[Rule | Pattern, ...] = (
    Rule("latin_word", _LETTER, markers.latin_word),
    Rule("ordinal", "第", markers.ordinal),
    Rule("list_number", _DIGIT, markers.list_number, after=" \t\n。;；:：("),
    Rule("title", HAN, slogans.title),
    Rule("quoted_slogan", HAN, slogans.quoted_slogan, after='“"'),
    Rule("part_of_whole", HAN, ratios.part_of_whole, _SHARE),
    Rule("fixed_word", HAN + "半", words.fixed_word),
    Rule("proportion", _DIGIT, ratios.proportion, ": ."),
    *DATES,
    *TIMES,
    *IDENTIFIERS,
    *RANKS,
    *ENUMERATIONS,
    Rule("republic_year", "16789", republic_year, " 年"),
    Rule("parallel_slogan", HAN, slogans.parallel_slogan),
    Rule("half", "半", quantities.half),
    Rule("simple_amount", _DIGIT, simple_amount),
    Rule("part_of_whole_in_digits", _DIGIT, ratios.part_of_whole, _SHARE + "."),  # 1.5成
    Rule("simple_words", HAN, simple_words),
    Rule("amount", _DIGIT + HAN + VULGAR + "几数俩", quantities.amount),
)

STARTS = "".join(sorted({char for rule in RULES for char in rule.starts}))


_LONGEST_ROW = 24
_POINTED = _DIGIT + "."
_POINTS = {None: "", 1: ".", 2: ".."}  # by the last group of a candidate: 12, 1.2, 1.2.3
_CANDIDATE = re.compile(  # a search skips to one of the first characters
    rf"[{STARTS}](?:(?<=[{_DIGIT}])[{_DIGIT}]{{0,{_LONGEST_ROW}}}(\.[{_DIGIT}]{{0,{_LONGEST_ROW}}})?"
    rf"(\.[{_POINTED}]{{0,9}})?|(?<=[{HAN}])[{HAN}]{{0,{_LONGEST_ROW}}}|)"
)
_LONG = 8
_LENGTHS = tuple(min(length, _LONG) for length in range(3 * _LONGEST_ROW + 3))
_SIGHT = 2000  # no rule looks further
_MANY = 50_000


@cache
def _needs(rule: Rule | Pattern, row: str, points: str = "") -> tuple[Need, ...]:
    if isinstance(rule, Pattern):
        return needs(rule.pattern, row + points[:1], "." if points == "." else None)
    after = frozenset(rule.after) if rule.after else None
    if points and rule.then and "." not in rule.then:
        return ()
    return (Need(after, frozenset(rule.then), None if rule.then else 0),)


_TELLING = frozenset(("",)).union(
    *(need.before or () for rule in RULES for row in (_DIGIT, HAN) for need in _needs(rule, row))
)
"""The characters that some rule needs before it."""


_Key = tuple[str, str, int, bool, str]
"""Of a row: its first character, the one behind it, its length, whether a telling character stands
before it, and the points among its digits, of which more than two are as two."""


class _Tries(dict[_Key, tuple[Find, ...]]):
    """What to try at a row."""

    def __missing__(self, key: _Key) -> tuple[Find, ...]:
        first, length = key[0], key[2]
        row = next((row for row in (_DIGIT, HAN) if first in row), "")
        finds = tuple(
            _find(rule)
            for rule in RULES
            if first in rule.starts and (length == _LONG or not row or _may_find(rule, row, key))
        )
        if len(self) < _MANY:  # no text has so many, but one made to
            self[key] = finds
        return finds


def _may_find(rule: Rule | Pattern, row: str, key: _Key) -> bool:
    _, behind, length, told, points = key
    return any(
        (told or need.before is None)
        and (behind in need.behind or (need.row is not None and not length < need.row))
        for need in _needs(rule, row, points)
    )


@cache
def _find(rule: Rule | Pattern) -> Find:
    return finder([rule]) if isinstance(rule, Pattern) else rule.find


_TRIES = _Tries()


def scan(
    text: str, start: int = 0, stop: int | None = None, *, every: bool = False
) -> Iterator[Found]:
    """All mentions of a folded text: at each numeral, what the first rule that knows it says.

    With `start` and `stop` only those between; both must be ends of lines. What one piece says over
    and over is read where it begins and where it ends; between, it is one mention of kind unknown,
    unless `every` one is wanted.
    """
    stop = len(text) if stop is None else stop
    stretches = [] if every else list(repeats(text, start, stop))
    if not stretches:
        return scan_on(text, start, start, stop)
    return _scan_between(text, start, stop, stretches)


def _scan_between(text: str, start: int, stop: int, stretches: list[Repeat]) -> Iterator[Found]:
    """The mentions of a text with repeats in it."""
    pos = floor = start
    for repeat in stretches:
        edge = repeat.stop - _SIGHT
        pos, floor = yield from scan_on(text, pos, floor, repeat.start + _SIGHT)
        begin = floor if repeat.start < floor else pos
        if not begin < edge:
            continue
        edge -= (edge - begin) % repeat.size  # a round ends there as one did here
        if next(scan_on(text, pos, floor, min(pos + 2 * repeat.size, edge)), None):
            yield Found(begin, edge, "unknown", "repeated")
        pos = floor = edge
    yield from scan_on(text, pos, floor, stop)


def scan_on(text: str, pos: int, floor: int, stop: int) -> Generator[Found, None, tuple[int, int]]:
    """The mentions from `pos` that start before `stop`, and where the next may start."""
    search = _CANDIDATE.search
    while candidate := search(text, pos):
        pos, end = candidate.span()
        if not pos < stop:
            break
        length = _LENGTHS[end - pos]
        told = text[pos - 1 : pos] in _TELLING
        points = _POINTS[candidate.lastindex]
        for find in _TRIES[text[pos], text[end : end + 1], length, told, points]:
            found = find(text, pos, floor)
            if found is not None:
                pos = found.end
                if found.rule:
                    floor = pos
                    yield found
                break
        else:
            pos += 1
    return pos, floor
