"""The regex truth beside the summary: how far they agree, and every place where they do not."""

from __future__ import annotations

from collections.abc import Sequence
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

    Neither is right by itself: a reason says as well what gold says, where there is gold.
    """
    return compared(trial, "truth", truth(trial.case.text))


def compared(trial: Trial, name: str, theirs: Sequence[FigureView]) -> list[Score]:
    """The agreement with anybody's figures, as the metric `name.agreement`."""
    ours = [(span, f) for f in trial.view.figures for span in (f.span, *f.also_at)]
    met, differing, taken = 0, list[tuple[Span, str, str]](), set[int]()
    for their in theirs:
        meets = [i for i, (span, _) in enumerate(ours) if span.overlaps(their.span)]
        same = [i for i in meets if _equal(ours[i][1], their) and i not in taken]
        if same:
            met += 1
            taken.add(same[0])
        elif not (both := [i for i in meets if i not in taken]):
            differing.append((their.span, amount(their), "–"))
        else:
            taken.add(both[0])
            differing.append((their.span, amount(their), amount(ours[both[0]][1])))
    for i, (span, figure) in enumerate(ours):
        if i not in taken:
            differing.append((span, "–", amount(figure)))
    total = len(theirs) + len(ours)
    reasons = tuple(
        Reason("differs", name, f"{name} {says}{_adjudged(trial, span)}", said, span)
        for span, says, said in differing
    )
    return [Score(f"{name}.agreement", 2 * met, total, reasons)]


def _equal(a: FigureView, b: FigureView) -> bool:
    return (a.value, a.high) == (b.value, b.high)


def _adjudged(trial: Trial, span: Span) -> str:
    """What gold says of a place, after a comma; nothing where there is no gold."""
    if trial.case.gold is None:
        return ""
    for figure in trial.gold.figures:
        if figure.span.overlaps(span):
            return f", gold {amount(figure)}"
    for non in trial.gold.non_figures:
        if non.span.overlaps(span):
            return f", gold none ({non.why} {fold(non.text)})"
    return ", gold none"
