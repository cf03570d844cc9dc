"""Summaries → tidy tables with keys to join: a row a document, a figure, an item, an issue.

Tables: `documents`, `figures`, one for each list of the schema, `tallies` (numbers that became no
figure), `issues`; `evidence` (a row a passage that proves an item) and `item_figures` (which
figures an item states) hold what would be a list in a cell, and so does a table for each field
that lists picks or texts (`duties_sums`, `documents_people`). These have `document_id`; ids of
figures and items are unique in a document. What a batch could not summarize is in `failures`, and
what has the content of another input in `duplicates`, so that every input is a row of these or of
`documents`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.errors import ConfigError
from summarizer.fields import Quantity
from summarizer.render.columns import (
    DOCUMENT,
    DUPLICATE,
    EVIDENCE,
    FAILURE,
    FIGURE,
    ISSUE,
    RUN,
    TALLY,
    Column,
    Kind,
)
from summarizer.render.load import Duplicate, Failure
from summarizer.render.outline import added, coverage_parts, item_lists, own_fields
from summarizer.render.picks import is_one_pick, pick_columns, unit_column
from summarizer.render.table_lists import list_columns, list_rows, listing_fields
from summarizer.types import Item, Summary

Row = dict[str, Any]

_KEY = Column("document_id", "text", "key of documents", lambda _: None)
_ITEM = Column("item_id", "text", "key of the item's table", lambda _: None)
_FIGURE_ID = Column("figure_id", "text", "key of figures", lambda _: None)
_KINDS: dict[type, Kind] = {bool: "boolean", int: "integer", float: "real", Decimal: "decimal"}
FORMULA = tuple("=+-@\t\r＝＋－＠")  # how a spreadsheet knows one
RESERVED = (
    "documents",
    "figures",
    "tallies",
    "issues",
    "evidence",
    "item_figures",
    "failures",
    "duplicates",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table without its rows."""

    name: str
    about: str
    columns: tuple[Column, ...]


def tables(schema: type[Summary]) -> dict[str, Table]:
    """The tables that summaries of a schema fill, in order.

    Raises ConfigError for names of the schema that make two tables or two columns of one name, be
    they written in capitals or not: a database and many a disk know no difference.
    """
    lists = item_lists(schema)
    for name in lists:
        if name.casefold() in RESERVED:
            raise ConfigError(f"a schema's list cannot be called {name!r}: a table has that name")
    own = [(n, f) for n, f in added(schema, fields.Summary) if n not in lists]
    first = getattr(schema, "__headline__", None)
    own.sort(key=lambda pair: pair[0] != first)
    columns = tuple(column for n, f in own for column in _own(n, f))
    holders = {"documents": dict(own)} | {name: own_fields(item) for name, item in lists.items()}
    found = (
        Table("documents", "a row a document", DOCUMENT + columns + RUN),
        Table("figures", "a row a number", (_KEY, *FIGURE)),
        *(_items(name, item) for name, item in lists.items()),
        Table("tallies", "a row a number that became no figure", (_KEY, *TALLY)),
        Table("issues", "what is true and unwelcome", (_KEY, *ISSUE)),
        Table("evidence", "a row a passage that proves an item", (_KEY, _ITEM, *EVIDENCE)),
        Table("item_figures", "which figures an item states", (_KEY, _ITEM, _FIGURE_ID)),
        *(table for name, held in holders.items() for table in _lists(name, held)),
        Table("failures", "a row a document of a batch that has no summary", FAILURE),
        Table("duplicates", "a row an input with the content of another, done once", DUPLICATE),
    )
    if twice := _repeated(table.name for table in found):
        raise ConfigError(
            f"there would be two tables {twice!r}: rename a list or a field of {schema.__name__}"
        )
    for table in found:
        if twice := _repeated(column.name for column in table.columns):
            raise ConfigError(
                f"{table.name} would have two columns {twice!r}: rename a field of "
                f"{schema.__name__} or of its lists"
            )
    return {table.name: table for table in found}


def refuse_collisions(schema: type[Summary]) -> None:
    """Raise ConfigError before anything is asked for where `tables` would do so after it."""
    tables(schema)


def _repeated(names: Iterable[str]) -> str:
    """The first name that stands there a second time, in whatever case; "" for none."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return ""


def rows(summary: Summary, described: dict[str, Table]) -> Iterator[tuple[str, Row]]:
    """Every row of a summary with its table's name; `described` is `tables(type(summary))`.

    Values are as in Python: a Decimal stays one, nothing is rounded.
    """
    base = {"document_id": summary.document.id}
    yield "documents", _row(described["documents"], summary, {})
    yield from _listed(described, "documents", summary, base)
    for name in ("figures", *item_lists(type(summary)), "issues"):
        for thing in getattr(summary, name):
            yield name, _row(described[name], thing, base)
            if isinstance(thing, Item):
                keys = {**base, "item_id": thing.id}
                yield from _listed(described, name, thing, keys)
                for passage in thing.evidence:
                    yield "evidence", _row(described["evidence"], passage, keys)
                for figure_id in thing.figures:
                    yield "item_figures", {**keys, "figure_id": figure_id}
    for became, tallies in coverage_parts(summary.coverage):
        for tally in tallies:
            yield "tallies", _row(described["tallies"], tally, {**base, "became": became})


def _listed(
    described: Mapping[str, Table], holder: str, thing: Summary | Item, keys: Row
) -> Iterator[tuple[str, Row]]:
    """The rows of what the fields of a document or of an item list."""
    for name in _listing_names(type(thing)):
        if table := described.get(f"{holder}_{name}"):
            for one in list_rows(getattr(thing, name)):
                yield table.name, _row(table, one, keys)


@lru_cache(maxsize=64)
def _listing_names(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(listing_fields(model.model_fields))


def other_row(thing: Failure | Duplicate, described: dict[str, Table]) -> tuple[str, Row]:
    """The row for an input without a summary of its own, with its table's name."""
    name = "failures" if isinstance(thing, Failure) else "duplicates"
    return name, _row(described[name], thing, {})


def csv_line(values: Iterable[Any]) -> str:
    r"""One line of CSV (RFC 4180). A text that a spreadsheet would run as a formula is defused.

    >>> csv_line(["f1", "=1+1", Decimal("-2.50"), None, True])
    "f1,'=1+1,-2.50,,true\r\n"
    """
    line = io.StringIO()
    csv.writer(line).writerow([_defused(value) for value in values])
    return line.getvalue()


def json_line(row: Row) -> str:
    """One line of JSON; a Decimal is a string, so that it stays exact."""
    text = json.dumps(row, ensure_ascii=False, allow_nan=False, default=lambda v: f"{v:f}")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def _defused(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _row(table: Table, thing: Any, keys: Row) -> Row:
    return {c.name: keys[c.name] if c.name in keys else c.get(thing) for c in table.columns}


def _items(name: str, item: type[Item]) -> Table:
    about = " ".join((item.__doc__ or "").split())
    own = tuple(column for n, f in own_fields(item).items() for column in _own(n, f))
    sure = Column("confidence", "real", "how likely it is one, 0 to 1", attrgetter("confidence"))
    return Table(
        name, about, (_KEY, Column("item_id", "text", "key", attrgetter("id")), *own, sure)
    )


def _lists(holder: str, held: Mapping[str, FieldInfo]) -> Iterator[Table]:
    """The tables of those fields of the documents, or of a list's items, that list something."""
    keys = (_KEY,) if holder == "documents" else (_KEY, _ITEM)
    for name, field in listing_fields(held).items():
        about = field.description or f"a row a value of {name}"
        yield Table(f"{holder}_{name}", about, (*keys, *list_columns(field)))


def _own(name: str, field: FieldInfo) -> Iterator[Column]:
    """The column of a field of a schema's author; of a pick the columns that say and prove it."""
    if is_one_pick(field):
        yield from pick_columns(name, field)
        return
    about, kind = field.description or "", _kind(field.annotation)
    yield Column(name, kind, about, lambda thing: _cell(getattr(thing, name)))


def _kind(annotation: Any) -> Kind:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and kind in _KINDS:
            return _KINDS[kind]
    return "text"


def _cell(value: Any) -> Any:
    """What fits a cell as it is, else as JSON."""
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, str | int | float | Decimal):
        return value
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """A value inside a cell: of a pick what it says and where, a model as its JSON."""
    if isinstance(value, Quantity):
        high = {} if value.high is None else {"high": f"{value.high:f}"}
        return {
            "value": f"{value.value:f}",
            **high,
            "unit": unit_column(value),
            "bound": value.bound,
            "text": value.text,
            "start": value.span.start,
        }
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
