"""A numeral is whole or set aside: the last rule, over all others.

No quantity may touch characters that belong to the same number and were not read. Where one does,
the whole row of them becomes a mention of kind `unknown`; its rule says what was left unread:

    1,2000人     unread_separator        3×10^四个     unread_factor        三百二5户  unread_digits

What stands beside a quantity may be something that is known: a date, a rank, an item of a list, the
next quantity of a run (122户326人). Then nothing is left unread.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache

from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.symbols import (
    DIGITS,
    FACTORS,
    NUMBER,
    joins,
    skip_symbols,
)
from summarizer.zh.quantities.touching import (
    FRACTION,
    GLUE,
    PARTS_OF_WORDS,
    SIGNS,
    TWICE,
    is_read,
    left_unread,
    right_unread,
)

_BETWEEN = NUMBER | GLUE
_BESIDE = NUMBER | GLUE | {" ", "。"}
_PARTING = frozenset(" .。,'”·・，点又")  # nothing to a number unless one more stands beyond
_BEYOND = NUMBER | TWICE
_ENDS = NUMBER | {"点"}
_BEHIND_UNIT = DIGITS | FACTORS | {"."}  # what may go on behind a unit
_WIDEST_GLUE = 2
_MANY = 50_000
_SHORT_GLUE = frozenset(char for char in _BESIDE - NUMBER if not joins(char))


def whole(text: str, founds: Iterable[Found], gaps: Container[int] = ()) -> Iterator[Found]:
    """The mentions of a folded text, in order, those that are parts of a number set aside.

    `gaps` are places where a space stood that was taken out: nothing touches across one.

    >>> from summarizer.zh.quantities.rules import scan
    >>> text = "补助1,2000人,共122户326人"
    >>> [(text[f.start : f.end], f.rule) for f in whole(text, scan(text))]
    [('1,2000人', 'unread_separator'), ('122户', 'amount'), ('326人', 'amount')]
    """
    glued: list[Found] = []
    last: Found | None = None
    for found in founds:
        if last is not None:
            start, end = found[0], last[1]
            apart = start > end + _WIDEST_GLUE and _APART[text[end]]
            if not apart and start not in gaps and _is_glued(text, end, start):
                glued.append(last)
            elif glued or _is_suspect(text, last):
                yield from _settled(text, [*glued, last], gaps)
                glued = []
            else:
                yield last
        last = found
    if last is not None:
        yield from _settled(text, [*glued, last], gaps)


def _is_glued(text: str, end: int, start: int) -> bool:
    """Whether what stands between two mentions may join them: 1,000|壹|0, 0|百分之|千两."""
    if not start > end:
        return True
    if not _may_touch(text[end]) or (text[end] in _SHORT_GLUE and text[start] == "第"):
        return False
    if text[end] in NUMBER:
        before, _, behind = text[end:start].partition(FRACTION)
        if NUMBER.issuperset(before) and NUMBER.issuperset(behind):
            return True
    if joins(text[end]) and skip_symbols(text, end, 1) == start:
        return True
    return not start > end + _WIDEST_GLUE and _BETWEEN.issuperset(text[end:start])


@lru_cache(maxsize=1 << 12)
def _may_touch(char: str) -> bool:
    """Whether a character beside a quantity may belong to its number, or join it to another."""
    return char in _BESIDE or joins(char)


def _is_suspect(text: str, found: Found) -> bool:
    """Whether a quantity needs a closer look: a character beside it might belong to its number."""
    if found[4] is None:
        return False
    start, end = found[0], found[1]
    before = text[start - 2 : start] if start > 1 else text[:start]
    return _SUSPECT_BEFORE[before] or _SUSPECT_BEHIND[text[end - 1 : end + 2]]


class _Seen(dict[str, bool]):
    """What a few characters beside a quantity say, by themselves."""

    def __init__(self, say: Callable[[str], bool]) -> None:
        self._say = say

    def __missing__(self, beside: str) -> bool:
        said = self._say(beside)
        if len(self) < _MANY:  # no text has so many, but one made to
            self[beside] = said
        return said


def _before(beside: str) -> bool:
    """Whether the last of two characters, before a quantity, might belong to its number."""
    char, further = beside[-1:], beside[:-1]
    if char in _BESIDE and (char not in _PARTING or further in _BEYOND):
        return True
    if char == " ":
        return further in PARTS_OF_WORDS
    return joins(char) or char in PARTS_OF_WORDS


def _behind(beside: str) -> bool:
    """Whether what stands behind a quantity's last character might belong to its number."""
    last, char, further = beside[:1], beside[1:2], beside[2:]
    if joins(char):
        return True
    if char not in _BESIDE or not (last in _ENDS or char in _BEHIND_UNIT):
        return False
    return char not in _PARTING or further in _BEYOND


def _parts(char: str) -> bool:
    """Whether a character behind a mention keeps it apart from one that starts further off."""
    return char in _SHORT_GLUE or not _may_touch(char)


_SUSPECT_BEFORE, _SUSPECT_BEHIND, _APART = _Seen(_before), _Seen(_behind), _Seen(_parts)


def _settled(text: str, held: list[Found], gaps: Container[int]) -> Iterable[Found]:
    """Mentions that stand side by side, with what is no whole number set aside."""
    if len(held) == 1:
        if not _is_suspect(text, held[0]):
            return held
    elif all(found.quantity is None for found in held):
        return held
    return _judged(text, held, gaps)


def _judged(text: str, held: list[Found], gaps: Container[int]) -> list[Found]:
    broken = dict[int, str]()
    for i, found in enumerate(held):
        before = held[i - 1] if i else None
        behind = held[i + 1] if i + 1 < len(held) else None
        if found.quantity is None:
            continue
        reason = None
        if found.start not in gaps or text[found.start - 1] in PARTS_OF_WORDS:
            reason = left_unread(text, before, found)
        if reason is None and found.end not in gaps:
            reason = right_unread(text, found, behind)
        if reason is not None:
            broken[i] = reason
    if not broken:
        return held
    return _merged(text, held, broken)


def _merged(text: str, held: list[Found], broken: dict[int, str]) -> list[Found]:
    """The mentions with the broken ones widened, each up to what is read or set aside beside it."""
    stops, stop = [0] * len(held), len(text)
    for i in range(len(held) - 1, -1, -1):
        stops[i] = stop
        if i not in broken and is_read(held[i]):
            stop = held[i].start
    settled: list[Found] = []
    low = 0
    for i, found in enumerate(held):
        if settled and not settled[-1].end < found.end:
            continue  # taken in by what was set aside before it
        if i in broken:
            wide = _set_aside(text, found, broken[i], low, stops[i])
            _absorb(settled, wide)
            low = wide.end
        elif is_read(found):
            settled.append(found)
            low = found.end
        else:
            _absorb(settled, found)
    return settled


def _absorb(settled: list[Found], found: Found) -> None:
    """Add a mention that was not read, one with those before it that it overlaps."""
    while settled and found.start < settled[-1].end:
        before = settled.pop()
        rule = found.rule if found.rule.startswith("unread") else before.rule
        start, end = min(before.start, found.start), max(before.end, found.end)
        found = Found(start, end, "unknown", rule)
    settled.append(found)


def _set_aside(text: str, found: Found, reason: str, low: int, high: int) -> Found:
    """The quantity with all that belongs to its number, between `low` and `high`."""
    start, end = found.start, found.end
    while low < start and (reach := _reach(text, start - 1, -1, low - 1)):
        start -= reach
    while end < high and (reach := _reach(text, end, 1, high)):
        end += reach
    if low < start and text[start - 1] in SIGNS:
        start -= 1
    return Found(start, end, "unknown", reason)


def _reach(text: str, at: int, step: int, limit: int) -> int:
    """How many characters at `at` belong to a number, or join it to one beyond; 0 if none does."""
    if text[at] in NUMBER:
        return 1
    beyond = skip_symbols(text, at, step)
    if (beyond - at) * step > 0:
        is_joined = (limit - beyond) * step > 0 and text[beyond : beyond + 1] in NUMBER
        return abs(beyond - at) if is_joined else 0
    beyond = at + step
    if text[at] not in GLUE or beyond == limit or not 0 <= beyond < len(text):
        return 0
    if text[at] in TWICE and text[beyond] in TWICE:
        return 1
    is_fraction = text[min(at, beyond) : max(at, beyond) + 1] == FRACTION
    return int(text[beyond] in NUMBER or is_fraction)
