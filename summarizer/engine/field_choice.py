"""Fields of the summary for a small model: rules propose, it chooses among a few sentences.

Where one place stands out by the field's own words and nothing speaks against it, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from summarizer.engine.answers import CITED
from summarizer.engine.ask import UNLIKELY, StructuredCaller
from summarizer.engine.candidates import Candidate
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_draft import FieldDraft, own_field
from summarizer.engine.field_shapes import NULL, VALUE, FieldShapes
from summarizer.engine.field_types import FieldType, is_same_value, leaf
from summarizer.engine.field_words import field_words, with_choices
from summarizer.engine.item_list import OwnField
from summarizer.engine.marked import MarkedPassage, one_line
from summarizer.engine.marks import Marks
from summarizer.engine.prompt import Messages, load_template
from summarizer.engine.proposals import Proposal, Proposer, is_sure
from summarizer.engine.reading_answer import loose_model
from summarizer.engine.reading_checks import Refused
from summarizer.engine.schema import Schema
from summarizer.engine.settling import Settler
from summarizer.errors import AnswerRejected, AnswerTruncated, NoProbabilities
from summarizer.types import Issue, Span
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS, Sentence

CHOOSE, FIND = "choose.v2", "find.v2"
AROUND = 60  # characters shown on either side of a place
SHOWN = 40  # characters of a sentence in an issue
MOST_SENTENCES = 3  # that are asked for a field in words
TOKENS_WORDS = 200
ENOUGH = 0.35  # relevance, the model's odds weighed in, from which a place is a field's
ASKED = 0.0  # relevance below which no model is asked: its odds would not make up for it
LISTED = 0.5  # relevance of words alone from which a place is one of a list
CLOSE = 0.1  # of two places that are no further apart the other one is told
WEIGHT = 0.125  # what a unit of the model's log-odds counts beside relevance
MOST_ODDS = 4.0  # log-odds that count
UNTOLD = -2.0  # log-odds that stand for those that a model does not give


@dataclass(frozen=True)
class Chooser:
    """Asks a small model for the fields of a document, one by one."""

    proposer: Proposer
    asker: StructuredCaller
    marks: Marks

    def fields(self, schema: Schema) -> tuple[list[FieldDraft], list[Issue]]:
        """What the document says of every field of a schema."""
        drafts: list[FieldDraft] = []
        issues: list[Issue] = []
        for field in schema.fields.values():
            found, wrong = self.find(field)
            drafts += found
            issues += wrong
        proposer = self.proposer
        settler = Settler(proposer.document, schema, self.asker, proposer.picker.setting)
        settled, conflicts = settler.settle(drafts)
        return settled, [*issues, *conflicts]

    def find(self, field: OwnField) -> tuple[list[FieldDraft], list[Issue]]:
        """What the document says of a field, and what became of an answer that cannot stand."""
        if not field.type.is_bare:
            return self._told(field)
        tree = leaf(field.type)
        proposals = self.proposer.of(field, tree)
        if not proposals:
            return [], [_empty(field, None)]
        if field.type.inner is not None:
            listed = [one.place for one in proposals if not one.relevance < LISTED]
            empty = [] if listed else [_empty(field, proposals[0])]
            return [self._draft(field, tree, [place]) for place in listed], empty
        apart = self.proposer.apart(tree, proposals)
        by_rules = self.asker.policy.selection == "rules"
        if is_asked(apart, by_rules=by_rules):
            apart = self._weighed(field, apart)
        best = apart[0]
        if best.relevance < ENOUGH:
            return [], [_empty(field, best)]
        told = [_also_told(field, best, one) for one in apart[1:] if _is_close(one, best)]
        return [self._draft(field, tree, [best.place, *(o.place for o in proposals)])], told

    def _weighed(self, field: OwnField, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Some proposals with what the model thinks of them, the best first.

        Where it gives no probabilities their own words are all there is, and one must fit well.
        """
        shown = sorted(proposals, key=lambda one: one.place.at)
        template = load_template(CHOOSE)
        none, *numbers = template.choices
        asked = template.messages(
            fixed={"marks": self.marks},
            asked=field.about,
            lines=[f"{n}.{self._around(o.place)}" for n, o in zip(numbers, shown, strict=False)],
        )
        told: Mapping[str, float] = {}
        if self.asker.policy.judgement == "odds":
            with suppress(NoProbabilities):
                told = self.asker.first_words(asked, about=template.id)
        weighed = [
            replace(one, relevance=one.relevance + WEIGHT * _odds(told, n, none))
            for n, one in zip(numbers, shown, strict=False)
        ]
        return sorted(weighed, key=lambda one: -one.relevance)

    def _told(self, field: OwnField) -> tuple[list[FieldDraft], list[Issue]]:
        """What the sentences that are most like a field in words say of it.

        A value is that of the first sentence that has one; a list is what all of them say that are
        about as like it as the first.
        """
        found: list[FieldDraft] = []
        issues: list[Issue] = []
        sentences = self.proposer.sentences(field)[:MOST_SENTENCES]
        if not sentences:
            return [], [_empty(field, None)]
        for sentence in sentences:
            drafts, wrong = self.in_words(field, sentence)
            found += drafts
            issues += wrong
            if found and field.type.inner is None:
                break
        if not found and not issues:
            issues.append(_unsaid(field, sentences[0]))
        return found, issues

    def in_words(
        self,
        field: OwnField,
        sentence: Sentence,
        *more: Sentence,
        part: str = "",
        of: str = "",
    ) -> tuple[list[FieldDraft], list[Issue]]:
        """What a sentence, with those that go on about the same, says of a field in words.

        Shown is a `part` of it where that is given; `of` are the words of the item that it is a
        field of.
        """
        document = self.proposer.document
        picker = self.proposer.picker
        asked_of = (sentence, *more)
        passage = MarkedPassage(Chunk(asked_of), document.sentences, self.marks, picker)
        shapes = FieldShapes(passage)
        shape = shapes.field(field.info)
        maybe = shape if field.type.inner or field.type.is_optional else {"anyOf": [shape, NULL]}
        texts = [passage.shown(s) if field.type.picks else one_line(fold(s.text)) for s in asked_of]
        if part and not field.type.picks:
            texts[0] = one_line(part.rstrip(CLAUSE_MARKS))
        words = self._words(field)
        asked = load_template(FIND).messages(
            asked=f"{of}:{words}" if of else words, text="".join(texts)
        )
        answer, wrong = self._answer(asked, maybe, FIND, TOKENS_WORDS, shapes.defs)
        if wrong:
            return [], [_issue(f"{field.name}: {wrong}")]
        try:
            cited = list(range(1, len(asked_of) + 1))
            draft = own_field(field, {VALUE: answer, CITED: cited}, passage, of=of)
        except Refused as error:
            kept = [error.rest] if isinstance(error.rest, FieldDraft) else []
            return kept, [_issue(f"{field.name}: {answer}: {error}")]
        return [draft] if draft is not None else [], []

    def _answer(
        self,
        asked: Messages,
        shape: dict[str, Any],
        about: str,
        limit: int,
        defs: dict[str, Any] | None = None,
    ) -> tuple[Any, str]:
        """The value that the model gives, and what is wrong where it gives none."""
        model = loose_model("Answer", {VALUE: shape}, defs or {})
        try:
            answer = self.asker.ask(asked, model, max_tokens=limit, about=about)
        except (AnswerRejected, AnswerTruncated) as error:
            return None, str(error)
        return answer.model_dump(exclude_unset=True).get(VALUE), ""

    def _draft(self, field: OwnField, tree: FieldType, places: Sequence[Candidate]) -> FieldDraft:
        """A place as the field's value; the others that say the same stand in `also_at`."""
        made = [self.proposer.picker.made(tree, place) for place in places]
        first, *others = made
        also = tuple(o.span for o in others if is_same_value(o, first) and o.span != first.span)
        value: Any = first.model_copy(update={"also_at": also}) if also else first
        if field.type.inner is not None:
            value = [value]
        return FieldDraft(field.name, value, (places[0].sentence,))

    def _words(self, field: OwnField) -> str:
        setting = self.proposer.picker.setting
        return with_choices(field_words({field.name: field.info}, setting)[field.name], field.type)

    def _around(self, place: Candidate) -> str:
        """The sentence of a place, of a long one the part around it, the place marked.

        A number of a table stands behind what its headers say.
        """
        if place.headers is not None:
            shown = f"{self.marks.open}{fold(place.text)}{self.marks.close}"
            return one_line(f"{place.headers}:{shown}")
        start = place.sentence.span.start
        at = Span(place.at.start - start, place.at.end - start)
        text = fold(place.sentence.text)
        low = max(0, at.start - AROUND)
        before, behind = text[low : at.start], text[at.end : at.end + AROUND]
        return one_line(f"{before}{self.marks.open}{text[at.slice]}{self.marks.close}{behind}")


def is_asked(apart: Sequence[Proposal], *, by_rules: bool) -> bool:
    """Whether a model is asked to choose among places; where rules may, not if one stands out."""
    return not apart[0].relevance < ASKED and not (by_rules and is_sure(apart))


def _odds(told: Mapping[str, float], number: str, none: str) -> float:
    """How much likelier a number is than none, as log-odds within bounds; unsure where not told."""
    if not told:
        return UNTOLD
    odds = told.get(number, UNLIKELY) - told.get(none, UNLIKELY)
    return max(-MOST_ODDS, min(odds, MOST_ODDS))


def _is_close(one: Proposal, best: Proposal) -> bool:
    return one.relevance >= ENOUGH and best.relevance - one.relevance < CLOSE


def _empty(field: OwnField, nearest: Proposal | None) -> Issue:
    name, message = field.name, f"{field.name}: nothing in the document is of its kind"
    if nearest is not None:
        text, words = nearest.place.text, quoted(nearest.place)
        message = f"{name}: nothing is what it asks for; nearest: {text} “{words}”"
    ref = None if nearest is None else _ref(nearest.place.sentence)
    return Issue(code="field_empty", severity="info", message=message, ref=ref)


def _unsaid(field: OwnField, nearest: Sentence) -> Issue:
    """The issue for a field in words that none of the sentences it was asked of tells."""
    words = one_line(nearest.text)[:SHOWN]
    message = f"{field.name}: nothing is what it asks for; asked of “{words}”"
    return Issue(code="field_empty", severity="info", message=message, ref=_ref(nearest))


def _also_told(field: OwnField, best: Proposal, other: Proposal) -> Issue:
    """The issue for a place that fits a field nearly as well as the one that was chosen."""
    one, more = (f"{o.place.text} “{quoted(o.place)}”" for o in (best, other))
    message = f"{field.name}: {one} stands, not {more}"
    return Issue(
        code="field_conflict", severity="warning", message=message, ref=_ref(other.place.sentence)
    )


def _ref(sentence: Sentence) -> str:
    """Where in the file a sentence stands."""
    return f"{sentence.raw.start}-{sentence.raw.end}"


def quoted(place: Candidate) -> str:
    """The first characters of a place's sentence."""
    return one_line(place.sentence.text)[:SHOWN]


def _issue(message: str) -> Issue:
    return Issue(code="field_dropped", severity="info", message=message)
