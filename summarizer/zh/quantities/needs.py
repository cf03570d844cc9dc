"""What a pattern needs around the row of numeral characters that it opens with.

Most patterns need a certain character behind the row, or before it: no date starts with digits and
亩, and a rank stands behind 前. Telling that from the pattern, once, spares trying it at most
numerals. What cannot be told is taken to be anything, which costs time and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from re import _parser  # type: ignore[attr-defined]  # no other way to see a pattern's parts
from typing import Any, NamedTuple

_NO_CHARS: frozenset[str] = frozenset()
_ENDS = frozenset(("AT_END", "AT_END_STRING"))
_PLAIN = frozenset(("LITERAL", "IN"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_WIDEST = 100

First = tuple[frozenset[str], int | None]
"""What can come first beyond the row; how many of the row are enough without it, if any are."""


class Need(NamedTuple):
    """One of the ways a pattern can match.

    `before` are the characters one of which stands before the row, None if any may; `behind` those
    of which one stands behind it, "" for the end of the text. Where `row` is a number, so many
    characters in the row are enough, whatever stands behind.
    """

    before: frozenset[str] | None
    behind: frozenset[str]
    row: int | None


class _Row(NamedTuple):
    """What a row is made of; of `once` it has no more than one."""

    chars: frozenset[str]
    once: str | None


class _AnythingError(Exception):
    """A part of a pattern of which nothing can be said."""


def needs(pattern: str, row: str, once: str | None = None) -> tuple[Need, ...]:
    """What the ways need in which a pattern can match at a row of the characters in `row`.

    `once` is one that the row holds no more than once, as the point of a decimal.

    >>> for need in needs("[0-9]{1,2}年(?!前)|(?<=前)[0-9]{2,3}名?", "0123456789"):
    ...     print(need)
    Need(before=None, behind=frozenset({'年'}), row=None)
    Need(before=frozenset({'前'}), behind=frozenset({'名'}), row=2)
    """
    ways = (_need(way, _Row(frozenset(row), once)) for way in _ways(pattern))
    return tuple(way for way in ways if way is not None)


@cache
def _ways(pattern: str) -> tuple[Sequence[Any], ...]:
    items = tuple(_parser.parse(pattern))
    return tuple(items[0][1][1]) if len(items) == 1 and str(items[0][0]) == "BRANCH" else (items,)


def _need(items: Sequence[Any], row: _Row) -> Need | None:
    """What one way needs; None where it opens with no character of the row."""
    before = _before(items)
    try:
        if not _may_open(items, row):
            return None
        return Need(before, *_sequence(items, row))
    except _AnythingError:
        return Need(before, _NO_CHARS, 0)


def _may_open(items: Iterable[Any], row: _Row) -> bool:
    """Whether the first character of the row may be the first of the pattern."""
    for kind, argument in items:
        if str(kind) in _PLAIN:
            return not row.chars.isdisjoint(_characters(str(kind), argument))
        if not str(kind).startswith("ASSERT"):
            break
    return True


def _opens_with(char: str, items: Sequence[Any]) -> bool:
    return str(items[0][0]) == "LITERAL" and chr(items[0][1]) == char


def _sequence(items: Iterable[Any], row: _Row) -> First:
    chars, enough = _NO_CHARS, 0
    for kind, argument in items:
        more, length = _item(str(kind), argument, row)
        chars |= more
        if length is None:
            return chars, None
        enough += length
    return chars, enough


def _item(kind: str, argument: Any, row: _Row) -> First:
    if kind in _PLAIN:
        chars = _characters(kind, argument)
        return chars - row.chars, None if row.chars.isdisjoint(chars) else 1
    if kind == "BRANCH":
        firsts = [_sequence(items, row) for items in argument[1]]
        lengths = [length for _, length in firsts if length is not None]
        return _NO_CHARS.union(*(chars for chars, _ in firsts)), min(lengths, default=None)
    if kind in _REPEATS:
        least, _, items = argument
        if least > 1 and row.once and _opens_with(row.once, items):
            return _NO_CHARS, None  # nothing behind the row helps
        chars, length = _sequence(items, row)
        return chars, (length * least if length is not None else None) if least else 0
    if kind == "SUBPATTERN" and not argument[1]:  # no flags of its own
        return _sequence(argument[3], row)
    if kind == "ATOMIC_GROUP":
        return _sequence(argument, row)
    if kind == "ASSERT" and argument[0] > 0:
        chars, length = _sequence(argument[1], row)
        return (chars, None) if length is None else (_NO_CHARS, 0)
    if kind in ("ASSERT", "ASSERT_NOT"):
        return _NO_CHARS, 0
    if kind == "AT" and str(argument) in _ENDS:
        return frozenset(("", "\n")), None
    raise _AnythingError


def _before(items: Sequence[Any]) -> frozenset[str] | None:
    """The last characters of the look-behinds that open a way; None where it opens with none."""
    if not items:
        return None
    kind, argument = str(items[0][0]), items[0][1]
    if kind == "ASSERT" and argument[0] < 0:
        return _last(argument[1])
    if kind == "ASSERT_NOT":
        return _before(items[1:])
    if kind == "SUBPATTERN":
        return _before(argument[3])
    if kind == "BRANCH":
        return _all_of([_before(way) for way in argument[1]])
    return None


def _last(items: Sequence[Any]) -> frozenset[str] | None:
    if not items:
        return None
    kind, argument = str(items[-1][0]), items[-1][1]
    if kind == "BRANCH":
        return _all_of([_last(way) for way in argument[1]])
    if kind == "SUBPATTERN":
        return _last(argument[3])
    try:
        return _characters(kind, argument)
    except _AnythingError:
        return None


def _all_of(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    return None if None in sets else _NO_CHARS.union(*(chars for chars in sets if chars))


def _characters(kind: str, argument: Any) -> frozenset[str]:
    if kind == "LITERAL":
        return frozenset(chr(argument))
    if kind == "RANGE" and argument[1] - argument[0] < _WIDEST:
        return frozenset(map(chr, range(argument[0], argument[1] + 1)))
    if kind == "IN":
        return _NO_CHARS.union(*(_characters(str(part), of_it) for part, of_it in argument))
    raise _AnythingError
