"""A draft for a quantity in an English sentence, in its words.

The words of the clause around the quantity, without those that only join: 640 hectares of mangrove
were replanted → mangrove replanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.types import Span

MOST = 9  # words
_LATIN, _HAN = re.compile("[A-Za-z]"), re.compile("[一-鿿]")
_STOP = re.compile(r"[.;:!?,，。；\n“”\"]|[一-鿿]|\b(?:and|but|while|which|where)\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HELPING = re.compile("(?:is|was|are|were|has|have|had|will|would|be|been|being)$", re.IGNORECASE)
_STEP = re.compile(
    "(?:of|in|on|at|to|for|by|from|with|over|under|about|between|within|as)$", re.IGNORECASE
)
_SMALL = re.compile(
    "(?:a|an|the|this|that|these|those|its?|they|their|he|his|she|her|we|our|now|also|then|than"
    "|least|no|less|only|some|since|there|up)$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile("(?:fell|rose|grew|increased|decreased|more|and|or)$", re.IGNORECASE)


def is_english(text: str, at: Span) -> bool:
    """Whether a quantity stands among English words."""
    around = text[max(0, at.start - 40) : at.start] + text[at.end : at.end + 40]
    return len(_LATIN.findall(around)) > 4 * len(_HAN.findall(around)) + 4


def english(text: str, at: Span, others: Sequence[Span], noun: str = "") -> str:
    """The words of the clause around a quantity; `noun` is what it counts, if its unit says so.

    >>> english("Its construction cost ", Span(22, 22), ())
    'construction cost'
    """
    start = max((m.end() for m in _STOP.finditer(text, 0, at.start)), default=0)
    match = _STOP.search(text, at.end)
    end = match.start() if match else len(text)
    since = max([start, *(s.end for s in others if s.end <= at.start)])
    until = min([end, *(s.start for s in others if not s.start < at.end)])
    before, after = _words(text[since : at.start]), _words(text[at.end : until])
    words = _told(before, after, noun)
    if not words or words == [noun]:
        words = _told(_words(text[start:since]) + before, _words(text[at.end : end]), noun)
    return " ".join(words)


def _told(before: list[str], after: list[str], noun: str) -> list[str]:
    while after and _STEP.match(after[0]) and not noun:
        after = after[1:]
    behind = _ended([*filter(None, [noun]), *after])
    kept = _ended([*before, *behind])
    while kept and (_STEP.match(kept[0]) or _SMALL.match(kept[0])):
        kept = kept[1:]
    return kept[-MOST:] if len(behind) < MOST else behind[:MOST]


def _ended(words: list[str]) -> list[str]:
    """The words without those at the end that lead on to a number or to more words."""
    while words and any(kind.match(words[-1]) for kind in (_STEP, _SMALL, _LEADS_ON)):
        words = words[:-1]
    return words


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not _HELPING.match(word)]
