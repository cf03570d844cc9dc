"""What may stand behind the row of numeral characters that a pattern opens with.

Most patterns need a certain character there: no date starts with digits and 亩. Telling that from
the pattern, once, spares trying it at most numerals. What cannot be told is taken to be anything,
which costs time and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]  # no other way to see a pattern's parts
from typing import Any

_NO_CHARS: frozenset[str] = frozenset()
_ENDS = frozenset(("AT_END", "AT_END_STRING"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_WIDEST = 100

First = tuple[frozenset[str], bool]
"""The characters beyond the row that can come first, and whether it can match without any."""


class _AnythingError(Exception):
    """A part of a pattern of which nothing can be said."""


def behind(pattern: str, row: str) -> frozenset[str] | None:
    """The characters one of which stands behind the leading row, "" for the end of the text.

    None where it may be any. `row` holds the characters that make up a row.

    >>> sorted(behind("[0-9]{1,2}(?:年|个?月)(?!前)", "0123456789"))
    ['个', '年', '月']
    >>> behind("[0-9]+号?", "0123456789") is None
    True
    """
    try:
        chars, passes = _sequence(_parser.parse(pattern), frozenset(row))
    except _AnythingError:
        return None
    return None if passes else chars


def _sequence(items: Iterable[Any], row: frozenset[str]) -> First:
    chars = _NO_CHARS
    for kind, argument in items:
        more, passes = _item(str(kind), argument, row)
        chars |= more
        if not passes:
            return chars, False
    return chars, True


def _item(kind: str, argument: Any, row: frozenset[str]) -> First:
    if kind == "LITERAL":
        return _any_of(frozenset(chr(argument)), row)
    if kind == "IN":
        return _any_of(frozenset().union(*(_characters(*part) for part in argument)), row)
    if kind == "BRANCH":
        firsts = [_sequence(items, row) for items in argument[1]]
        return _NO_CHARS.union(*(chars for chars, _ in firsts)), any(p for _, p in firsts)
    if kind in _REPEATS:
        chars, passes = _sequence(argument[2], row)
        return chars, passes or argument[0] == 0
    if kind == "SUBPATTERN" and not argument[1]:  # no flags of its own
        return _sequence(argument[3], row)
    if kind == "ATOMIC_GROUP":
        return _sequence(argument, row)
    if kind == "ASSERT" and argument[0] > 0:
        chars, passes = _sequence(argument[1], row)
        return (_NO_CHARS, True) if passes else (chars, False)
    if kind in ("ASSERT", "ASSERT_NOT"):
        return _NO_CHARS, True
    if kind == "AT" and str(argument) in _ENDS:
        return frozenset(("", "\n")), False
    raise _AnythingError


def _any_of(chars: frozenset[str], row: frozenset[str]) -> First:
    return chars - row, not row.isdisjoint(chars)


def _characters(kind: Any, argument: Any) -> frozenset[str]:
    if str(kind) == "LITERAL":
        return frozenset(chr(argument))
    if str(kind) == "RANGE" and argument[1] - argument[0] < _WIDEST:
        return frozenset(map(chr, range(argument[0], argument[1] + 1)))
    raise _AnythingError
