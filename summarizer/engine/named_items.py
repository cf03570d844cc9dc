"""Items that are numbers with a name, for a small model: rules find both, and nothing is asked.

Where all that an item says in words is what its number is called (a `NameOfQuantity`), the words
that lead to each quantity are its name. Asked for them, a small model answers nothing for a whole
passage. Plans and numbers of other years are none, and what is in no item is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.candidates import Candidate
from summarizer.engine.checked_items import at, checked
from summarizer.engine.figures import called
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.item_picks import item_places, picks_among
from summarizer.engine.pick_checks import dated_hints, is_of_other_year, is_planned
from summarizer.engine.picking import Picker
from summarizer.engine.schema import Schema
from summarizer.types import Issue
from summarizer.zh.asked_words import AskedWords
from summarizer.zh.directions import is_denied
from summarizer.zh.quantity_names import is_time_taken, quantity_names
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.tables.rows import row_names


def named_items(
    document: ParsedDocument, schema: Schema, picker: Picker
) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of all lists whose words are the names of their numbers, and what is dropped."""
    found = [
        one
        for listed in schema.lists
        if listed.name_of_quantity
        for sentence in document.sentences
        if not sentence.heading and not schema.hooks.is_left_out(sentence)
        for one in _items_of(listed, sentence, document, picker)
    ]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


def _items_of(
    listed: ItemList, sentence: Sentence, document: ParsedDocument, picker: Picker
) -> Iterator[ItemDraft | Issue]:
    """The items of a sentence; a number is of one name, or of several that share it."""
    field = listed.name_of_quantity
    asked = [
        dated_hints(t.marks, listed.fields[n].description or "") for n, t in listed.picks.items()
    ]
    taken: dict[Any, str] = {}
    every = [place for place in item_places(sentence, picker) if place.date is None]
    counted = [place for place in every if _counts(place, AskedWords.of(listed.about))]
    done = [place for place in counted if not is_planned(place, asked)]
    places = [place for place in done if not is_of_other_year(place, asked, picker.setting)]
    for place, names in _named(done, document):
        for name in names:
            picks = picks_among(places, listed, {field: name}, picker)
            found = {pick.span for pick in picks.values() if pick is not None}
            if not found or all(taken.get(span, place.id) != place.id for span in found):
                continue
            taken |= dict.fromkeys(found, place.id)
            draft = ItemDraft(listed.name, {field: name} | picks, (sentence,))
            yield checked(listed, draft, picker)
    yield from _untaken(listed, sentence, every, set(taken))


def _counts(place: Candidate, listed: AskedWords) -> bool:
    """Whether a number measures something, and what the list's docstring does not leave out."""
    if listed.excluded_by(place.before, place.behind) or is_denied(place.before):
        return False
    quantity = place.mention.quantity if place.mention is not None else None
    is_time = quantity is not None and quantity.kind == "duration"
    return not (is_time and is_time_taken(place.before))


def _untaken(
    listed: ItemList, sentence: Sentence, places: list[Candidate], taken: set[Any]
) -> Iterator[Issue]:
    """The numbers of a sentence that became no item's, in one issue."""
    numbers = [p.mention for p in places if p.mention is not None and p.mention.quantity]
    if rest := [number.text for number in numbers if number.span not in taken]:
        message = f"{listed.name}: no item has {'、'.join(rest)} of this sentence"
        yield at(sentence, Issue(code="item_dropped", severity="info", message=message))


def _named(
    places: list[Candidate], document: ParsedDocument
) -> Iterator[tuple[Candidate, list[str]]]:
    """The places of a sentence, each with those of its names that no place before it has.

    The name of a change is that of the number before it, where it begins with it.
    """
    told: list[str] = []
    for place in places:
        way = place.direction
        label = called(place, document.sentences)
        names = quantity_names(label, place.before, way.words if way else "")
        if place.cell is not None:  # of a table of places its row does not say what is counted
            said = fold(place.sentence.text)
            names = [] if place.cell.subject else row_names(said, fold(place.cell.words))
        new = [name for name in names if not name.startswith(tuple(told))] if way else names
        new = [name for name in new if name not in told]
        told += new
        yield place, new
