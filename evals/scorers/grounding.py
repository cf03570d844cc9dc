"""Whether everything is proved by the raw text. These scorers need no gold."""

from __future__ import annotations

import re

from ..match import amount
from ..numerals import Source, plain
from ..scores import Reason, Score, rate
from ..text import key
from .trial import Trial


def numbers(trial: Trial) -> list[Score]:
    """Of the text fields: those whose every number stands in the source. None may fail."""
    fields = list(trial.texts())
    against = [
        Reason("invented", "number", ", ".join(lacking), text, None, where)
        for where, text in fields
        if (lacking := trial.source.lacks(text))
    ]
    return [rate("grounding.numbers", len(fields), against)]


def spans(trial: Trial) -> list[Score]:
    """Of all spans: those that hold. A quote is letter for letter what stands at its span."""
    raw, against, checked = trial.case.text, [], 0
    for ref, proof in trial.view.proofs():
        checked += 1
        if raw[proof.span.slice] != proof.quote or not proof.quote:
            said = raw[proof.span.slice]
            against.append(Reason("broken", "quote", said, proof.quote, proof.span, ref))
    for figure in trial.view.figures:
        checked += 1
        inside = figure.evidence is None or figure.evidence.span.covers(figure.span)
        if key(raw[figure.span.slice]) != key(figure.text) or not inside:
            said = raw[figure.span.slice] if inside else "outside its evidence"
            against.append(Reason("broken", "span", said, figure.text, figure.span, figure.id))
    return [rate("grounding.spans", checked, against)]


def values(trial: Trial) -> list[Score]:
    """Of the figures: those whose value a plain reader finds at their span and every repeat."""
    against = []
    for figure in trial.view.figures:
        for span in (figure.span, *figure.also_at):
            there = plain(trial.case.text[span.slice].replace("\n", ""))  # a broken line
            read = Source.of(there).values
            if figure.value not in read and not _is_beyond(there):
                said = ", ".join(f"{v:f}" for v in sorted(read)) or "no number"
                ours = f"{figure.text} = {amount(figure)}"
                against.append(Reason("invented", "value", said, ours, span, figure.id))
                break
    return [rate("grounding.values", len(trial.view.figures), against)]


def names(trial: Trial) -> list[Score]:
    """Of the names and quotes of items: those that stand in one of the passages they cite."""
    said = [
        (item, item.texts[name])
        for listed in trial.lists
        for item in trial.items(listed)
        for name in (*listed.names, *listed.quotes)
        if name in item.texts
    ]
    against = [
        Reason("invented", "name", "not in its evidence", words, None, item.id)
        for item, words in said
        if not any(key(words) in key(trial.passage(p.span)) for p in item.evidence)
    ]
    return [rate("grounding.names", len(said), against)]


def _is_beyond(text: str) -> bool:
    """Forms whose value the plain reader cannot read: halves, tenths, fractions, English words."""
    words = re.fullmatch(r"[A-Za-z -]+", text)
    return words is not None or any(c in text for c in "半成折翻分廿卅/")
