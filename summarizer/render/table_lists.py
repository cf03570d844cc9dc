"""What a field lists, as rows: a table for each field of several picks or several texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from pydantic.fields import FieldInfo

from summarizer.engine.field_types import type_of
from summarizer.render.columns import Column
from summarizer.render.picks import pick_columns

VALUE = "value"
NUMBER = Column("number", "integer", "its place in the list, from 1", attrgetter("number"))


def listing_fields(fields: Mapping[str, FieldInfo]) -> dict[str, FieldInfo]:
    """Those of some fields that list picks or texts, which have a table of their own.

    >>> from summarizer.fields import Money
    >>> found = listing_fields({"sums": FieldInfo(annotation=list[Money] | None)})
    >>> list(found), list(listing_fields({"sum": FieldInfo(annotation=Money)}))
    (['sums'], [])
    """
    return {name: field for name, field in fields.items() if _is_listing(field)}


def list_columns(field: FieldInfo) -> tuple[Column, ...]:
    """The columns of its table: `value`, and of a pick `value_unit` and what else proves it."""
    inner = type_of(field).inner
    assert inner is not None, field
    if inner.pick is not None:
        one = FieldInfo(annotation=inner.leaf, description=field.description)
        return (NUMBER, *pick_columns(VALUE, one))
    return (NUMBER, Column(VALUE, "text", field.description or "", attrgetter(VALUE)))


def list_rows(values: Any) -> Iterator[Any]:
    """What the columns are taken from, one for each value; nothing where there is no list."""
    for number, value in enumerate(values or (), 1):
        yield SimpleNamespace(number=number, value=value)


def _is_listing(field: FieldInfo) -> bool:
    inner = type_of(field).inner
    return inner is not None and (inner.pick is not None or inner.leaf is str)
