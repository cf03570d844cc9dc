"""Places that rules propose for a field of the summary: of its kind, and told in its words.

A small model is shown the best of them and chooses; where one stands out, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.candidates import Candidate, candidates
from summarizer.engine.field_types import FieldType, is_same_value
from summarizer.engine.figures import called
from summarizer.engine.item_list import OwnField
from summarizer.engine.marks import ids
from summarizer.engine.pick_checks import dated_hints, fault, is_of_other_year, is_planned
from summarizer.engine.picking import Picker, WrongKey
from summarizer.engine.relevance import (
    BEYOND,
    DUE,
    ELSEWHEN,
    HEAD,
    LATER,
    MOST_DUE,
    Surroundings,
    near,
    relevance,
    sentence_relevance,
)
from summarizer.fields import Change, Pick
from summarizer.zh.aims import may_be_aim
from summarizer.zh.asked_words import AskedWords, asks_share, is_attribute
from summarizer.zh.directions import is_denied
from summarizer.zh.ends_of_time import is_other_end, leads_to_end
from summarizer.zh.measured import (
    LIKE,
    core,
    is_mark_passed,
    is_of_change,
    is_swapped,
    led_by,
    led_from,
    likeness,
    shared_by,
    shared_from,
    without_total,
)
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

SHARES = ("percent", "percent_point")
MOST = 4  # places that are shown of a field
SURE = 0.85  # relevance from which a place may stand out
AS_LIKE = 0.6  # of the best sentence for a field in words, from which another is asked
MARGIN = 0.15  # how much less relevant the next one must be for the first to stand out


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for a field, and how relevant the words around it are, from 0 to 1."""

    place: Candidate
    relevance: float


@dataclass(frozen=True)
class Proposer:
    """The places of a document, each with the words around it."""

    document: ParsedDocument
    picker: Picker

    def of(self, field: OwnField, tree: FieldType) -> list[Proposal]:
        """The places that a pick may be by all that rules know, the most relevant first."""
        asked = AskedWords.of(field.about)
        wanted = without_total(asked.core, self._text)
        may_be = [
            (place, around)
            for place, around in self._places
            if place.fits(tree) and self._may_be(tree, place, field.about)
        ]
        apart = [(p, a) for p, a in may_be if not _is_other(asked, wanted, p, a)]
        apart = _nearest_of_each(wanted, apart)
        found = [Proposal(p, self._relevance(field, wanted, p, a)) for p, a in apart]
        beside: dict[int, list[Candidate]] = {}
        for one in found:
            beside.setdefault(one.place.sentence.number, []).append(one.place)
        found = [o for o in found if not is_outdone(o.place, beside[o.place.sentence.number])]
        return sorted(found, key=lambda one: -one.relevance)

    def apart(self, tree: FieldType, proposals: Sequence[Proposal]) -> list[Proposal]:
        """The first proposals but for those that say an earlier one's value again, MOST of them."""
        kept: list[tuple[Pick, Proposal]] = []
        for one in proposals:
            value = self.picker.made(tree, one.place)
            if not any(is_same_value(value, known) for known, _ in kept):
                kept.append((value, one))
            if len(kept) == MOST:
                break
        return [one for _, one in kept]

    def sentences(self, field: OwnField) -> list[Sentence]:
        """The sentences that may tell of a field in words: those that are most like what it asks.

        Those that are much less like it than the first are left out.
        """
        wanted = AskedWords.of(field.about).core
        told: list[tuple[float, Sentence]] = []
        before = ""
        for sentence in self.document.sentences:
            text = fold(sentence.text)
            if not sentence.heading:
                told.append((sentence_relevance(wanted, text, before), sentence))
            before = text
        told.sort(key=lambda one: -one[0])
        best = told[0][0] if told else 0
        return [sentence for like, sentence in told if like > 0 and not like < best * AS_LIKE]

    def _relevance(
        self, field: OwnField, wanted: str, place: Candidate, around: Surroundings
    ) -> float:
        """How relevant a place is to a field, a little less the later it stands."""
        said = dated_hints(field.type.marks, field.about)
        elsewhen = said.year is None and is_of_other_year(
            place, [said], self.picker.setting, by_sentence=True
        )
        planned = not said.goal and is_planned(place, [said])
        is_past = (said.year or 0) < 0 and may_be_aim(place.before, place.behind)
        off = ELSEWHEN * (elsewhen + (planned or is_past))
        off += BEYOND * _is_beyond(place, field.type)
        off += LATER * place.sentence.number / len(self.document.sentences)
        told = relevance(wanted, _with_head(wanted, place, around), self._text) - off
        if not (_may_be_due(place) and AskedWords.of(field.about).is_due):
            return told
        return max(told, min(told + DUE, MOST_DUE))

    def _may_be(self, tree: FieldType, place: Candidate, about: str) -> bool:
        if fault(tree, place, about, self.picker.setting):
            return False
        try:
            self.picker.made(tree, place)
        except WrongKey:
            return False
        is_change = tree.pick is not None and issubclass(tree.pick, Change)
        if is_change and asks_share(about) and place.mention is not None:
            return place.mention.quantity is not None and place.mention.quantity.kind in SHARES
        return is_change or is_of_change(about) or not moves(place)

    @cached_property
    def _text(self) -> str:
        return fold(self.document.text.text)

    @cached_property
    def _places(self) -> list[tuple[Candidate, Surroundings]]:
        """Every place with the words around it: its clause's, its label's, what stands before."""
        picker, places = self.picker, []
        before, title = "", fold(self.document.facts.title or "")
        for sentence in self.document.sentences:
            named = dict(zip(ids(), sentence.mentions, strict=False))
            found = candidates([sentence], named, picker.trees, picker.setting.now)
            text = fold(sentence.text)
            for place in found.values():
                around = Surroundings(self._leads(place), near(place), text, before + title)
                places.append((place, around))
            before = text
        return places

    def _leads(self, place: Candidate) -> tuple[str, ...]:
        if place.mention is None:
            return (core(near(place)),)
        led = led_by(place.before)
        if shared_by(place.before) is not None:
            return (led,)
        return led, core(called(place, self.document.sentences))


def _with_head(wanted: str, place: Candidate, around: Surroundings) -> Surroundings:
    """What leads to a number with the noun that its unit stands for: 民商事[4822件], of 案件."""
    head = wanted[-HEAD:]
    if place.mention is None or len(head) < HEAD or not fold(place.text).endswith(head[-1]):
        return around
    leads = [lead if head in lead else lead + head for lead in around.leads]
    return replace(around, leads=leads, near=around.near + head)


def _nearest_of_each(
    wanted: str, places: Sequence[tuple[Candidate, Surroundings]]
) -> list[tuple[Candidate, Surroundings]]:
    """Places; of those that share one predicate the one alone whose name is most like the wanted.

    城镇和农村居民收入分别达到36842元和17265元: one of them is the farmers'.
    """
    best: dict[tuple[int, int], float] = {}
    keys: list[tuple[int, int] | None] = []
    for place, around in places:
        is_shared = place.mention is not None and shared_by(place.before) is not None
        key = (place.sentence.number, shared_from(place.before)) if is_shared else None
        keys.append(key)
        if key is not None:
            best[key] = max(best.get(key, 0.0), likeness(wanted, around.leads[0]))
    return [
        (place, around)
        for key, (place, around) in zip(keys, places, strict=True)
        if key is None or best[key] < LIKE or not likeness(wanted, around.leads[0]) < best[key]
    ]


def _is_beyond(place: Candidate, tree: FieldType) -> bool:
    """Whether another number that could be meant stands between a place and the words it leans on.

    幼儿园58所,其中公办[21所] is one; 生产总值182.6亿元,增长[6.3%] is none for a percentage.
    """
    if place.mention is None or place.date is not None:
        return False
    start = place.sentence.span.start
    led = start + led_from(place.before)
    between = (m for m in place.sentence.mentions if led <= m.at.start < place.at.start)
    pick = next(iter(tree.picks))
    return any(replace(place, at=m.at, mention=m).fits(pick) for m in between)


def _may_be_due(place: Candidate) -> bool:
    """Whether something is to be done by a day: 6月30日前; not 3月1日前的问题."""
    date = place.date
    if date is None or is_attribute(place.behind):
        return False
    return date.bound == "at_most" or leads_to_end(place.before)


def _is_other(asked: AskedWords, wanted: str, place: Candidate, around: Surroundings) -> bool:
    """Whether the words of a place are those of something else than what is asked for."""
    if asked.fault(place.before, place.behind):
        return True
    if (date := place.date) is not None:
        words, is_part = (place.before, place.text, place.behind), date.extent == "part"
        if is_other_end(asked.end, *words, is_part=is_part):
            return True
    best = max(around.leads, key=lambda words: likeness(wanted, words))
    return not likeness(wanted, best) < LIKE and is_swapped(wanted, best)


def moves(place: Candidate) -> bool:
    """Whether a number says by how much something moved, or did not (增加19.3亿元, 没有下降2%)."""
    if place.mention is None:
        return False
    return place.direction is not None or is_denied(place.before)


def is_outdone(place: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a number is a mark that was passed (站上600亿元,达到612.3亿元)."""
    later = (o for o in others if o.sentence is place.sentence and place.at.end < o.at.start)
    return is_mark_passed(place.before, fold(place.text)) and any(later)


def is_sure(proposals: Sequence[Proposal]) -> bool:
    """Whether the first of some proposals stands out."""
    best, *others = (one.relevance for one in proposals)
    return best >= SURE and not (others and best - others[0] < MARGIN)
