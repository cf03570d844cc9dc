"""What the words around a number in an English sentence say of it: which way it moved, a goal.

Each function takes the words of the sentence before the number, and those behind it. What a number
moves *to* is no change: rose to RMB 4.9 billion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from summarizer.types import Span
from summarizer.zh.lexicon import cells


def _patterns() -> dict[str, str]:
    words: dict[str, list[str]] = {}
    for kind, word in cells(Path(__file__).with_name("english_context.tsv"), comment="#\t"):
        words.setdefault(kind, []).append(word)
    return {kind: "|".join(sorted(some, key=len, reverse=True)) for kind, some in words.items()}


_WORDS = _patterns()
_WAY = rf"(?P<rise>\b(?:{_WORDS['rise']}))|(?P<fall>\b(?:{_WORDS['fall']}))"
_BEFORE = re.compile(rf"(?:{_WAY})(?: (?:{_WORDS['near']})\b){{0,3}} *$", re.IGNORECASE)
_BEHIND = re.compile(rf"^[ -](?:{_WAY})\b", re.IGNORECASE)
_DENIED = re.compile(rf"(?:\b(?:{_WORDS['denied']})|n't)(?: [a-z]+){{0,2}} *$", re.IGNORECASE)
_FLAT = re.compile(rf"\b(?:{_WORDS['flat']})\b", re.IGNORECASE)
_AIM = re.compile(rf"\b(?:{_WORDS['aim']})\b", re.IGNORECASE)
_MAY_BE = re.compile(rf"\b(?:{_WORDS['aim']}|{_WORDS['may_be']})\b", re.IGNORECASE)
_MET = re.compile(rf"\b{_WORDS['met']}\b[^,;.]{{0,30}}\b(?:targets?|goals?)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.](?!\d)")


def english_direction(before: str, behind: str) -> tuple[int, str] | None:
    """The sign of a number's change and the words that say so, None where none do.

    >>> english_direction("Investment fell by ", ""), english_direction("at a 4 to ", " increase")
    ((-1, 'fell'), (1, 'increase'))
    >>> english_direction("Retail sales grew ", " in 2023"), english_direction("it rose to ", "")
    ((1, 'grew'), None)
    >>> english_direction("Output did not fall by ", ""), english_direction("not only fell by ", "")
    (None, (-1, 'fell'))
    """
    match = _BEFORE.search(before) or _BEHIND.search(behind)
    told = before[: match.start()] if match is not None and match.re is _BEFORE else before
    if match is None or _DENIED.search(told):
        return None
    return (1, match["rise"]) if match["rise"] else (-1, match["fall"])


def english_standstills(text: str) -> Iterator[Span]:
    """Where an English text says that nothing moved.

    >>> list(english_standstills("Output was unchanged."))
    [Span(start=11, end=20)]
    """
    return (Span(*match.span()) for match in _FLAT.finditer(text))


def is_english_aim(before: str, behind: str, *, maybe: bool = False) -> bool:
    """Whether a number is aimed at, or `maybe` is; a plan that was met is none.

    >>> is_english_aim("it aims at growth of ", ""), is_english_aim("it met its goal of", "")
    (True, False)
    >>> is_english_aim("it should rise by ", ""), is_english_aim("it should be ", "", maybe=True)
    (False, True)
    """
    words = _MET.sub("", before) + _CLAUSE.split(_MET.sub("", behind))[0]
    return (_MAY_BE if maybe else _AIM).search(words) is not None
