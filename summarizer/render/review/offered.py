"""What can be decided about a summary: every ref that its page offers, and the fields of each."""

from __future__ import annotations

from summarizer.engine.schema import Schema
from summarizer.render.picks import own_rows
from summarizer.render.review.decisions import DocumentDecisions
from summarizer.render.review.payload import Reviewed, tallies

FIGURE_FIELDS = ("label", "subject", "period", "value", "high", "unit", "kind", "bound")
_NONE = frozenset[str]()


def offered(one: Reviewed) -> dict[str, frozenset[str]]:
    """Each figure, item, number in no figure and field of picks, with what may be edited of it."""
    found = {figure.id: frozenset(FIGURE_FIELDS) for figure in one.summary.figures}
    for listed in one.schema.lists:
        found |= {i.id: frozenset(listed.fields) for i in getattr(one.summary, listed.name)}
    found |= {f"field.{row.name}": _NONE for row in own_rows(one.summary)}
    return found | {t["id"]: _NONE for t in tallies(one) if t["became"] != "set_aside"}


def of_added(schema: Schema, kind: str) -> frozenset[str] | None:
    """What an added thing may say; None where the schema has no such list."""
    kinds = {listed.name: frozenset(listed.fields) for listed in schema.lists}
    return (kinds | {"figures": frozenset(FIGURE_FIELDS)}).get(kind)


def strange(one: Reviewed, said: DocumentDecisions) -> tuple[str, ...]:
    """The refs of decisions about nothing that the page offers."""
    known = offered(one)
    refs = (d.ref for d in said.decisions if d.add is None and d.ref not in known)
    return tuple(dict.fromkeys(refs))
