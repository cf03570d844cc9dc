"""A name found once is found again wherever it stands, and of two that overlap the longer stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.names.found import Found

AGAIN = "again"
_ORDER = ("village", "place", "person", "organisation", "project")


def apart(found: Iterable[Found]) -> list[Found]:
    """In order and disjoint: the longer first, then by kind."""
    ranked = sorted(found, key=_rank)
    taken: dict[int, Found] = {}
    for one in ranked:
        if all(at not in taken for at in range(one.start, one.end)):
            taken.update(dict.fromkeys(range(one.start, one.end), one))
    return sorted(set(taken.values()))


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
                rule = first.rule if first.rule == "by_line" else AGAIN
                yield Found(at, at + len(name), first.kind, rule)
                break
