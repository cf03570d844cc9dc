"""Villages, communities and townships: a short stem before 村 社区 邨 镇 街道 ….

义和镇石堡村 is 义和镇 and 石堡村; 全村, 自然村, 2个贫困村 and 美丽乡村 are nobody's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from summarizer.types import NameKind
from summarizer.zh.names.found import Found
from summarizer.zh.names.lexicon import COMMON, CUTS, OPENING, Words, is_han, splits_word
from summarizer.zh.names.place_disambiguation import is_earned
from summarizer.zh.names.table import rows, words
from summarizer.zh.quantities.units import read_unit

GENERIC = {
    "settlement": Words(words("generic.tsv", "for", "settlement")),
    "township": Words(words("generic.tsv", "for", "township")),
}
PROPER = words("generic.tsv", "for", "proper")
BEHIND = words("generic.tsv", "for", "behind township")
_TOWNSHIP = ("镇", "乡", "道")
ENDINGS = Words(words("generic.tsv", "for", "ending"))
SETTLEMENT = {row["suffix"]: row for row in rows("suffixes.tsv") if row["class"] in GENERIC}
_SUFFIX = re.compile("|".join(sorted(SETTLEMENT, key=lambda word: (-len(word), word))))

_STOPS = frozenset(
    "的了在是着把被从对向到与及或让给使由该我这那并也就还已其之等你他她它们很不但而且因据此哪什么吗呢又再才都个每某"
)
_ADMIN = re.compile("[镇乡县市区省州村]|街道|社区")
_FIRM = ("区", "县", "市")  # what else they mean is common: 山区, 超市
_PAIRS = ("月份", "月底", "月初", "年底", "年初", "公里", "公顷", "公斤", "余亩", "万亩", "多亩")
NOT_OWN = frozenset("全我各该本每")
_SHORT = frozenset("村乡镇")  # other words begin with them: 村里, 乡党委, 镇域
_PREPOSITIONS = frozenset("在自从到由向对往至")  # 在|于家村, 自|来凤县
_SCALES = frozenset("余多几千万亿")
_NUMERALS = frozenset("一二三四五六七八九十")
_ALONE = re.compile(
    "新?村(?:[,，。;；、的和与及]|党支部|村民|支部)"
)  # 新村|建设, 一村|一品 are none
_HELPS = re.compile("[队员人们户他她我俺][帮给教替陪找送]")  # 他帮|白石村
_BRIEF = "干"  # a cut that opens a stem rather than leading to it: 干溪坪村
REACH = 7
BACK, AHEAD = 24, 12  # characters around a suffix's beginning by which its stem is decided
LONGEST = 4


def find_places(text: str, people: Mapping[int, int]) -> Iterator[Found]:
    """Villages and townships of a folded text; `people` has the ends of persons' names."""
    alone: dict[str, bool] = {}
    for match in _SUFFIX.finditer(text):
        row = SETTLEMENT[match[0]]
        if text[match.start() - 1 : match.end()] in OPENING:
            continue  # 专家|下乡
        if text[match.end() : match.end() + 1] in row["not_before"] and match.end() < len(text):
            continue
        start = _stem(text, match.start(), row["class"], people)
        if start is None or (match[0] in _FIRM and not _is_county(text, start, match.start())):
            continue
        if match[0] in _SHORT and not is_earned(text, start, match.start(), alone):
            continue
        kind: NameKind = "village" if row["class"] == "settlement" else "place"
        yield Found(start, match.end(), kind, row["class"])


def _stem(text: str, end: int, of: str, people: Mapping[int, int]) -> int | None:
    """Where the name's own part before a suffix begins, or None where there is none."""
    if text[end] == "新" and _is_behind_township(text, end) and _ALONE.match(text, end):
        return end
    low = max(0, end - BACK)
    if people and any(at in people for at in range(end - REACH, end)):
        return _stem_behind(text, end, of, people)
    start = _stem_of_itself(text[low : end + AHEAD], end - low, of)
    return None if start is None else start + low


@lru_cache(maxsize=4096)
def _stem_of_itself(text: str, end: int, of: str) -> int | None:
    """The same where no person is named, in the words around it, which recur: 青石镇."""
    return _stem_behind(text, end, of, {})


def _stem_behind(text: str, end: int, of: str, people: Mapping[int, int]) -> int | None:
    start, is_bounded = _run(text, end)
    persons = [at for at in range(start + 1, end) if at in people]
    start = persons[-1] if persons else start
    start = _behind_last_level(text, start, end)
    start = _trimmed(text, start, end)
    if end - start > LONGEST or (not is_bounded and end - start >= LONGEST):
        start = _guess(text, start, end)
    if _is_behind_township(text, start) and _is_plain_behind(text, start, end):
        return start
    if of == "township" and _is_inside_word(text, start):
        return None  # 传|染病区; of villages it would refuse 石岭村 and 长春村
    return None if _is_generic(text[start:end], of) else start


def _is_behind_township(text: str, start: int) -> bool:
    """Whether a township's name ends there: 南湖镇|中心村 is a name, 全镇|中心村 is none."""
    return text[start - 1 : start] in _TOWNSHIP and text[start - 2 : start - 1] not in NOT_OWN


def _is_plain_behind(text: str, start: int, end: int) -> bool:
    """Whether words that alone are no name are one behind a township: 太和镇|新村, |一村."""
    stem = text[start:end]
    if stem in _NUMERALS:
        return bool(_ALONE.match(text, end))
    return stem in BEHIND


def _run(text: str, end: int) -> tuple[int, bool]:
    """Back to a mark, a particle or a number; whether one was met."""
    start = end
    while start and is_han(text, start - 1):
        if _is_stop(text, start - 1) and not _is_village(text, start - 1, end):
            break
        start -= 1
        if end - start >= REACH:
            return start, False
    if start and start < end and text[start - 1].isdecimal():
        start += _counted(text, start)
    elif _is_inside_word(text, start):
        start += 1  # a particle that is half of a word: 其中|石门村
    return min(start, end), True


def _is_inside_word(text: str, start: int) -> bool:
    """Whether a word begins before a stem and ends in it; behind a preposition none does."""
    before = text[start - 1 : start]
    return before not in _PREPOSITIONS and text[start - 1 : start + 1] in COMMON


def _counted(text: str, at: int) -> int:
    """How many characters behind a number belong to it: 5月|, 11万元|硬化, 319线|."""
    if text.startswith(_PAIRS, at):
        return 2
    scale = at
    while text[scale] in _SCALES:
        scale += 1
    unit = read_unit(text, scale)
    return scale - at + len(unit.surface) if unit and scale > at else 1


def _is_village(text: str, start: int, end: int) -> bool:
    """Whether a stem that a particle opens is a village's: 向阳|村."""
    return text[end : end + 1] in ("村", "社") and text[start:end] in PROPER


def _is_stop(text: str, at: int) -> bool:
    """Whether a particle stands there; 为 is one but in 无为, a county."""
    return text[at] in _STOPS or (text[at] == "为" and text[at - 1 : at] != "无")


def _behind_last_level(text: str, start: int, end: int) -> int:
    for match in _ADMIN.finditer(text, start + 1, end):
        if match.end() < end:
            start = match.end()
    return start


def _trimmed(text: str, start: int, end: int) -> int:
    """Without the words that lead to it: 走进|石岭, 担任|双石."""
    for at in range(end - 1, start + 1, -1):
        length = CUTS.before(text, at)
        if length > 1 and start <= at - length:
            start = at
            break
    for match in _HELPS.finditer(text, max(0, start - 1), end - 2):
        start = match.end()
    while start < end - 2 and text[start] != _BRIEF:
        length = CUTS.behind(text, start, end - 2) or OPENING.behind(text, start, end - 2)
        if not length or splits_word(text, start, length):
            return start
        start += length
    return start


def _guess(text: str, start: int, end: int) -> int:
    """Most stems have two characters, if known words do not say otherwise."""
    for at in range(end - 2, start, -1):
        if OPENING.before(text, at):
            return at
    return end - 2


def _is_generic(stem: str, of: str) -> bool:
    """Whether a stem is made of words that say which kind of place, not which place."""
    if stem in PROPER:
        return False
    if not stem or not GENERIC[of].uncovered(stem) or stem in OPENING or stem in CUTS:
        return True
    if ENDINGS.before(stem, len(stem)) or _ADMIN.search(stem, len(stem) - 1):
        return True
    if of == "township" and len(stem) < 2:
        return True
    return len(stem) > 2 and bool(OPENING.before(stem, len(stem)))


def _is_county(text: str, start: int, end: int) -> bool:
    stem, last = text[start:end], text[end - 1 : end + 1]
    if stem in CUTS:
        return False  # 联合|县医院
    if stem[:-1] in COMMON and (last in COMMON or stem[-1:] in GENERIC["township"]):
        return False  # 爱心|超市, 巡视|街市
    if start and text[start - 1 : start + 1] in COMMON and last in COMMON:
        return False  # 已经|上市
    return text[end] == "县" or (2 <= len(stem) < 4 and stem not in COMMON)
