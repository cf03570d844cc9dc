"""What a document offers the fields of a schema, before any model is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from summarizer.cli.language import told
from summarizer.config import Settings
from summarizer.engine.field_choice import (
    ASKED,
    ENOUGH,
    LISTED,
    MOST_SENTENCES,
    SHOWN,
    quoted,
)
from summarizer.engine.field_types import FieldType, leaf
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.later_requests import later_requests
from summarizer.engine.marked import one_line
from summarizer.engine.previews import previews
from summarizer.engine.proposals import Proposal, Proposer, is_sure
from summarizer.engine.schema import Schema
from summarizer.engine.second_look import fields_elsewhere, parts_with
from summarizer.pipeline import Prepared


def type_shown(tree: FieldType) -> str:
    """A field's type as its author wrote it.

    >>> from typing import Literal
    >>> from summarizer.engine.field_types import node
    >>> from summarizer.fields import Count, Money
    >>> [type_shown(node(kind)) for kind in (Money | None, list[Count["人"]], Literal["是", "否"])]
    ['Money', 'list[Count 人]', '是|否']
    """
    if tree.inner is not None:
        return f"list[{type_shown(tree.inner)}]"
    if tree.choices:
        return "|".join(tree.choices)
    if tree.is_verbatim:
        return "Verbatim"
    name = getattr(tree.leaf, "__name__", None) or str(get_args(tree.leaf) or tree.leaf)
    return f"{name} {tree.unit}" if tree.unit else name


def offered(schema: Schema, proposer: Proposer) -> list[str]:
    """A line for each field of the summary, and a heading; nothing where a schema has none."""
    if not schema.fields:
        return []
    lines = [f"  {name}: {_offer(field, proposer)}" for name, field in schema.fields.items()]
    return ["", told("what its words offer each field of the summary, for a small model:"), *lines]


def requests_shown(
    schema: Schema, prepared: Prepared, proposer: Proposer, settings: Settings
) -> Iterator[str]:
    """How many requests a document takes, and the first for each list and field of a schema."""
    from summarizer.engine.first_requests import first_requests

    plan, parsed = prepared.plan, prepared.parsed
    count = len(previews(plan, parsed, schema, settings))
    source, more = parsed.text.document.source, later_requests(schema, proposer, settings)
    if more and not count:
        yield told(f"{source}: about {more} requests for a {settings.size} model")
    else:
        yield told(f"{source}: {count} requests for a {settings.size} model")
    if more and count:
        yield told(f"and about {more} for rows and for the fields of the summary")
    requests = first_requests(plan, parsed, schema, settings)
    for one in requests:
        yield f"=== {told(one.title)} ==="
        yield from (f"--- {turn['role']} ---\n{turn['content']}" for turn in one.messages)
    yield ""
    asked = {name for one in requests for name in one.about}
    wanted = (*schema.fields, *(one.name for one in schema.lists))
    if rest := "、".join(name for name in wanted if name not in asked):
        yield told(f"no model is asked in this document for {rest}")
    if schema.fields and len(plan.passages) > 1:
        yield told("one more settles the fields of which passages say different things")
    for listed in schema.lists:
        yield from _asked_later(listed, proposer, is_small=settings.selection == "rules")


def _asked_later(listed: ItemList, proposer: Proposer, *, is_small: bool) -> Iterator[str]:
    """What is asked of a list's items once they are known, a line each."""
    name = listed.name
    if is_small and listed.name_of_row:
        yield told(f"{name}: of each name that is answered, whether it is one")
        if words := "、".join(listed.words_of_row):
            yield told(f"{name}: of each that is one: {words}")
    for word, fields in fields_elsewhere(listed).items():
        count, lacking = len(parts_with(word, proposer.document.sentences)), "、".join(fields)
        yield told(f"{name}: of each that lacks it, again in {count} sentences: {lacking}")


def _offer(field: OwnField, proposer: Proposer) -> str:
    """What the document offers a field."""
    if not field.type.is_bare:
        told_of = [one_line(s.text)[:SHOWN] for s in proposer.sentences(field)[:MOST_SENTENCES]]
        quotes = "".join(f"\n      “{words}”" for words in told_of)
        return told("asked of these sentences") + quotes if told_of else told(NOTHING)
    tree = leaf(field.type)
    found = proposer.of(field, tree)
    proposals = proposer.apart(tree, found)
    if not proposals:
        return told("nothing in the document is of its kind")
    if field.type.inner is not None:
        listed = [one for one in found if not one.relevance < LISTED]
        return told("all that fit its words") + _places(listed) if listed else told(NOTHING)
    best = proposals[0]
    if is_sure(proposals):
        return told("stands out, and no model is asked") + _places([best])
    if best.relevance < ASKED:
        return told(
            "nothing is like its words, so a small model leaves it empty; nearest"
        ) + _places([best])
    likely = [one for one in proposals if not one.relevance < ENOUGH]
    return told("a model chooses among these" if likely else UNLIKELY) + _places(proposals)


NOTHING = "nothing is like its words"
UNLIKELY = "little is like its words; a model chooses among these, or none"


def _places(proposals: list[Proposal]) -> str:
    return "".join(f"\n      {_place(one)}" for one in proposals)


def _place(one: Proposal) -> str:
    return f"{one.place.text} “{quoted(one.place)}”"
