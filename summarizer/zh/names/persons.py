"""Persons: a surname and one or two characters beside a word that says who it is.

镇党委书记于红丽 · 贫困户肖平华家 · 公益岗钱志祥、郝兴亚、齐健和杨爱民 · 王桂兰老人 · 柳书记
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.zh.names.found import Found
from summarizer.zh.names.lexicon import COMMON, CUTS, HARD, Words, is_han
from summarizer.zh.names.person_boundaries import (
    BACK,
    FOLLOW,
    SURNAME,
    Reading,
    closes,
    is_compound,
    is_last,
    is_usual,
    read_name,
    settle,
)
from summarizer.zh.names.table import words

BEFORE = Words(words("roles.tsv", "place", "before"))
AFTER = Words(words("roles.tsv", "place", "after"))
TITLES = Words(words("roles.tsv", "place", "title"))
SIGNED_BEFORE = Words(words("roles.tsv", "place", "by_before"))
SIGNED_GAP = Words(words("roles.tsv", "place", "by_gap"))
SIGNED_AFTER = Words(words("roles.tsv", "place", "by_after"))
SURNAMES = words("surnames.tsv", "class", "plain") | words("surnames.tsv", "class", "compound")

_QUOTES = frozenset('”"」』’')
_GAPS = frozenset(" \u3000:：")
_BY_GAPS = frozenset(" \u3000:：/／|丨")
_JOINTS = ("、", "和", "与", "及", "以及", "跟")
_SPEECH = re.compile(
    "说道?[:：,，。“「]|[^，。,]{0,6}(?:地说|表示|介绍|告诉|坦言|感慨|回忆|笑着说|直言|写道)"
)

_LEVELS = frozenset("省市县区镇乡村社街寨屯")
_HOUSES = re.compile("(?:[站所局校院厂队社办店]|中心|公司)的$")
_NAMED = re.compile("[,，。的]")
_AGED = re.compile(
    r"[,，(（]?(?:今年|现年|时年)?\d{2}岁|[,，](?:男|女)[,，]|[(（](?:男|女|化名|[右左中前后][一二三四]?[)）])"
)

_AMONG = re.compile(r"等(?:\d+|[一二三四五六七八九十几多两]+)余?[名位户人]")
_MOST = 8  # names of a list that are read for what follows the last
_IS_TOLD = re.compile(r"(?<![一-鿿])[一-鿿]{3}(?=是)")
_IS = re.compile(r"是([^,，。;；:：]{2,24})[,，。;；]")
_CALLINGS = frozenset("员师工手匠农")
_LANDS = frozenset("山河江湖海川岭泉水溪洋")  # what ends in them is a place rather: 白云山是…

OFTEN = 2
FAR = 80  # characters from a name's beginning on that tell whether it is one; more than _MOST names


def find_persons(text: str) -> Iterator[Found]:
    """Persons of a folded text, with the rule that found each; lists follow from their first."""
    rules: dict[int, str] = {}
    readings: dict[int, Reading] = {}
    likely: dict[str, list[Reading]] = {}
    for match in SURNAME.finditer(text):
        start = match.start()
        low = max(0, start - BACK)
        found, rule, is_likely = _read(text[low : start + FAR], start - low)
        if start in rules and found is not None:
            is_certain = found.is_sure or _is_listed(text, found.moved(low))
            rule = rules[start] if is_certain else None
            is_likely = _is_likely(text, found.moved(low))
        if found is None or not (rule or is_likely):
            continue
        reading = found.moved(low)
        if rule:
            readings[start] = reading
            rules[start] = rule
            rules.update(_announced(text, reading, rule))
        else:
            likely.setdefault(text[start : reading.end], []).append(reading)
    for reading in settle(list(readings.values()), text):
        yield Found(reading.start, reading.end, "person", rules[reading.start])
    for repeated in likely.values():
        if len(repeated) >= OFTEN:
            yield from (Found(r.start, r.end, "person", "repeated") for r in repeated)
    yield from _titled(text)
    yield from _told_what(text)


def _told_what(text: str) -> Iterator[Found]:
    """Who is called by a role, though a word opens the name: 石化龙|是茶叶协会会长."""
    for match in _IS_TOLD.finditer(text):
        start, end = match.span()
        if text[start] not in SURNAMES or text[start : start + 2] not in COMMON:
            continue
        is_word = text[start + 1 : end] in COMMON or text[start:end] in COMMON
        is_such = _IS.match(text, end)
        if is_such and not is_word and is_last(text[end - 1]) and text[end - 1] not in _LANDS:
            role = BEFORE.before(text, is_such.end(1))
            if role > 1:
                yield Found(start, end, "person", "heads")


def _is_likely(text: str, reading: Reading) -> bool:
    """Three characters that are a name if the text has them again: surname, no word in them."""
    start, end = reading.start, reading.end
    if end - start < 3 or not reading.is_sure or text[start] not in SURNAMES:
        return False
    if text[start : start + 2] in COMMON or text[start + 1 : end] in COMMON:
        return False
    if text[end : end + 1] in _LEVELS:
        return False
    return _opens(text, start) or text[start - 1] in "和与及"


@lru_cache(maxsize=4096)
def _read(text: str, start: int) -> tuple[Reading | None, str | None, bool]:
    """A name in the words around it, which recur; its rule, or else whether it is likely one."""
    reading = read_name(text, start)
    if reading is None:
        return None, None, False
    rule = _rule(text, reading)
    return reading, rule, rule is None and _is_likely(text, reading)


def _rule(text: str, reading: Reading) -> str | None:
    """The rule by which a name is one that no list announces."""
    start = reading.start
    before = _skip(text, start, _BY_GAPS)
    if _is_signed(text, before, start, reading):
        return "by_line"
    at = _skip(text, start, _GAPS)
    if at == start:
        at = _skip(text, start, _QUOTES)
    if BEFORE.before(text, at) or (at == start and _is_kind_of_role(text, reading)):
        return "role"
    if _is_from(text, reading):
        return "from"
    if text[start - 1 : start] == "叫" and _NAMED.match(text, reading.end):
        return "role"
    if text[start - 1 : start] == "以" and _stands_for(text, reading.end):
        return "role"
    if not _opens(text, start):
        return None
    return _by_what_follows(text, reading)


def _is_kind_of_role(text: str, reading: Reading) -> bool:
    """Whether a name that could be no better stands behind a calling: 引航|员|贺东升."""
    start = reading.start
    calling = text[start - 1 : start] in _CALLINGS and is_han(text, start - 2)
    return calling and reading.is_sure and _is_plain(text, reading)


def _is_plain(text: str, reading: Reading) -> bool:
    """Whether nothing in three characters says that they are no name: 罗永福."""
    start, end = reading.start, reading.end
    if is_compound(text, start) and end - start == 4:
        return is_usual(text, start) and text[end : end + 1] not in _LEVELS
    return (
        end - start == 3
        and text[start] in SURNAMES
        and is_usual(text, start)
        and text[start : start + 2] not in COMMON
        and text[start + 1 : end] not in COMMON
        and text[end : end + 1] not in _LEVELS
    )


def _stands_for(text: str, end: int) -> bool:
    """Whether what follows makes a person stand for others: 以李江|为代表, 以丁向前|为组长."""
    return text[end : end + 1] == "为" and bool(BEFORE.behind(text, end + 1))


def _is_listed(text: str, reading: Reading) -> bool:
    if is_compound(text, reading.start):
        return True  # 、司空亮
    return is_usual(text, reading.start) or SIGNED_GAP.behind(text, reading.end) > 0


def _by_what_follows(text: str, reading: Reading) -> str | None:
    for end in (reading.long, reading.short):
        length = AFTER.behind(text, end) if end else 0
        if length and (text[end] not in _LEVELS or closes(text, end + length)):
            return "role_behind"
    if _AMONG.match(text, reading.end) and _is_plain(text, reading):
        return "role_behind"
    at_clause = not is_han(text, reading.start - 1)
    if (at_clause or text[reading.start - 1] in "的由") and _does(text, reading):
        return "heads"
    if at_clause and text[reading.start] in SURNAMES and _AGED.match(text, reading.end):
        return "aged"
    speaks = at_clause or (text[reading.start - 1] == "的" and text[reading.start] in SURNAMES)
    return "speaker" if speaks and _SPEECH.match(text, reading.end, reading.end + 12) else None


def _does(text: str, reading: Reading) -> bool:
    """Whether a name that heads a clause is told by what it does or is: 罗永福|承包, |是村民."""
    end = reading.end
    if not _is_plain(text, reading) or text[end - 1] in _LANDS:
        return False
    if FOLLOW.behind(text, end) > 1 or _lists(text, end):
        return True
    if text[end : end + 1] in ("和", "与") and BEFORE.behind(text, end + 1) > 1:
        return True  # 李桂英|和儿媳
    is_such = _IS.match(text, end)
    return is_such is not None and BEFORE.before(text, is_such.end(1)) > 0


def _lists(text: str, end: int) -> bool:
    """Whether a list of names goes on there, which ends in a number: 覃大海|、韦志明等5人."""
    for _ in range(_MOST):
        following = read_name(text, end + 1) if text[end : end + 1] == "、" else None
        if following is None or not _is_plain(text, following):
            return False
        end = following.end
        if _AMONG.match(text, end):
            return True
    return False


def _is_from(text: str, reading: Reading) -> bool:
    """Whether a name stands behind a place or house: 营头村的朱文超, 东塘镇田经伟, 粮站的许春生."""
    start, end = reading.start, reading.end
    if _HOUSES.search(text, max(0, start - 4), start) and is_han(text, start - 3):
        return _is_plain(text, reading) and closes(text, end) and text[end - 1] not in _LANDS
    at = start - 1 if text[start - 1 : start] == "的" else start
    if (
        text[at - 1 : at] not in _LEVELS
        or not is_han(text, at - 2)
        or end - start != 3 + is_compound(text, start)
    ):
        return False
    is_word = text[start + 1 : end] in COMMON or text[at - 2] in "全我各该本每"
    usual = (text[start] in SURNAMES or end - start > 3) and is_usual(text, start)
    return usual and not is_word and text[end : end + 1] not in _LEVELS


def _is_signed(text: str, before: int, start: int, reading: Reading) -> bool:
    if SIGNED_BEFORE.before(text, before):
        return True
    length = SIGNED_GAP.before(text, before)
    if length and before < start:
        return length > 1 or not is_han(text, before - 2)
    gap = text[reading.end : reading.end + 1] in _BY_GAPS
    return gap and bool(SIGNED_AFTER.behind(text, reading.end + 1)) and not is_han(text, start - 1)


def _announced(text: str, reading: Reading, rule: str) -> dict[int, str]:
    """Where the next name of a list begins: 钱志祥、郝兴亚、齐健和杨爱民."""
    rule = rule if rule == "by_line" else "listed"
    places = {}
    for end in {reading.short, reading.long} - {0}:
        joint = next((j for j in _JOINTS if text.startswith(j, end)), None)
        if joint is None and rule == "by_line" and text[end : end + 1] in _BY_GAPS:
            joint = text[end]
        if joint:
            places[end + len(joint)] = rule
    return places


def _titled(text: str) -> Iterator[Found]:
    """柳书记, where nothing before it makes 柳 the end of another word."""
    for match in SURNAME.finditer(text):
        start = match.start()
        size = 2 if text[start : start + 2] in SURNAMES else 1
        length = TITLES.behind(text, start + size)
        if not length or text[start : start + size] not in SURNAMES or not _opens(text, start):
            continue
        end = start + size + length
        if (length > 1 or not is_han(text, end)) and text[start:end] not in COMMON:
            yield Found(start, end, "person", "surname_title")


def _opens(text: str, start: int) -> bool:
    """Whether a name can begin here without a role before it."""
    if not is_han(text, start - 1):
        return start == 0 or not text[start - 1].isdecimal()
    return text[start - 1] in HARD or bool(CUTS.before(text, start))


def _skip(text: str, at: int, gaps: frozenset[str]) -> int:
    """Back over at most two characters of `gaps`."""
    for _ in range(2):
        if at > 0 and text[at - 1] in gaps:
            at -= 1
    return at
