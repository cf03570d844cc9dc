"""Simplified and traditional characters: telling them apart, folding for matching, converting.

`fold` is for matching only and keeps every offset; `convert` is for words that are shown, such as
labels and names; quotes are never converted.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from summarizer.zh.lexicon import cells

Script = Literal["Hans", "Hant", "mixed"]

KEPT = 1_000  # characters of a text up to which its fold is remembered
MINORITY = 0.1  # share of telling characters of the other script that makes a text "mixed"

NAMES = Path(__file__).with_name("script_names.tsv")

_BEFORE_NAME = (
    r"^|[\s,，、。:：;；“”「」()（）]|书记|[镇乡县区市村]长|主任|村民|党员|干部|群众|户|妻子|丈夫|儿子"
    "|女儿|记者|老人|教师|医生|队长|经理|主席|委员|学生|同志"
)
_AFTER_NAME = r"$|[\s,，、。:：;；“”「」()（）等和与及的在家]|同志|书记"
_UNSAFE = re.compile("[\x00\ud800-\udfff]")  # OpenCC stops at NUL and refuses lone surrogates


def fold(text: str) -> str:
    """The text in simplified characters, of the same length, for matching.

    Taiwan's conventions are followed, so that 著 becomes 着 where it is the particle.

    >>> fold("劉垓子鎮著力打造，顯著提升")
    '刘垓子镇着力打造，显著提升'
    """
    return _folded(text) if len(text) <= KEPT else _folded_long(text)


def _fold(text: str) -> str:
    folded = _convert("tw2s", text)
    if len(folded) == len(text):
        return folded
    return "\n".join(_fold_line(line) for line in text.split("\n"))


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    """The same, remembered: a sentence is asked for by all who read it."""
    return _fold(text)


@lru_cache(maxsize=4)
def _folded_long(text: str) -> str:
    """The same of a sentence without end, which each of its passages asks for."""
    return _fold(text)


def convert(text: str, to: str) -> str:
    """Words for the reader, in the script asked for: "hans", "hant", or "source" (unchanged).

    A text that is in that script already stays as it is. Going traditional, a surname that is a
    word's character too (余 于 范 党) stays where it begins a name: after a title, a mark or
    nothing, followed by one or two characters that make no ordinary word with it.

    >>> convert("貧困戶數", "hans"), convert("贫困户数", "hant"), convert("余长明", "hant")
    ('贫困户数', '貧困戶數', '余長明')
    """
    if to == "hans":
        return _convert("tw2s", text)
    if to == "hant" and detect(text) != "Hant":
        return _traditional(text)
    return text


def detect(text: str) -> Script:
    """Which script a text is written in, by the characters that only one of them has.

    Characters that both use (后 余 干 于 里) say nothing; without any telling one it is "Hans".

    >>> detect("全镇脱贫"), detect("全鎮脫貧後"), detect("全鎮脫貧，全镇脱贫"), detect("2020")
    ('Hans', 'Hant', 'mixed', 'Hans')
    """
    hant = hans = 0
    for character, count in Counter(text).items():
        if character >= "\u3400":
            side = _side(character)
            hant += count * (side == "Hant")
            hans += count * (side == "Hans")
    if not hant:
        return "Hans"
    minority = min(hant, hans) / (hant + hans)
    if not minority < MINORITY:
        return "mixed"
    return "Hant" if hans < hant else "Hans"


@lru_cache(maxsize=20_000)
def is_common(character: str) -> bool:
    """Whether a character is among the 3,755 most used ones (GB 2312, level 1), in either script.

    >>> is_common("鎮"), is_common("镇"), is_common("垓"), is_common("a")
    (True, True, False, False)
    """
    try:
        code = fold(character).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and not code[0] < 0xB0 and code[0] < 0xD8


@lru_cache(maxsize=20_000)
def _side(character: str) -> Script | None:
    """The only script that writes this character, or None."""
    if _convert("t2s", character) != character:
        return "Hant"
    if _convert("s2t", character) == character:
        return None
    try:
        character.encode("big5")  # 后 余 干 于 are traditional characters too, 产 业 们 are not
    except UnicodeEncodeError:
        return "Hans"
    return None


def _traditional(text: str) -> str:
    converted = _convert("s2t", text)
    if len(converted) != len(text):
        return converted
    characters = list(converted)
    for match in _names().finditer(text):
        characters[match.start(1)] = match[1]
    return "".join(characters)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Matches a surname that a conversion would change, with what stands before it."""
    _, *rows = cells(NAMES)
    surnames = "|".join(f"{name}(?![{words}])" for name, words in rows)
    given = "[\u4e00-\u9fff]{1,2}"
    return re.compile(f"(?:{_BEFORE_NAME})({surnames})(?={given}(?:{_AFTER_NAME}))")


def _fold_line(line: str) -> str:
    folded = _convert("tw2s", line)
    if len(folded) == len(line):
        return folded
    single = (_convert("tw2s", character) for character in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, single, strict=True))


def _convert(config: str, text: str) -> str:
    converted: str = _converter(config).convert(_UNSAFE.sub("\ufffd", text))
    return converted


@lru_cache(maxsize=4)
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)
