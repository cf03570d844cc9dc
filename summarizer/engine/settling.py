"""What several passages say of one field of the summary, settled by one last request.

Where they agree nothing is asked. Where they do not, the model sees every candidate with its
sentence and chooses one or none; what it did not choose is an issue with both places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.field_shapes import NULL
from summarizer.engine.field_types import is_same_value, picks_in
from summarizer.engine.field_words import field_words
from summarizer.engine.key_words import says_other
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
from summarizer.zh.segment import Sentence

SETTLE = "settle.v1"
TOKENS = 200
TOKENS_EACH = 60
LEAST_TOLD = 10  # characters of a sentence that says by itself whose its numbers are
BETWEEN_CELLS = "\t"
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
            found = choices.get(str(said)) or _numbered(str(said), choices)
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
            said = [y for s in draft.sentences for y in self._years(s)]
            if any(first <= own + year <= last for _, first, last in said):
                return draft
        return drafts[0]

    def _years(self, sentence: Sentence) -> list[tuple[int, int, int]]:
        """The years that a sentence names."""
        now = self.setting.now.within(sentence.section_kind)
        return years_said(fold(sentence.text), now.year)

    def _placed(self, draft: FieldDraft) -> str:
        """The sentences of a candidate under their headings."""
        first = Chunk(draft.sentences[:1])
        passage = MarkedPassage(first, self.document.sentences, Marks("", ""))
        text = "".join(one_line(fold(s.text)) for s in draft.sentences)
        return " > ".join([*passage.headings, text])


def _together(drafts: Sequence[FieldDraft]) -> FieldDraft:
    """What the passages say of a list: all of it, what is told twice once with both places."""
    values: list[Any] = []
    for value in (one for draft in drafts for one in draft.value):
        for n, known in enumerate(values):
            if _is_repeated(known, value):
                values[n] = _with_place(known, value)
                break
        else:
            values.append(value)
    sentences = {s.number: s for draft in drafts for s in draft.sentences}
    return FieldDraft(drafts[0].name, values, tuple(sentences[n] for n in sorted(sentences)))


def _is_repeated(value: Any, other: Any) -> bool:
    """Whether a value of a list is told once more, and is not another one that is equal.

    Words are. So is a number, by itself or in parts without words, of the same place or of a
    sentence that stands in the document twice: three fines of 5万元 are three.
    """
    if not is_same_value(value, other):
        return False
    if not isinstance(value, Pick) and _has_words(value):
        return True
    pairs = zip(picks_in(value), picks_in(other), strict=True)
    return all(one.span == again.span or _place(one) == _place(again) for one, again in pairs)


def _has_words(value: Any) -> bool:
    """Whether a value is words, or has parts that are."""
    parts = vars(value).values() if isinstance(value, BaseModel) else (value,)
    return any(isinstance(one, str) for one in parts)


def _place(pick: Pick) -> tuple[Any, ...]:
    """A pick's place by its sentence's words; by where it is if they are too few to say whose.

    A row of a table may stand in two tables with other headers.
    """
    said, before = pick.evidence.quote, pick.span.start - pick.evidence.span.start
    words = "".join(fold(said).split())
    if len(words) < LEAST_TOLD or BETWEEN_CELLS in said:
        return (pick.span,)
    return words, len("".join(said[:before].split()))


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
    return replace(draft, value=_with_place(draft.value, other.value))


def _with_place(one: Any, other: Any) -> Any:
    """A value with the places of an equal one in the `also_at` of its picks."""
    if isinstance(one, Pick):
        at = one.also_at if other.span == one.span else (*one.also_at, other.span)
        return one.model_copy(update={"also_at": tuple(dict.fromkeys(at))})
    if isinstance(one, BaseModel):
        fields = type(one).model_fields
        parts = {name: _with_place(getattr(one, name), getattr(other, name)) for name in fields}
        return one.model_copy(update=parts)
    if isinstance(one, tuple | list):
        return type(one)(map(_with_place, one, other))
    return one


def _numbered(said: str, choices: Mapping[str, FieldDraft]) -> FieldDraft | None:
    """The candidate of an answer's number, unless the words behind it are another's."""
    number, _, words = said.partition(" ")
    told = {key.partition(" ")[0]: key.partition(" ")[2] for key in choices}
    others = [text for one, text in told.items() if one != number]
    if number not in told or says_other(words, told[number], others):
        return None
    return choices[f"{number} {told[number]}"]


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
