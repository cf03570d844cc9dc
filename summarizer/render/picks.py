"""Picks for people and for tables: what the text says, and what that is as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.engine.field_types import picks_in, type_of
from summarizer.fields import Change, Day, Pick, Quantity
from summarizer.render.amount import SIGNS, amount, base_amount
from summarizer.render.columns import Column
from summarizer.render.older import is_unasked
from summarizer.render.reader import ENGLISH, Reader
from summarizer.render.safe import one_line
from summarizer.types import Evidence, Summary


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field of the summary that holds picks: what it is, what the text says, its value."""

    name: str
    heading: str
    text: str
    value: str
    evidence: tuple[Evidence, ...]


def own_rows(summary: Summary, reader: Reader = ENGLISH) -> tuple[OwnRow, ...]:
    """The summary's own fields of picks, the headline first; those that say nothing, too."""
    model = type(summary)
    first = getattr(model, "__headline__", None)
    found = [
        _row(summary, n, f, reader) for n, f in model.model_fields.items() if is_own_pick(n, f)
    ]
    return tuple(sorted(found, key=lambda row: row.name != first))


def own_heading(name: str, field: FieldInfo) -> str:
    """What a field of the summary is headed by: its title, else what it asks for."""
    return one_line(field.title or field.description or name.replace("_", " ").capitalize())


def is_own_pick(name: str, field: FieldInfo) -> bool:
    """Whether a summary's field is one of picks and nothing else."""
    return name not in fields.Summary.model_fields and type_of(field).is_bare


def pick_text(pick: Pick) -> str:
    """A pick on one line: its words, with the direction of a change and the day of a deadline."""
    if isinstance(pick, Change) and pick.direction != pick.text:
        return f"{pick.direction}{pick.text}"
    if isinstance(pick, Day) and (when := iso(pick)):
        return f"{pick.text} ({SIGNS[pick.bound]}{when})"
    return pick.text


def pick_value(pick: Pick, reader: Reader = ENGLISH) -> str:
    """A pick as a value: with bound and unit, or as a date."""
    if isinstance(pick, Day):
        return f"{SIGNS[pick.bound]}{iso(pick)}" if iso(pick) else ""
    assert isinstance(pick, Quantity), pick
    return base_amount(pick, reader) or amount(pick, reader)


def iso(day: Day) -> str:
    """A day, or the first and the last of several, as ISO 8601 has them; "" where not known."""
    if day.start is None or day.start == day.end:
        return day.start or ""
    return f"{day.start}/{day.end}"


def pick_columns(name: str, field: FieldInfo) -> Iterator[Column]:
    """The columns of a field that is one pick: its value under its name, and what proves it."""
    tree = type_of(field)
    assert tree.pick is not None, name
    about = field.description or ""
    is_date = issubclass(tree.pick, Day)
    yield Column(name, "text" if is_date else "decimal", about, _of(name, iso if is_date else _low))
    if not is_date:
        yield Column(f"{name}_high", "decimal", "the high end of a range", _of(name, _high))
        yield Column(f"{name}_unit", "text", "its unit", _of(name, unit_column))
    yield Column(f"{name}_bound", "text", "exact, about, at_most …", _of(name, lambda p: p.bound))
    yield Column(f"{name}_text", "text", "as the document has it", _of(name, lambda p: p.text))
    yield Column(f"{name}_quote", "text", "the sentence that proves it", _of(name, _quote))
    yield Column(
        f"{name}_start",
        "integer",
        "where its words begin in the raw text, counted from 0: no date",
        _of(name, _start),
    )
    if is_date:
        yield Column(
            f"{name}_derived",
            "boolean",
            "its year is told by the report's own, or by one named before it",
            _of(name, lambda p: p.derived),
        )


def is_one_pick(field: FieldInfo) -> bool:
    """Whether a field is one pick, which has columns of its own."""
    return type_of(field).pick is not None


def _of(name: str, get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def value(thing: Any) -> Any:
        pick = getattr(thing, name)
        return None if pick is None else (get(pick) if get(pick) != "" else None)

    return value


def _low(pick: Quantity) -> Any:
    return pick.value


def _high(pick: Quantity) -> Any:
    return pick.high


def unit_column(pick: Quantity) -> str | None:
    """The unit of a number in a table, with what it is taken over: 元/亩."""
    return f"{pick.unit}/{pick.per}" if pick.unit and pick.per else pick.unit


def _quote(pick: Pick) -> str:
    return pick.evidence.quote


def _start(pick: Pick) -> int:
    return pick.span.start


def _row(summary: Summary, name: str, field: FieldInfo, reader: Reader) -> OwnRow:
    picks = list(picks_in(getattr(summary, name)))
    unasked = reader.say("view.unasked") if is_unasked(summary.issues, name) else ""
    return OwnRow(
        name,
        own_heading(name, field),
        one_line("、".join(map(pick_text, picks)) or unasked),
        one_line("、".join(filter(None, (pick_value(pick, reader) for pick in picks)))),
        tuple(dict.fromkeys(pick.evidence for pick in picks)),
    )
