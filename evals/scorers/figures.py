"""Whether the gold's figures are there, with unit, bound and span, and no others."""

from __future__ import annotations

from ..cases import GoldFigure
from ..match import Place, amount, overlap
from ..scores import Reason, Score, prf, rate
from ..text import fold, strip_annotations
from .trial import Trial


def found(trial: Trial) -> list[Score]:
    """Recall, precision, F1: spans overlap, value and high equal; borderline is optional."""
    matching = trial.matching
    missed = [
        Reason("missed", "figure", amount(g), _instead(trial, g), g.span) for g in matching.missed
    ]
    false = [
        Reason("false", "figure", why, f"{p.figure.text} = {amount(p.figure)}", p.span, p.figure.id)
        for p, why in matching.false
    ]
    return prf("figures", len(matching.found), false, missed)


def unit(trial: Trial) -> list[Score]:
    """Among figures found: gold's unit or an accepted other; none is right where it is implied."""
    mains = _mains(trial)
    wrong = [
        Reason("wrong", "unit", g.unit, p.figure.unit or "–", g.span, p.figure.id)
        for g, p in mains
        if not is_unit(g, p.figure.unit)
    ]
    return [rate("figures.unit", len(mains), wrong)]


def bound(trial: Trial) -> list[Score]:
    """Among figures found: exact, over, under … as gold says."""
    mains = _mains(trial)
    wrong = [
        Reason("wrong", "bound", g.bound, p.figure.bound, g.span, p.figure.id)
        for g, p in mains
        if g.bound != p.figure.bound
    ]
    return [rate("figures.bound", len(mains), wrong)]


def exact(trial: Trial) -> list[Score]:
    """Among figures found: the span is gold's, an annotation at its end or not."""
    mains, raw = _mains(trial), trial.case.text
    wrong = [
        Reason("wrong", "span", g.text, raw[p.span.slice], g.span, p.figure.id)
        for g, p in mains
        if g.span.start != p.span.start or strip_annotations(raw[p.span.slice]) != g.text
    ]
    return [rate("figures.exact", len(mains), wrong)]


def is_unit(gold: GoldFigure, ours: str | None) -> bool:
    """Whether a unit is acceptable, after folding to simplified characters."""
    if ours is None:
        return gold.implied_unit
    return fold(ours) in gold.units


def _mains(trial: Trial) -> list[tuple[GoldFigure, Place]]:
    return [(g, p) for g, p in trial.matching.found if p.main]


def _instead(trial: Trial, gold: GoldFigure) -> str:
    """What the summary did with the place of a missed figure."""
    for figure in trial.view.figures:
        if overlap(figure.span, gold.span):
            return f"read as {amount(figure)}"
    tally = trial.view.given.get("coverage", {})
    for fate in ("set_aside", "missed"):
        for entry in tally.get(fate, ()):
            if entry["span"]["start"] < gold.span.end and gold.span.start < entry["span"]["end"]:
                return f"{fate.replace('_', ' ')}: {entry['reason']}"
    return "not found by the grammar"
