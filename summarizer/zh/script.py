"""Simplified and traditional characters: telling them apart, folding for matching, converting.

| function | changes | for |
|---|---|---|
| `fold` | script, by words | matching words |
| `fold_characters` | script, width, lookalikes: a character at a time | the grammar of quantities |
| `narrow` | width | lines and words held against lists in plain signs |
| `narrow_numerals` | width of digits, points and % | numbers held against numbers |
| `convert` | script, by words | labels and names that are shown |

The folds keep every offset: a position in a folded text is a position in the text. Quotes are
never converted. The second reader (`second_reader.py`) has a table of its own, for it must not
read a numeral wrong together with the grammar.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from summarizer.zh.lexicon import cells, table

Script = Literal["Hans", "Hant", "mixed"]

KEPT = 1_000  # characters of a text up to which its fold is remembered
MINORITY = 0.1  # share of telling characters of the other script that makes a text "mixed"

NAMES = Path(__file__).with_name("script_names.tsv")
ZHU = Path(__file__).with_name("zhu.tsv")
CHARACTERS = Path(__file__).with_name("fold.tsv")
DASH = "⸺"  # what joins or parts words (增幅—5%); the minus of numbers is folded to "-"

_BEFORE_NAME = (
    r"^|[\s,，、。:：;；“”「」()（）]|书记|[镇乡县区市村]长|主任|村民|党员|干部|群众|户|妻子|丈夫|儿子"
    "|女儿|记者|老人|教师|医生|队长|经理|主席|委员|学生|同志"
)
_AFTER_NAME = r"$|[\s,，、。:：;；“”「」()（）等和与及的在家]|同志|书记"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMERALS = {code: _NARROW[code] for code in map(ord, "０１２３４５６７８９．％")}
_TEXT_DASH = re.compile("(?<=[一-鿿])[—―─](?=[0-9０-９])")
_LOOKALIKES = ((0x2E80, 0x2FE0), (0xF900, 0xFB00))  # radicals and compatibility ideographs
_DECIMAL = re.compile(r"[^\D0-9]")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")  # OpenCC stops at NUL and refuses lone surrogates


def fold(text: str) -> str:
    """The text in simplified characters, of the same length, for matching.

    Taiwan's conventions are followed, so that 著 becomes 着 where it is the particle.

    >>> fold("劉垓子鎮著力打造，顯著提升")
    '刘垓子镇着力打造，显著提升'
    >>> fold("显著提升，沿著原著")
    '显著提升，沿着原著'
    """
    return _folded(text) if len(text) <= KEPT else _folded_long(text)


def fold_characters(text: str) -> str:
    """The text in simplified characters and half-width signs, character for character.

    `fold.tsv` has what differs from the conversion: widths, numerals of accounts (參 is 叁), and
    裏 and 裡 (inside), which stay, for the mile 里 must not be seen in them; so does 麵 (noodles).

    >>> fold_characters("１５０萬餘元，增幅—5%，5—8月"), fold_characters("⼆⼗⼈٣")
    ('150万余元，增幅⸺5%，5-8月', '二十人3')
    """
    if text.isascii():
        return text
    if "—" in text or "―" in text or "─" in text:
        text = _TEXT_DASH.sub(DASH, text)
    return text.translate(_characters())


@lru_cache(maxsize=1)
def _characters() -> str:
    """Each character of the basic plane as it is folded; a string is the fastest table there is."""
    basic = [chr(code) for code in range(0x10000)]
    for low, high in _LOOKALIKES:
        basic[low:high] = [unicodedata.normalize("NFKC", char)[:1] for char in basic[low:high]]
    basic = list(_DECIMAL.sub(lambda digit: str(int(digit[0])), "".join(basic)))
    han = [char for char in basic if "\u3400" <= char < "\ud800"]
    simplified = dict(zip(han, _convert("t2s", "\n".join(han)).split("\n"), strict=True))
    folded = simplified | {row["character"]: row["folded"] for row in table(CHARACTERS)}
    digits = 5 * "0123456789"  # of mathematics
    between = "".join(map(chr, range(0x10000, 0x1D7CE)))
    return "".join(folded.get(char, char) for char in basic) + between + digits


def narrow(text: str) -> str:
    """Full-width ASCII forms and the ideographic space as plain ones, of the same length.

    >>> narrow("来源：融媒体中心（５００）")
    '来源:融媒体中心(500)'
    """
    return text.translate(_NARROW)


def narrow_numerals(text: str) -> str:
    """The same of numerals alone: a comma that parts clauses must not group digits.

    >>> narrow_numerals("２０２０，３００戶"), narrow("２０２０，３００戶")
    ('2020，300戶', '2020,300戶')
    """
    return text.translate(_NUMERALS)


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
    if config == "tw2s" and "著" in text and len(converted) == len(text):
        return _with_zhu(text, converted)
    return converted


def _with_zhu(text: str, converted: str) -> str:
    """A conversion to simplified characters with 著 again in words where it is no particle.

    >>> _with_zhu("显著改善,沿著原著", "显着改善,沿着原着")
    '显著改善,沿着原著'
    """
    characters = list(converted)
    for word in _zhu().finditer(text):
        at = text.index("著", word.start())
        characters[at] = "著"
    return "".join(characters)


@lru_cache(maxsize=1)
def _zhu() -> re.Pattern[str]:
    return re.compile("|".join(word for (word,) in cells(ZHU)))


@lru_cache(maxsize=4)
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)
