"""What is said of the items that are there: choices, quotes, and words beside gold's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cases import GoldItem
from ..lists import Listed
from ..scores import Reason, Score, pooled, rate
from ..text import fold, likeness, same_name
from ..views import ItemView
from . import items
from .trial import Trial

ALIKE = 0.5
_PLACES = frozenset({"village", "place"})
_CLAUSE = re.compile("[,，。;；:：!！?？\n]")


def chosen(trial: Trial) -> list[Score]:
    """Of the items that meet gold: a choice that gold accepts there; a village is a place."""
    scores = []
    for one in items.scored(trial):
        for name in one.choices:
            is_kind = name in one.kinds
            scores.append(_rated(trial, one, name, is_kind=is_kind))
    return scores


def quoted(trial: Trial) -> list[Score]:
    """Of the items that meet gold: a quoted field has gold's words, or most of them."""
    scores = []
    for one in items.scored(trial):
        for name in (*one.names[1:], *one.quotes):
            wrong, of = list[Reason](), 0
            for ours, golds in _met(trial, one):
                wanted = [said for gold in golds for said in gold.values.get(name, ())]
                of += bool(wanted)
                said = ours.texts.get(name, "")
                if wanted and not any(same_name(said, w) for w in wanted):
                    wrong.append(_reason(ours, name, wanted[0], said))
            scores.append(rate(f"{one.name}.{name}", of, wrong))
    return scores


def alike(trial: Trial) -> list[Score]:
    """Of the items that meet gold: words that are alike to gold's, as labels are.

    Where gold's item has evidence and no such words, the nearest clause of its evidence stands for
    them, and the reason says so.
    """
    scores: dict[str, list[Score]] = {}
    for one in items.scored(trial):
        for name, metric in one.words:
            if not any(name in gold.values for gold in items.golds(trial, one)):
                continue
            wrong, of = list[Reason](), 0
            for ours, golds in _met(trial, one):
                of += 1
                best, wanted, instead = max(_likened(trial, ours, golds, name))
                if best < ALIKE:
                    what = f"{name} {best:.2f}{instead}"
                    wrong.append(_reason(ours, what, wanted, ours.texts.get(name, "–")))
            scores.setdefault(metric, []).append(rate(metric, of, wrong))
    return [total for parts in scores.values() if (total := pooled(parts))]


def _likened(
    trial: Trial, ours: ItemView, golds: list[GoldItem], name: str
) -> Iterator[tuple[float, str, str]]:
    said = ours.texts.get(name, "")
    for gold in golds:
        if gold.values.get(name):
            yield from ((likeness(said, words), words, "") for words in gold.values[name])
            continue
        for span in gold.evidence:
            for words in _CLAUSE.split(fold(trial.case.text[span.slice])):
                yield likeness(said, words), words, " beside gold's sentence"
    yield 0.0, "", ""


def _rated(trial: Trial, one: Listed, name: str, *, is_kind: bool) -> Score:
    wrong, of = list[Reason](), 0
    for ours, golds in _met(trial, one):
        wanted = [said for gold in golds for said in gold.values.get(name, ())]
        said = ours.texts.get(name, "–")
        of += bool(wanted)
        same = said in wanted or (is_kind and said in _PLACES and not _PLACES.isdisjoint(wanted))
        if wanted and not same:
            shown = f"{said} · {ours.texts.get(one.shown, '')}"
            wrong.append(_reason(ours, name, "/".join(dict.fromkeys(wanted)), shown))
    return rate(f"{one.name}.{name}", of, wrong)


def _met(trial: Trial, one: Listed) -> Iterator[tuple[ItemView, list[GoldItem]]]:
    """Each item of ours that meets gold, with what it meets; borderline gold is optional."""
    for o, gs in items.met(trial, one).items():
        strict = [gold for g in gs if not (gold := items.golds(trial, one)[g]).borderline]
        if strict:
            yield trial.items(one)[o], strict


def _reason(ours: ItemView, what: str, wanted: str, said: str) -> Reason:
    span = ours.evidence[0].span if ours.evidence else None
    return Reason("wrong", what, wanted, said or "–", span, ours.id)
