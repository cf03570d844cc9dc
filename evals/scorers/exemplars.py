"""Whether those held up as examples are named, and nobody else."""

from __future__ import annotations

from ..cases import GoldExemplar
from ..match import pair
from ..scores import Reason, Score, prf, rate
from ..text import fold, key, likeness, same_name
from ..views import ItemView
from .trial import Trial


def named(trial: Trial) -> list[Score]:
    """Recall, precision, F1 by name; borderline ones are optional, non-exemplars are false."""
    pairs, ours, golds = _pairs(trial), _ours(trial), trial.gold.exemplars
    matched = {g for g in pairs.values() if not golds[g].borderline}
    missed = [
        Reason("missed", "exemplar", fold(e.names[0]), "", e.evidence[0] if e.evidence else None)
        for i, e in enumerate(golds)
        if not e.borderline and i not in pairs.values()
    ]
    false = [
        Reason(
            "false",
            "exemplar",
            _why(trial, e),
            _name(e),
            e.evidence[0].span if e.evidence else None,
            e.id,
        )
        for i, e in enumerate(ours)
        if i not in pairs
    ]
    return prf("exemplars", len(matched), false, missed)


def kind(trial: Trial) -> list[Score]:
    """Among exemplars found: person, organisation, … as gold says; a village is a place."""
    pairs, ours, golds = _pairs(trial), _ours(trial), trial.gold.exemplars
    scored = [(ours[o], golds[g]) for o, g in pairs.items() if not golds[g].borderline]
    wrong = [
        Reason("wrong", "kind", g.kind, f"{o.texts.get('kind', '–')} · {_name(o)}", None, o.id)
        for o, g in scored
        if not _same_kind(o, g)
    ]
    return [rate("exemplars.kind", len(scored), wrong)]


def _same_kind(ours: ItemView, gold: GoldExemplar) -> bool:
    places = {"village", "place"}
    said = ours.texts.get("kind", "")
    return said == gold.kind or {said, gold.kind} <= places


def _ours(trial: Trial) -> tuple[ItemView, ...]:
    return trial.view.items.get("exemplars", ())


def _name(item: ItemView) -> str:
    return item.texts.get("name", "")


def _pairs(trial: Trial) -> dict[int, int]:
    edges = []
    for o, ours in enumerate(_ours(trial)):
        for g, gold in enumerate(trial.gold.exemplars):
            alike = max(likeness(_name(ours), name) for name in gold.names)
            if any(same_name(_name(ours), name) for name in gold.names):
                edges.append((alike, o, g))
    return pair(edges)


def _why(trial: Trial, ours: ItemView) -> str:
    for non in trial.gold.non_exemplars:
        if any(same_name(_name(ours), name) for name in non.names):
            return non.why
    for gold in trial.gold.exemplars:
        if key(_name(ours)) and any(same_name(_name(ours), name) for name in gold.names):
            return "named twice"
    return "not in gold"
