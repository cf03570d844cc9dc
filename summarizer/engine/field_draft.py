"""A field of the summary as one passage answers it: checked, with the sentences that say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from summarizer.engine import faults
from summarizer.engine import reading_checks as checks
from summarizer.engine.answers import CITED
from summarizer.engine.field_shapes import VALUE
from summarizer.engine.field_types import is_of_type, picks_in
from summarizer.engine.item_list import OwnField
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.reading_checks import Refused
from summarizer.engine.reading_items import far_picks
from summarizer.engine.standing import Fault, Left, leaves
from summarizer.zh.asked_kinds import kinds_named
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
    left = Left(field.type, raw)
    if passage.picker is not None:
        about = f"{field.about} {of}" if of else field.about
        left.value, wrong = passage.picker.standing(field.type, raw, passage.places, about)
        left.lines += [wrong] if wrong else []
        if wrong and left.value is None:
            raise Refused(wrong)
    _validate(field, left)
    if not field.type.is_bare:
        _, wrong_words = _quoted(field, left.value, cited, passage)
        left.drop(wrong_words)
        near, _ = _quoted(field, left.value, cited, passage)
        left.drop(far_picks(field.type, left.value, near, passage))
        cited, _ = _quoted(field, left.value, cited, passage)
    cited |= checks.said_at(picks_in(left.value), passage)
    around = "\n".join(fold(s.text) for s in cited.values())
    left.drop(_ungrounded(left, f"{passage.source}\n{around}", around))
    _validate(field, left)
    if left.is_lost or (left.lines and left.says_nothing):
        raise Refused(left.line)
    if left.says_nothing:
        return None
    draft = FieldDraft(field.name, left.value, tuple(cited[n] for n in sorted(cited)))
    if left.lines:
        raise Refused(left.line, draft)
    return draft


def _quoted(
    field: OwnField, value: Any, cited: dict[int, Sentence], passage: MarkedPassage
) -> tuple[dict[int, Sentence], list[Fault]]:
    """The sentences with those that words of the source stand in, and the words of none."""
    found, wrong = dict(cited), list[Fault]()
    for at, tree, words in leaves(field.type, value):
        if tree.is_verbatim and isinstance(words, str):
            try:
                found |= _holding(field, words, found, passage)
            except Refused as error:
                wrong.append((at, str(error)))
    return found, wrong


def _ungrounded(left: Left, source: str, around: str) -> Iterator[Fault]:
    """The texts that the sentences do not say."""
    for at, tree, words in leaves(left.tree, left.value):
        if tree.leaf is str and not tree.is_verbatim and isinstance(words, str):
            try:
                checks.grounded(words, source, around)
            except Refused as error:
                yield at, str(error)


def _holding(
    field: OwnField, words: str, cited: dict[int, Sentence], passage: MarkedPassage
) -> dict[int, Sentence]:
    """The sentence that some words stand in, where none cited does. Raises Refused.

    What the description itself says is no answer to it: 执法艇 is not the name of 执法艇.
    """
    if fold(words) in kinds_named(field.about):
        raise Refused(f"“{words}”是要找的那一类,不是它的名字")
    return checks.holding(fold(words), cited, passage)


def _validate(field: OwnField, left: Left) -> None:
    """Make what is left a value of the field's type; what is none is left out."""
    annotated: Any = Annotated[field.info.annotation, field.info]
    try:
        value = TypeAdapter(annotated).validate_python(left.value)
    except ValidationError as error:
        if left.drop(faults.each(error)):
            _validate(field, left)
        return
    if is_of_type(field.type, value):
        left.value = value
    else:
        left.lose(f"“{field.name}”写得不对", ())
