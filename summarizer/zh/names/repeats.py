"""A name found once is found again wherever it stands, and of two that overlap the longer stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from summarizer.zh.names.found import Found
from summarizer.zh.names.person_boundaries import is_compound

AGAIN = "again"
SHORT = "short"  # 潘书记 where the text has one 潘文勇
TITLED = "surname_title"
_KEPT = frozenset({"by_line", SHORT, TITLED})  # rules that hold wherever the name stands
_ORDER = ("village", "place", "person", "organisation", "project")


def apart(found: Iterable[Found]) -> list[Found]:
    """In order and disjoint: the longer first, then by kind."""
    found = sorted(found, key=attrgetter("start"))
    if all(one.start < one.end <= following.start for one, following in pairwise(found)):
        return found
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=_rank):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=attrgetter("start"))


def _rank(one: Found) -> tuple[int, int, bool, int]:
    return one.start - one.end, _ORDER.index(one.kind), one.rule == AGAIN, one.start


def find_again(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Every other place of the folded text where a found name stands."""
    by_opening: dict[str, dict[str, Found]] = {}
    for one in found:
        name = text[one.start : one.end]
        by_opening.setdefault(name[:2], {}).setdefault(name, one)
    if not by_opening:
        return
    ranked = {key: sorted(names, key=len, reverse=True) for key, names in by_opening.items()}
    for at in range(len(text) - 1):
        opening = text[at : at + 2]
        for name in ranked.get(opening, ()):
            if text.startswith(name, at):
                first = by_opening[opening][name]
                rule = first.rule if first.rule in _KEPT else AGAIN
                yield Found(at, at + len(name), first.kind, rule)
                break


def shortened(text: str, found: Iterable[Found]) -> list[Found]:
    """With the rule of each surname and title that can only mean one full name of the text."""
    every = list(found)
    full = {
        text[one.start : one.end]
        for one in every
        if one.kind == "person" and one.rule not in (TITLED, "by_line")
    }
    called = Counter(name[:size] for name in full for size in (1, 2))
    return [replace(one, rule=SHORT) if _is_short(text, one, called) else one for one in every]


def _is_short(text: str, one: Found, called: Counter[str]) -> bool:
    """Whether one full name alone begins with its surname; `called` counts how names begin."""
    if one.rule != TITLED:
        return False
    size = 2 if is_compound(text, one.start) else 1
    return called[text[one.start : one.start + size]] == 1
