"""The numbers of a row: what a sentence offers that an item's numbers may be, and whose each is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.engine.candidates import Candidate
from summarizer.engine.field_types import leaf
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.proposals import Proposal, Proposer
from summarizer.engine.row_openings import Openings

ROW = 0.2  # relevance of a number from which its sentence may be a row
ALONE = -0.15  # of one that is the only one of its kind that a row has
SHARED = 0.1  # of one among several
NAMES_AND_JUDGES = 2  # requests for a name: which there is, and whether it is one
ASKED_OF_TEXT = 2  # requests for a field in words: by its description, and with the name

Offers = Mapping[str, Sequence[Proposal]]
"""The places of a sentence that may be an item's numbers, by field, the most relevant first."""


@dataclass(frozen=True)
class RowNumbers:
    """What a document offers the rows of a list, by the sentence's number."""

    listed: ItemList
    proposer: Proposer
    offers: Mapping[int, Offers]

    @classmethod
    def of(cls, listed: ItemList, proposer: Proposer) -> RowNumbers:
        """The places of each field of a list, each with its sentence."""
        offers: dict[int, dict[str, list[Proposal]]] = {}
        for name, tree in listed.picks.items() if listed.name_of_row else ():
            for one in proposer.of(OwnField(name, listed.fields[name]), leaf(tree)):
                told = offers.setdefault(one.place.sentence.number, {})
                told.setdefault(name, []).append(one)
        return cls(listed, proposer, offers)

    @property
    def leading(self) -> list[int]:
        """The sentences with a number that is what an item asks for."""
        return [number for number, told in self.offers.items() if _is_row(told)]

    def among(
        self, numbers: Sequence[int], stretches: Sequence[range], *, is_only: bool
    ) -> dict[str, Any]:
        """The numbers of stretches of some sentences, each the one field's that it fits best.

        Before its only name may stand a day of it: 7月11日,柳湾村受灾.
        """
        own: dict[str, list[Proposal]] = {}
        for number in numbers:
            for field, several in self.offers.get(number, {}).items():
                own.setdefault(field, []).extend(
                    one
                    for one in several
                    if any(one.place.at.start in stretch for stretch in stretches)
                    or (is_only and one.place.date is not None)
                )
        every = [(one, field) for field, several in own.items() for one in several]
        taken: dict[str, Candidate] = {}
        for one, field in sorted(every, key=lambda pair: -pair[0].relevance):
            is_free = field not in taken and one.place not in taken.values()
            if is_free and one.relevance >= self._least(one, field, own[field]):
                taken[field] = one.place
        made = self.proposer.picker.made
        trees = {field: leaf(tree) for field, tree in self.listed.picks.items()}
        return {f: made(tree, taken[f]) if f in taken else None for f, tree in trees.items()}

    def _least(self, one: Proposal, field: str, several: Sequence[Proposal]) -> float:
        """The relevance from which a place may be a field's.

        Of the only day of a row any will do, and of the only number if it is called nothing; where
        a model said that it is a row, of several, too.
        """
        is_bare = one.place.date is not None or field not in self.listed.called
        if len(several) > 1 and (self.listed.is_led_by_numbers or not is_bare):
            return SHARED
        return -math.inf if is_bare else ALONE


def requests_of_rows(listed: ItemList, proposer: Proposer) -> int:
    """About how many requests a list of rows takes: as many as if each sentence named one."""
    if not listed.name_of_row:
        return 0
    if listed.is_led_by_numbers:
        return len(RowNumbers.of(listed, proposer).leading) * NAMES_AND_JUDGES
    sentences = Openings.of(proposer.document.sentences).sentences
    body = [sentence for sentence in sentences if not sentence.heading]
    texts = [
        n
        for n in listed.words_of_row
        if listed.types[n].leaf is str and not listed.types[n].choices
    ]
    fields = len(listed.words_of_row) + len(texts) * (ASKED_OF_TEXT - 1)
    return len(body) * (NAMES_AND_JUDGES + fields)


def _is_row(told: Offers) -> bool:
    """Whether some number of a sentence is what an item asks for."""
    return any(one.relevance >= ROW for several in told.values() for one in several)
