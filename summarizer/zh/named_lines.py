"""Lines that say of whom what stands under them tells: a name alone, or the title of a case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.zh.names import find_names
from summarizer.zh.names.lexicon import COMMON
from summarizer.zh.script import fold

_BEFORE_LABEL = r"([^:：,，。；;(（]{2,30})(?:[(（][^)）]*[)）])?"
_LABEL = re.compile(f"{_BEFORE_LABEL}[:：]")
_HEAD = re.compile(f"{_BEFORE_LABEL}(?:[:：,，。；;]|$)")
_STANDS_FOR = "该|这[个家所座片条项支名位]|本"
_FOR_NAME = re.compile("^[这那其](?:[个家所座]|$)|^[县镇乡村社院]里$")
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


def stands_for_one(name: str) -> bool:
    """Whether what is given as a name only stands for one.

    >>> [stands_for_one(name) for name in ("这个镇", "镇里", "这", "里仁镇")]
    [True, True, True, False]
    """
    return _FOR_NAME.search(fold(name)) is not None


def goes_on_about(name: str, text: str) -> bool:
    """Whether a sentence goes on about what has a name, by a word that stands for it.

    >>> goes_on_about("金穗合作社", "这家合作社有农户265户"), goes_on_about("茶店镇", "全镇受灾")
    (True, True)
    >>> goes_on_about("金穗合作社", "全县合作社有972家"), goes_on_about("茶店镇", "全县受灾")
    (False, False)
    """
    last = re.escape(fold(name)[-1:])
    stands_for = f"(?:^|[,，;；:：。“])(?:(?:{_STANDS_FOR})[^,，;；。]{{0,4}}?|全){last}"
    return re.search(stands_for, text) is not None


def heads(several: Sequence[str]) -> list[str]:
    """The names that numbered paragraphs begin with, "" each if no more than half begin with one.

    A name is set off from what is told of it. One that the grammar does not know is called as
    another is, by its last character.

    >>> heads(["丰禾合作社(白沙镇),有社员", "绿源合作社", "示范社：建棚"])
    ['丰禾合作社', '绿源合作社', '示范社']
    >>> heads(["丰禾合作社", "绿源合作社建棚"]), heads(["丰禾合作社", "绿源合作社", "做法"])
    (['', ''], ['丰禾合作社', '绿源合作社', ''])
    """
    found = [_HEAD.match(fold(words)) for words in several]
    first = ["" if one is None else one[1] for one in found]
    known = [one for one in first if names_one(one)]
    if len(known) < 2 or 2 * len(known) <= len(several):
        return ["" for _ in several]
    ends = {one[-1] for one in known}
    return [one if one[-1:] in ends else "" for one in first]
