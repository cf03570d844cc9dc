"""Decisions → the summary as its reader says it should be; nothing is changed in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.field_types import type_of
from summarizer.engine.item_list import ItemList
from summarizer.engine.verify.proof import prove
from summarizer.errors import InputError
from summarizer.render.picks import own_rows
from summarizer.render.review.decisions import Decision, DocumentDecisions
from summarizer.render.review.offered import FIGURE_FIELDS, of_added, offered, strange
from summarizer.render.review.payload import Reviewed, digest
from summarizer.types import Coverage, Evidence, Figure, Issue, Item, Span, Tally

WRONG = "reviewer: wrong"
NO_FIGURE = "reviewer: no figure"
_T = TypeVar("_T", bound=BaseModel)
_LONGEST = 2000  # characters of a field
_PLACES = 100  # of a number
UNJUDGED = {"confidence": None}  # a person's words are as sure as the person
_AMOUNT = frozenset({"value", "high", "unit"})


def corrected(one: Reviewed, said: DocumentDecisions) -> Reviewed:
    """A summary after its reader's decisions, proved again where its source is there.

    What was wrong is gone, what was edited or added is there, coverage adds up, and each change is
    an issue `reviewed`; decisions about nothing that the page offers (`strange`) change nothing and
    are no issue. Raises InputError for decisions about another summary, for an edit that its
    schema refuses, and for an addition without a source.
    """
    source = one.summary.document.source
    if said.digest != digest(one.summary):
        raise InputError(f"{source}: the decisions are about another summary of this document")
    known = said.without(strange(one, said)).by_ref()
    try:
        _check(one, known)
        figures = tuple(_kept(one, known))
        figures += tuple(_added_figures(one, known, figures))
        lists = {listed.name: _items(one, listed, known, figures) for listed in one.schema.lists}
        coverage = _coverage(one, known, figures)
    except ValueError as error:
        raise InputError(f"{source}: a decision cannot be followed: {error}") from error
    refs = {f.id for f in figures} | {i.id for items in lists.values() for i in items}
    gone = {ref for ref, d in known.items() if d.verdict == "wrong"} - refs
    kept = [issue for issue in one.summary.issues if issue.ref not in gone]
    made = one.summary.model_copy(
        update=lists
        | _own(one, known)
        | {"figures": figures, "coverage": coverage, "issues": (*kept, *_issues(one, known))}
    )
    if one.parsed is not None:
        told_already = {issue.model_dump_json() for issue in made.issues}
        proved = prove(made, one.schema, one.parsed)
        new = tuple(issue for issue in proved if issue.model_dump_json() not in told_already)
        made = made.model_copy(update={"issues": (*made.issues, *new)})
    return Reviewed(made, one.schema, one.parsed)


def _check(one: Reviewed, known: Mapping[str, Decision]) -> None:
    """Raises ValueError for what the page does not export: endless values, lists of no schema."""
    things = offered(one)
    figures = {figure.id for figure in one.summary.figures}
    for ref, decision in known.items():
        if decision.add is not None and ref in things:
            raise ValueError(f"{ref} was added, and is a thing of the summary")
        may = things.get(ref) if decision.add is None else of_added(one.schema, decision.add.kind)
        if may is None:
            raise ValueError(f"{ref} was added to what is no list of the schema")
        for name, value in decision.fields.items():
            if name not in may:
                raise ValueError(f"{ref}: {name!r} is no field of it that can be edited")
            if len(str(value)) > _LONGEST:
                raise ValueError(f"{ref}: {name} is longer than {_LONGEST:,} characters")
        if ref in figures or (decision.add is not None and decision.add.kind == "figures"):
            for name in ("value", "high"):
                if decision.fields.get(name) is not None and not _is_number(decision.fields[name]):
                    raise ValueError(f"{ref}: {name} is no number of the text")


def _is_number(value: Any) -> bool:
    try:
        number = Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return False
    return number.is_finite() and abs(number.adjusted()) <= _PLACES


def _own(one: Reviewed, known: Mapping[str, Decision]) -> dict[str, Any]:
    """The summary's own fields of picks that are wrong, as if nothing had been found for them."""
    fields = type(one.summary).model_fields
    wrong = [r.name for r in own_rows(one.summary) if _is_wrong(known.get(f"field.{r.name}"))]
    return {name: _nothing(fields[name]) for name in wrong}


def _nothing(field: FieldInfo) -> Any:
    """What a field of picks says when it says nothing; a schema's field always can."""
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    return None if type_of(field).is_optional else ()


def _is_wrong(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict == "wrong"


def _kept(one: Reviewed, known: Mapping[str, Decision]) -> Iterator[Figure]:
    for figure in one.summary.figures:
        decision = known.get(figure.id)
        if decision is None or not (decision.fields or decision.verdict == "wrong"):
            yield figure
        elif decision.verdict != "wrong":
            yield _edited(figure, decision)


def _edited(figure: Figure, decision: Decision) -> Figure:
    changed = {name: decision.fields[name] for name in FIGURE_FIELDS if name in decision.fields}
    if _AMOUNT & changed.keys():
        changed |= {"base_value": None, "base_unit": None, "implied_unit": False}
    return _valid(Figure, figure.model_dump() | changed | UNJUDGED, decision)


def _valid(model: type[_T], given: dict[str, Any], decision: Decision) -> _T:
    """A value as decided. Raises ValueError that says which decision and which field is unfit."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        words = f" ({decision.text})" if decision.text else ""
        raise ValueError(f"{decision.ref}{words}: {where}: {first['msg']}") from error


def _added_figures(
    one: Reviewed, known: Mapping[str, Decision], kept: tuple[Figure, ...]
) -> Iterator[Figure]:
    """The figures that were added. Raises ValueError where a place would be counted twice."""
    taken = {span: figure.id for figure in kept for span in (figure.span, *figure.also_at)}
    number = max((int(f.id[1:]) for f in one.summary.figures if f.id[1:].isdecimal()), default=0)
    for decision in known.values():
        if decision.add is None or decision.add.kind != "figures" or decision.verdict == "wrong":
            continue
        number += 1
        span, parsed = _place(one, decision)
        if there := next((id_ for other, id_ in taken.items() if span.overlaps(other)), None):
            raise ValueError(f"{decision.ref} ({decision.text}): figure {there} stands there")
        taken[span] = f"f{number}"
        fields = {name: decision.fields.get(name) for name in FIGURE_FIELDS}
        rest = {name: value for name, value in fields.items() if value is not None}
        rest |= {"kind": fields["kind"] or "other"}
        text = parsed.text.document.text[span.slice]
        proof = _sentence(parsed, span)
        given = {"id": f"f{number}", "text": text, "span": span, "evidence": proof, **rest}
        yield _valid(Figure, given, decision)


def _items(
    one: Reviewed, listed: ItemList, known: Mapping[str, Decision], figures: tuple[Figure, ...]
) -> tuple[Item, ...]:
    """A list's items: those that are not wrong, as edited, then what was added."""
    ids, found = {figure.id for figure in figures}, list[Item]()
    for item in getattr(one.summary, listed.name):
        decision = known.get(item.id)
        if decision is not None and decision.verdict == "wrong":
            continue
        changed: dict[str, Any] = {"figures": tuple(i for i in item.figures if i in ids)}
        if decision is not None and decision.fields:
            changed |= {n: v for n, v in decision.fields.items() if n in listed.fields}
            found.append(_valid(listed.item, item.model_dump() | changed | UNJUDGED, decision))
        else:
            found.append(item.model_copy(update=changed))
    for decision in known.values():
        if decision.add is None or decision.add.kind != listed.name or decision.verdict == "wrong":
            continue
        span, parsed = _place(one, decision)
        proof = _sentence(parsed, span)
        values = {n: v for n, v in decision.fields.items() if n in listed.fields and v is not None}
        inside = tuple(f.id for f in figures if proof.span.covers(f.span))
        name = f"{listed.name}-added-{span.start}-{span.end}"
        made = {"id": name, "evidence": (proof,), "figures": inside, **values}
        found.append(_valid(listed.item, made, decision))
    return tuple(found)


def _coverage(
    one: Reviewed, known: Mapping[str, Decision], figures: tuple[Figure, ...]
) -> Coverage:
    """The tally again: a wrong figure and its repeats are set aside, an added one is a figure."""
    before, spans = one.summary.coverage, [f.span for f in figures]
    gone = [f for f in one.summary.figures if f.id not in {figure.id for figure in figures}]
    aside = [
        Tally(span=span, text=f.text, reason=WRONG)
        for f in gone
        for span in (f.span, *f.also_at)
        if not any(span.overlaps(other) for other in spans)
    ]
    merged = before.merged - sum(len(f.also_at) for f in gone)

    def left(tallies: tuple[Tally, ...]) -> list[Tally]:
        return [t for t in tallies if not any(t.span.overlaps(span) for span in spans)]

    missed = list[Tally]()
    for tally in left(before.missed):
        if _verdict(tally, known) == "right":
            aside.append(tally.model_copy(update={"reason": NO_FIGURE}))
        else:
            missed.append(tally)
    rest = [
        t.model_copy(update={"reason": NO_FIGURE}) if _verdict(t, known) == "right" else t
        for t in left(before.unaccounted)
    ]
    set_aside = sorted((*left(before.set_aside), *aside), key=lambda t: t.span)
    return Coverage(
        found=len(figures) + merged + len(set_aside) + len(missed),
        figures=len(figures),
        merged=merged,
        set_aside=tuple(set_aside),
        missed=tuple(missed),
        unaccounted=tuple(rest),
    )


def _verdict(tally: Tally, known: Mapping[str, Decision]) -> str:
    decision = known.get(f"t{tally.span.start}-{tally.span.end}")
    return decision.verdict if decision else ""


def _issues(one: Reviewed, known: Mapping[str, Decision]) -> Iterator[Issue]:
    """Each change, and each thing that the reader is not sure of."""
    labels = {figure.id: f"{figure.text} {figure.label}" for figure in one.summary.figures}
    for decision in known.values():
        says = decision.fields or decision.add or decision.verdict in ("wrong", "unsure")
        if not says:
            continue
        was = labels.get(decision.ref, decision.text)
        now = ", ".join(f"{name}: {value}" for name, value in decision.fields.items())
        by = f" by {decision.by}" if decision.by else ""
        yield Issue(
            code="reviewed",
            severity="warning" if decision.verdict == "unsure" else "info",
            message=f"{decision.verdict}{by}: {was}" + (f" → {now}" if now else ""),
            ref=decision.ref,
        )


def _place(one: Reviewed, decision: Decision) -> tuple[Span, ParsedDocument]:
    """Where an added thing stands. Raises ValueError where no source says so."""
    assert decision.add is not None
    span = Span(*decision.add.span)
    if one.parsed is None:
        raise ValueError(f"{decision.ref} was added, and the source is not there")
    raw = one.parsed.text.document.text
    if not 0 <= span.start < span.end <= len(raw) or raw[span.slice] != decision.text:
        raise ValueError(f"{decision.ref}: {decision.text!r} is not what stands there")
    return span, one.parsed


def _sentence(parsed: ParsedDocument, span: Span) -> Evidence:
    """The sentences that a span stands in, else its lines."""
    raw = parsed.text.document.text
    inside = [s.raw for s in parsed.sentences if s.raw.overlaps(span)]
    start = min((s.start for s in inside), default=raw.rfind("\n", 0, span.start) + 1)
    end = max((s.end for s in inside), default=(raw + "\n").index("\n", span.end))
    whole = Span(min(start, span.start), max(end, span.end))
    return Evidence(span=whole, quote=raw[whole.slice])
