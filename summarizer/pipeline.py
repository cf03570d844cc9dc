"""summarize(): read → clean → mentions → chunk → extract → verify, the steps on one screen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.config import Settings
from summarizer.config import settings as read_settings
from summarizer.documents.clean import REPEATED, CleanText, clean, is_repeated
from summarizer.documents.parsed import ParsedDocument
from summarizer.documents.read import Limits, read
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.extract import Extraction, ProgressCallback, Read, extract
from summarizer.engine.how_made import how_made
from summarizer.engine.overview import overview_of
from summarizer.engine.planning import Plan, plan
from summarizer.engine.readout import read_out
from summarizer.engine.schema import Schema, load_schema
from summarizer.engine.told import Told
from summarizer.engine.verify.confidence import with_confidence
from summarizer.engine.verify.fields import assemble_fields, field_faults
from summarizer.engine.verify.figures import tally_mentions
from summarizer.engine.verify.items import assemble_items
from summarizer.engine.verify.preview import Preview
from summarizer.engine.verify.proof import prove
from summarizer.engine.verify.source import Source
from summarizer.engine.verify.wording import Wording, worded
from summarizer.errors import TooCostly
from summarizer.models import Model, known_id, open_model
from summarizer.models.bounds import bounded
from summarizer.provenance import DocumentInfo
from summarizer.types import Document, Figure, Issue, Item, Summary
from summarizer.zh.quantities import find_mentions
from summarizer.zh.relations.consistency import disagreements


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run is: the step's name, how many of its requests are done, what the last brought.

    `found` holds figures and items that are proved, in the document's order, as the summary will
    hold them but for their ids and links, and what a later passage adds to an item.
    """

    name: str
    done: int
    total: int
    found: tuple[Figure | Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document before any model is asked."""

    parsed: ParsedDocument
    plan: Plan


def summarize(
    source: str | Path | Document,
    *,
    model: Model | str | None = None,
    schema: Schema | str | None = None,
    settings: Settings | None = None,
    progress: Callable[[Step], None] | None = None,
) -> Summary:
    """The typed summary of one report, every number of it proved against the source.

    `model` and `schema` are what `open_model` and `load_schema` give, or what they take; without
    them the settings decide. `progress` hears of each step, and of figures and items as soon as
    they are found and proved. Raises InputError for a document that cannot be read, ConfigError for
    settings that cannot be followed, ModelError for a model that gives no answers; what is merely
    unwelcome about the result is among its `issues`.
    """
    spec = model.id if isinstance(model, Model) else model
    chosen = settings or read_settings(model=spec)
    scheme = schema if isinstance(schema, Schema) else load_schema(schema or chosen.schema)
    on_progress = _reporter(progress)
    document = source if isinstance(source, Document) else read(source, bounds=Limits.of(chosen))
    model_id = model.id if isinstance(model, Model) else known_id(model or chosen.model)
    prepared = prepare(document, scheme, chosen, on_progress, model_id)
    on_progress = _reporter(progress, Preview(prepared.parsed, scheme, chosen.script))
    with _opened(model, chosen) as opened:
        asker = StructuredCaller.of(
            bounded(opened.counting(), chosen), chosen, prepared.plan.language
        )
        prepared = _read_out(prepared, scheme, chosen, asker, on_progress)
        found = extract(prepared.plan, prepared.parsed, scheme, asker, on_progress)
        on_progress("overview", 0, 1)
        draft = _assembled(prepared, found, scheme, asker)
        asker.model.ledger.expect_answers()
    on_progress("verify", 0, 0)
    return _proved(draft, prepared.parsed, scheme, chosen)


def with_source(summary: Summary, document: Document) -> Summary:
    """The summary with its document's text in it, so that nobody need find that again."""
    info = summary.document.model_copy(update={"text": document.text})
    return summary.model_copy(update={"document": info})


def prepare(
    document: Document,
    schema: Schema,
    settings: Settings,
    on_progress: ProgressCallback,
    model_id: str = "",
) -> Prepared:
    """Everything that needs no model: clean text, mentions, sentences and the requests to send.

    `model_id` is whom they are for: a probe is good for one model alone.
    """
    on_progress("clean", 0, 0)
    text = clean(document)
    on_progress("mentions", 0, 0)
    mentions = tuple(find_mentions(text))
    _check(len(mentions), settings.max_mentions, document.source, "max_mentions")
    parsed = ParsedDocument.of(text, mentions)
    first = plan(parsed.sentences, schema, settings, parsed.language, model_id)
    asked = len(first.figures) + len(first.items) + len(first.passages)
    _check(asked, settings.max_requests, document.source, "max_requests")
    return Prepared(parsed, first)


def _read_out(
    prepared: Prepared,
    schema: Schema,
    settings: Settings,
    asker: StructuredCaller,
    on_progress: ProgressCallback,
) -> Prepared:
    """What probes tell of the document, which is planned anew where they tell other names."""

    def step(done: int, total: int, _: Sequence[Any]) -> None:
        on_progress("judged", done, total)

    parsed, readout = read_out(prepared.parsed, prepared.plan, schema, asker, step)
    if parsed is prepared.parsed:
        return Prepared(parsed, dataclasses.replace(prepared.plan, readout=readout))
    planned = plan(parsed.sentences, schema, settings, parsed.language, asker.model.id)
    return Prepared(parsed, dataclasses.replace(planned, readout=readout))


def _check(count: int, most: int, name: str, setting: str) -> None:
    if most < count:
        raise TooCostly(f"{name} comes to {count:,}, and {setting} is {most:,}")


def planned(document: Document, schema: Schema, settings: Settings) -> Prepared:
    """A document with what `summarize` would ask of it first, for those who only want to see it."""
    return prepare(document, schema, settings, _reporter(None), known_id(settings.model))


def _assembled(
    prepared: Prepared, found: Extraction, schema: Schema, asker: StructuredCaller
) -> dict[str, Any]:
    """The fields of the summary but for its last proof: figures, items, facts, overview, tally."""
    text = prepared.parsed.text
    accounted = tally_mentions(prepared.parsed.mentions, found, text)
    facts = dataclasses.asdict(prepared.parsed.facts) | found.facts
    built = {
        listed.name: assemble_items(listed, found.findings, accounted.figures, text)
        for listed in schema.lists
    }
    lists = {name: one.items for name, one in built.items()}
    merges = [issue for one in built.values() for issue in one.issues]
    own = assemble_fields(schema, found.fields, text)
    overview, wrong = "", list[Issue]()
    if schema.wants_overview:
        told = Told.of(schema, accounted.figures, lists, own)
        template = prepared.plan.templates["overview"]
        overview, wrong = overview_of(told, facts, prepared.parsed, asker, template)
    return (
        facts
        | lists
        | own
        | {
            "overview": overview,
            "figures": accounted.figures,
            "coverage": accounted.coverage,
            "issues": (*found.issues, *merges, *wrong),
            "provenance": how_made(prepared.plan, schema, asker, found),
        }
    )


def _proved(
    fields: dict[str, Any], parsed: ParsedDocument, schema: Schema, settings: Settings
) -> Summary:
    """The summary in the script asked for, with what its last proof found among its issues."""
    provenance = fields["provenance"].model_copy(update={"settings_hash": settings.digest()})
    info = _info(parsed.text)
    made = schema.model(
        **fields | {"schema_id": schema.id, "document": info, "provenance": provenance}
    )
    summary = worded(made, schema, Wording(parsed.text, settings.script))
    summary = with_confidence(summary, schema, parsed)
    wrong = prove(summary, schema, parsed)
    wrong += field_faults(summary, schema, Source(parsed))
    found = (*parsed.issues, *disagreements(summary.figures), *wrong)
    return summary.model_copy(update={"issues": (*summary.issues, *found)}) if found else summary


def _info(text: CleanText) -> DocumentInfo:
    aside: dict[str, int] = {}
    for region in text.regions:
        if region.kind not in ("body", "heading"):
            aside[region.kind] = aside.get(region.kind, 0) + region.span.end - region.span.start
    for edit in text.edits:
        if is_repeated(edit):
            aside[REPEATED] = aside.get(REPEATED, 0) + edit.span.end - edit.span.start
    document = text.document
    return DocumentInfo(
        id=document.id,
        source=document.source,
        encoding=document.encoding,
        media_type=document.media_type,
        characters=len(document.text),
        replaced=document.replaced,
        set_aside=aside,
        left_out=dict(document.left_out),
        recognised=document.recognised,
    )


def _reporter(
    progress: Callable[[Step], None] | None, early: Preview | None = None
) -> ProgressCallback:
    """How the steps tell of themselves; nothing is made early where nobody listens."""

    def report(name: str, done: int, total: int, found: Sequence[Read] = ()) -> None:
        if progress is not None:
            progress(Step(name, done, total, early.made(found) if early and found else ()))

    return report


def _opened(model: Model | str | None, settings: Settings) -> AbstractContextManager[Model]:
    """The model for a while; one that the caller has opened stays open after it."""
    return nullcontext(model) if isinstance(model, Model) else open_model(model or "", settings)
