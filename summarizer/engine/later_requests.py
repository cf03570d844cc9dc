"""About how many requests come of the answers to others: no preview shows them."""

from __future__ import annotations

from summarizer.engine.field_choice import MOST_SENTENCES, is_asked
from summarizer.engine.field_types import leaf
from summarizer.engine.item_list import OwnField
from summarizer.engine.item_parts import requests_of_parts
from summarizer.engine.proposals import Proposer
from summarizer.engine.row_numbers import requests_of_rows
from summarizer.engine.schema import Schema
from summarizer.policy import Policy


def later_requests(schema: Schema, proposer: Proposer, policy: Policy) -> int:
    """About how many requests of a document no preview shows: answers lead to them.

    They are a small model's, for rows, for whole items and parts of them, and for the fields of
    the summary.
    """
    if policy.request == "passage":
        return 0
    rows = sum(requests_of_rows(listed, proposer) for listed in schema.lists)
    rows += sum(requests_of_parts(listed, schema, proposer) for listed in schema.lists)
    return rows + sum(_requests_of_field(field, proposer) for field in schema.fields.values())


def _requests_of_field(field: OwnField, proposer: Proposer) -> int:
    if not field.type.is_bare:
        return len(proposer.sentences(field)[:MOST_SENTENCES])
    tree = leaf(field.type)
    proposals = proposer.apart(tree, proposer.of(field, tree))
    is_listed = field.type.inner is not None
    return int(bool(proposals) and not is_listed and is_asked(proposals, by_rules=True))
