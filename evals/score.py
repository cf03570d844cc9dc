"""Scores of one document, and of many pooled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from .cases import Case
from .lists import SCHEMA, Listed
from .scorers import ON_ITS_OWN, SCORERS, Trial, figures, second
from .scorers.picks import score_wanted
from .scores import Score, pooled
from .views import FigureView, SummaryView

_FIGURES = (figures.found, figures.unit, figures.bound, figures.exact)


def score_view(
    case: Case,
    view: SummaryView,
    lists: tuple[Listed, ...] | None = None,
    schema: str = SCHEMA,
) -> list[Score]:
    """All scores of a summary; those against gold only where the case has gold.

    `lists` are those of the schema that it follows, else the shipped report's.
    """
    trial = Trial.of(case, view, lists)
    scorers = SCORERS if case.gold else ON_ITS_OWN
    scores = [score for scorer in scorers for score in scorer(trial)]
    if case.wanted:
        scores = score_wanted(case.wanted, case.text, view.given, schema) + scores
    return scores


def score_figures(case: Case, found: Sequence[FigureView]) -> list[Score]:
    """The figure scores of anything that finds quantities; without gold, its agreement only."""
    trial = Trial.of(case, figures_only(case, found))
    return [score for scorer in _FIGURES if case.gold for score in scorer(trial)]


def figures_only(case: Case, found: Sequence[FigureView]) -> SummaryView:
    """A summary that has nothing but figures."""
    nothing: dict[str, Any] = {"coverage": {"set_aside": [], "missed": []}}
    return SummaryView(case.id, str(case.path), {}, tuple(found), {}, nothing)


def score_truth(case: Case) -> list[Score]:
    """How good the regex truth itself is, under `truth.`: what its opinion is worth."""
    scores = score_figures(case, second.truth(case.text))
    return [replace(s, metric=s.metric.replace("figures.", "truth.")) for s in scores]


def score_mentions(case: Case) -> list[Score]:
    """The product's grammar on this document: against gold, and beside the regex truth."""
    view = figures_only(case, find_mentions(case))
    return score_figures(case, view.figures) + second.agreement(Trial.of(case, view))


def find_mentions(case: Case) -> list[FigureView]:
    """The quantities that the product's grammar finds in the document as the product cleans it."""
    from summarizer.documents.clean import clean
    from summarizer.documents.read import read
    from summarizer.zh.quantities import find_mentions

    return [
        FigureView(m.id, m.span, m.text, q.value, q.high, q.unit, q.bound, q.kind)
        for m in find_mentions(clean(read(case.path)))
        if (q := m.quantity) is not None
    ]


def totals(documents: Iterable[Iterable[Score]]) -> list[Score]:
    """Micro averages over documents, in the order in which metrics first occur."""
    by_metric: dict[str, list[Score]] = {}
    for scores in documents:
        for score in scores:
            by_metric.setdefault(score.metric, []).append(score)
    return [total for scores in by_metric.values() if (total := pooled(scores))]
