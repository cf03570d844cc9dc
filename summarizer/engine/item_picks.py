"""Picks of an item for a small model: the places of its sentences that its own words lead to.

It says what an item is called; which number is its own, its place in the sentence tells. Asked to
choose among keys it takes the first one, whichever that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.engine.candidates import Candidate, candidates
from summarizer.engine.field_types import FieldType, is_of_dates
from summarizer.engine.grounding import char_recall
from summarizer.engine.item_list import ItemList
from summarizer.engine.marks import ids
from summarizer.engine.pick_checks import about_item, fault
from summarizer.engine.picking import Picker, WrongKey
from summarizer.engine.proposals import is_outdone, moves
from summarizer.fields import Change
from summarizer.zh.measured import (
    clause,
    core,
    is_difference,
    is_of_change,
    is_of_money,
    led_from,
    segment,
    shared_by,
)
from summarizer.zh.quantity_names import quantity_names
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

OWN = 0.5  # share of the core of a number's clause that an item's words have, in a list of picks


@dataclass(frozen=True, slots=True)
class _Words:
    """An item's words: those of the source, which lead to its numbers, and all of them."""

    names: tuple[str, ...]
    all: str

    def lead_to(self, place: Candidate) -> bool:
        """Whether a place is led by a name of the item: 第一产业增加值[45.6亿元],增长[3.1%]."""
        led = _clause(place)
        return any(name in led for name in self.names)

    def lead_past(self, place: Candidate) -> bool:
        """Whether it is another number, named by a later clause, that a place says the move of.

        房地产开发投资12亿元,其中住宅9亿元,增长[2%] is of 住宅 alone.
        """
        before, led = place.before, _clause(place)
        if not (moves(place) or place.is_standstill) or not before.endswith(led):
            return False
        named = len(before) - len(led) + max(led.rfind(name) for name in self.names)
        numbers = (m.at.start - place.sentence.span.start for m in place.sentence.mentions)
        leads = [before[:at] for at in numbers if at < len(before) - len(clause(before))]
        later = (lead for lead in leads if len(lead) - len(clause(lead)) > named)
        return any(quantity_names("", lead) for lead in later)

    def shares_segment(self, place: Candidate) -> bool:
        """Whether a name of the item stands before a place in its part of the sentence."""
        around = segment(place.before)
        return any(name in around for name in self.names)

    def said_beside(self, place: Candidate) -> int:
        """How much else is called before the name that leads to a place: 货物进|出口[18亿元]."""
        led = _clause(place)
        before = (led[: led.rfind(name)] for name in self.names if name in led)
        return min((len(core(clause(words))) for words in before), default=0)


def item_picks(
    listed: ItemList, values: dict[str, Any], sentences: Sequence[Sentence], picker: Picker
) -> dict[str, Any]:
    """The picks of an item by its words, in the sentences that it cites."""
    places = [place for sentence in sentences for place in item_places(sentence, picker)]
    return picks_among(places, listed, values, picker)


def picks_among(
    places: Sequence[Candidate], listed: ItemList, values: dict[str, Any], picker: Picker
) -> dict[str, Any]:
    """The picks of an item by its words, among some places."""
    names = tuple(fold(words) for words in listed.verbatim_words(values))
    words = _Words(names, fold("".join(str(v) for v in values.values() if isinstance(v, str))))
    found: dict[str, Any] = {}
    is_led = any(words.lead_to(p) for p in places for t in listed.picks.values() if _fits(t, p))
    for name, tree in listed.picks.items():
        if not tree.is_bare:
            continue  # a model with picks inside is asked for by itself (item_parts.py)
        about = listed.fields[name].description or ""
        leaf = tree if tree.inner is None else tree.inner
        asked = about_item(about, values)
        fitting = [p for p in places if _may_be(leaf, p, asked, picker)]
        fitting = fitting if is_of_change(about) else [p for p in fitting if _is_level(leaf, p)]
        if tree.inner is not None:
            if is_of_money(about):
                fitting = [p for p in fitting if _is_money(p)]
            else:
                fitting = [p for p in fitting if words.lead_to(p) or _tells_of(words, p)]
            found[name] = [picker.made(leaf, place) for place in fitting]
        else:
            chosen = _one(leaf, fitting, words, is_led=is_led)
            found[name] = None if chosen is None else picker.made(leaf, chosen)
    return found


def _one(
    tree: FieldType, fitting: Sequence[Candidate], words: _Words, *, is_led: bool
) -> Candidate | None:
    """The place of a single pick.

    Where an item's name leads to a number of it, only what it leads to is its own; else a deadline
    comes before a mere date, and the number whose clause shares most with the item's words.
    """
    led = [place for place in fitting if words.lead_to(place) and not words.lead_past(place)]
    if is_of_dates(tree):
        due = [p for p in fitting if p.date is not None and p.date.bound == "at_most"]
        told = [place for place in fitting if place.date is not None and place.date.end]
        return next(iter(due or (told if len(told) == 1 else ())), None)
    if led or is_led:
        led = [place for place in led if not is_outdone(place, led)]
        return min(led, key=words.said_beside, default=None)
    near = [place for place in fitting if words.shares_segment(place)]
    return max(near or fitting, key=lambda p: char_recall(_clause(p), words.all), default=None)


def _may_be(tree: FieldType, place: Candidate, about: str, picker: Picker) -> bool:
    if not place.fits(tree) or fault(tree, place, about, picker.setting):
        return False
    try:
        picker.made(tree, place)
    except WrongKey:
        return False
    return True


def _is_level(tree: FieldType, place: Candidate) -> bool:
    """Whether a place does not say by how much something moved or differs, or the pick may."""
    is_change = tree.pick is not None and issubclass(tree.pick, Change)
    return is_change or not (moves(place) or is_difference(place.before))


def _fits(tree: FieldType, place: Candidate) -> bool:
    return any(place.fits(pick) for pick in tree.picks) and not is_of_dates(tree.picks[0])


def _is_money(place: Candidate) -> bool:
    quantity = place.mention.quantity if place.mention is not None else None
    return quantity is not None and quantity.kind == "money"


def _tells_of(words: _Words, place: Candidate) -> bool:
    told = core(_clause(place))
    return bool(told) and not char_recall(told, words.all) < OWN


def _clause(place: Candidate) -> str:
    """The words that lead to a place."""
    shared = shared_by(place.before)
    return place.before[led_from(place.before) :] if shared is None else shared


def item_places(sentence: Sentence, picker: Picker) -> list[Candidate]:
    """Every place of a sentence that a pick of the schema may be, in order."""
    named = dict(zip(ids(), sentence.mentions, strict=False))
    found = candidates([sentence], named, picker.trees, picker.setting.now).values()
    return sorted(found, key=lambda place: place.at)
