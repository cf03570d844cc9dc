"""Places that rules propose for a field of the summary: of its kind, and told in its words.

A small model is shown the best of them and chooses; where one stands out, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.candidates import Candidate, candidates
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_types import FieldType
from summarizer.engine.figures import naming
from summarizer.engine.item_list import OwnField
from summarizer.engine.marks import ids
from summarizer.engine.pick_checks import fault
from summarizer.engine.picking import Picker, WrongKey
from summarizer.fields import Change
from summarizer.zh.directions import direction
from summarizer.zh.measured import (
    core,
    is_mark_passed,
    is_of_change,
    is_swapped,
    lacking,
    led_by,
    likeness,
    without_total,
)
from summarizer.zh.script import fold

MOST = 8  # places that are shown of a field
LIKE = 0.55  # likeness from which a place may be what a field asks for
MARGIN = 0.15  # how much less alike the next one must be for the first to stand out
LACKING = 6  # of so many characters of the field's core the leading words may lack one


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for a field, and how alike the words that lead to it are to the field's."""

    place: Candidate
    likeness: float


@dataclass(frozen=True)
class Proposer:
    """The places of a document, each with the words that lead to it."""

    document: ParsedDocument
    picker: Picker

    def of(self, field: OwnField, tree: FieldType) -> list[Proposal]:
        """The places that a pick may be by all that rules know, the most alike first.

        Where none is, those of what it asks for without a word for the whole: fines, not their sum.
        """
        wanted = core(fold(field.about))
        found = self._alike(wanted, field, tree)
        shorter = without_total(wanted)
        return found if found or shorter == wanted else self._alike(shorter, field, tree)

    def _alike(self, wanted: str, field: OwnField, tree: FieldType) -> list[Proposal]:
        """The places that words alike to some wanted ones lead to."""
        most = max(1, len(wanted) // LACKING)
        found = [
            Proposal(place, max(likeness(wanted, words) for words in leads))
            for place, leads in self._places
            if place.fits(tree)
            and min(lacking(wanted, words) for words in leads) <= most
            and not is_swapped(wanted, min(leads, key=lambda words: lacking(wanted, words)))
            and self._may_be(tree, place, field.about)
        ]
        found = [one for one in found if not is_outdone(one.place, [o.place for o in found])]
        return sorted((one for one in found if not one.likeness < LIKE), key=lambda p: -p.likeness)[
            :MOST
        ]

    def _may_be(self, tree: FieldType, place: Candidate, about: str) -> bool:
        if fault(tree, place, about, self.picker.setting):
            return False
        try:
            self.picker.made(tree, place)
        except WrongKey:
            return False
        is_change = tree.pick is not None and issubclass(tree.pick, Change)
        return is_change or is_of_change(about) or not moves(place)

    @cached_property
    def _places(self) -> list[tuple[Candidate, tuple[str, ...]]]:
        """Every place with the cores of the words that lead to it: its clause's, its label's."""
        picker, places = self.picker, []
        for sentence in self.document.sentences:
            named = dict(zip(ids(), sentence.mentions, strict=False))
            found = candidates([sentence], named, picker.trees, picker.setting.year)
            places += [(place, self._leads(place)) for place in found.values()]
        return places

    def _leads(self, place: Candidate) -> tuple[str, ...]:
        if place.mention is None:
            return (led_by(place.before), core(fold(place.sentence.text)))
        label = naming(place.mention, Chunk((place.sentence,)), self.document.sentences, "").label
        return led_by(place.before), core(fold(label))


def moves(place: Candidate) -> bool:
    """Whether a number says by how much something moved (增加19.3亿元)."""
    return place.mention is not None and direction(place.before, place.behind) is not None


def is_outdone(place: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a number is a mark that was passed (站上600亿元,达到612.3亿元)."""
    later = (o for o in others if o.sentence is place.sentence and place.at.end < o.at.start)
    return is_mark_passed(place.before, fold(place.text)) and any(later)


def is_sure(proposals: list[Proposal]) -> bool:
    """Whether the first of some proposals stands out."""
    return len(proposals) < 2 or not proposals[0].likeness - proposals[1].likeness < MARGIN
