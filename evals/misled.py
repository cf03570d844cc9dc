"""Errors planted into summaries, to see how soon a reader who takes the doubtful first meets them.

One of each kind goes into each document at once, into a figure or an item that a fixed rule picks,
and what the product's last proof says of the spoiled summary is what it would have said. Where the
doubts are no use, a fifth of the errors stand in the first fifth of what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.schema import Schema
from summarizer.engine.verify.proof import prove
from summarizer.render.review.listing import entries
from summarizer.render.review.payload import Reviewed
from summarizer.types import Figure, Item, Summary
from summarizer.zh.relations.consistency import disagreements
from summarizer.zh.script import fold

FIRST = 5  # the part of what is shown that is looked at first: a fifth
CUT = 3  # characters that a label keeps which is cut inside a word

Spoiled = Figure | Item
Plant = Callable[[Summary, Schema, ParsedDocument, frozenset[str]], Spoiled | None]
"""What stands in the place of a figure or an item, None where there is none to spoil."""


@dataclass
class Misled:
    """Of each kind how many were planted, and how many stand in the first fifth."""

    planted: Counter[str] = field(default_factory=Counter)
    soon: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of all stand in the first fifth."""
        return self.soon.total() / self.planted.total() if self.planted else 0.0


def mislead(documents: Iterable[tuple[str, Summary, Schema, ParsedDocument]]) -> Misled:
    """Plant one error of each kind into each document, and look where they are shown."""
    found = Misled()
    for name, summary, schema, parsed in documents:
        spoiled = dict[str, Spoiled]()
        for kind, plant in KINDS.items():
            taken = frozenset(one.id for one in spoiled.values())
            thing = plant(summary, schema, parsed, taken)
            if thing is not None:
                spoiled[kind] = thing
        made = Reviewed(_with(summary, schema, parsed, spoiled), schema, parsed)
        shown = [entry.ref for entry in entries(made, doubtful=True)]
        for kind, thing in spoiled.items():
            found.planted[kind] += 1
            is_soon = shown.index(thing.id) * FIRST < len(shown)
            found.soon[kind] += is_soon
            if not is_soon:
                found.late.append(f"{name} {kind}: {thing.id} {_words(thing)}")
    return found


def _with(
    summary: Summary, schema: Schema, parsed: ParsedDocument, spoiled: dict[str, Spoiled]
) -> Summary:
    """The summary with errors in it, and what is said of them when it is proved."""
    by_id = {thing.id: thing for thing in spoiled.values()}
    update: dict[str, Any] = {"figures": tuple(by_id.get(f.id, f) for f in summary.figures)}
    for listed in schema.lists:
        items = getattr(summary, listed.name)
        update[listed.name] = tuple(by_id.get(item.id, item) for item in items)
    made = summary.model_copy(update=update)
    told = (*summary.issues, *prove(made, schema, parsed), *disagreements(made.figures))
    return made.model_copy(update={"issues": tuple(dict.fromkeys(told))})


def _middle(things: Iterable[Any], taken: frozenset[str]) -> Any:
    """The one in the middle: neither the first, which is often the headline, nor one of taste."""
    left = [thing for thing in things if thing.id not in taken]
    return left[len(left) // 2] if left else None


def _wrong_value(
    summary: Summary, _: Schema, __: ParsedDocument, taken: frozenset[str]
) -> Figure | None:
    figure = _middle((f for f in summary.figures if f.value > 0 and f.high is None), taken)
    if figure is None:
        return None
    made: Figure = figure.model_copy(
        update={"value": figure.value + Decimal(1), "base_value": None}
    )
    return made


def _neighbours_label(
    summary: Summary, _: Schema, __: ParsedDocument, taken: frozenset[str]
) -> Figure | None:
    """The label of another sentence."""
    figure = _middle(summary.figures, taken)
    others = [
        f for f in summary.figures
        if figure and f.evidence.span != figure.evidence.span and f.label != figure.label
    ]  # fmt: skip
    return figure.model_copy(update={"label": others[-1].label}) if others else None


def _strangers_figure(
    summary: Summary, _: Schema, parsed: ParsedDocument, taken: frozenset[str]
) -> Figure | None:
    """A number given to somebody whom another sentence names."""
    figure = _middle(summary.figures, taken)
    if figure is None:
        return None
    named = [name.text for s in parsed.sentences for name in s.names if name.is_party]
    own = fold(parsed.facts.place or "")
    away = [n for n in named if fold(n) not in fold(figure.evidence.quote) and fold(n) not in own]
    return figure.model_copy(update={"subject": away[-1]}) if away else None


def _place_as_person(
    summary: Summary, schema: Schema, parsed: ParsedDocument, taken: frozenset[str]
) -> Item | None:
    """Somebody held up who is the village that the same text names."""
    for listed in schema.lists:
        if not listed.kinds:
            continue
        item = _middle(getattr(summary, listed.name), taken)
        villages = [n.text for s in parsed.sentences for n in s.names if n.text.endswith("村")]
        if item is not None and villages:
            update = {listed.names[0]: villages[0], listed.kinds[0]: "person"}
            made: Item = item.model_copy(update=update)
            return made
    return None


def _invented_deed(
    summary: Summary, schema: Schema, _: ParsedDocument, taken: frozenset[str]
) -> Item | None:
    """What another item did, told of the sentence of this one."""
    for listed in schema.lists:
        if listed.names or not listed.prose:
            continue
        items = getattr(summary, listed.name)
        item, name = _middle(items, taken), listed.prose[0]
        away = [
            other for other in items
            if item and {e.span for e in other.evidence}.isdisjoint(e.span for e in item.evidence)
        ]  # fmt: skip
        if away:
            made: Item = item.model_copy(update={name: getattr(away[-1], name)})
            return made
    return None


def _cut_label(
    summary: Summary, _: Schema, __: ParsedDocument, taken: frozenset[str]
) -> Figure | None:
    """A label that ends on a particle, as those do that ran into a limit."""
    figure = _middle((f for f in summary.figures if len(f.label) > CUT), taken)
    return figure.model_copy(update={"label": f"{figure.label[:CUT]}的"}) if figure else None


KINDS: dict[str, Plant] = {
    "value": _wrong_value,
    "label": _neighbours_label,
    "subject": _strangers_figure,
    "person": _place_as_person,
    "deed": _invented_deed,
    "cut": _cut_label,
}
"""Six kinds of error: a wrong number, a neighbour's label, a stranger's figure, a village taken for
a person, another item's deed, a label that was cut."""


def _words(thing: Spoiled) -> str:
    return (
        thing.label
        if isinstance(thing, Figure)
        else "、".join(value for value in thing.model_dump().values() if isinstance(value, str))
    )


def documents(
    given: Iterable[tuple[str, Summary, ParsedDocument]], schema: Schema, most: int
) -> Iterator[tuple[str, Summary, Schema, ParsedDocument]]:
    """The first so many in whose first fifth one error of each kind has room."""
    count = 0
    for name, summary, parsed in given:
        things = sum(len(getattr(summary, one.name)) for one in schema.lists)
        if not len(summary.figures) + things < FIRST * len(KINDS):
            yield name, summary, schema, parsed
            count += 1
        if not count < most:
            return
