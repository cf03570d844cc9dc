"""What heads a clause: the name it speaks of, or a common noun in the place of one."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.types import Span
from summarizer.zh.attribution.parsed import Group, ParsedSentence
from summarizer.zh.lexicon import cells
from summarizer.zh.names.lexicon import Words
from summarizer.zh.names.persons import BEFORE
from summarizer.zh.tails import at_end

LEADS = 30  # characters that may lead to a name: where from, of which office
LONGEST_TAIL = 9  # characters between the 的 of what describes a name and the name

_PLACES = frozenset({"village", "place"})
_TIME = (
    r"(?:[在从自到]?[\d一二三四五六七八九十]+[年月日号]"
    r"(?:[上下]半年|底|初|中旬|上旬|下旬|以来|起|来|末|间)?)+"
)
_SPAN = r"[在经]?[^的]{1,12}(?:[期之]间|以来|之后|过程中)"
_INSIDE = re.compile("[与在向给跟从对]|[为和](?=[^的]{0,8}$)")
_WITHIN = re.compile(r"^(?:[一-鿿]{0,4}(?:内|里|旁|附近|一带|境内|家中)|的[一-鿿]{1,4}下)")
_ITEM = re.compile(r"[\d一二三四五六七八九十百千万亿余多][一-鿿%]{1,4}[、和]$")  # 8万元、|周田村
_SAYS = re.compile(
    r"^[^,，。;；“]{0,8}?(?:说|表示|介绍|告诉|坦言|感慨|感叹|称|认为|强调|指出|透露|回忆|[:：])"
)
_PRONOUN = re.compile(
    r"^((?:[一-鿿\d]+的)?|[一-鿿]{0,6}?)(?:(?<!其)[他她](?![人乡日])|其(?!他|它|中|余|次|间|实|乐))"
)
_PART = re.compile(
    "价格|需求|监管|主体|销售|份额|行情|收益|资金|建设|负责|带动|引领|部门|名单|数量|扶持"
)
_DEMONSTRATIVE = "(?:该|本|这[家个座所]|我们?|咱们?|俺们?)?(?:村里的?|镇上的?)?"


def clause_subject(
    said: ParsedSentence, clause: Span, kinds: frozenset[str] | None = None
) -> str | None:
    """The name that heads a clause, or that it brings in to act next."""
    start, end = clause.start, clause.end
    found = None
    led = noun(said.text[start:end]) is not None
    for group in said.groups:
        if group.start < start or end < group.end or (kinds and group.kind not in kinds):
            continue
        if led and group.kind in _PLACES:
            continue
        is_person = group.kind == "person"
        before, after = _unplaced(said, start, group), said.text[group.end :]
        if _is_brought(group, before) or (
            not _is_reached(before) and is_subject_prefix(before, after, is_person=is_person)
        ):
            found = _with_party(group, after)
    return found


def _is_reached(before: str) -> bool:
    """Whether what comes next is made, or one of several: 建起|果蔬合作社."""
    if before.endswith("、") and not _ITEM.search(before):
        return True
    return bool(at_end(_uses("makes"), strip_role(before.rstrip("“「『"))))


def _is_brought(group: Group, before: str) -> bool:
    """Whether a clause brings a party in: 引进|恒织鞋业公司."""
    ahead = strip_role(before.rstrip("“「『"))
    makes = group.kind == "organisation" and at_end(_uses("makes"), ahead)
    return group.kind not in _PLACES and bool(makes or at_end(_uses("pivot"), ahead))


def _unplaced(said: ParsedSentence, start: int, group: Group) -> str:
    """What leads to a name from a character on, without places: 向阳镇|水利站站长|倪素华."""
    words, at = "", start
    for place in said.groups:
        if place.kind in _PLACES and not place.start < start and not group.start < place.end:
            words, at = words + said.text[at : place.start], place.end
    return words + said.text[at : group.start]


def noun(clause: str) -> tuple[str, tuple[str, ...]] | None:
    """The common noun that opens a clause, and what the name it stands for may end in.

    Without such a name 公司 stands for itself.
    """
    words = strip_lead_in(clause)
    match = _noun().match(words)
    if match is None or _PART.match(words, match.end()):
        return None
    return match[1], _ends()[match[1]]


def is_party(name: str) -> bool:
    """Whether a name is of somebody who may have figures; a programme is of who runs it."""
    return not name.rstrip("”」』").endswith(words_of("programme"))


def pronoun(clause: str) -> bool:
    """Whether 他 opens a clause."""
    match = _PRONOUN.match(strip_lead_in(clause))
    if match is None or match[1].endswith("的"):
        return match is not None
    if match[1].startswith(_opening()):
        return False
    return not (_INSIDE.search(match[1]) or does().search(match[1]))


def is_subject_prefix(before: str, after: str, *, is_person: bool = False) -> bool:
    """Whether the words of a clause before a name only lead to it."""
    spoken = is_person and _SAYS.match(after) and before.endswith(words_of("office"))
    if spoken or len(before) > LEADS:
        return False
    if _ITEM.search(before):
        return True
    words = strip_lead_in(before)
    if words.startswith(_opening()) and _WITHIN.match(after):
        return False
    core = strip_role(words)
    led, of, tail = core.rpartition("的")
    if of and led and len(tail) < LONGEST_TAIL and not at_end(_uses("reach"), led):
        return not (_INSIDE.search(tail) or does().search(tail))
    return not (core.startswith(_opening()) or _INSIDE.search(core) or does().search(core))


def _with_party(group: Group, after: str) -> str:
    """The name with what belongs to it: 押京村|的扶贫车间."""
    match = _owned().match(after)
    if match and (group.kind in _PLACES or (group.kind == "person" and match[0][0] == "的")):
        return group.text + match[0]
    return group.text


def _rows() -> list[list[str]]:
    return cells(Path(__file__).with_name("subjects.tsv"))


@lru_cache(maxsize=16)
def words_of(use: str) -> tuple[str, ...]:
    """The words of one use in `subjects.tsv`, longest first."""
    words = {word for word, used, _ in _rows() if used == use}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=8)
def _uses(use: str) -> re.Pattern[str]:
    """Words of a use at the end of what stands before a name."""
    return re.compile(
        "(?:" + "|".join(words_of(use)) + ")[了的起]?[一二三四五六七八九十0-9两]?[家个名位所]?$"
    )


def strip_role(words: str) -> str:
    """What stands before the role that a name has: 带动养殖大户 is 带动."""
    end = len(words)
    while length := BEFORE.before(words, end):
        end -= length
        while length := _modifiers().before(words, end):
            end -= length
    return words[:end]


@lru_cache(maxsize=1)
def _modifiers() -> Words:
    return Words(words_of("modifier"))


def strip_lead_in(words: str) -> str:
    """A clause from its subject on: without 目前, 2020年以来, 一是."""
    return _lead().sub("", words)


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    """What may stand before the subject: 目前, 2020年以来, 一是."""
    words = "|".join((*words_of("lead"), "[一二三四五六七八九十]是", _SPAN, _TIME))
    return re.compile(f'^(?:[“「『"(（]|{words})+')


@lru_cache(maxsize=1)
def does() -> re.Pattern[str]:
    """Verbs by which a clause is told to do something, or to reach somebody."""
    return re.compile("|".join((*words_of("verb"), *words_of("reach"))))


@lru_cache(maxsize=1)
def _opening() -> tuple[str, ...]:
    return words_of("before")


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    words = sorted(_ends(), key=lambda word: (-len(word), word))
    return re.compile(_DEMONSTRATIVE + "(" + "|".join(words) + ")(?!化|家|民|长|区|户|员|性|房|商)")


@lru_cache(maxsize=1)
def _owned() -> re.Pattern[str]:
    return re.compile(
        "的?[一-鿿]{0,4}?(?:" + "|".join(w for w in words_of("noun") if len(w) > 1) + ")"
    )


@lru_cache(maxsize=1)
def _ends() -> dict[str, tuple[str, ...]]:
    return {word: tuple(ends.split()) for word, use, ends in _rows() if use == "noun"}
