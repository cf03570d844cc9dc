"""The regex truth beside the summary: how far they agree, and every place where they do not."""

from __future__ import annotations

from functools import lru_cache

from summarizer.types import Span

from ..match import amount
from ..scores import Reason, Score
from ..text import fold
from ..truth import find_figures
from ..views import FigureView
from .trial import Trial


@lru_cache(maxsize=64)
def truth(raw: str) -> tuple[FigureView, ...]:
    """The figures of the regex truth, worked out once a text."""
    return tuple(find_figures(raw))


def agreement(trial: Trial) -> list[Score]:
    """F1 of ours against the regex truth: spans overlap, value and high equal.

    Neither is right by itself: `adjudged` in a reason is what gold says, where there is gold.
    """
    theirs = truth(trial.case.text)
    ours = [(span, f) for f in trial.view.figures for span in (f.span, *f.also_at)]
    met, reasons, taken = 0, [], set()
    for their in theirs:
        meets = [i for i, (span, _) in enumerate(ours) if span.overlaps(their.span)]
        same = [i for i in meets if _equal(ours[i][1], their) and i not in taken]
        if same:
            met += 1
            taken.add(same[0])
        elif not (both := [i for i in meets if i not in taken]):
            reasons.append(_reason(trial, their.span, amount(their), "–"))
        else:
            taken.add(both[0])
            reasons.append(_reason(trial, their.span, amount(their), amount(ours[both[0]][1])))
    for i, (span, figure) in enumerate(ours):
        if i not in taken:
            reasons.append(_reason(trial, span, "–", amount(figure)))
    total = len(theirs) + len(ours)
    return [Score("truth.agreement", 2 * met, total, tuple(reasons))]


def _equal(a: FigureView, b: FigureView) -> bool:
    return (a.value, a.high) == (b.value, b.high)


def _reason(trial: Trial, span: Span, theirs: str, ours: str) -> Reason:
    verdict = f"regex truth {theirs}"
    if trial.case.gold:
        verdict += f", gold {_adjudged(trial, span)}"
    return Reason("differs", "truth", verdict, ours, span)


def _adjudged(trial: Trial, span: Span) -> str:
    for figure in trial.gold.figures:
        if figure.span.overlaps(span):
            return amount(figure)
    for non in trial.gold.non_figures:
        if non.span.overlaps(span):
            return f"none ({non.why} {fold(non.text)})"
    return "none"
