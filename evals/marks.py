"""What a page highlights in a document: right, wrong, missed and false figures."""

from __future__ import annotations

from collections.abc import Sequence

from .cases import Case
from .match import amount
from .report import Mark
from .scores import Score
from .views import SummaryView

ABOUT_FIGURES = ("figures.", "labels.", "truth.agreement", "grounding.values")
FINE = ("right", "found")
STATES = {"missed": "missed", "wrong": "wrong", "false": "false", "invented": "false"}


def marks(case: Case, given: SummaryView, scores: Sequence[Score]) -> tuple[Mark, ...]:
    """A mark a figure, in order, none overlapping: the worst state that it has.

    Without gold there is only what the summary has and where the regex truth differs.
    """
    states: dict[tuple[int, int], Mark] = {}
    fine = "right" if case.gold else "found"
    for figure in given.figures:
        for span in (figure.span, *figure.also_at):
            why = f"{amount(figure)} {figure.label}".strip()
            states[span.start, span.end] = Mark(span, fine, why)
    for score in scores:
        for reason in score.reasons:
            if reason.span is None or not score.metric.startswith(ABOUT_FIGURES):
                continue
            state = STATES.get(reason.fault, "differs")
            why = f"{reason.what}: {reason.ours or '–'} | {reason.gold or '–'}"
            place = reason.span.start, reason.span.end
            old = states.get(place)
            if old is not None and old.state not in FINE:
                state, why = old.state, f"{old.why}; {why}"
            states[place] = Mark(reason.span, state, why)
    return _apart(sorted(states.values(), key=lambda m: (m.span.start, -m.span.end)))


def unread(case: Case) -> tuple[Mark, ...]:
    """All of gold as missed, for a document that has no summary."""
    golds = case.gold.figures if case.gold else ()
    return _apart([Mark(g.span, "missed", f"{amount(g)} {g.label}") for g in golds])


def _apart(ordered: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks without those that start inside an earlier one; the earlier tells of both."""
    kept: list[Mark] = []
    for mark in ordered:
        if kept and mark.span.start < kept[-1].span.end:
            last = kept[-1]
            state = mark.state if last.state in FINE else last.state
            kept[-1] = Mark(last.span, state, f"{last.why}; {mark.why}")
        else:
            kept.append(mark)
    return tuple(kept)
