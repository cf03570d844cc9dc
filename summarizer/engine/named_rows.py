"""Items that are a name with numbers of its own, for a small model: a row of a table told in words.

柳家湾村受灾人口1860人,冲毁公路3.1公里: asked for items, a small model answers nothing for such
sentences, or something for all with numbers. Asked what is named in a sentence it answers well
(`find`). So the numbers lead: where one fits what an item asks for, by its kind and the words
around it, the sentence is asked for the names in it, and each has the numbers behind it up to the
next.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pydantic.fields import FieldInfo

from summarizer.engine.candidates import Candidate
from summarizer.engine.checked_items import at, checked
from summarizer.engine.field_choice import Chooser
from summarizer.engine.field_types import leaf
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_places
from summarizer.engine.proposals import Proposal, Proposer
from summarizer.engine.schema import Schema
from summarizer.fields import Verbatim
from summarizer.types import Issue
from summarizer.zh.asked_words import AskedWords
from summarizer.zh.measured import are_joined
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
    found = [one for listed in schema.lists for one in _Rows(listed, chooser).found()]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


@dataclass(frozen=True)
class _Rows:
    """Looks for the rows of one list."""

    listed: ItemList
    chooser: Chooser

    def found(self) -> Iterator[ItemDraft | Issue]:
        """Every row of the document, in order."""
        offers = row_offers(self.listed, self.chooser.proposer)
        for sentence in self.chooser.proposer.document.sentences:
            if sentence.number in offers:
                yield from self._of_sentence(sentence, offers[sentence.number])

    def _of_sentence(self, sentence: Sentence, offers: Offers) -> Iterator[ItemDraft | Issue]:
        own = self.listed.name
        drafts, wrong = self.chooser.in_words(self._asked, sentence)
        yield from wrong
        numbers = item_places(sentence, self.chooser.proposer.picker)
        named = _Named.of([name for one in drafts for name in one.value], sentence)
        for name, stretches in named.stretches.items():
            is_excluded = any(term in fold(name) for term in self._excluded)
            picks = self._picks(offers, stretches, is_only=len(named.starts) == 1)
            if is_excluded or _is_of_several(name, numbers, named.starts[name]):
                yield at(sentence, _dropped(f"{own}: {name} is of several, or does not count"))
            elif any(pick is not None for pick in picks.values()):
                values = {self.listed.name_of_row: name} | picks
                draft = ItemDraft(self.listed.name, values, (sentence,))
                yield checked(self.listed, draft, self.chooser.proposer.picker)
        if named.joint and numbers:
            yield at(sentence, _dropped(f"{own}: whose the numbers are is not told: {named.joint}"))

    @cached_property
    def _asked(self) -> OwnField:
        """The question for the names of a sentence."""
        name = self.listed.name_of_row
        info = FieldInfo.from_annotation(list[Verbatim])
        info.description = f"{self.listed.about};{self.listed.fields[name].description or name}"
        return OwnField(name, info)

    @cached_property
    def _excluded(self) -> tuple[str, ...]:
        """What does not count, by what an item's class says."""
        return AskedWords.of(self._asked.about).excluded

    def _picks(
        self, offers: Offers, stretches: Sequence[range], *, is_only: bool
    ) -> dict[str, Any]:
        """The numbers of stretches of a sentence, each the one field's that it fits best.

        Before its only name may stand a day of it: 7月11日,柳湾村受灾.
        """
        own = {
            field: [
                one
                for one in several
                if any(one.place.at.start in stretch for stretch in stretches)
                or (is_only and one.place.date is not None)
            ]
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


def row_offers(listed: ItemList, proposer: Proposer) -> dict[int, dict[str, list[Proposal]]]:
    """What each sentence offers that may be a row of a list, by the sentence's number."""
    offers: dict[int, dict[str, list[Proposal]]] = {}
    for name, tree in listed.picks.items() if listed.name_of_row else ():
        for one in proposer.of(OwnField(name, listed.fields[name]), leaf(tree)):
            told = offers.setdefault(one.place.sentence.number, {})
            told.setdefault(name, []).append(one)
    return {number: told for number, told in offers.items() if _is_row(told)}


def _dropped(message: str) -> Issue:
    return Issue(code="item_dropped", severity="info", message=message)


def _is_row(told: Offers) -> bool:
    """Whether some number of a sentence is what an item asks for."""
    return any(one.relevance >= ROW for several in told.values() for one in several)


def _least(one: Proposal, several: Sequence[Proposal]) -> float:
    """The relevance from which a place may be a field's: of the only day of a row any will do."""
    if len(several) > 1:
        return SHARED
    return ALONE if one.place.date is None else -math.inf


def _is_of_several(name: str, numbers: Sequence[Candidate], starts: Sequence[int]) -> bool:
    """Whether a name is of all or several: 全乡, 我县, or has a number or day: 11个村, 6月份."""
    inside = [range(start, start + len(name)) for start in starts]
    return name[0] in NOT_OWN or any(one.at.start in at for one in numbers for at in inside)


@dataclass(frozen=True)
class _Named:
    """Where the names of a sentence stand, and the parts of it behind each up to the next.

    `joint` are names told in one breath (甲村、乙村分别为3人、5人): whose a number is nobody knows.
    """

    starts: dict[str, list[int]]
    stretches: dict[str, list[range]]
    joint: str

    @classmethod
    def of(cls, names: Sequence[str], sentence: Sentence) -> _Named:
        """Every place of every name; a name inside a longer one is none."""
        text, base = fold(sentence.text), sentence.span.start
        longest = sorted({fold(name): name for name in names}.items(), key=lambda one: -len(one[0]))
        known = dict(longest)
        found = re.finditer("|".join(re.escape(words) for words in known), text) if known else ()
        places = [(one.start(), one.end(), known[one[0]]) for one in found]
        ends = [*(start for start, _, _ in places[1:]), len(text)]
        joint = {
            at
            for (_, end, _), (start, _, _) in pairwise(places)
            if are_joined(text[end:start])
            for at in (end, start)
        }
        starts: dict[str, list[int]] = {}
        stretches: dict[str, list[range]] = {}
        together: list[str] = []
        for (start, end, name), border in zip(places, ends, strict=False):
            starts.setdefault(name, []).append(base + start)
            if joint & {start, end}:
                together.append(name)
            else:
                stretches.setdefault(name, []).append(range(base + start, base + border))
        lost = [name for name in together if name not in stretches]
        return cls(starts, stretches, "、".join(dict.fromkeys(lost)))
