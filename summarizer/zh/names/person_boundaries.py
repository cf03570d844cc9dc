"""How far a person's name reaches: surname, then one given character or two.

李波带领村民 is 李波, 吴昌勇决定 is 吴昌勇. What follows decides: a mark, a particle, words that the
language knows (`words.tsv`); after that, what the text repeats; after that, two are commoner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.zh.names.lexicon import COMMON, HARD, OPENING, Words, is_han
from summarizer.zh.names.table import words

_PLAIN = words("surnames.tsv", "class", "plain")
_WORDLIKE = words("surnames.tsv", "class", "word")
_COMPOUND = words("surnames.tsv", "class", "compound")
_SINGLE = _PLAIN | _WORDLIKE
_FIRST = _SINGLE | {surname[0] for surname in _COMPOUND}
SURNAME = re.compile("[" + "".join(sorted(_FIRST)) + "]")
_USUAL = words("surnames.tsv", "class", "given")
_NEVER = words("limits.tsv", "use", "never")
_MIDDLE = words("limits.tsv", "use", "middle")
ROLES = Words(words("roles.tsv", "place", "before"))
_LEVELS = frozenset("县区镇乡村")
_BESIDE = _LEVELS | {"的", "、", "和", "与"}  # what stands before a name that has no role
_NEVER_LAST = words("limits.tsv", "use", "last")
_FINAL = words("limits.tsv", "use", "final")
FOLLOW = Words(words("limits.tsv", "use", "follow"))

_JOINTS = frozenset("和同")
_NUMERALS = frozenset("一二三四五六七八九十两几百千万")

_ENDS = frozenset("的和与等")

AHEAD = 6  # characters behind a name that are read as words
BACK, FORTH = 12, 24  # characters around a name's beginning by which it is decided how far it goes


@dataclass(frozen=True, slots=True)
class Reading:
    """A person's name that begins at `start`; `short` and `long` are ends, or 0 where impossible.

    `end` is the better one; `is_sure` says that what follows left no doubt.
    """

    start: int
    short: int
    long: int
    end: int
    is_sure: bool

    def moved(self, by: int) -> Reading:
        """The same name further on."""
        short, long = self.short and self.short + by, self.long and self.long + by
        return Reading(self.start + by, short, long, self.end + by, self.is_sure)


def read_name(text: str, start: int) -> Reading | None:
    """The person's name that may begin at `start` of the folded text.

    >>> text = "李波带领村民"
    >>> reading = read_name(text, 0)
    >>> text[reading.start:reading.end]
    '李波'
    """
    low = max(0, start - BACK)
    found = _read(text[low : start + FORTH], start - low)
    return found.moved(low) if found is not None else None


@lru_cache(maxsize=4096)
def _read(text: str, start: int) -> Reading | None:
    """The same in the words around it, which recur: 村民张三, 村民李四."""
    size = _surname(text, start)
    if not size:
        return None
    short, long = start + size + 1, start + size + 2
    if not _is_given(text, short - 1):
        return None
    if not _is_given(text, long - 1) or _is_particle(text, long - 1):
        long = 0
    if size == 2 and text[long - 1 : long] == "来" and closes(text, long - 1):
        long = 0  # 诸葛明来了
    if size == 1:
        short, long = _without_words(text, start, short, long)
    if not short and not long:
        return None
    return _choose(text, start, short, long)


def settle(readings: Sequence[Reading], text: str) -> list[Reading]:
    """Decide what is open by the rest of the text: what follows the shorter name elsewhere."""
    open_ones = {text[r.start : r.short] for r in readings if not r.is_sure and r.short and r.long}
    if not open_ones:
        return list(readings)
    sure = {text[r.start : r.end] for r in readings if r.is_sure}
    next_characters: dict[str, Counter[str]] = {name: Counter() for name in open_ones}
    lengths = {len(name) for name in open_ones}
    for at in range(len(text)):
        for length in lengths:
            counter = next_characters.get(text[at : at + length])
            if counter is not None:
                counter[text[at + length : at + length + 1]] += 1
    return [_settled(r, text, sure, next_characters) for r in readings]


def _settled(
    reading: Reading, text: str, sure: set[str], following: dict[str, Counter[str]]
) -> Reading:
    short, long = text[reading.start : reading.short], text[reading.start : reading.long]
    if reading.is_sure or not reading.short or not reading.long:
        return reading
    counter = following[short]
    end = reading.end
    if long in sure:
        end = reading.long
    elif short in sure or 2 * counter[long[-1]] < counter.total():
        end = reading.short
    return Reading(reading.start, reading.short, reading.long, end, is_sure=True)


def _surname(text: str, start: int) -> int:
    if is_compound(text, start) and _is_given(text, start + 2):
        return 2
    return 1 if text[start : start + 1] in _SINGLE else 0


def surname_length(name: str) -> int:
    """How many characters of a person's name are the surname, 0 for none.

    >>> [surname_length(name) for name in ("田守昌", "欧阳明", "村民李春明")]
    [1, 2, 0]
    """
    if name[:2] in _COMPOUND:
        return 2
    return int(name[:1] in _SINGLE)


def is_compound(text: str, start: int) -> bool:
    """Whether a surname of two characters stands there: 上官, but not in 上|官网."""
    is_word = text[start + 1 : start + 3] in COMMON
    return text[start : start + 2] in _COMPOUND and not is_word


def _is_given(text: str, at: int) -> bool:
    return is_han(text, at) and (
        text[at] not in _NEVER or _is_bold(text, at) or _is_final(text, at)
    )


def _is_final(text: str, at: int) -> bool:
    """Whether a particle ends a name: 村民韩德|才|,, but 李波|才|知道."""
    if text[at] not in _FINAL or text[at - 1] not in _USUAL or text[at - 2] not in _PLAIN:
        return False
    told = ROLES.before(text, at - 2) or text[at - 3 : at - 2] in _BESIDE
    if not told or text[at : at + 2] in COMMON:
        return False
    opens = OPENING.behind(text, at + 1)
    if text[at + 1 : at + 2].isdecimal():
        return False
    if text[at + 1 : at + 2] in (_ENDS if text[at] in HARD else _NEVER):
        return True  # 汪亮元|的, 杜有才|和
    return not is_han(text, at + 1) or bool(
        FOLLOW.behind(text, at + 1) or (COMMON.behind(text, at + 1) and not opens)
    )


def _is_bold(text: str, at: int) -> bool:
    """Whether a particle is a name's middle: behind a role, 陈|其|伟 where a usual one follows."""
    return (
        text[at : at + 1] in _MIDDLE
        and text[at + 1 : at + 2] in _USUAL
        and text[at - 1 : at] in _PLAIN
        and (ROLES.before(text, at - 1) > 0 or text[at - 2 : at - 1] in _BESIDE)
        and text[at : at + 2] not in COMMON
    )


def _is_particle(text: str, at: int) -> bool:
    """Whether the third character is no part of the name; 和 is where a mark follows (张致和,)."""
    return text[at] in _NEVER_LAST and (text[at] != "和" or is_han(text, at + 1))


def _without_words(text: str, start: int, short: int, long: int) -> tuple[int, int]:
    """Refuse what is an ordinary word: 高兴, 安全帽, 向群众."""
    if text[start : start + 2] in COMMON:
        short = 0
        if long and (text[long - 1 : long + 1] in COMMON or not is_usual(text, start)):
            long = 0
    if long and text[start:long] in COMMON:
        long = 0
    if text[start] in _WORDLIKE:
        joins = text[start - 1 : start + 1] in COMMON and start > 0  # 保安|全
        if joins or text[start + 1] in _NUMERALS or text[start + 1 : start + 3] in COMMON:
            return 0, 0
        if text[start : start + 2] in COMMON:
            return 0, 0  # 成功|登顶
        joint = text[start] in _JOINTS  # 老人|和|撂荒的地 is no name, 组长和立芳 is one
        short = short if short and not (joint or is_han(text, short)) else 0
        closed = long and closes(text, long) and not joint
        long = long if long and (closed or is_usual(text, start)) else 0
    return short, long


def is_usual(text: str, start: int) -> bool:
    """Whether both characters behind a surname are usual in given names."""
    start += is_compound(text, start)
    given = text[start + 1 : start + 3]
    return _USUAL.issuperset(given) or (given[-1:] in _USUAL and _is_bold(text, start + 1))


def is_last(character: str) -> bool:
    """Whether a character is usual as the last of a given name."""
    return character in _USUAL


def _choose(text: str, start: int, short: int, long: int) -> Reading:
    if not long or not short:
        end = long or short
        return Reading(start, short, long, end, is_sure=closes(text, end))
    if FOLLOW.behind(text, short) > 1 and not FOLLOW.behind(text, long):
        return Reading(start, short, long, short, is_sure=True)  # 林浩|刚上任
    after_short, after_long = _reach(text, short), _reach(text, long)
    if after_short == short:
        return Reading(start, short, long, long, is_sure=after_long > long)
    if after_long == long:
        return Reading(start, short, long, short, is_sure=True)
    end = short if after_short > after_long else long
    return Reading(start, short, long, end, is_sure=False)


def closes(text: str, at: int) -> bool:
    """Whether a mark or a known word stands at `at`."""
    return not is_han(text, at) or _reach(text, at) > at


def _reach(text: str, at: int) -> int:
    """How far from `at` the text reads as known words; a mark or the end counts as far."""
    stop = at + AHEAD
    while at < stop:
        if not is_han(text, at):
            return stop
        length = FOLLOW.behind(text, at) or COMMON.behind(text, at)
        if (
            not length
            and text[at] not in _NEVER
            and text[at] not in HARD
            and text[at] not in _NEVER_LAST
        ):
            return at
        at += length or 1
    return at
