"""A field of the summary as one passage answers it: checked, with the sentences that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from summarizer.engine import faults
from summarizer.engine import reading_checks as checks
from summarizer.engine.answers import CITED
from summarizer.engine.field_shapes import VALUE
from summarizer.engine.field_types import is_of_type, picks_in, verbatim_words
from summarizer.engine.item_list import OwnField
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.nested import free_texts
from summarizer.engine.reading_checks import Refused
from summarizer.zh.asked_words import kinds_named
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """What a passage says of a field of the summary."""

    name: str
    value: Any
    sentences: tuple[Sentence, ...]


def own_field(
    field: OwnField, raw: Any, passage: MarkedPassage, *, of: str = ""
) -> FieldDraft | None:
    """An answer about a field; None where the passage says nothing. Raises Refused.

    `of` are the words of the item that it is a field of: whose number it is, they may say.
    """
    if raw is None or raw == []:
        return None
    cited: dict[int, Sentence] = {}
    if not field.type.is_bare:
        if not isinstance(raw, dict) or VALUE not in raw:
            raise Refused(f'要写成 {{"{VALUE}": …, "{CITED}": [句子编号]}} 或 null')
        raw, cited = raw[VALUE], checks.cited_by(raw.get(CITED), passage)
        if raw is None or raw == []:
            return None
    wrong = ""
    if passage.picker is not None:
        about = f"{field.about} {of}" if of else field.about
        raw, wrong = passage.picker.standing(field.type, raw, passage.places, about)
        if wrong and raw is None:
            raise Refused(wrong)
    value = _value(field, raw)
    if value is None or value in ([], ()):
        return None
    cited |= checks.said_at(picks_in(value), passage)
    if field.type.inner is not None and field.type.inner.is_verbatim:
        value, wrong = _standing(field, value, cited, passage)
    for words in verbatim_words(field.type, value):
        cited |= _holding(field, words, cited, passage)
    around = "\n".join(fold(s.text) for s in cited.values())
    for words in free_texts(field.info.annotation, value):
        checks.grounded(words, f"{passage.source}\n{around}", around)
    draft = FieldDraft(field.name, value, tuple(cited[n] for n in sorted(cited)))
    if wrong:
        raise Refused(wrong, draft)
    return draft


def _standing(
    field: OwnField, words: list[str], cited: dict[int, Sentence], passage: MarkedPassage
) -> tuple[list[str], str]:
    """Of a list those words that stand, and what is wrong with the others. Raises Refused."""
    kept: list[str] = []
    wrong: list[str] = []
    for one in words:
        try:
            _holding(field, one, cited, passage)
        except Refused as error:
            wrong.append(str(error))
        else:
            kept.append(one)
    if not kept:
        raise Refused(";".join(wrong))
    return kept, ";".join(wrong)


def _holding(
    field: OwnField, words: str, cited: dict[int, Sentence], passage: MarkedPassage
) -> dict[int, Sentence]:
    """The sentence that some words stand in, where none cited does. Raises Refused.

    What the description itself says is no answer to it: 执法艇 is not the name of 执法艇.
    """
    if fold(words) in kinds_named(field.about):
        raise Refused(f"“{words}”是要找的那一类,不是它的名字")
    return checks.holding(fold(words), cited, passage)


def _value(field: OwnField, made: Any) -> Any:
    """An answer, its keys made picks, as a value of the field's type."""
    annotated: Any = Annotated[field.info.annotation, field.info]
    try:
        value = TypeAdapter(annotated).validate_python(made)
    except ValidationError as error:
        raise Refused(faults.message(error)) from error
    if not is_of_type(field.type, value):
        raise Refused(f"“{field.name}”写得不对")
    return value
