"""What a cell holds: a bare number, a year, a blank, or words."""

from __future__ import annotations

import re
from decimal import Decimal

_NOTE = re.compile(r"(?:[*†‡①-⓿]+|(?<=\d)\[\d{1,3}\])$")
_NUMBER = re.compile(r"([-−+▲△]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BLANK = frozenset(("", "-", "--", "—", "——", "–", "/", "\\", "…", "……", "无", "·", "*", "×"))
_BELOW = frozenset("-−▲△")


def bare(text: str) -> Decimal | None:
    """The number that a cell's plain text is, with its sign; None for anything else.

    ▲ and △ are minus signs, as accountants write them.

    >>> [bare(text) for text in ("1,234.5", "-3", "▲2.1", "45*", "1,23", "3个", "1-2")]
    [Decimal('1234.5'), Decimal('-3'), Decimal('-2.1'), Decimal('45'), None, None, None]
    """
    match = _NUMBER.fullmatch(_NOTE.sub("", text))
    if match is None:
        return None
    value = Decimal(match[2].replace(",", ""))
    return -value if match[1] in _BELOW and match[1] else value


def several(text: str) -> list[Decimal]:
    """The numbers of a cell that has two paragraphs or more of one each; none of any other.

    With one blank between them they are two if none is a part of the other: both are decimals.

    >>> several("30  -1.5"), several("30"), several("30 40"), several("1.42 1.5")
    ([Decimal('30'), Decimal('-1.5')], [], [], [Decimal('1.42'), Decimal('1.5')])
    """
    parts = text.split(" ")
    are_decimals = all("." in part for part in parts)
    values = [bare(part) for part in (parts if are_decimals else text.split("  "))]
    known = [value for value in values if value is not None]
    return known if 1 < len(known) == len(values) else []


def without_note(text: str) -> str:
    """A cell's text without the marks of notes behind it: 45① is 45."""
    return _NOTE.sub("", text)


def is_year(text: str) -> bool:
    """Whether a cell's bare number may be a year."""
    return _YEAR.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text in _BLANK
