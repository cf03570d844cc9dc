"""Markers: numbers of lists and ordinals, and Latin words that hold a number."""

from __future__ import annotations

import re

from summarizer.zh.quantities import money
from summarizer.zh.quantities.amounts import read_amount
from summarizer.zh.quantities.dates import MONTH_NAMES
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.places import PLAIN_HAN
from summarizer.zh.quantities.quantities import amount, english_words
from summarizer.zh.quantities.units import read_unit

_LINE_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?:[、.](?![0-9])|\)(?!%))")
_SECTION_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?= ?[一-鿿])")
_BOOKS = frozenset("本各我全年")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:[、.](?![0-9])|\)(?=[一-鿿]))")
_IN_BRACKETS = re.compile(r"(?<=\()[0-9]{1,2}(?=\))")
_PART = r"(?:\([0-9A-Za-z]{1,4}\)(?=[条款段章、或及和与(])){0,3}"  # 第24(3)、26(1)或31条
_ORDINAL = re.compile(
    rf"第 ?(?:[0-9]+|[{PLAIN_HAN}几]+){_PART}"
    rf"(?:(?:[-~至到、]|、第|[或及和与](?=[0-9]{{1,3}}{_PART}[条款段章]))(?:[0-9]+|[{PLAIN_HAN}]+){_PART}){{0,8}}"
)
_WORD = re.compile(r"(?:https?://|www\.)[!-~]+|[A-Za-z]+[A-Za-z0-9@_./:&#=+%-]*")
_NAME = re.compile("[A-Za-z]{2,}(?=[0-9])")
_MONTH = re.compile(
    rf"(?:{MONTH_NAMES})(?![a-z])\.?(?: [0-3]?[0-9](?:st|nd|rd|th)?(?![0-9%]|[,.][0-9]))?"
    "(?:,? (?:1[89]|20)[0-9]{2}(?![0-9]))?"
)
_NUMBER = re.compile(
    "[oO]ne|[tT](?:w|hr|en|hi)|[fF](?:ou|iv|if|or)|[sS](?:ix|ev)|[eE](?:ig|le)|[nN]in"
    "|[aA]n? |[hH]alf"
)


def list_number(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — rules are alike
    """1. 1、 (1) 2.2 at the head of a line or of a clause."""
    before = text[pos - 1 : pos]
    if before and before not in " \t\n。;；:：(":
        return None
    head = pos
    while head > 0 and text[head - 1] in " \t" and pos - head < 8:
        head -= 1
    match = None
    if head == 0 or text[head - 1] == "\n":
        match = _LINE_NUMBER.match(text, pos) or _section_number(text, pos)
    elif text[head - 1] in "。;；:：(":
        match = _LIST_NUMBER.match(text, pos) or _IN_BRACKETS.match(text, pos)
    return Found(pos, match.end(), "list_marker", "list_number") if match else None


def _section_number(text: str, pos: int) -> re.Match[str] | None:
    """2.2 before a clause; before a unit it is an amount, but nobody counts 2.2 copies (本)."""
    match = _SECTION_NUMBER.match(text, pos)
    if match is None:
        return None
    at = match.end() + (text[match.end()] == " ")
    if text[at] in "万亿千百余多成至到和与" or (text[at] not in _BOOKS and read_unit(text, at)):
        return None
    return match


def ordinal(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — rules are alike
    """第 and its number; 几 counts as one (第几)."""
    match = _ORDINAL.match(text, pos)
    return Found(pos, match.end(), "ordinal", "ordinal") if match else None


def latin_word(text: str, pos: int, floor: int) -> Found | None:
    """A Latin word: money (RMB100), a month, a number word, or with digits in it a name (G318)."""
    if text[pos].isupper():
        code = money.CODE.match(text, pos)
        if code:
            return amount(text, code.end(), floor)
        month = _MONTH.match(text, pos)
        if month and any(char.isdigit() for char in month.group()):
            return Found(pos, month.end(), "date", "english_month")
    number = _NUMBER.match(text, pos) and english_words(text, pos, floor)
    if number:
        return number
    match = _WORD.match(text, pos)
    if match is None:
        return None
    surface = match.group().rstrip("@_./:&#=+%-")
    name = _NAME.match(text, pos)
    if name and _measures(text, name.end()):
        return Found(pos, name.end(), "name", "")  # GDP1234亿元
    if not surface.isalpha() and any(char.isdigit() for char in surface):
        return Found(pos, pos + len(surface), "identifier", "latin_word")
    return Found(pos, match.end(), "name", "")


def _measures(text: str, pos: int) -> bool:
    """Whether an amount with a Chinese unit of measure, or a percentage, starts at `pos`."""
    behind = read_amount(text, pos, pos)
    if behind is None or behind.unit is None or behind.unit.kind == "count":
        return False
    return behind.unit.surface == "%" or not behind.unit.surface.isascii()
