"""Sentences → names for their quantities and items with the sentences they cite.

One bad answer costs a chunk nothing but its own words: a truncated one is asked again in halves,
a refused one leaves the grammar's drafts and an issue. A model that cannot be reached at all ends
the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from summarizer.config import Settings
from summarizer.documents.parsed import ParsedDocument
from summarizer.engine import figures, items, verbatim
from summarizer.engine.answers import asked_lists
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk, halves, passages, windows
from summarizer.engine.field_choice import Chooser
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.figures import LabelledMention
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.marked import readings
from summarizer.engine.marks import marks_for
from summarizer.engine.passage import AskedPassage
from summarizer.engine.picking import Picker
from summarizer.engine.prompt import Template, load_template
from summarizer.engine.proposals import Proposer
from summarizer.engine.reading import Fact, Read, Reader, SetAside
from summarizer.engine.schema import Schema
from summarizer.engine.second_choice import second_choices
from summarizer.engine.second_look import second_looks
from summarizer.engine.settling import Settler
from summarizer.engine.worth import worth_asking
from summarizer.errors import AnswerRejected, AnswerTruncated, ConfigError
from summarizer.resources import resource
from summarizer.types import Issue
from summarizer.zh.segment import Sentence

__all__ = [
    "Extraction",
    "ItemDraft",
    "LabelledMention",
    "Plan",
    "ProgressCallback",
    "Read",
    "SetAside",
    "extract",
    "plan",
]

Result = TypeVar("Result", LabelledMention, ItemDraft, Read)


class ProgressCallback(Protocol):
    """Hears of each step: how many of its requests are done, and what the last one brought."""

    def __call__(self, name: str, done: int, total: int, found: Sequence[Read] = ()) -> None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests of a document before any is sent: what `summarizer prompt` prints.

    Either whole `passages` are read, or labels and items are asked for apart, each in its chunks.
    """

    strategy: str
    figures: tuple[Chunk, ...] = ()
    items: tuple[Chunk, ...] = ()
    passages: tuple[Chunk, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)

    @property
    def asked_first(self) -> str:
        """The kind of template that asks for figures alone."""
        return "verbatim" if self.strategy == "verbatim" else "figures"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the model's answers came to: labels, items, and what went wrong on the way.

    `aside` are the quantities that the model says are no figures; `facts` what it says of the
    document, by name, where it was asked; `fields` are those of the summary, each settled.
    """

    namings: tuple[LabelledMention, ...]
    findings: tuple[ItemDraft, ...]
    issues: tuple[Issue, ...]
    aside: tuple[SetAside, ...] = ()
    facts: dict[str, str | None] = field(default_factory=dict)
    fields: tuple[FieldDraft, ...] = ()


def plan(sentences: Sequence[Sentence], schema: Schema, settings: Settings) -> Plan:
    """Which chunks are asked about with which templates. Raises ConfigError."""
    chars, most = settings.chunk_chars, settings.chunk_mentions
    if settings.strategy == "anchored" and settings.request == "passage":
        first = "passage"
        asked = readings(sentences, chars=chars, mentions=most)
        asked = [chunk for chunk in asked if worth_asking(chunk, schema)]
    elif settings.strategy == "verbatim":
        first = "verbatim"
        asked = [c for c in passages(sentences, chars=chars) if c.asked]
    else:
        first = "figures"
        asked = windows(sentences, chars=chars, mentions=most) if schema.asks_labels else []
    named = _templates(first, settings.prompts, schema)
    used = {kind: template.limited(settings.examples) for kind, template in named.items()}
    if first == "passage":
        return Plan(settings.strategy, passages=tuple(asked), templates=used)
    listed = (
        chunk
        for chunk in passages(sentences, chars=chars)
        if asked_lists(schema, AskedPassage(chunk, schema.hooks))
    )
    return Plan(settings.strategy, tuple(asked), tuple(listed), templates=used)


def extract(
    plan: Plan,
    document: ParsedDocument,
    schema: Schema,
    asker: StructuredCaller,
    told: ProgressCallback,
) -> Extraction:
    """Send the plan's requests, as many at once as the model likes, and check what comes back.

    `told(step, done, total, found)` hears of progress, in the order of the chunks. Raises
    ModelUnavailable and other errors of the model's side that no smaller request can cure.
    """
    tabled = figures.tabled(document)
    if "passage" in plan.templates:
        marks = marks_for(document.text.text)
        template = plan.templates["passage"]
        picker = Picker.of(document, schema) if schema.has_picks else None
        reader = Reader(document, schema, asker, template, marks, picker)
        read = _read(reader, plan.passages, told)
        return replace(read, namings=(*read.namings, *tabled))
    picker = Picker.of(document, schema)
    name = verbatim.name_figures if plan.strategy == "verbatim" else figures.name_figures

    def named(chunk: Chunk) -> tuple[list[LabelledMention], list[Issue]]:
        return name(chunk, document.sentences, asker, plan.templates[plan.asked_first])

    def found(chunk: Chunk) -> tuple[list[ItemDraft], list[Issue]]:
        return items.find_items(chunk, schema, asker, plan.templates["items"], picker)

    def no_names(chunk: Chunk) -> list[LabelledMention]:
        return figures.drafted(chunk, document.sentences)

    namings, naming_issues = _all(named, no_names, plan.figures, asker, _step("figures", told))
    findings, finding_issues = _all(found, lambda _: [], plan.items, asker, _step("items", told))
    if not schema.asks_labels:
        namings = [n for s in document.sentences if s.mentions for n in no_names(Chunk((s,)))]
    chooser = Chooser(Proposer(document, picker), asker, marks_for(document.text.text))
    findings, looked = second_choices(chooser, schema.lists, findings)
    fields, field_issues = chooser.fields(schema)
    issues = (*naming_issues, *finding_issues, *looked, *field_issues)
    named_all = (*namings, *tabled)
    return Extraction(named_all, tuple(findings), issues, fields=tuple(fields))


def _read(reader: Reader, chunks: Sequence[Chunk], told: ProgressCallback) -> Extraction:
    """Read every passage, and sort what was found by what it is."""
    step = _step("passages", told)
    results, issues = _all(reader.read, reader.drafted, chunks, reader.asker, step)
    fields: list[FieldDraft] = []
    drafts = [one for one in results if isinstance(one, ItemDraft)]
    if reader.picker is not None:
        drafts, looked = second_looks(reader, drafts)
        issues += looked
        setting = reader.picker.setting
        settler = Settler(reader.document, reader.schema, reader.asker, setting)
        fields, wrong = settler.settle([one for one in results if isinstance(one, FieldDraft)])
        issues += wrong
    return Extraction(
        tuple(one for one in results if isinstance(one, LabelledMention)),
        tuple(drafts),
        tuple(issues),
        tuple(one for one in results if isinstance(one, SetAside)),
        {one.name: one.value for one in results if isinstance(one, Fact)},
        tuple(fields),
    )


def _all(
    ask: Callable[[Chunk], tuple[list[Result], list[Issue]]],
    instead: Callable[[Chunk], list[Result]],
    chunks: Sequence[Chunk],
    asker: StructuredCaller,
    told: Callable[[int, int, Sequence[Result]], None],
) -> tuple[list[Result], list[Issue]]:
    """Every chunk's results in the chunks' order, whichever answer came first."""
    results: list[Result] = []
    issues: list[Issue] = []
    told(0, len(chunks), ())
    pool = ThreadPoolExecutor(max_workers=asker.model.parallel)
    try:
        answers = pool.map(lambda chunk: _asked(ask, instead, chunk), chunks)
        for done, (some, wrong) in enumerate(answers, 1):
            results += some
            issues += wrong
            told(done, len(chunks), some)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return results, issues


def _asked(
    ask: Callable[[Chunk], tuple[list[Result], list[Issue]]],
    instead: Callable[[Chunk], list[Result]],
    chunk: Chunk,
) -> tuple[list[Result], list[Issue]]:
    """One chunk's results; halved while its answer is too long, `instead` when none is any good."""
    try:
        return ask(chunk)
    except AnswerTruncated as error:
        smaller: Iterable[Chunk] = halves(chunk)
        reason = str(error)
    except AnswerRejected as error:
        smaller = ()
        reason = str(error)
    parts = [_asked(ask, instead, part) for part in smaller]
    if parts:
        return [r for some, _ in parts for r in some], [i for _, wrong in parts for i in wrong]
    issue = Issue(
        code="no_answer",
        severity="warning",
        message=f"no usable answer for “{chunk.text[:20]}…”: {reason}",
        ref=f"{chunk.sentences[0].raw.start}-{chunk.sentences[-1].raw.end}",
    )
    return instead(chunk), [issue]


def _templates(first: str, wanted: str, schema: Schema) -> dict[str, Template]:
    """The templates used by their kind: passage, figures, verbatim, items, overview.

    Those of `wanted` take the place of others of their kind. A template of a user's schema lies
    beside it. Raises ConfigError for an id that is of no kind used here, or that there is no file
    of.
    """
    names = {"overview": "overview.v3"}
    if first == "passage":
        names[first] = _newest(first, schema)
    else:
        names |= {first: f"{first}.v1", "items": _newest("items", schema)}
    kinds = {_kind(name): kind for kind, name in names.items()}
    for given in filter(None, (one.strip() for one in wanted.split(","))):
        if _kind(given) not in kinds:
            raise ConfigError(
                f"prompts = {given!r} takes the place of none of: {', '.join(names.values())}"
            )
        names[kinds[_kind(given)]] = given
    own = None if schema.is_shipped else schema.path.parent
    return {
        kind: load_template(name, own if _kind(name).endswith(f".{schema.name}") else None)
        for kind, name in names.items()
    }


def _kind(name: str) -> str:
    """A template's id without its version: figures, items.report."""
    return name.rpartition(".v")[0]


def _newest(kind: str, schema: Schema) -> str:
    """The schema's own words and examples if there are any, else the general ones.

    They lie in `prompts` for a shipped schema, beside the file for a user's, so that a user's
    `report.py` is not asked for with the shipped one's. The newest version is taken.
    """
    folder = resource("prompts") if schema.is_shipped else schema.path.parent
    own = re.compile(rf"{kind}\.{re.escape(schema.name)}\.v(\d+)\.jinja")
    versions = [int(found[1]) for path in folder.iterdir() if (found := own.fullmatch(path.name))]
    general = f"{kind}.v2" if schema.has_picks else f"{kind}.v1"
    return f"{kind}.{schema.name}.v{max(versions)}" if versions else general


def _step(name: str, told: ProgressCallback) -> Callable[[int, int, Sequence[Read]], None]:
    return lambda done, total, found: told(name, done, total, found)
