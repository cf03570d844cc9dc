"""Scores of one document, and of many pooled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .cases import Case
from .scorers import ON_ITS_OWN, SCORERS, Trial
from .scorers import figures as figure_scorers
from .scores import Score, pooled
from .views import FigureView, SummaryView


def score_view(case: Case, view: SummaryView) -> list[Score]:
    """All scores of a summary; those against gold only where the case has gold."""
    trial = Trial.of(case, view)
    scorers = SCORERS if case.gold else ON_ITS_OWN
    return [score for scorer in scorers for score in scorer(trial)]


def score_figures(case: Case, figures: Sequence[FigureView]) -> list[Score]:
    """The figure scores of anything that finds quantities."""
    nothing: dict[str, Any] = {"coverage": {"set_aside": [], "missed": []}}
    view = SummaryView(case.id, str(case.path), {}, tuple(figures), {}, nothing)
    trial = Trial.of(case, view)
    scorers = (
        figure_scorers.found,
        figure_scorers.unit,
        figure_scorers.bound,
        figure_scorers.exact,
    )
    return [score for scorer in scorers for score in scorer(trial)]


def score_mentions(case: Case) -> list[Score]:
    """The figure scores of the product's grammar on this document, cleaned by the product."""
    from summarizer.clean import clean
    from summarizer.mentions import find_mentions
    from summarizer.read import read

    found = [
        FigureView(m.id, m.span, m.text, q.value, q.high, q.unit, q.bound, q.kind)
        for m in find_mentions(clean(read(case.path)))
        if (q := m.quantity) is not None
    ]
    return score_figures(case, found)


def totals(documents: Iterable[Iterable[Score]]) -> list[Score]:
    """Micro averages over documents, in the order in which metrics first occur."""
    by_metric: dict[str, list[Score]] = {}
    for scores in documents:
        for score in scores:
            by_metric.setdefault(score.metric, []).append(score)
    return [total for scores in by_metric.values() if (total := pooled(scores))]
