"""What heads a clause: the name it speaks of, or a common noun in the place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summarizer.chunk import Sentence
from summarizer.extract.together import groups
from summarizer.names import NameKind
from summarizer.names.persons import BEFORE
from summarizer.script import fold
from summarizer.types import Span

LEADS = 30  # characters that may lead to a name: where from, of which office
LONGEST_TAIL = 9  # characters between the 的 of what describes a name and the name

_PLACES = frozenset({"village", "place"})
_TIME = (
    r"(?:[在从自到]?[\d一二三四五六七八九十]+[年月日号]"
    r"(?:[上下]半年|底|初|中旬|上旬|下旬|以来|起|来|末|间)?)+"
)
_SPAN = r"[在经]?[^的]{1,12}(?:[期之]间|以来|之后|过程中)"
_INSIDE = re.compile("[与在向给跟从对]|[为和](?=[^的]{0,8}$)")
_CIRCUMSTANCE = re.compile(r"^[在从自当到][^的]{1,16}?(?:的[一-鿿]{1,4})?[下中里内上时后前间]")
_WITHIN = re.compile(r"^(?:[一-鿿]{0,4}(?:内|里|旁|附近|一带|境内|家中)|的[一-鿿]{1,4}下)")
_SINCE = re.compile(r"[^,，。;；]+?(?:以来|起|后)(?:[,，]|$)")
_ITEM = re.compile(r"[\d一二三四五六七八九十百千万亿余多][一-鿿%]{1,4}[、和]$")  # 8万元、|周田村
_LIKE = re.compile(r"^(?:等人?)?(?:一样|为代表|那样)")
_OFFICE = re.compile(
    r"(?:书记|主任|局长|县长|镇长|乡长|区长|部长|科长|干部|负责人|记者|会计|委员|站长)$"
)
_SAYS = re.compile(
    r"^[^,，。;；“]{0,8}?(?:说|表示|介绍|告诉|坦言|感慨|感叹|称|认为|强调|指出|透露|回忆|[:：])"
)
_LEVEL = re.compile(
    r"^(?:[全我该本](镇|乡|县|市|区|省|街道)|(镇|乡|县|市|区)(?:里|上|财政|政府|委))"
)
_VILLAGE = re.compile(
    r"^[为给让]?(?:全村|村里|村集体|村上|该村|本村|[我咱俺]们?村|全社区|该社区|社区里)"
)
_PRONOUN = re.compile(
    r"^((?:[一-鿿\d]+的)?|[一-鿿]{0,6}?)(?:(?<!其)[他她](?![人乡日])|其(?!他|它|中|余|次|间|实|乐))"
)
_PART = re.compile(
    "价格|需求|监管|主体|销售|份额|行情|收益|资金|建设|负责|带动|引领|部门|名单|数量|扶持"
)
_EACH = re.compile("各(?:行政|自然|贫困)?(?:村|镇|乡镇|乡|社区|街道|县|单位|部门|校)")
_DEMONSTRATIVE = "(?:该|本|这[家个座所]|我们?|咱们?|俺们?)?(?:村里的?|镇上的?)?"


@dataclass(frozen=True, slots=True)
class Group:
    """Names told in one breath (甲、乙和丙), where they stand in their sentence."""

    start: int
    end: int
    text: str
    kind: NameKind
    rule: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or the part of it that has been read, as it is searched: simplified."""

    sentence: Sentence
    text: str
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, sentence: Sentence, until: int | None = None) -> Said:
        """The sentence up to a character of it."""
        text, found = fold(sentence.text), []
        for names in groups(sentence):
            start = names[0].span.start - sentence.span.start
            end = names[-1].span.end - sentence.span.start
            found.append(Group(start, end, text[start:end], names[-1].kind, names[-1].rule))
        return cls(sentence, text, tuple(found)).until(until)

    def until(self, end: int | None) -> Said:
        """What of it stands before a character."""
        kept = tuple(g for g in self.groups if end is None or not end < g.end)
        return Said(self.sentence, self.text[:end], kept)


def heads(
    said: Said, clause: Span, kinds: frozenset[str] | None = None, *, brings: bool = True
) -> str | None:
    """The name that heads a clause, or with `brings` that it brings in to act next."""
    start, end = clause.start, clause.end
    found = None
    led = noun(said.text[start:end]) is not None
    for group in said.groups:
        if group.start < start or end < group.end or (kinds and group.kind not in kinds):
            continue
        if led and group.kind in _PLACES:
            continue
        before = said.text[start : _chained(said, group)]
        after = said.text[group.end :]
        if (brings and _is_brought(group, before)) or leads(
            before, after, is_person=group.kind == "person"
        ):
            found = _with_party(group, after)
    return found


def _is_brought(group: Group, before: str) -> bool:
    """Whether a clause brings a party in: 引进|恒织鞋业公司, 成立|七彩田园合作社."""
    ahead = roleless(before)
    makes = group.kind == "organisation" and _uses("makes").search(ahead)
    return group.kind not in _PLACES and bool(makes or _uses("pivot").search(ahead))


def _chained(said: Said, group: Group) -> int:
    """Where the places begin that stand right before a name: 云砚市|青螺镇."""
    start = group.start
    for earlier in reversed(said.groups):
        if earlier.end == start and earlier.kind in _PLACES:
            start = earlier.start
    return start


def object_of(said: Said) -> str | None:
    """The last party named that nothing stands before which makes it a circumstance."""
    for group in reversed(said.groups):
        before = said.text[: group.start]
        circumstance = _uses("before").search(roleless(before)) or _uses("reach").search(before)
        spoken = _SAYS.match(said.text[group.end :]) and _OFFICE.search(before)
        if group.kind in ("person", "organisation") and not circumstance and not spoken:
            return group.text
    return None


def says(said: Said) -> bool:
    """Whether an office holder speaks in it: what he says is told of others."""
    return any(
        g.kind == "person"
        and _SAYS.match(said.text[g.end :])
        and _OFFICE.search(said.text[: g.start])
        for g in said.groups
    )


def noun(clause: str) -> tuple[str, tuple[str, ...]] | None:
    """The common noun that opens a clause, and what the name it stands for may end in."""
    words = _lead().sub("", clause)
    match = _noun().match(words)
    return (match[1], _ends()[match[1]]) if match and not _PART.match(words, match.end()) else None


def level(clause: str) -> str | None:
    """镇 where 全镇 or 镇里 opens a clause."""
    match = _LEVEL.match(_lead().sub("", clause))
    return match[1] or match[2] if match else None


def each(clause: str) -> str | None:
    """各村 where it opens a clause."""
    match = _EACH.match(_lead().sub("", clause))
    return match[0] if match else None


def village(clause: str) -> bool:
    """Whether 全村 or 村集体 opens a clause."""
    return bool(_VILLAGE.match(_lead().sub("", clause)))


def pronoun(clause: str) -> bool:
    """Whether 他 opens a clause."""
    match = _PRONOUN.match(_lead().sub("", clause))
    if match is None or match[1].endswith("的"):
        return match is not None
    return not (_INSIDE.search(match[1]) or _does().search(match[1]))


def leads(before: str, after: str, *, is_person: bool = False) -> bool:
    """Whether the words of a clause before a name only lead to it."""
    spoken = is_person and _SAYS.match(after) and _OFFICE.search(before)
    if spoken or len(before) > LEADS or _LIKE.match(after):
        return False
    if _ITEM.search(before):
        return True
    words = _lead().sub("", before)
    if words == "自" and _SINCE.match(after):
        return True
    if words.startswith(_opening()) and _WITHIN.match(after):
        return False
    core = _CIRCUMSTANCE.sub("", roleless(words))
    led, of, tail = core.rpartition("的")
    if of and led and len(tail) < LONGEST_TAIL and not _uses("reach").search(led):
        return not (_INSIDE.search(tail) or _does().search(tail))
    return not (core.startswith(_opening()) or _INSIDE.search(core) or _does().search(core))


def _with_party(group: Group, after: str) -> str:
    """The name with what belongs to it: 押京村|的扶贫车间."""
    match = _owned().match(after)
    if match and (group.kind in _PLACES or (group.kind == "person" and match[0][0] == "的")):
        return group.text + match[0]
    return group.text


def _rows() -> Iterator[list[str]]:
    for line in (Path(__file__).parent / "subjects.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=8)
def _words(use: str) -> tuple[str, ...]:
    words = {word for word, used, _ in _rows() if used == use}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=8)
def _uses(use: str) -> re.Pattern[str]:
    """Words of a use at the end of what stands before a name."""
    return re.compile(
        "(?:" + "|".join(_words(use)) + ")[了的起]?[一二三四五六七八九十0-9两]?[家个名位所]?$"
    )


def reaches(before: str) -> bool:
    """Whether something is done to what comes next: 走访, 联系了."""
    return bool(_uses("reach").search(before))


def roleless(words: str) -> str:
    """What stands before the role that a name has: 带动养殖大户 is 带动."""
    while length := BEFORE.before(words, len(words)):
        words = _modifiers().sub("", words[:-length])
    return words


@lru_cache(maxsize=1)
def _modifiers() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_words("modifier")) + ")+$")


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    """What may stand before the subject: 目前, 2020年以来, 一是."""
    words = "|".join((*_words("lead"), "[一二三四五六七八九十]是", _SPAN, _TIME))
    return re.compile(f'^(?:[“「『"(（]|{words})+')


@lru_cache(maxsize=1)
def _does() -> re.Pattern[str]:
    return re.compile("|".join((*_words("verb"), *_words("reach"))))


@lru_cache(maxsize=1)
def _opening() -> tuple[str, ...]:
    return _words("before")


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    return re.compile(_DEMONSTRATIVE + "(" + "|".join(_words("noun")) + ")(?!化|家|民|长|区|户|员)")


@lru_cache(maxsize=1)
def _owned() -> re.Pattern[str]:
    return re.compile(
        "的?[一-鿿]{0,4}?(?:" + "|".join(w for w in _words("noun") if len(w) > 1) + ")"
    )


@lru_cache(maxsize=1)
def _ends() -> dict[str, tuple[str, ...]]:
    return {word: tuple(ends.split()) for word, use, ends in _rows() if use == "noun"}
