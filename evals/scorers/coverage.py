"""Whether every quantity of the text is accounted for."""

from __future__ import annotations

from summarizer.types import Span

from ..match import amount
from ..scores import Reason, Score, rate
from .trial import Trial


def adds_up(trial: Trial) -> list[Score]:
    """Whether figures, merged, set aside and missed sum to found, and are those listed."""
    tally = trial.view.given["coverage"]
    aside, missed = len(tally["set_aside"]), len(tally["missed"])
    total = tally["figures"] + tally["merged"] + aside + missed
    merged = sum(len(f.also_at) for f in trial.view.figures)
    faults = []
    if total != tally["found"]:
        faults.append(f"{tally['found']} found, {total} accounted for")
    if tally["figures"] != len(trial.view.figures):
        faults.append(f"{tally['figures']} figures counted, {len(trial.view.figures)} listed")
    if tally["merged"] != merged:
        faults.append(f"{tally['merged']} merged counted, {merged} listed")
    reasons = [Reason("broken", "coverage", "", "; ".join(faults))] if faults else []
    return [rate("coverage.adds_up", 1, reasons)]


def reached(trial: Trial) -> list[Score]:
    """Gold figures that the tally knows at all: as figures, merged, set aside, or missed."""
    tally = trial.view.given["coverage"]
    spans = [s for f in trial.view.figures for s in (f.span, *f.also_at)]
    spans += [
        Span(entry["span"]["start"], entry["span"]["end"])
        for fate in ("set_aside", "missed")
        for entry in tally[fate]
    ]
    golds = [g for g in trial.gold.figures if not g.borderline]
    missed = [
        Reason("missed", "mention", amount(g), "", g.span)
        for g in golds
        if not any(g.span.overlaps(s) for s in spans)
    ]
    return [rate("coverage.reached", len(golds), missed)]
