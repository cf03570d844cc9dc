"""The requests of a plan before any is sent, for those who want to read them."""

from __future__ import annotations

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine import figures, item_answers, reading, verbatim
from summarizer.engine.judge import questions
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.marks import marks_for
from summarizer.engine.passage import AskedPassage
from summarizer.engine.picking import Picker
from summarizer.engine.planning import Plan
from summarizer.engine.prompt import Messages
from summarizer.engine.readout import as_read
from summarizer.engine.schema import Schema
from summarizer.policy import Policy


def previews(
    plan: Plan, parsed: ParsedDocument, schema: Schema, policy: Policy
) -> list[tuple[str, Messages]]:
    """Each request with a title, in the order in which they are sent."""
    templates, marks = plan.templates, marks_for(parsed.text.text)
    whose = policy.attribution == "asked"
    picker = Picker.of(parsed, schema, plan.language) if schema.has_picks else None
    read = [
        reading.messages(
            MarkedPassage(chunk, parsed.sentences, marks, picker),
            schema,
            templates["passage"],
            parsed.text,
            whose=whose,
        )
        for chunk in plan.passages
    ]
    label = verbatim.messages if plan.strategy == "verbatim" else figures.messages
    labelled = [label(chunk, templates[plan.asked_first]) for chunk in plan.figures]
    passages = [AskedPassage(chunk, schema.hooks) for chunk in plan.items]
    weighed = [as_read(chunk) for chunk in plan.items if plan.probes]
    judged = [
        question.messages
        for one in schema.lists
        if policy.judgement == "odds" and one.name in plan.judges and one.name not in plan.probes
        for passage in passages
        for question in questions(one, passage, plan.judges[one.name])
    ]
    listed = [item_answers.messages(passage, schema, templates["items"]) for passage in passages]
    return [
        (f"{kind} {n} of {len(asked)}", messages)
        for kind, asked in (
            *(("weigh", weighed), ("passage", read), ("figures", labelled)),
            *(("judge", judged), ("items", listed)),
        )
        for n, messages in enumerate(asked, 1)
    ]
