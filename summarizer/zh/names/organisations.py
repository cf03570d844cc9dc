"""Organisations and projects: a proper run of characters before 公司 合作社 水利局 柚子园 ….

The run reaches back to a mark, a particle or a word that leads to a name (与 引进 位于); what
consists of ordinary words only (专业合作社, 扶贫项目基地) is nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from summarizer.types import NameKind
from summarizer.zh.names.found import Found
from summarizer.zh.names.lexicon import COMMON, CUTS, HARD, Words, is_han, splits_word
from summarizer.zh.names.table import rows, words

GENERIC = Words(words("generic.tsv", "for", "organisation"))
_CLASSES = ("firm", "office", "institution", "site")
SUFFIXES = {row["suffix"]: row for row in rows("suffixes.tsv") if row["class"] in _CLASSES}
_SUFFIX = re.compile("|".join(sorted(SUFFIXES, key=lambda word: (-len(word), word))))
_NAMED = re.compile(
    "(?:公司|集团|合作社|联合社|合作联社|家庭农场|协会|基金会|工作室|事务所|商行|农会|企业社|银行|业)$"
)
_PUBLIC = re.compile("(?:协会|商会|研究会|促进会|联谊会|慈善会|基金会)$")
_DEEDS = Words({word for word in words("limits.tsv", "use", "follow") if len(word) > 1})
_COUNTED = re.compile(
    "[一二三四五六七八九十百两几多数余来0-9][个家所座处间条名支项批户]|[两三四五六七八九十]大"
)
_OWNED = re.compile("家庭农场|农场|工作室|事务所|诊所|养殖场|书店|商行")
_MEASURE = re.compile("[十百千万亿兆余多]*(?:平方|立方)?(?:公里|公顷|公斤|千瓦时?|瓦|.)?")
_PLURAL = re.compile("[0-9一二三四五六七八九十百两几多数]+余?[个家所座处]")
_PARENTHESIS = re.compile(r"[(（][\u4e00-\u9fff]{2,4}[)）]$")
_LEVELS = frozenset("省市区县州旗镇乡")

_HALVES = frozenset("就再与")
REACH = 24


def find_organisations(
    text: str, inside: frozenset[int], people: Mapping[int, int]
) -> Iterator[Found]:
    """Organisations and projects of a folded text.

    `inside` are the offsets within names of places, where 和 and the like are no conjunctions;
    `people` tells where persons' names end and begin, which only a firm's may hold (张三家庭农场).
    """
    behind = 0
    for match in _SUFFIX.finditer(text):
        row = SUFFIXES[match[0]]
        following = text[match.end() : match.end() + 1]
        if (following and following in row["not_before"]) or _PLURAL.match(text, match.end()):
            continue
        start = _start(text, match.start(), behind, inside)
        start = _behind_persons(start, match, people)
        core = _trimmed(text, start, match, inside)
        if core is not None:
            behind = match.end()
            kind: NameKind = "project" if row["kind"] == "project" else "organisation"
            yield Found(core, match.end(), kind, row["class"])


def _start(text: str, end: int, floor: int, inside: frozenset[int]) -> int:
    at = end
    while floor < at and end - at < REACH:
        if text[at - 1] in ")）" and (match := _PARENTHESIS.search(text, max(0, at - 6), at)):
            at = match.start()
        elif _is_letter(text[at - 1]) and (
            text[at - 1] not in HARD or at - 1 in inside or not _is_hard(text, at - 1)
        ):
            at -= 1
        else:
            break
    if at and at < end and text[at - 1].isdecimal():
        at = _behind_measure(text, at, end)
    counted = list(_COUNTED.finditer(text, at, end))
    return counted[-1].end() if counted else at


def _is_hard(text: str, at: int) -> bool:
    """Whether a particle stands there, and not the first half of a word: 就|业."""
    return text[at] in HARD and not (text[at] in _HALVES and text[at : at + 2] in COMMON)


def _behind_measure(text: str, at: int, end: int) -> int:
    """Behind what a number counts: 80兆瓦, 319线."""
    match = _MEASURE.match(text, at, end)
    return match.end() if match else at


def _behind_persons(start: int, suffix: re.Match[str], people: Mapping[int, int]) -> int:
    for at in range(suffix.start(), start, -1):
        if at in people:
            is_own = at == suffix.start() and _OWNED.match(suffix[0])
            return people[at] if is_own and start <= people[at] else at
    return start


def _is_letter(character: str) -> bool:
    if "\u3400" <= character <= "\u9fff":
        return True
    return is_han(character, 0) or (character.isascii() and character.isalpha())


def _trimmed(text: str, start: int, suffix: re.Match[str], inside: frozenset[int]) -> int | None:
    """Where the proper name begins, or None where there is none."""
    is_proper = _test(text, suffix, inside)
    if not is_proper(start):
        return None
    start = max(start, _behind_clause(text, start, suffix.start(), inside))
    if not is_proper(start):
        return None
    if SUFFIXES[suffix[0]]["class"] == "site" and start not in inside:
        start = next((at for at in range(start + 1, suffix.start()) if at in inside), start)
    for at in range(suffix.start() - 1, start, -1):
        length = CUTS.before(text, at)
        is_joint = text[at - 1] == "和" and at - 1 not in inside
        is_word = length > 1 and start <= at - length and at not in inside
        if (is_word or is_joint) and is_proper(at):
            start = at
            break
    while length := CUTS.behind(text, start, suffix.start()):
        if start in inside or not is_proper(start + length) or splits_word(text, start, length):
            break
        start += length
    return start


def _behind_clause(text: str, start: int, end: int, inside: frozenset[int]) -> int:
    """Behind the last word that leads to a name and never is a part of one."""
    for at in range(end, start, -1):
        length = CUTS.before(text, at)
        is_part = at - 1 in inside or text[at - length : at] in GENERIC
        if length > 1 and start <= at - length and not is_part:
            return at
    return start


def _test(text: str, suffix: re.Match[str], inside: frozenset[int]) -> Callable[[int], bool]:
    """Whether a run that begins at a place is a proper name with this suffix."""
    end, kind = suffix.start(), SUFFIXES[suffix[0]]["class"]

    def is_proper(start: int) -> bool:
        core = text[start:end]
        if kind == "office" and len(core) > 0 and core[-1] in _LEVELS:
            return len(core) == 1 or len(_own_words(core)) > 1
        rest = _own_words(core)
        if _PUBLIC.search(suffix[0]) and _is_of_level(text, start, end):
            return True
        if kind == "institution" and core in _DEEDS:
            return False  # 扎根|敬老院
        if kind != "site" and any(at in inside for at in range(start, end)):
            return True  # 黑水镇中心小学
        if len(rest) < 2:
            return False
        return bool(_NAMED.search(suffix[0])) or 1 < len(COMMON.uncovered(rest)) <= len(core)

    return is_proper


@lru_cache(maxsize=4096)
def _own_words(core: str) -> str:
    """What of a run is no generic word."""
    return GENERIC.uncovered(core)


def _is_of_level(text: str, start: int, end: int) -> bool:
    """Whether only a county's or a town's own can be meant: 县|爱心义工|协会, not 全县|协会."""
    opens = text[start : start + 1] in _LEVELS and text[start : start + 2] not in COMMON
    return opens and end - start > 2 and not is_han(text, start - 1)
