"""A passage read by a leading model: one request for all of it, one more for what is refused.

What the model says stands unless a check refuses it in one line; then it is asked again with that
line, and what stands in its place after that has an issue that shows both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from summarizer.documents.clean import CleanText
from summarizer.documents.language import Language
from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.asking_on import ask_on, is_whole
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.field_shapes import asked_fields
from summarizer.engine.field_words import field_words
from summarizer.engine.figures import LabelledMention, drafted, naming, replaced
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.marked import MarkedPassage, aside
from summarizer.engine.marks import Marks
from summarizer.engine.pick_checks import Setting
from summarizer.engine.picking import Picker
from summarizer.engine.prompt import Messages, Template, example_texts, load_template
from summarizer.engine.reading_answer import answer_model, asked_lists, correction_model
from summarizer.engine.reading_draft import Draft
from summarizer.engine.schema import Schema
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue, Mention

CORRECTION = "correction.v2"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A quantity that the model says is no figure, and why."""

    mention: Mention
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What the model says of the whole document: its title, place, period or publisher."""

    name: str
    value: str | None


Read = LabelledMention | ItemDraft | FieldDraft | SetAside | Fact


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a document's passages takes: the document, what is asked, and who answers."""

    document: ParsedDocument
    schema: Schema
    asker: StructuredCaller
    template: Template
    marks: Marks
    picker: Picker | None = None

    def read(self, chunk: Chunk) -> tuple[list[Read], list[Issue]]:
        """Everything in a passage, and what became of the answers that could not stand.

        Raises AnswerRejected, AnswerTruncated and what else the model's side raises.
        """
        passage = MarkedPassage(chunk, self.document.sentences, self.marks, self.picker)
        asked = messages(
            passage, self.schema, self.template, self.document.text, whose=self._asks_whose
        )
        answer, full = self._answer(passage, asked)
        context = self.asker.context
        examples = example_texts(asked)
        draft = Draft(
            passage, self.schema, self.document.text, examples, context, self.asker.language
        )
        draft.take(answer)
        for listed in [*draft.full, *full]:
            ask_on(self.asker, draft, listed)
        if draft.refused and self.asker.reasks:
            draft.take_again(self._corrected(draft))
        return self._results(draft)

    def drafted(self, chunk: Chunk) -> list[Read]:
        """The grammar's drafts, for a passage whose answer could not be had."""
        return [*drafted(chunk, self.document.sentences)]

    @property
    def _asks_whose(self) -> bool:
        return self.asker.policy.attribution == "asked"

    def _answer(
        self, passage: MarkedPassage, asked: Messages
    ) -> tuple[dict[str, Any], list[ItemList]]:
        """The answer to a passage, and the lists that it had no room for.

        A sentence whose answer ran into the token limit is asked without its lists.
        """
        whose, lists = self._asks_whose, asked_lists(self.schema, passage)
        try:
            return self._said(asked, answer_model(self.schema, passage, attribution=whose)), []
        except AnswerTruncated:
            if not lists or not is_whole(passage):
                raise
        bare = answer_model(self.schema, passage, attribution=whose, with_lists=False)
        return self._said(asked, bare) if bare.model_fields else {}, lists

    def _said(self, asked: Messages, shape: type[BaseModel]) -> dict[str, Any]:
        limit = self.asker.max_tokens
        answer = self.asker.ask(asked, shape, max_tokens=limit, about=self.template.id)
        return answer.model_dump(exclude_unset=True)

    def _corrected(self, draft: Draft) -> dict[str, Any]:
        """What the model says instead of what was refused; nothing where it gives no answer."""
        template = load_template(CORRECTION, language=self.asker.language)
        asked = template.messages(
            fixed={"marks": self.marks},
            headings=draft.passage.headings,
            lines=draft.passage.lines,
            wrong=[
                (name, json.dumps(one.raw, ensure_ascii=False), one.line)
                for name, one in draft.refused.items()
            ],
        )
        wanted = [(name, one.shape) for name, one in draft.refused.items()]
        shape = correction_model(self.schema, draft.passage, wanted, attribution=self._asks_whose)
        again, limit = self.asker.again(), self.asker.max_tokens
        try:
            answer = again.ask(asked, shape, max_tokens=limit, about=template.id)
        except (AnswerRejected, AnswerTruncated):
            return {}
        corrected = answer.model_dump(exclude_unset=True).get("corrected")
        return corrected if isinstance(corrected, dict) else {}

    def _results(self, draft: Draft) -> tuple[list[Read], list[Issue]]:
        """All that stands, in the text's order, and an issue for all that does not."""
        results: list[Read] = []
        issues = draft.ended()
        for key, id_ in draft.passage.keys.items():
            result = self._result(draft, id_)
            results.append(result)
            if not self.schema.asks_labels:
                continue
            if isinstance(result, LabelledMention) and id_ not in draft.figures:
                reason = draft.refused[key].shown() if key in draft.refused else "没有回答"
                issues.append(replaced(result, reason, code="label_replaced"))
        results += draft.in_order
        results += draft.own
        results += [Fact(name, value) for name, value in draft.facts.items()]
        return results, issues

    def _result(self, draft: Draft, id_: str) -> LabelledMention | SetAside:
        """What stands for a quantity: the answer, or the grammar's draft."""
        mention, policy = draft.passage.mentions[id_], self.asker.policy
        said = draft.figures.get(id_)
        if said is not None and said.skip:
            return SetAside(mention, said.skip)
        words = said.label if said is not None and policy.label == "draft" else ""
        ours = naming(mention, draft.passage.chunk, self.document.sentences, words)
        if said is None:
            return ours
        asked = policy.attribution == "asked"
        return LabelledMention(
            mention,
            ours.sentence,
            ours.label if policy.label == "draft" else said.label,
            ours.fault if policy.label == "draft" else "",
            said.subject if asked else ours.subject,
            said.period if asked else ours.period,
        )


def messages(
    passage: MarkedPassage, schema: Schema, template: Template, text: CleanText, *, whose: bool
) -> Messages:
    """The request for a passage; `whose`: subjects and periods are asked, too."""
    turns = template.messages(
        fixed={"lists": schema.lists, "marks": passage.marks, "whose": whose}
        | _told(passage, schema, template.language),
        headings=passage.headings,
        before=passage.before,
        aside=aside(text) if passage.opens else "",
        facts=passage.opens,
        lines=passage.lines,
    )
    system, *examples, asked = turns
    shown = ({**turn, "content": passage.marks.shown(turn["content"])} for turn in examples)
    return [system, *shown, asked]


def _told(passage: MarkedPassage, schema: Schema, language: Language) -> dict[str, Any]:
    """What a template is told of the schema: what it is of, and its fields in words."""
    picker = passage.picker
    setting = Setting(language=language) if picker is None else picker.setting
    own = asked_fields(passage, schema.fields)
    return {
        "about": schema.about,
        "labels": schema.asks_labels,
        "asked": {listed.name: field_words(listed.fields, setting) for listed in schema.lists},
        "own": field_words({field.name: field.info for field in own}, setting),
        "dates": picker is not None and picker.has_dates,
    }
