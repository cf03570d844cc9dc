"""Labels of a number that another came from: 低保标准由每人每月[590元]提高到[640元].

Both would have one name. The first is marked, and neither keeps what tells of the move.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path
from typing import NamedTuple

from summarizer.types import Mention
from summarizer.zh.lexicon import by_kind
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

BEFORE = "(原来)"
_WORDS = by_kind(Path(__file__).with_name("moves.tsv"))
_EACH = r"(?:每[人户亩年月日天]{1,3})*"
_YEAR = r"(?:(?:(?:19|20)\d\d|[今去前上当]|头一|第?[一二三四五十])年[初底末]?的?)?"
_FROM = re.compile(rf"[由从](?:(?:{_WORDS['first']})的?)?({_YEAR}){_EACH}$")
_TO = re.compile(rf"((?:{_WORDS['adverb']})?(?:{_WORDS['verb']})?)[到至为成](?:了)?{_YEAR}{_EACH}")
_BASE = re.compile(_WORDS["first"])


class Move(NamedTuple):
    """How a number came from the one before it: 提高 of 由…提高到; whether that is dated."""

    verb: str
    is_dated: bool


def source(mention: Mention, sentence: Sentence) -> Mention:
    """The number that another came from, whose name is its own; itself where it came from none."""
    at = _index(mention, sentence)
    return sentence.mentions[at - 1] if _move(sentence, at - 1) else mention


def unmoved(core: str, mention: Mention, sentence: Sentence) -> str:
    """A core without the words that say that its number moved: 平均用时|由缩."""
    move = _move(sentence, _index(mention, sentence))
    if move is None:
        return core
    first = rf"(?:(?:{_WORDS['first']})的?)?"
    told = rf"(?:^|(?<=.{{2}}))[由从]{first}{_YEAR}(?:{re.escape(move.verb)})?({_EACH})(?:金额)?$"
    return re.sub(told, r"\1", core)


def based(label: str, mention: Mention, sentence: Sentence) -> str:
    """The label, marked as that of what was before where the number is what another came from.

    Where a year tells them apart (由2014年的18%降到3%), or a unit, nothing is added.
    """
    move = _move(sentence, _index(mention, sentence))
    is_base = move is not None and not move.is_dated
    return label + BEFORE if is_base and not _BASE.search(label) else label


def _index(mention: Mention, sentence: Sentence) -> int:
    """Which of its sentence's mentions one is: they stand in order."""
    return bisect_left(sentence.mentions, mention.at.start, key=lambda m: m.at.start)


def _move(sentence: Sentence, at: int) -> Move | None:
    """How the number at this place among a sentence's moved to the one behind, if it did."""
    if not 0 <= at < len(sentence.mentions) - 1:
        return None
    one, other = sentence.mentions[at : at + 2]
    units = [mention.quantity.unit for mention in (one, other) if mention.quantity]
    text, start = fold(sentence.text), sentence.span.start
    to = _TO.fullmatch(text[one.at.end - start : other.at.start - start])
    told = _FROM.search(text[: one.at.start - start])
    if to is None or told is None or len(units) < 2 or units[0] != units[1]:
        return None
    return Move(to[1], bool(told[1]))
