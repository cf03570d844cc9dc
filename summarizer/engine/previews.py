"""The requests of a document before any is sent, for those who want to read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine import answers, figures, item_answers, reading, verbatim
from summarizer.engine.field_shapes import asked_fields
from summarizer.engine.judge import questions
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.marks import marks_for
from summarizer.engine.passage import AskedPassage
from summarizer.engine.picking import Picker
from summarizer.engine.planning import Plan
from summarizer.engine.prompt import Messages
from summarizer.engine.reading_answer import asked_lists
from summarizer.engine.readout import as_read
from summarizer.engine.schema import Schema
from summarizer.policy import Policy

LABELS = "figures"


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """A request of a plan: its title, what it says, and the lists and fields it is about."""

    title: str
    messages: Messages
    about: frozenset[str]


Asked = tuple[frozenset[str], Messages]


def previews(
    plan: Plan, parsed: ParsedDocument, schema: Schema, policy: Policy
) -> list[tuple[str, Messages]]:
    """Each request with a title, in the order in which they are sent."""
    return [(one.title, one.messages) for one in planned_requests(plan, parsed, schema, policy)]


def planned_requests(
    plan: Plan, parsed: ParsedDocument, schema: Schema, policy: Policy
) -> list[PlannedRequest]:
    """The same with what each is about."""
    label = verbatim.messages if plan.strategy == "verbatim" else figures.messages
    first = plan.templates.get(plan.asked_first)
    labelled = [(frozenset({LABELS}), label(chunk, first)) for chunk in plan.figures if first]
    probed = frozenset(plan.probes)
    weighed = [(probed, as_read(chunk)) for chunk in plan.items if plan.probes]
    return [
        PlannedRequest(f"{kind} {n} of {len(asked)}", messages, about)
        for kind, asked in (
            ("weigh", weighed),
            ("passage", [*_read(plan, parsed, schema, policy)]),
            ("figures", labelled),
            ("judge", [*_judged(plan, schema, policy)]),
            ("items", [*_listed(plan, schema, policy)]),
        )
        for n, (about, messages) in enumerate(asked, 1)
    ]


def _read(plan: Plan, parsed: ParsedDocument, schema: Schema, policy: Policy) -> Iterator[Asked]:
    """The passages that are read whole, each about all that it may tell of."""
    marks, whose = marks_for(parsed.text.text), policy.attribution == "asked"
    picker = Picker.of(parsed, schema, plan.language) if schema.has_picks else None
    for chunk in plan.passages:
        passage = MarkedPassage(chunk, parsed.sentences, marks, picker)
        about = {one.name for one in asked_lists(schema, passage)}
        about |= {one.name for one in asked_fields(passage, schema.fields)}
        about |= {LABELS} if schema.asks_labels else set()
        template = plan.templates["passage"]
        messages = reading.messages(passage, schema, template, parsed.text, whose=whose)
        yield frozenset(about), messages


def _judged(plan: Plan, schema: Schema, policy: Policy) -> Iterator[Asked]:
    """What is asked of names and sentences before any item is asked for."""
    passages = [AskedPassage(chunk, schema.hooks) for chunk in plan.items]
    for one in schema.lists:
        if policy.judgement == "odds" and one.name in plan.judges and one.name not in plan.probes:
            for passage in passages:
                for question in questions(one, passage, plan.judges[one.name]):
                    yield frozenset({one.name}), question.messages


def _listed(plan: Plan, schema: Schema, policy: Policy) -> Iterator[Asked]:
    """What is asked of passages for items, as if nothing had been judged to be none."""
    for chunk in plan.items:
        passage = AskedPassage(chunk, schema.hooks, is_led=policy.selection == "rules")
        about = frozenset(one.name for one in answers.asked_lists(schema, passage))
        messages = item_answers.messages(passage, schema, plan.templates["items"])
        yield about | frozenset(plan.probes), messages
