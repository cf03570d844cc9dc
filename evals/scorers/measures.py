"""Whether what was done is there: a measure is known by what it cites, not by its words."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.types import Span

from ..match import overlap, pair
from ..scores import Reason, Score, prf, rate
from ..text import fold
from ..views import ItemView
from .trial import Trial


def shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """How far two evidences meet: the best share of the shorter span that lies in the other.

    >>> shared([Span(0, 10)], [Span(5, 25), Span(40, 50)])
    0.5
    """
    return max((overlap(x, y) / min(_len(x), _len(y)) for x in a for y in b), default=0.0)


def overlapped(trial: Trial) -> list[Score]:
    """Many to one: a gold measure is found, ours is right, when half of a passage is shared."""
    ours, meets = _ours(trial), _meets(trial)
    found = {g for _, g in meets}
    right = {o for o, _ in meets}
    recall, precision = _faults(trial, found, right)
    return [
        rate("measures.recall", len(trial.gold.measures), recall),
        rate("measures.precision", len(ours), precision),
    ]


def paired(trial: Trial) -> list[Score]:
    """One to one: a measure of ours that covers two of the gold finds only one."""
    pairs = _pairs(trial)
    missed, false = _faults(trial, set(pairs.values()), set(pairs))
    return prf("measures.paired", len(pairs), false, missed)


def category(trial: Trial) -> list[Score]:
    """Among measures of ours that meet gold: the category of one that it meets."""
    ours, golds, wrong = _ours(trial), trial.gold.measures, []
    meets: dict[int, list[int]] = {}
    for o, g in _meets(trial):
        meets.setdefault(o, []).append(g)
    for o, met in meets.items():
        accepted = [c for g in met for c in golds[g].categories]
        if ours[o].texts.get("category") not in accepted:
            said = f"{ours[o].texts.get('category')} · {ours[o].texts.get('title', '')}"
            wanted = "/".join(dict.fromkeys(accepted))
            wrong.append(
                Reason("wrong", "category", wanted, said, ours[o].evidence[0].span, ours[o].id)
            )
    return [rate("measures.category", len(meets), wrong)]


def _faults(trial: Trial, found: set[int], right: set[int]) -> tuple[list[Reason], list[Reason]]:
    raw = trial.case.text
    missed = [
        Reason(
            "missed",
            "measure",
            f"[{m.categories[0]}] {m.title}",
            fold(raw[m.evidence[0].slice]),
            m.evidence[0],
        )
        for i, m in enumerate(trial.gold.measures)
        if i not in found
    ]
    false = [
        Reason(
            "false",
            "measure",
            fold(m.evidence[0].quote) if m.evidence else "no evidence",
            f"[{m.texts.get('category')}] {m.texts.get('title', '')}",
            m.evidence[0].span if m.evidence else None,
            m.id,
        )
        for i, m in enumerate(_ours(trial))
        if i not in right
    ]
    return missed, false


def _ours(trial: Trial) -> tuple[ItemView, ...]:
    return trial.view.items.get("measures", ())


def _meets(trial: Trial) -> list[tuple[int, int]]:
    return [
        (o, g)
        for o, ours in enumerate(_ours(trial))
        for g, gold in enumerate(trial.gold.measures)
        if shared([p.span for p in ours.evidence], gold.evidence) >= 0.5
    ]


def _pairs(trial: Trial) -> dict[int, int]:
    ours, golds = _ours(trial), trial.gold.measures
    edges = []
    for o, g in _meets(trial):
        same = ours[o].texts.get("category") in golds[g].categories
        edges.append((same + shared([p.span for p in ours[o].evidence], golds[g].evidence), o, g))
    return pair(edges)


def _len(span: Span) -> int:
    return max(1, span.end - span.start)
