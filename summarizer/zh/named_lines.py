"""Lines that say of whom what stands under them tells: a name alone, or the title of a case."""

from __future__ import annotations

import re

from summarizer.zh.names import find_names
from summarizer.zh.names.lexicon import COMMON
from summarizer.zh.script import fold

_LABEL = re.compile("([^:：,，。；;]{2,20})[:：]")
_CASE = re.compile("(?P<title>.{2,}(?P<word>.案))")


def names_one(words: str) -> bool:
    """Whether some words are a name by the grammar and no more.

    >>> [names_one(words) for words in ("柳湾养老院", "柳湾村", "养老院", "柳湾村受灾情况")]
    [True, True, False, False]
    """
    return [found.text for found in find_names(words)] == [fold(words)]


def titles_case(words: str) -> bool:
    """Whether some words are what a case is called; the word for it is not the end of another.

    >>> [titles_case(words) for words in ("大华药店串换药品案", "2024年财政预算草案", "实施方案")]
    [True, False, False]
    """
    found = _CASE.fullmatch(fold(words))
    return found is not None and found["word"] not in COMMON


def labelled_with(words: str) -> str:
    """The name that a paragraph is labelled with, "" for none.

    >>> [labelled_with(words) for words in ("角弓镇：全镇受灾", "主要做法：建校", "角弓镇受灾")]
    ['角弓镇', '', '']
    """
    found = _LABEL.match(fold(words))
    return found[1] if found and names_one(found[1]) else ""
