"""Fields of the summary and picks anywhere: put in their place, and proved by the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.documents.clean import CleanText
from summarizer.engine.evidence import evidence
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.field_types import FieldType, is_of_type, typed_picks, verbatim_words
from summarizer.engine.grounding import stands
from summarizer.engine.item_draft import PROOFS
from summarizer.engine.nested import free_texts
from summarizer.engine.schema import Schema
from summarizer.engine.verify.picks import Remaker
from summarizer.engine.verify.source import Source, error_issue
from summarizer.fields import Change, Day, Period, Pick, Quantity
from summarizer.types import Evidence, Figure, Issue, Summary
from summarizer.zh.date_pattern import is_one_day
from summarizer.zh.directions import sign_of
from summarizer.zh.script import fold


def assemble_fields(
    schema: Schema, drafts: Sequence[FieldDraft], text: CleanText
) -> dict[str, Any]:
    """The summary's own fields by name, with the passages that prove them."""
    said = {draft.name: draft for draft in drafts}
    values: dict[str, Any] = {}
    proofs: dict[str, tuple[Evidence, ...]] = {}
    for name, field in schema.fields.items():
        if name in said:
            values[name] = said[name].value
            proofs[name] = tuple(evidence(s, text) for s in said[name].sentences)
        elif field.info.is_required():
            values[name] = None if field.type.is_optional else []
    return values | ({PROOFS: proofs} if PROOFS in schema.model.model_fields else {})


def field_faults(summary: Summary, schema: Schema, source: Source) -> Iterator[Issue]:
    """What does not hold of the summary's own fields, and of the picks in its items."""
    proofs: dict[str, tuple[Evidence, ...]] = getattr(summary, PROOFS, {})
    remaker = Remaker(source.parsed, schema)
    for name, field in schema.fields.items():
        value, proof = getattr(summary, name), proofs.get(name, ())
        for one in proof:
            yield from source.misquoted(name, one)
        if not is_of_type(field.type, value):
            message = "a validator made it another thing than its type, and nothing proves it"
            yield error_issue("field_changed", message, name)
        for tree, pick in typed_picks(field.type, value):
            yield from pick_faults(name, pick, source)
            yield from _changed((name, tree, pick), remaker, source)
        cited = source.cited(proof) if proof else source.everything
        for words in verbatim_words(field.type, value):
            if not stands(words, cited):
                message = f"“{words[:40]}” does not stand in what the field cites"
                yield error_issue("verbatim_broken", message, name)
        for words in free_texts(field.info.annotation, value):
            yield from source.invented(name, words, cited)
            yield from source.unproved(name, words, cited, field.about)
    for listed in schema.lists:
        for item in getattr(summary, listed.name):
            for name, whole in listed.picks.items():
                for tree, pick in typed_picks(whole, getattr(item, name)):
                    yield from pick_faults(item.id, pick, source)
                    yield from _changed((item.id, tree, pick), remaker, source)
            for one in (e for many in getattr(item, PROOFS, {}).values() for e in many):
                yield from source.misquoted(item.id, one)


def pick_faults(ref: str, pick: Pick, source: Source) -> Iterator[Issue]:
    """What does not hold of one pick: its quote, its place in it, its value and its kind."""
    yield from source.misquoted(ref, pick.evidence)
    if not pick.evidence.span.covers(pick.span):
        yield error_issue("pick_outside", "the place is not in its evidence", ref)
    if isinstance(pick, Day):
        if isinstance(pick, Period) and pick.bound == "exact" and is_one_day(fold(pick.text)):
            line = f"{pick.text} is one day, and the field asks for a stretch of time"
            yield Issue(code="period_is_day", severity="info", message=line, ref=ref)
        return
    assert isinstance(pick, Quantity), pick
    if pick.kinds and pick.kind not in pick.kinds:
        yield error_issue("pick_kind", f"{pick.text} is a quantity of kind {pick.kind}", ref)
    if _is_standstill(pick):
        if pick.value != 0:
            yield error_issue(
                "pick_value", f"{pick.text} is no change, and its value is not 0", ref
            )
        return
    said = fold(source.cited([pick.evidence])) + source.headers(pick.span)
    if isinstance(pick, Change) and pick.direction not in said:
        yield error_issue("pick_direction", f"“{pick.direction}” is not in the evidence", ref)
    elif isinstance(pick, Change) and _is_turned(pick):
        yield error_issue(
            "pick_direction", f"{pick.value} is not the sign of “{pick.direction}”", ref
        )
    yield from source.misread(_as_figure(ref, pick))


def _changed(
    told: tuple[str, FieldType, Pick], remaker: Remaker, source: Source
) -> Iterator[Issue]:
    """What does not hold of a pick at its places; each other one has its own words and unit."""
    ref, tree, pick = told
    if not remaker.holds(tree, pick):
        yield error_issue("pick_changed", f"{pick.text} is not what the text says there", ref)
    others = remaker.repeated(tree, pick)
    if len(others) < len({*pick.also_at}):
        yield error_issue("pick_changed", f"not all other places of {pick.text} say the same", ref)
    for other in others.values():
        if isinstance(other, Quantity) and not _is_standstill(other):
            yield from source.misread(_as_figure(ref, other))


def _is_standstill(pick: Quantity) -> bool:
    """Whether it is the words that nothing moved: 持平."""
    return isinstance(pick, Change) and pick.direction == pick.text


def _is_turned(pick: Change) -> bool:
    """Whether a change has another sign than its words give it."""
    return pick.value * sign_of(pick.direction) < 0 and "-" not in pick.text


def _as_figure(ref: str, pick: Quantity) -> Figure:
    """A pick as the second reader takes it: without the sign that its clause gave it."""
    amount: dict[str, Any] = {"value": pick.value, "high": pick.high}
    if isinstance(pick, Change) and pick.value < 0 and "-" not in pick.text:
        amount = {"value": abs(pick.high if pick.high is not None else pick.value)}
        amount["high"] = None if pick.high is None else abs(pick.value)
    return Figure(
        id=ref,
        label="",
        text=pick.text,
        span=pick.span,
        kind=pick.kind,
        implied_unit=pick.implied_unit,
        evidence=pick.evidence,
        **amount,
    )
