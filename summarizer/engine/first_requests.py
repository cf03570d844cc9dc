"""Of each list and each field of a schema the first request that a document brings.

What is planned is shown as it is planned. What a small model is asked later, of rows and of fields
of the summary, is asked here of a model that answers nothing: what it is sent first is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NoReturn

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.field_choice import Chooser
from summarizer.engine.item_parts import whole_of
from summarizer.engine.marks import marks_for
from summarizer.engine.named_rows import rows_of
from summarizer.engine.picking import Picker
from summarizer.engine.planning import Plan
from summarizer.engine.previews import PlannedRequest, planned_requests
from summarizer.engine.prompt import Messages
from summarizer.engine.proposals import Proposer
from summarizer.engine.schema import Schema
from summarizer.models import Model
from summarizer.policy import Policy


def first_requests(
    plan: Plan, parsed: ParsedDocument, schema: Schema, policy: Policy
) -> list[PlannedRequest]:
    """The first request of each kind for each list and field, in the order they are sent in."""
    told: set[tuple[str, str]] = set()
    found: list[PlannedRequest] = []
    for one in planned_requests(plan, parsed, schema, policy):
        kind = one.title.partition(" ")[0]
        about = {(kind, name) for name in one.about}
        if about - told:
            told |= about
            found.append(one)
    is_read = "passage" in plan.templates
    return found if is_read else [*found, *_later(parsed, schema, policy)]


def _later(parsed: ParsedDocument, schema: Schema, policy: Policy) -> Iterator[PlannedRequest]:
    """The first request for the rows of each list, and for each field of the summary."""
    asker = StructuredCaller.of(Model("", _unsent), policy)
    proposer = Proposer(parsed, Picker.of(parsed, schema))
    chooser = Chooser(proposer, asker, marks_for(parsed.text.text))
    asked: list[tuple[str, str, Callable[[], Any]]] = [
        (
            f"the first request for the rows of {one.name}",
            one.name,
            partial(_all, rows_of, one, chooser),
        )
        for one in schema.lists
        if policy.selection == "rules" and one.name_of_row
    ]
    asked += [
        (
            f"the first request for the items of {one.name}",
            one.name,
            partial(_all, whole_of, one, schema, chooser),
        )
        for one in schema.lists
        if not one.worded
    ]
    asked += [
        (f"the first request for the field {name}", name, partial(chooser.find, one))
        for name, one in schema.fields.items()
    ]
    for title, name, ask in asked:
        try:
            ask()
        except _Sent as sent:
            yield PlannedRequest(title, sent.messages, frozenset({name}))


def _all(asked: Callable[..., Iterable[Any]], *given: Any) -> list[Any]:
    return [*asked(*given)]


class _Sent(Exception):
    """What a model is sent that answers nothing."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self.messages = messages


def _unsent(**request: Any) -> NoReturn:
    raise _Sent(request["messages"])
