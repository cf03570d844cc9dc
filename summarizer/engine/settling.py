"""What several passages say of one field of the summary, settled by one last request.

Where they agree nothing is asked. Where they do not, the model sees every candidate with its
sentence and chooses one or none; what it did not choose is an issue with both places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.field_shapes import NULL
from summarizer.engine.field_types import is_same_value, picks_in
from summarizer.engine.field_words import field_words
from summarizer.engine.marked import MarkedPassage, one_line
from summarizer.engine.marks import Marks
from summarizer.engine.pick_checks import Setting, dated_hints
from summarizer.engine.prompt import load_template
from summarizer.engine.reading_answer import loose_model
from summarizer.engine.schema import Schema
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.fields import Pick
from summarizer.types import Issue
from summarizer.zh.date_phrases import years_said
from summarizer.zh.script import fold

SETTLE = "settle.v1"
TOKENS = 200
TOKENS_EACH = 60
_SHOWN = 40  # characters of a sentence in an issue


Choices = dict[str, dict[str, FieldDraft]]
"""Of each contested field the candidates by their keys: `1 165.2亿元`."""


@dataclass(frozen=True, slots=True)
class Settler:
    """What settling takes: the document and what is known of it, what is asked, and who answers."""

    document: ParsedDocument
    schema: Schema
    asker: StructuredCaller
    setting: Setting

    def settle(self, drafts: Sequence[FieldDraft]) -> tuple[list[FieldDraft], list[Issue]]:
        """One draft a field, and an issue for each that contradicts it."""
        settled: dict[str, FieldDraft | None] = {}
        contested: Choices = {}
        for name, field in self.schema.fields.items():
            said = [draft for draft in drafts if draft.name == name]
            if field.type.inner is not None and said:
                settled[name] = _together(said)
            elif said:
                different = _different(said)
                settled[name] = different[0]
                if len(different) > 1:
                    keys = (f"{n} {shown(one)}" for n, one in enumerate(different, 1))
                    contested[name] = dict(zip(keys, different, strict=True))
        issues: list[Issue] = []
        if contested:
            chosen, issues = self._chosen(contested)
            settled |= chosen
        for name, choices in contested.items():
            issues += _conflicts(name, settled[name], list(choices.values()))
        return [one for one in settled.values() if one], issues

    def _chosen(self, contested: Choices) -> tuple[dict[str, FieldDraft | None], list[Issue]]:
        """What the model chooses of each; by the year where it gives no usable answer."""
        chosen: dict[str, FieldDraft | None] = {}
        issues: list[Issue] = []
        answer, wrong = self._asked(contested)
        for name, choices in contested.items():
            said = answer.get(name, "")
            numbered = {key.partition(" ")[0]: draft for key, draft in choices.items()}
            found = choices.get(str(said)) or numbered.get(str(said).partition(" ")[0])
            if said is None or found is not None:
                chosen[name] = found
                continue
            chosen[name] = self._by_year(name, list(choices.values()))
            told = f"{name}: chosen by a rule: {wrong or f'“{said}” is no candidate'}"
            issues.append(_issue("field_unsettled", told, "warning"))
        return chosen, issues

    def _asked(self, contested: Choices) -> tuple[dict[str, Any], str]:
        """The model's answer, and what is wrong where there is none."""
        fields = {name: self.schema.fields[name].info for name in contested}
        words = field_words(fields, self.setting)
        template = load_template(SETTLE, language=self.asker.language)
        asked = template.messages(
            fixed={"about": self.schema.about},
            fields=[
                (words[name], [f"{key}:{self._placed(one)}" for key, one in choices.items()])
                for name, choices in contested.items()
            ],
        )
        shapes = {
            name: {"anyOf": [{"type": "string", "enum": list(choices)}, NULL]}
            for name, choices in contested.items()
        }
        model, limit = loose_model("Settled", shapes, {}), TOKENS + TOKENS_EACH * len(shapes)
        try:
            answer = self.asker.ask(asked, model, max_tokens=limit, about=template.id)
        except (AnswerRejected, AnswerTruncated) as error:
            return {}, str(error)
        return answer.model_dump(exclude_unset=True), ""

    def _by_year(self, name: str, drafts: Sequence[FieldDraft]) -> FieldDraft:
        """The candidate whose sentence names the year that the field asks for, else the first."""
        field = self.schema.fields[name]
        year, own = dated_hints(field.info.metadata, field.about).year, self.setting.year
        if year is None or own is None:
            return drafts[0]
        for draft in drafts:
            said = [y for s in draft.sentences for y in years_said(fold(s.text), own)]
            if any(first <= own + year <= last for _, first, last in said):
                return draft
        return drafts[0]

    def _placed(self, draft: FieldDraft) -> str:
        """The sentences of a candidate under their headings."""
        first = Chunk(draft.sentences[:1])
        passage = MarkedPassage(first, self.document.sentences, Marks("", ""))
        text = "".join(one_line(fold(s.text)) for s in draft.sentences)
        return " > ".join([*passage.headings, text])


def _together(drafts: Sequence[FieldDraft]) -> FieldDraft:
    """What the passages say of a list: all of it, each thing once."""
    values: list[Any] = []
    for value in (one for draft in drafts for one in draft.value):
        if not any(is_same_value(value, known) for known in values):
            values.append(value)
    sentences = {s.number: s for draft in drafts for s in draft.sentences}
    return FieldDraft(drafts[0].name, values, tuple(sentences[n] for n in sorted(sentences)))


def _different(drafts: Sequence[FieldDraft]) -> list[FieldDraft]:
    """The drafts that say different things, the first of each; other places stand in `also_at`."""
    kept: list[FieldDraft] = []
    for draft in drafts:
        for n, known in enumerate(kept):
            if is_same_value(known.value, draft.value):
                kept[n] = _also(known, draft)
                break
        else:
            kept.append(draft)
    return kept


def _also(draft: FieldDraft, other: FieldDraft) -> FieldDraft:
    one, more = draft.value, other.value
    if not isinstance(one, Pick) or not isinstance(more, Pick) or one.span == more.span:
        return draft
    return replace(draft, value=one.model_copy(update={"also_at": (*one.also_at, more.span)}))


def _conflicts(
    name: str, settled: FieldDraft | None, candidates: Sequence[FieldDraft]
) -> list[Issue]:
    """An issue for each candidate that says something else than what stands."""
    kept = f"{shown(settled)} “{_quoted(settled)}”" if settled else "nothing"
    return [
        _issue(
            "field_conflict",
            f"{name}: {kept} stands, not {shown(draft)} “{_quoted(draft)}”",
            "warning",
            _ref(draft),
        )
        for draft in candidates
        if draft is not settled
    ]


def shown(draft: FieldDraft) -> str:
    """A candidate's value in a few words, as the source has them."""
    picks = [pick.text for pick in picks_in(draft.value)]
    return one_line(fold("、".join(picks) if picks else str(draft.value)))[:_SHOWN]


def _quoted(draft: FieldDraft) -> str:
    return one_line("".join(s.text for s in draft.sentences))[:_SHOWN]


def _ref(draft: FieldDraft) -> str:
    pick = next(picks_in(draft.value), None)
    span = pick.span if pick is not None else draft.sentences[0].raw
    return f"{span.start}-{span.end}"


def _issue(code: str, message: str, severity: Any, ref: str | None = None) -> Issue:
    return Issue(code=code, severity=severity, message=message, ref=ref)
