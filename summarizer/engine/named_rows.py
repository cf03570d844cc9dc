"""Items that are a name with numbers of its own, for a small model: a row of a table told in words.

柳家湾村受灾人口1860人,冲毁公路3.1公里: asked for items, a small model answers nothing for such
sentences, or something for all with numbers. Asked what is named in a sentence it answers well
(`find`). So the numbers lead: where one fits what an item asks for, by its kind and the words
around it, the sentence is asked for the names in it, and each has the numbers behind it up to the
next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from summarizer.engine.candidates import Candidate
from summarizer.engine.faults import message
from summarizer.engine.field_choice import Chooser
from summarizer.engine.field_types import leaf
from summarizer.engine.item_draft import Broken, ItemDraft, made
from summarizer.engine.item_issues import item_dropped
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_places
from summarizer.engine.proposals import Proposal
from summarizer.engine.schema import Schema
from summarizer.fields import Verbatim
from summarizer.types import Issue
from summarizer.zh.asked_words import AskedWords
from summarizer.zh.names.places import NOT_OWN
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

ROW = 0.2  # relevance of a number from which its sentence may be a row
ALONE = -0.15  # of one that is the only one of its kind that a row has
SHARED = 0.1  # of one among several

Offers = Mapping[str, Sequence[Proposal]]
"""The places of a sentence that may be an item's numbers, by field, the most relevant first."""


def named_rows(schema: Schema, chooser: Chooser) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of all lists that are names with numbers, and what is dropped."""
    found = [
        one
        for listed in schema.lists
        if listed.name_of_row
        for one in _Rows(listed, chooser).found()
    ]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


@dataclass(frozen=True)
class _Rows:
    """Looks for the rows of one list."""

    listed: ItemList
    chooser: Chooser

    def found(self) -> Iterator[ItemDraft | Issue]:
        """Every row of the document, in order."""
        offers = self._offers()
        for sentence in self.chooser.proposer.document.sentences:
            if sentence.number in offers:
                yield from self._of_sentence(sentence, offers[sentence.number])

    def _offers(self) -> dict[int, dict[str, list[Proposal]]]:
        """What each sentence offers that has a number for an item, by the sentence's number."""
        offers: dict[int, dict[str, list[Proposal]]] = {}
        for name, tree in self.listed.picks.items():
            field = OwnField(name, self.listed.fields[name])
            for one in self.chooser.proposer.of(field, leaf(tree)):
                told = offers.setdefault(one.place.sentence.number, {})
                told.setdefault(name, []).append(one)
        return {number: told for number, told in offers.items() if _is_row(told)}

    def _of_sentence(self, sentence: Sentence, offers: Offers) -> Iterator[ItemDraft | Issue]:
        drafts, wrong = self.chooser.in_words(self._asked(), sentence)
        yield from wrong
        told = [name for one in drafts for name in one.value if not self._is_excluded(name)]
        numbers = item_places(sentence, self.chooser.proposer.picker)
        for name, stretch in _stretches(told, numbers, sentence):
            picks = self._picks(offers, stretch)
            if any(pick is not None for pick in picks.values()):
                yield self._checked({self.listed.name_of_row: name} | picks, sentence)

    def _asked(self) -> OwnField:
        """The question for the names of a sentence."""
        name = self.listed.name_of_row
        info = FieldInfo.from_annotation(list[Verbatim])
        info.description = f"{self.listed.about};{self.listed.fields[name].description or name}"
        return OwnField(name, info)

    def _is_excluded(self, name: str) -> bool:
        """Whether what an item's class says of what does not count stands in a name."""
        excluded = AskedWords.of(self._asked().about).excluded
        return any(term in fold(name) for term in excluded)

    def _picks(self, offers: Offers, stretch: range) -> dict[str, Any]:
        """The numbers of a stretch of a sentence, each the one field's that it fits best."""
        own = {
            field: [one for one in several if _is_within(one.place, stretch)]
            for field, several in offers.items()
        }
        every = [(one, field) for field, several in own.items() for one in several]
        taken: dict[str, Candidate] = {}
        for one, field in sorted(every, key=lambda pair: -pair[0].relevance):
            is_free = field not in taken and one.place not in taken.values()
            if is_free and one.relevance >= _least(one, own[field]):
                taken[field] = one.place
        made = self.chooser.proposer.picker.made
        trees = {field: leaf(tree) for field, tree in self.listed.picks.items()}
        return {f: made(tree, taken[f]) if f in taken else None for f, tree in trees.items()}

    def _checked(self, values: dict[str, Any], sentence: Sentence) -> ItemDraft | Issue:
        """The row as its own class takes it; an issue where a validator of the author refuses."""
        draft = ItemDraft(self.listed.name, values, (sentence,))
        try:
            item = made(self.listed, draft, self.chooser.proposer.picker.text)
        except ValidationError as error:
            return item_dropped(self.listed, values, message(error))
        except Broken as error:
            return item_dropped(self.listed, values, str(error))
        return ItemDraft(draft.list, {name: getattr(item, name) for name in values}, (sentence,))


def _is_row(told: Offers) -> bool:
    """Whether some number of a sentence is what an item asks for."""
    return any(one.relevance >= ROW for several in told.values() for one in several)


def _least(one: Proposal, several: Sequence[Proposal]) -> float:
    """The relevance from which a place may be a field's: of the only day of a row any will do."""
    if len(several) > 1:
        return SHARED
    return ALONE if one.place.date is None else -math.inf


def _is_within(place: Candidate, stretch: range) -> bool:
    """Whether a place is in a stretch; a day may stand before it, in its sentence."""
    return place.at.start in stretch or (place.date is not None and place.at.start < stretch.start)


def _stretches(
    names: Sequence[str], numbers: Sequence[Candidate], sentence: Sentence
) -> Iterator[tuple[str, range]]:
    """Each name with the part of its sentence up to the next one, but those of all or of several.

    Those are 全乡, 我县, or have a number or a day in them: 11个村, 6月份.
    """
    text = fold(sentence.text)
    starts = sorted({(text.find(fold(name)), name) for name in names})
    ends = [*(start for start, _ in starts[1:]), len(text)]
    for (start, name), end in zip(starts, ends, strict=False):
        at = range(sentence.span.start + start, sentence.span.start + start + len(name))
        has_number = any(number.at.start in at for number in numbers)
        if start >= 0 and name[0] not in NOT_OWN and not has_number:
            yield name, range(at.start, sentence.span.start + end)
