"""Whether the overview says of each number what the text says of it, and tells of what matters."""

from __future__ import annotations

import re

from summarizer.types import Span

from ..cases import GoldFigure
from ..match import amount
from ..scores import Reason, Score, rate
from ..text import fold, key, same_name, share
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


def backed(trial: Trial) -> list[Score]:
    """Of the overview's quantities and names: those that are figures and items of gold.

    Names are those of items, ours and gold's, that stand in it. What gold calls borderline is
    right here: it may be told.
    """
    overview = trial.view.texts.get("overview", "")
    said, against = find_figures(overview), []
    for quantity in said:
        if not any(_is(gold, quantity) for gold in trial.gold.figures):
            told = f"{amount(quantity)} · {_clause(overview, quantity)}"
            against.append(Reason("false", "overview", "no figure of gold", told))
    right, wrong = _names(trial, key(overview))
    against += [Reason("false", "overview", "no item of gold", name) for name in sorted(wrong)]
    return [rate("overview.backed", len(said) + len(right) + len(wrong), against)]


def _is(gold: GoldFigure, quantity: FigureView) -> bool:
    units = {fold(u).replace("成", "%") for u in gold.units}
    ends = {e for e in (gold.value, gold.high) if e is not None}
    unit = fold(quantity.unit or "").replace("成", "%")
    return quantity.value in ends and (gold.implied_unit or not unit or unit in units)


def _names(trial: Trial, overview: str) -> tuple[set[str], set[str]]:
    """The names of items that stand in the overview, by whether gold has them."""
    right, wrong = set[str](), set[str]()
    for one in trial.lists:
        if not one.names or one.name not in trial.gold.items:
            continue
        known = [n for g in trial.gold.items[one.name] for n in g.values.get(one.names[0], ())]
        right |= {key(name) for name in known if key(name) in overview}
        for item in trial.items(one):
            name = item.texts.get(one.names[0], "")
            if key(name) in overview and not any(same_name(name, other) for other in known):
                wrong.add(key(name))
    return right, wrong - {""}


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
