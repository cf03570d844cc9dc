"""Markers that depend on where they stand: list numbers at the head of a line, ordinals, letters."""

from __future__ import annotations

import re

from summarizer.mentions.found import Found
from summarizer.mentions.numerals import PLAIN_HAN

_LINE_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?:[、.](?![0-9])|\)|(?<=\.[0-9])(?=[本各我全年一-鿿])| (?=[一-鿿]))")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:[、.](?![0-9])|\)(?=[一-鿿]))")
_IN_BRACKETS = re.compile(r"(?<=\()[0-9]{1,2}(?=\))")
_ORDINAL = re.compile(rf"第 ?(?:[0-9]+|[{PLAIN_HAN}几]+)(?:[-~至到、]第?(?:[0-9]+|[{PLAIN_HAN}]+))?")
_WORD = re.compile(r"(?:https?://|www\.)[!-~]+|[A-Za-z]+(?:[0-9@_./:&#=+%-]*[A-Za-z0-9])*")
_BLANK = " \t"


def list_number(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """1. 1、 (1) 2.2 at the head of a line or of a clause."""
    before = pos
    while before > 0 and text[before - 1] in _BLANK and pos - before < 8:
        before -= 1
    if before == 0 or text[before - 1] == "\n":
        match = _LINE_NUMBER.match(text, pos)
    elif text[before - 1] in "。;；:：(":
        match = _LIST_NUMBER.match(text, pos) or _IN_BRACKETS.match(text, pos)
    else:
        return None
    return Found(pos, match.end(), "list_marker", "list_number") if match else None


def ordinal(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """第 and its number; 几 counts as one (第几)."""
    match = _ORDINAL.match(text, pos)
    return Found(pos, match.end(), "ordinal", "ordinal") if match else None


def latin_word(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    """A word of Latin letters; with digits in it, it names something: P-700, G318, a URL."""
    match = _WORD.match(text, pos)
    if not match:
        return None
    surface = match.group()
    if any(char.isdigit() for char in surface):
        return Found(pos, match.end(), "identifier", "latin_word")
    return Found(pos, match.end(), "name", "")
