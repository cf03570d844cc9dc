"""What of a summary its overview may tell, as its schema's class says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.engine.field_types import picks_in
from summarizer.engine.item_draft import PROOFS
from summarizer.engine.item_list import OwnField
from summarizer.engine.schema import Schema
from summarizer.keywords import FIGURES
from summarizer.types import Figure, Item, Span


@dataclass(frozen=True, slots=True)
class Told:
    """What of a summary its overview may tell, and the `places` that say it; None for anywhere.

    `wanted` is what the schema says of itself.
    """

    figures: tuple[Figure, ...]
    lists: Mapping[str, Sequence[Item]]
    own: tuple[tuple[OwnField, Any], ...]
    places: tuple[Span, ...] | None
    wanted: str

    @classmethod
    def of(
        cls,
        schema: Schema,
        figures: tuple[Figure, ...],
        lists: Mapping[str, Sequence[Item]],
        own: Mapping[str, Any],
    ) -> Told:
        """Of figures, lists and fields those that the schema's class names.

        A number of a field or of an item is told with it where figures are not. Of `own`, the
        values of fields by name, PROOFS are the passages that say them.
        """
        fields, names = schema.fields, schema.told
        if names is None:
            everything = tuple((field, own.get(name)) for name, field in fields.items())
            return cls(figures, lists, everything, None, schema.about)
        items = {name: some for name, some in lists.items() if name in names}
        said = tuple((field, own.get(name)) for name, field in fields.items() if name in names)
        counted = figures if FIGURES in names else _numbers(figures, items, said)
        cited = [figure.evidence for figure in counted]
        cited += [one for some in items.values() for item in some for one in item.evidence]
        proofs = own.get(PROOFS, {})
        cited += [one for name in proofs if name in names for one in proofs[name]]
        return cls(counted, items, said, tuple(one.span for one in cited), schema.about)


def _numbers(
    figures: Sequence[Figure],
    lists: Mapping[str, Sequence[Item]],
    own: Sequence[tuple[OwnField, Any]],
) -> tuple[Figure, ...]:
    """The figures that are numbers of these items and fields."""
    named = {one for items in lists.values() for item in items for one in item.figures}
    picked = {pick.span for _, value in own for pick in picks_in(value)}
    return tuple(f for f in figures if f.id in named or not picked.isdisjoint({f.span, *f.also_at}))
