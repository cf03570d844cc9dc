"""Whether the overview says of each number what the text says of it."""

from __future__ import annotations

import re

from summarizer.types import Span

from ..match import amount
from ..scores import Reason, Score, rate
from ..text import fold, share
from ..truth import find_figures
from ..views import FigureView
from .trial import Trial

CLAUSE = re.compile(r"[^,，。;；:：!?、]+")


def faithful(trial: Trial) -> list[Score]:
    """Of the overview's quantities: value, unit and, loosely, the words of a figure beside it.

    A quarter of the label's characters in its sentence is enough: the overview may rephrase.
    """
    overview = trial.view.texts.get("overview", "")
    said = find_figures(overview)
    against = []
    for quantity in said:
        same = [f for f in trial.view.figures if _same(f, quantity)]
        if not same:
            why = "no figure has this value and unit"
        elif max(share(_sentence(overview, quantity.span), f.label) for f in same) < 0.25:
            why = f"that is {same[0].label}"
        else:
            continue
        against.append(
            Reason("false", "overview", why, f"{amount(quantity)} · {_clause(overview, quantity)}")
        )
    return [rate("overview.faithful", len(said), against)]


def _same(figure: FigureView, quantity: FigureView) -> bool:
    units = {fold(u).replace("成", "%") for u in (figure.unit, quantity.unit) if u}
    ends = {e for e in (figure.value, figure.high) if e is not None}
    return len(units) < 2 and quantity.value in ends


def _sentence(text: str, span: Span) -> str:
    start = max(text.rfind(c, 0, span.start) for c in "。;；\n") + 1
    ends = [at for c in "。;；\n" if (at := text.find(c, span.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _clause(text: str, quantity: FigureView) -> str:
    for match in CLAUSE.finditer(text):
        if Span(*match.span()).overlaps(quantity.span):
            return match[0]
    return ""
