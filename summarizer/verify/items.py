"""Findings → items of the schema: evidence quoted, figures linked, the same item told once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.clean import CleanText
from summarizer.extract import Finding
from summarizer.grounding import shared
from summarizer.schema import ItemList
from summarizer.script import fold
from summarizer.types import Figure, Item
from summarizer.verify.evidence import evidence

SAME = 0.8  # shared characters from which two titles over the same sentence are one item
_CLAUSE = re.compile(r"[,，;；、。!！?？\n]")


def build(
    listed: ItemList, findings: Sequence[Finding], figures: Sequence[Figure], text: CleanText
) -> tuple[Item, ...]:
    """The items of one list in text order, numbered `<list>-<n>`, each with its figures' ids."""
    mine = sorted(
        (f for f in findings if f.list == listed.name), key=lambda f: f.sentences[0].number
    )
    kept: list[Finding] = []
    for finding in mine:
        twin = next((i for i, k in enumerate(kept) if is_same(listed, k, finding)), None)
        if twin is None:
            kept.append(finding)
        else:
            kept[twin] = _joined(kept[twin], finding)
    owned = _owners(listed, kept, figures, text)
    return tuple(
        item_of(
            listed,
            finding,
            text,
            id=f"{listed.name}-{n + 1}",
            figures=tuple(f.id for f in figures if n in owned[f.id]),
        )
        for n, finding in enumerate(kept)
    )


def item_of(listed: ItemList, finding: Finding, text: CleanText, **known: Any) -> Item:
    """A finding as an item of its list, its sentences quoted.

    A schema's validators find the words of these sentences in their context.
    """
    quoted = tuple(evidence(s, text) for s in finding.sentences)
    context = {"sentences": "".join(s.text for s in finding.sentences)}
    return listed.item.model_validate(
        {"evidence": quoted} | known | finding.values, context=context
    )


def is_same(listed: ItemList, one: Finding, other: Finding) -> bool:
    """The same name; or, without names, nearly the same words about a common sentence."""
    exact = listed.verbatim
    if exact:
        return all(fold(one.values[n]) == fold(other.values[n]) for n in exact)
    common = {s.number for s in one.sentences} & {s.number for s in other.sentences}
    a, b = _words(one), _words(other)
    return bool(common) and not max(shared(a, b), shared(b, a)) < SAME


def _joined(one: Finding, other: Finding) -> Finding:
    """The first of two tellings, with what it leaves empty, and the sentences, of the other."""
    sentences = {s.number: s for s in (*one.sentences, *other.sentences)}
    values = {name: value or other.values[name] for name, value in one.values.items()}
    return Finding(one.list, values, tuple(sentences[n] for n in sorted(sentences)))


def _owners(
    listed: ItemList, kept: Sequence[Finding], figures: Sequence[Figure], text: CleanText
) -> dict[str, set[int]]:
    """Which items each figure belongs to: those that cite its sentence.

    Where several do, the one whose words the figure's clause and label share most; for items that
    are names, every one whose sentence it is.
    """
    owned: dict[str, set[int]] = {}
    spans = [[text.to_raw(s.span) for s in f.sentences] for f in kept]
    for figure in figures:
        citing = [n for n, cited in enumerate(spans) if any(s.covers(figure.span) for s in cited)]
        if len(citing) > 1 and not listed.verbatim:
            around = _clause(figure, text) + figure.label
            citing = [max(citing, key=lambda n: shared(_words(kept[n]), around))]
        owned[figure.id] = set(citing)
    return owned


def _clause(figure: Figure, text: CleanText) -> str:
    """The clean clause that the figure stands in."""
    sentence = text.to_clean(figure.evidence.span)
    at = text.to_clean(figure.span)
    before = text.text[sentence.start : at.start]
    after = text.text[at.end : sentence.end]
    return _CLAUSE.split(before)[-1] + _CLAUSE.split(after)[0]


def _words(finding: Finding) -> str:
    return "".join(v for v in finding.values.values() if isinstance(v, str))
