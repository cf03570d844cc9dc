"""A cell of several lines or paragraphs on one line, so that its numbers stay what they are."""

from __future__ import annotations

import re

from summarizer.zh.tables.headings import is_amount, plain

PART = "\x1e"
"""Stands between two paragraphs of a cell while it is read."""
_PARTS = rf"[ ]*{PART}[ {PART}]*"
_WITHIN = re.compile(
    rf"(?<=[0-9][,，]){_PARTS}(?=[0-9]{{3}}(?![0-9]))|(?<=[0-9]){_PARTS}(?=[.,][0-9])"
    rf"|(?<=[0-9]\.){_PARTS}(?=[0-9])"
)
_BETWEEN = re.compile(rf"(?<=[0-9０-９]){_PARTS}(?=[0-9０-９])")
_ANY = re.compile(_PARTS)
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(rf"[^\S{PART}]+")


def one_line(text: str) -> str:
    r"""A cell's text on one line. What a number's own sign parts is one, others are two.

    Two blanks part numbers, for one blank may stand within one: 30 400 is 30400.

    >>> [one_line(text) for text in ("30\x1e400", "1,234,\x1e567", "12\x1e.5", "甲\x1e乙 ")]
    ['30  400', '1,234,567', '12.5', '甲 乙']
    """
    if not _BLANK.search(text):
        return text
    text = _BLANKS.sub(" ", text).strip(f" {PART}")
    if PART not in text:
        return text
    return _ANY.sub(" ", _BETWEEN.sub("  ", _WITHIN.sub("", text)))


def is_number(word: str) -> bool:
    """Whether a cell is one of data: a number, bare or with its unit.

    >>> [is_number(word) for word in ("1,234.5", "-3", "12.3%", "350万元", "2020年", "合计")]
    [True, True, True, True, False, False]
    """
    return is_amount(plain(word)) or word.replace(",", "").replace(".", "").strip("+-−%").isdigit()
