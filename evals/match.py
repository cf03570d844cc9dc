"""Which predicted figure is which figure of the gold, and which items are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.types import Span

from .cases import Gold, GoldFigure
from .text import fold
from .views import FigureView


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the text that a figure claims; `main` is its own, others are merged repeats."""

    span: Span
    figure: FigureView
    main: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of gold figures and of predictions; optional ones are in none of the lists."""

    found: tuple[tuple[GoldFigure, Place], ...]
    missed: tuple[GoldFigure, ...]
    false: tuple[tuple[Place, str], ...]


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def match_figures(gold: Gold, figures: Sequence[FigureView]) -> Matching:
    """Match where spans overlap and value and high are equal, each place and gold figure once.

    Borderline gold is optional: found or not, it counts neither way.
    """
    claimed = [Place(f.span, f, main=True) for f in figures]
    claimed += [Place(span, f, main=False) for f in figures for span in f.also_at]
    edges = sorted(
        (-overlap(g.span, p.span), not p.main, i, j)
        for i, g in enumerate(gold.figures)
        for j, p in enumerate(claimed)
        if g.span.overlaps(p.span) and (g.value, g.high) == (p.figure.value, p.figure.high)
    )
    of_gold: dict[int, int] = {}
    of_place: dict[int, int] = {}
    for _, _, i, j in edges:
        if i not in of_gold and j not in of_place:
            of_gold[i], of_place[j] = j, i
    strict = [(i, g) for i, g in enumerate(gold.figures) if not g.borderline]
    left = [p for j, p in enumerate(claimed) if j not in of_place]
    return Matching(
        found=tuple((g, claimed[of_gold[i]]) for i, g in strict if i in of_gold),
        missed=tuple(g for i, g in strict if i not in of_gold),
        false=tuple((p, why) for p in left if (why := _why_false(gold, p))),
    )


def _why_false(gold: Gold, place: Place) -> str:
    """Why a place is a false positive; empty when it is optional."""
    under = [g for g in gold.figures if g.span.overlaps(place.span)]
    non = [n for n in gold.non_figures if n.span.overlaps(place.span)]
    if any(g.borderline for g in under) or any(n.borderline for n in non):
        return ""
    for g in under:
        if (g.value, g.high) != (place.figure.value, place.figure.high):
            return f"value is {amount(g)}"
        return f"{g.text} is claimed twice"
    return f"no figure: {non[0].why} {fold(non[0].text)}" if non else "not in gold"


def amount(figure: GoldFigure | FigureView) -> str:
    """A figure's value as text: `500–700元`."""
    high = "" if figure.high is None else f"–{figure.high:f}"
    return f"{figure.value:f}{high}{figure.unit or ''}"


def pair(edges: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """A largest one-to-one matching of left to right, better edges (higher first number) first.

    >>> pair([(1.0, 0, 0), (0.5, 0, 1), (0.9, 1, 0)])
    {0: 1, 1: 0}
    """
    wishes: dict[int, list[int]] = {}
    for _, left, right in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        wishes.setdefault(left, []).append(right)
    taken: dict[int, int] = {}

    def place(left: int, seen: set[int]) -> bool:
        for right in wishes[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or place(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    for left in wishes:
        place(left, set())
    return dict(sorted((left, right) for right, left in taken.items()))
