"""Sentences → names for their quantities and items with the sentences they cite.

One bad answer costs a chunk nothing but its own words: a truncated one is asked again in halves,
a refused one leaves the grammar's drafts and an issue. A model that cannot be reached at all ends
the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol, TypeVar

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine import figures, items, verbatim
from summarizer.engine.answers import asked_lists
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk, halves
from summarizer.engine.field_choice import Chooser
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.figures import LabelledMention
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_parts import whole_items
from summarizer.engine.judge import Judge
from summarizer.engine.lanes import Lanes
from summarizer.engine.left_numbers import left_numbers
from summarizer.engine.marks import marks_for
from summarizer.engine.named_items import named_items
from summarizer.engine.named_rows import named_rows
from summarizer.engine.passage import AskedPassage
from summarizer.engine.picking import Picker
from summarizer.engine.planning import Plan
from summarizer.engine.proposals import Proposer
from summarizer.engine.reading import Fact, Read, Reader, SetAside
from summarizer.engine.schema import Schema
from summarizer.engine.second_choice import second_choices
from summarizer.engine.second_look import second_looks
from summarizer.engine.settling import Settler
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue
from summarizer.zh.segment import Sentence

__all__ = [
    "Extraction",
    "ItemDraft",
    "LabelledMention",
    "ProgressCallback",
    "Read",
    "SetAside",
    "extract",
]

Result = TypeVar("Result", LabelledMention, ItemDraft, Read)


class ProgressCallback(Protocol):
    """Hears of each step: how many of its requests are done, and what the last one brought."""

    def __call__(self, name: str, done: int, total: int, found: Sequence[Read] = ()) -> None: ...


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


def extract(
    plan: Plan,
    document: ParsedDocument,
    schema: Schema,
    asker: StructuredCaller,
    on_progress: ProgressCallback,
) -> Extraction:
    """Send the plan's requests, as many at once as the model likes, and check what comes back.

    `on_progress(step, done, total, found)` hears of progress, in the order of the chunks. Raises
    ModelUnavailable and other errors of the model's side that no smaller request can cure.
    """
    read = _read if "passage" in plan.templates else _asked_apart
    found = read(plan, document, schema, asker, on_progress)
    namings = (*found.namings, *figures.tabled(document))
    if not schema.has_picks:
        return replace(found, namings=namings)
    is_led = asker.policy.selection == "rules" and "passage" not in plan.templates
    told = {one.name for one in schema.lists if is_led and one.name_of_quantity}
    picker = Picker.of(document, schema, plan.language)
    values: dict[str, list[Any]] = {"": [one.value for one in found.fields]}
    for one in found.findings:
        values.setdefault(one.list, []).append(one.values)
    left = left_numbers(schema, document, picker, values, told)
    return replace(found, namings=namings, issues=(*found.issues, *left))


def _asked_apart(
    plan: Plan,
    document: ParsedDocument,
    schema: Schema,
    asker: StructuredCaller,
    on_progress: ProgressCallback,
) -> Extraction:
    """Labels and items asked for apart, and first which names and sentences may be items."""
    picker = Picker.of(document, schema)
    name = verbatim.name_figures if plan.strategy == "verbatim" else figures.name_figures

    def named(chunk: Chunk) -> tuple[list[LabelledMention], list[Issue]]:
        return name(chunk, document.sentences, asker, plan.templates[plan.asked_first])

    def no_names(chunk: Chunk) -> list[LabelledMention]:
        return figures.drafted(chunk, document.sentences)

    unasked = _unasked(plan.figures, document.sentences)
    on_progress("figures", 0, len(plan.figures), unasked)
    with Lanes(asker.model.parallel) as lanes:
        labels = lanes.add(partial(_asked, named, no_names), plan.figures)
        judge = Judge.of(lanes, plan, schema, asker)
        lanes.start()
        namings, naming_issues = _all(labels, _step("figures", on_progress))
        refused = judge.refused(_step("judged", on_progress))

    is_led = asker.policy.selection == "rules"
    chooser = Chooser(Proposer(document, picker), asker, marks_for(document.text.text))

    def found(chunk: Chunk) -> tuple[list[ItemDraft], list[Issue]]:
        passage = AskedPassage(chunk, schema.hooks, is_led=is_led, refused=refused)
        if not asked_lists(schema, passage):
            return [], []
        return items.find_items(passage, schema, chooser, plan.templates["items"])

    with Lanes(asker.model.parallel) as lanes:
        listed = lanes.add(partial(_asked, found, lambda _: []), plan.items)
        lanes.start()
        findings, finding_issues = _all(listed, _step("items", on_progress))
    ruled, ruled_issues = named_items(document, schema, picker) if is_led else ([], [])
    rows, row_issues = named_rows(schema, chooser) if is_led else ([], [])
    whole, whole_issues = whole_items(schema, chooser, refused)
    findings = [*judge.with_sure(findings), *ruled, *rows, *whole]
    namings += unasked
    findings, looked = second_choices(chooser, schema.lists, findings, plan.judges)
    fields, field_issues = chooser.fields(schema)
    asked_issues = (*naming_issues, *judge.issues(), *finding_issues)
    issues = (*asked_issues, *ruled_issues, *row_issues, *whole_issues, *looked, *field_issues)
    return Extraction(tuple(namings), tuple(findings), issues, fields=tuple(fields))


def _unasked(asked: Sequence[Chunk], sentences: Sequence[Sentence]) -> list[LabelledMention]:
    """The drafts of all quantities that no request is about."""
    about = {mention.at for chunk in asked for mention in chunk.asked}
    rest = ((s, tuple(m for m in s.mentions if m.at not in about)) for s in sentences)
    return [n for s, some in rest if some for n in figures.drafted(Chunk((s,), some), sentences)]


def _read(
    plan: Plan,
    document: ParsedDocument,
    schema: Schema,
    asker: StructuredCaller,
    on_progress: ProgressCallback,
) -> Extraction:
    """Read every passage, and sort what was found by what it is."""
    picker = Picker.of(document, schema, plan.language) if schema.has_picks else None
    marks = marks_for(document.text.text)
    reader = Reader(document, schema, asker, plan.templates["passage"], marks, picker)
    with Lanes(asker.model.parallel) as lanes:
        passages_read = lanes.add(partial(_asked, reader.read, reader.drafted), plan.passages)
        lanes.start()
        results, issues = _all(passages_read, _step("passages", on_progress))
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
    answers: Sequence[Future[tuple[list[Result], list[Issue]]]],
    on_progress: Callable[[int, int, Sequence[Result]], None],
) -> tuple[list[Result], list[Issue]]:
    """Every chunk's results in the chunks' order, whichever answer came first."""
    results: list[Result] = []
    issues: list[Issue] = []
    on_progress(0, len(answers), ())
    for done, answer in enumerate(answers, 1):
        some, wrong = answer.result()
        results += some
        issues += wrong
        on_progress(done, len(answers), some)
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


def _step(name: str, on_progress: ProgressCallback) -> Callable[[int, int, Sequence[Read]], None]:
    return lambda done, total, found: on_progress(name, done, total, found)
