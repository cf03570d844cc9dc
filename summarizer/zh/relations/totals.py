"""Totals against the parts that a sentence gives of them: 共投入120万元,其中甲村50万元、乙村80万元.

What is counted as a part of something cannot be more than it; parts that cannot overlap cannot be
more together; and where the sentence says that they are all (分别为, 三项合计) they must add up.
Parts that may overlap (其中女性40人、党员30人) are never summed, so that much is passed over and
what is told is worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summarizer.types import Figure, Issue
from summarizer.zh.lexicon import cells
from summarizer.zh.names import find_names
from summarizer.zh.relations.tolerance import tolerance
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS

_KINDS = frozenset({"money", "count", "area", "length", "mass", "volume"})
_STOP = CLAUSE_MARKS + "()（）、"
_OPENS = re.compile(
    rf"^[^{_STOP}]{{0,15}}[,，:：(（]?(?P<cue>其中|包括|包含|分别为|分别是)[:：,，]?"
    rf"(?P<label>[^{_STOP}]{{0,20}})$"
)
_GOES_ON = re.compile(rf"^[^{_STOP}]{{0,15}}(?:[、,，]|和|及|以及)(?P<label>[^{_STOP}]{{0,20}})$")
_CLOSES = re.compile(
    rf"^[^{_STOP}]{{0,15}}[,，、](?:以上|上述)?(?P<count>[两二三四五六七八九2-9])(?:个)?(?:项|者|类|笔|村|部分)?"
    rf"(?:合计|共计|总计)[^{_STOP}]{{0,6}}$"
)
_ALL = frozenset({"分别为", "分别是"})
_COUNTS = {"两": 2} | {c: n for n, c in enumerate("二三四五六七八九", 2)}
_COUNTS |= {str(n): n for n in range(2, 10)}
_ELSE = re.compile(
    r"带动|实现|增收|产值|创收|收入|价值|辐射|惠及|覆盖|受益|贷款|同比|比上年|较上年"
)
_NO_SUM = re.compile(
    r"人均|户均|亩均|平均|亩产|单产|单价|每|最[高低多少]"
)  # no total, though it has parts
_OPEN_END = re.compile(r"^[^,，;；。]{0,6}等")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that the sentence gives as part of another, after the words that say which part."""

    figure: Figure
    label: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A total and what the sentence gives as its parts; `is_whole` if it says that they are all."""

    total: Figure
    parts: tuple[Part, ...]
    is_whole: bool

    @property
    def is_disjoint(self) -> bool:
        """Whether nothing can be counted in two of the parts."""
        return self.is_whole or are_disjoint(self.parts)


def wrong_totals(figures: Sequence[Figure]) -> Iterator[Issue]:
    """An issue for each total that its parts exceed, or do not come to where they are all."""
    sentences: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        span = figure.evidence.span
        sentences.setdefault((span.start, span.end), []).append(figure)
    for inside in sentences.values():
        inside.sort(key=lambda f: f.span)
        for claim in (*_opened(inside), *_closed(inside)):
            fault = _fault(claim, inside)
            if fault:
                yield _issue(claim, fault)


def are_disjoint(parts: Sequence[Part]) -> bool:
    """Whether the parts' words exclude each other: different names, or words of one group.

    What else they say must be the same: 甲村投入50万元、乙村增收80万元 are parts of no one total.
    """
    named = [_name_in(part) for part in parts]
    is_one_sort = len({name[-1:] for name in named}) == 1  # a town's villages are in the town
    if all(named) and is_one_sort:
        return len(set(named)) == len(parts) and _is_alike(parts, named)
    for group in _groups():
        words = [[word for word in group if word in part.label] for part in parts]
        chosen = [max(found, key=len) for found in words if found]
        if len(set(chosen)) == len(parts) and _is_alike(parts, chosen):
            return True
    return False


def _name_in(part: Part) -> str:
    """The proper name that says which part it is: 石桥村, but not 贫困村."""
    return next((name.text for name in find_names(part.label)), "")


def _is_alike(parts: Sequence[Part], words: Sequence[str]) -> bool:
    rest = [part.label.replace(word, "", 1) for part, word in zip(parts, words, strict=True)]
    return set(rest[1:]) <= {rest[0], ""}


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in cells(Path(__file__).with_name("exclusive.tsv")))


def _opened(figures: Sequence[Figure]) -> Iterator[Claim]:
    """Totals that stand before their parts; 50户120人,其中低保户30户80人 are two."""
    for at in range(1, len(figures)):
        match = _OPENS.match(_between(figures[at - 1], figures[at]))
        if not match:
            continue
        for total in _run(figures, at - 1, -1):
            if total.kind not in _KINDS or _NO_SUM.search(_clause_before(total)):
                continue
            same = [f for f in _run(figures, at, 1) if _unit(f) == _unit(total)]
            twins = [f for f in _run(figures, at - 1, -1) if _unit(f) == _unit(total)]
            if len(same) != 1 or len(twins) != 1 or _ELSE.search(match["label"]):
                continue
            first = Part(same[0], match["label"] if same[0] is figures[at] else "")
            parts = _listed(figures, figures.index(same[0]), first)
            is_whole = match["cue"] in _ALL and _is_complete(parts, figures)
            yield Claim(total, parts, is_whole)


def _closed(figures: Sequence[Figure]) -> Iterator[Claim]:
    """Totals that stand after their parts, where the sentence says how many these are.

    The 两项 of 两项合计 may be a figure itself.
    """
    for at, total in enumerate(figures):
        if total.kind not in _KINDS:
            continue
        for end in range(max(1, at - 1), at + 1):
            match = _CLOSES.match(_between(figures[end - 1], total))
            number = _COUNTS[match["count"]] if match else 0
            parts = figures[max(0, end - number) : end] if number else ()
            gaps = [_GOES_ON.match(_between(*pair)) for pair in pairwise(parts)]
            units = {_unit(part) for part in parts}
            if match and len(parts) == number and all(gaps) and units == {_unit(total)}:
                yield Claim(total, tuple(Part(part, "") for part in parts), is_whole=True)


def _listed(figures: Sequence[Figure], at: int, first: Part) -> tuple[Part, ...]:
    """The first part and those of its unit that follow it in the same list."""
    parts = [first]
    for before, figure in pairwise(figures[at:]):
        match = _GOES_ON.match(_between(before, figure))
        if not match or _unit(figure) != _unit(first.figure) or "其中" in match["label"]:
            break
        parts.append(Part(figure, match["label"]))
    return tuple(parts)


def _is_complete(parts: Sequence[Part], figures: Sequence[Figure]) -> bool:
    """Whether the list surely ends with its last part: no 等, and no more of the unit after it."""
    last = parts[-1].figure
    after = [f for f in figures if last.span < f.span and _unit(f) == _unit(last)]
    rest = fold(last.evidence.quote[last.span.end - last.evidence.span.start :])
    return len(parts) > 1 and not after and not _OPEN_END.match(rest)


def _fault(claim: Claim, figures: Sequence[Figure]) -> str:
    """What is wrong with a claim, or nothing.

    Any figure of the unit before the parts may be the total that is meant, so that only what is
    more than each of them is told.
    """
    low, high = tolerance(claim.total)
    first = claim.parts[0].figure
    others = [f for f in figures if f.span < first.span and _unit(f) == _unit(claim.total)]
    most = max((tolerance(f)[1] for f in others), default=high) if not claim.is_whole else high
    if most < tolerance(first)[0]:
        return "exceeds"
    if len(claim.parts) > 1 and claim.is_disjoint:
        ends = [tolerance(part.figure) for part in claim.parts]
        if max(most, high) < sum(end[0] for end in ends):
            return "exceeds"
        if claim.is_whole and sum(end[1] for end in ends) < low:
            return "misses"
    return ""


def _issue(claim: Claim, fault: str) -> Issue:
    parts = " + ".join(_told(part.figure) for part in claim.parts)
    says = "more than the whole" if fault == "exceeds" else "which does not come to the whole"
    return Issue(
        code="parts_exceed_total" if fault == "exceeds" else "parts_miss_total",
        severity="warning",
        message=f"{parts}: {says}, {_told(claim.total)}",
        ref=claim.total.id,
    )


def _told(figure: Figure) -> str:
    return f"{figure.text} ({figure.id}, {figure.span.start}-{figure.span.end})"


def _run(figures: Sequence[Figure], at: int, step: int) -> list[Figure]:
    """The figures that stand close to this one on its own side of a mark: 50户 and 120人."""
    run = [figures[at]]
    while 0 <= at + step < len(figures):
        pair = sorted((figures[at], figures[at + step]), key=lambda f: f.span)
        if any(c in _STOP or c in "和及" for c in _between(*pair)) or "其中" in _between(*pair):
            break
        at += step
        run.append(figures[at])
    return run


def _between(one: Figure, other: Figure) -> str:
    """The words between two figures of a sentence, without blanks and breaks."""
    start = one.evidence.span.start
    return fold(
        "".join(one.evidence.quote[one.span.end - start : other.span.start - start].split())
    )


def _clause_before(figure: Figure) -> str:
    """The words before a figure in its own clause."""
    before = figure.evidence.quote[: figure.span.start - figure.evidence.span.start]
    return re.split(rf"[{_STOP}]", fold(before))[-1]


def _unit(figure: Figure) -> tuple[str | None, str | None, str | None]:
    if figure.base_unit is not None:
        return None, figure.base_unit, figure.per
    return figure.unit, None, figure.per
