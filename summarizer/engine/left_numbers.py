"""The numbers of a document that may be a list's and are in none of its items, told in one issue.

Rules that find items by themselves tell it of each sentence (`named_items`); of what a model was
asked for it is told here, whichever model that was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.field_types import picks_in
from summarizer.engine.item_list import ItemList
from summarizer.engine.item_picks import item_places
from summarizer.engine.picking import Picker
from summarizer.engine.schema import Schema
from summarizer.types import Issue, Span

SHOWN = 12  # numbers that are named; how many more there are is said


def left_numbers(
    schema: Schema,
    document: ParsedDocument,
    picker: Picker,
    found: Mapping[str, Sequence[Any]],
    told: Collection[str],
) -> Iterator[Issue]:
    """An issue for each list with picks that leaves numbers, but for those `told` by rules.

    `found` are the values of items by their list, and under "" those of the summary's own fields.
    """
    for listed in schema.lists:
        if not listed.picks or listed.name in told:
            continue
        own = [pick for name in ("", listed.name) for pick in picks_in(found.get(name, ()))]
        had = {span for pick in own for span in (pick.span, *pick.also_at)}
        offered = _offered(listed, schema, document, picker)
        if left := [text for at, text in offered.items() if at not in had]:
            yield _issue(listed.name, left)


def _offered(
    listed: ItemList, schema: Schema, document: ParsedDocument, picker: Picker
) -> dict[Span, str]:
    """The numbers that a pick of a list may be, by their raw places."""
    trees = [pick for tree in listed.picks.values() for pick in tree.picks]
    return {
        picker.text.to_raw(place.at): place.text
        for sentence in document.sentences
        if not (sentence.heading or schema.hooks.is_left_out(sentence))
        for place in item_places(sentence, picker)
        if place.mention is not None and place.date is None
        if any(place.fits(tree) for tree in trees)
    }


def _issue(name: str, left: Sequence[str]) -> Issue:
    message = f"{name}: in no item: {', '.join(left[:SHOWN])}"
    if len(left) > SHOWN:
        message = f"{name}: in no item: {', '.join(left[:SHOWN])}; {len(left) - SHOWN} more"
    return Issue(code="numbers_left", severity="info", message=message)
