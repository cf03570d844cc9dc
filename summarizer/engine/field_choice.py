"""Fields of the summary for a small model: rules propose, it chooses among a few sentences.

Where one place stands out by the field's own words and nothing speaks against it, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.engine.ask import StructuredCaller
from summarizer.engine.candidates import Candidate
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_draft import FieldDraft, own_field
from summarizer.engine.field_shapes import NULL, VALUE, FieldShapes
from summarizer.engine.field_types import FieldType, is_same_value
from summarizer.engine.field_words import field_words, with_choices
from summarizer.engine.item_list import OwnField
from summarizer.engine.marked import MarkedPassage, one_line
from summarizer.engine.marks import Marks
from summarizer.engine.prompt import Messages, load_template
from summarizer.engine.proposals import MOST, Proposal, Proposer, is_sure
from summarizer.engine.reading_answer import loose_model
from summarizer.engine.reading_checks import Refused
from summarizer.engine.schema import Schema
from summarizer.engine.settling import Settler
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue, Span
from summarizer.zh.measured import core, likeness
from summarizer.zh.script import fold

CHOOSE, FIND = "choose.v1", "find.v1"
AROUND = 60  # characters shown on either side of a place
TOKENS_CHOICE, TOKENS_WORDS = 48, 300


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
            return self.in_words(field, self._best(field))
        tree = field.type
        while tree.inner is not None:
            tree = tree.inner
        proposals = self.proposer.of(field, tree)
        if not proposals:
            return [], []
        if field.type.inner is not None:
            return [self._draft(field, tree, [one.place]) for one in proposals], []
        by_rules = self.asker.policy.selection == "rules"
        if by_rules and is_sure(self._apart(tree, proposals)):
            return [self._draft(field, tree, [one.place for one in proposals])], []
        return self._chosen(field, tree, proposals)

    def _apart(self, tree: FieldType, proposals: list[Proposal]) -> list[Proposal]:
        """The proposals but for those that say the first one's value again."""
        first, *others = proposals
        value = self.proposer.picker.made(tree, first.place)
        made = self.proposer.picker.made
        return [first, *(o for o in others if not is_same_value(made(tree, o.place), value))]

    def _chosen(
        self, field: OwnField, tree: FieldType, proposals: Sequence[Proposal]
    ) -> tuple[list[FieldDraft], list[Issue]]:
        """The place that the model chooses, if any."""
        places = {
            f"{n} {one_line(fold(one.place.text))}": one.place for n, one in enumerate(proposals, 1)
        }
        shape = {"anyOf": [{"type": "string", "enum": list(places)}, NULL]}
        asked = load_template(CHOOSE).messages(
            fixed={"marks": self.marks},
            asked=self._words(field),
            lines=[f"{key}:{self._around(place)}" for key, place in places.items()],
        )
        answer, wrong = self._answer(asked, shape, CHOOSE, TOKENS_CHOICE)
        if wrong:
            return [], [_issue(f"{field.name}: {wrong}")]
        place = places.get(str(answer))
        return ([self._draft(field, tree, [place])] if place is not None else []), []

    def _best(self, field: OwnField) -> Chunk:
        """The sentences that are most alike to what a field asks for."""
        wanted = core(fold(field.about))
        own = [s for s in self.proposer.document.sentences if not s.heading]
        best = sorted(own, key=lambda s: -likeness(wanted, core(fold(s.text))))[:MOST]
        return Chunk(tuple(sorted(best, key=lambda s: s.number)))

    def in_words(self, field: OwnField, chunk: Chunk) -> tuple[list[FieldDraft], list[Issue]]:
        """What some sentences say of a field in words."""
        if not chunk.sentences:
            return [], []
        passage = MarkedPassage(
            chunk, self.proposer.document.sentences, self.marks, self.proposer.picker
        )
        shapes = FieldShapes(passage)
        shape = shapes.own(field)
        asked = load_template(FIND).messages(
            asked=self._words(field),
            lines=passage.lines if field.type.picks else passage.plain_lines,
        )
        answer, wrong = self._answer(asked, shape, FIND, TOKENS_WORDS, shapes.defs)
        if not wrong:
            try:
                draft = own_field(field, answer, passage)
            except Refused as error:
                kept = [error.rest] if isinstance(error.rest, FieldDraft) else []
                return kept, [_issue(f"{field.name}: {answer}: {error}")]
            return [draft] if draft is not None else [], []
        return [], [_issue(f"{field.name}: {wrong}")]

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
        """The sentence of a place, of a long one the part around it, the place marked."""
        start = place.sentence.span.start
        at = Span(place.at.start - start, place.at.end - start)
        text = fold(place.sentence.text)
        low = max(0, at.start - AROUND)
        before, behind = text[low : at.start], text[at.end : at.end + AROUND]
        return one_line(f"{before}{self.marks.open}{text[at.slice]}{self.marks.close}{behind}")


def _issue(message: str) -> Issue:
    return Issue(code="field_dropped", severity="info", message=message)
