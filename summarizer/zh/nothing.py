"""Answers that say that there is none: null, 无, 没有. The words are in `nothing.tsv`."""

from __future__ import annotations

from pathlib import Path

from summarizer.zh.lexicon import cells

_WORDS = frozenset(row[0] for row in cells(Path(__file__).with_name("nothing.tsv"), comment="#\t"))


def is_nothing(said: str) -> bool:
    """Whether an answer says that there is none.

    >>> is_nothing("没有"), is_nothing(" Null "), is_nothing(""), is_nothing("没有整改")
    (True, True, True, False)
    """
    words = said.strip().lower()
    return not words or words in _WORDS
