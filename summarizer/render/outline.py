"""What there is to show, the same for every format: a summary laid out by its own schema.

Each list of `Item`s that a schema declares becomes a section; its items are grouped by the item's
first `Literal` field with three choices or more, in the order of the choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.engine.schema import item_class
from summarizer.fields import Pick
from summarizer.render.picks import OwnRow, is_own_pick, own_heading, own_rows, pick_text
from summarizer.render.reader import ENGLISH, Reader, in_script
from summarizer.render.safe import one_line
from summarizer.types import Coverage, Evidence, Figure, Issue, Item, Summary, Tally
from summarizer.zh.quantities.reasons import REASONS

_FACTS = ("place", "period", "publisher")
_NAMES = re.compile(r"\A(\w+): (?:(\w+) (?=“))?")  # `measures: title “…” stands for “…”`
_RULES = {reason: rule for rule, reason in REASONS.items()}


@dataclass(frozen=True, slots=True)
class Card:
    """One item: its title, its other fields as (heading, value), what it is proved by."""

    id: str
    title: str
    fields: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one category; `heading` is empty where a list has no categories."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a schema."""

    name: str
    heading: str
    count: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A summary's title, the facts below it as (heading, value), its own picks, its sections."""

    title: str
    facts: tuple[tuple[str, str], ...]
    own: tuple[OwnRow, ...]
    sections: tuple[Section, ...]


def outline(summary: Summary, reader: Reader = ENGLISH) -> Outline:
    """Lay out a summary for a reader. All strings are single lines of visible characters."""
    facts = [(reader.say(f"view.{name}"), getattr(summary, name)) for name in _FACTS]
    lists = item_lists(type(summary))
    first = getattr(summary, "__headline__", None)
    own = sorted(added(type(summary), fields.Summary), key=lambda pair: pair[0] != first)
    for name, field in own:
        if name not in lists and not is_own_pick(name, field):
            facts.append((own_heading(name, field), _shown(getattr(summary, name))))
    return Outline(
        title=one_line(summary.title or summary.document.source),
        facts=tuple((name, one_line(value)) for name, value in facts if value),
        own=own_rows(summary, reader),
        sections=tuple(_section(summary, name, item, reader) for name, item in lists.items()),
    )


def item_lists(schema: type[Summary]) -> dict[str, type[Item]]:
    """The lists of items that a schema declares, by field name, in order.

    >>> item_lists(Summary)
    {}
    """
    items = ((name, item_class(field.annotation)) for name, field in added(schema, fields.Summary))
    return {name: item for name, item in items if item is not None}


def own_fields(item: type[Item]) -> dict[str, FieldInfo]:
    """The fields that an item class adds to `Item`."""
    return dict(added(item, fields.Item))


def heading(name: str, field: FieldInfo | None = None) -> str:
    """A field's title, else its name as words; descriptions are what the model is told.

    >>> heading("follow_up")
    'Follow up'
    """
    return one_line(field.title) if field and field.title else name.replace("_", " ").capitalize()


def choices(field: FieldInfo) -> tuple[str, ...] | None:
    """What a field may say, where its schema lists that."""
    kind = _bare(field.annotation)
    return tuple(map(str, get_args(kind))) if get_origin(kind) is Literal else None


def is_text(field: FieldInfo) -> bool:
    """Whether a field is one text or a choice, which a person can type."""
    return _bare(field.annotation) is str or choices(field) is not None


def item_line(item: Item, reader: Reader = ENGLISH) -> str:
    """An item by itself on one line: what it is, its title, then what else it says."""
    card = _card(item, None, {}, reader)
    rest = [value for _, value in card.fields]
    name = type(item).__name__
    kind = reader.named("list", f"{name.lower()}s", heading(name))
    return f"{kind}: {card.title}" + (f" ({'; '.join(rest)})" if rest else "")


def coverage_line(coverage: Coverage, reader: Reader = ENGLISH) -> str:
    """The tally in words, as every format shows it."""
    tally = reader.say(
        "view.tally",
        found=coverage.found,
        figures=coverage.figures,
        merged=coverage.merged,
        set_aside=len(coverage.set_aside),
        missed=len(coverage.missed),
    )
    rest = len(coverage.unaccounted)
    return tally + (reader.say("view.tally_rest", n=rest) if rest else "")


def reasons_shown(coverage: Coverage, reader: Reader) -> Iterator[tuple[str, str, list[str]]]:
    """What became no figure, for a reader: what became of it, why, and the texts."""
    for name, tallies in coverage_parts(coverage):
        became = reader.say(f"view.{name.replace(' ', '_')}")
        for reason, texts in by_reason(tallies).items():
            yield became, reason_shown(reason, reader), texts


def reason_shown(reason: str, reader: Reader) -> str:
    """Why something became no figure, for a reader."""
    return reader.named("reason", _RULES.get(reason, ""), reader.tell(reason))


def coverage_parts(coverage: Coverage) -> tuple[tuple[str, tuple[Tally, ...]], ...]:
    """What became no figure, by what became of it, as every format shows it."""
    return (
        ("set aside", coverage.set_aside),
        ("missed", coverage.missed),
        ("unaccounted", coverage.unaccounted),
    )


def by_reason(tallies: tuple[Tally, ...]) -> dict[str, list[str]]:
    """The texts of tallies under their reasons, both in the order of the document."""
    found: dict[str, list[str]] = {}
    for tally in tallies:
        found.setdefault(one_line(tally.reason), []).append(one_line(tally.text))
    return found


def issue_line(issue: Issue, reader: Reader) -> str:
    """What an issue says; for a Chinese reader its kind comes first, in their own words."""
    kind = reader.named("issue", issue.code, "")
    says = reader.tell(_NAMES.sub(lambda found: _names(found, reader), issue.message, count=1))
    return f"{kind}：{says}" if kind else says


def _names(found: re.Match[str], reader: Reader) -> str:
    """Our words for the list and the field that a message begins with."""
    listed, field = found.groups()
    words = f"{reader.named('list', listed, listed)}: "
    return words + (f"{reader.named('field', field, field)} " if field else "")


def marked(figure: Figure) -> tuple[str, str, str]:
    """The figure's sentence as (before, its text, after), for marking; the text may be empty."""
    quote, start = figure.evidence.quote, figure.evidence.span.start
    low, high = figure.span.start - start, figure.span.end - start
    if low < 0 or len(quote) < high:
        return one_line(quote), "", ""
    return visible_part(quote[:low]), visible_part(quote[low:high]), visible_part(quote[high:])


def visible_part(text: str) -> str:
    """One line, but blanks at the ends are kept as one so that parts can be joined again."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() else ""
    return f"{left}{one_line(text)}{right}" if text.strip() else left


def _section(summary: Summary, name: str, item: type[Item], reader: Reader) -> Section:
    figures = {figure.id: figure for figure in summary.figures}
    items: tuple[Item, ...] = tuple(getattr(summary, name))
    by = _category(item)
    if by is None:
        groups = [("", items)]
    else:
        field, choices = by
        kept = [(str(c), tuple(i for i in items if getattr(i, field) == c)) for c in choices]
        groups = [*kept, ("—", tuple(i for i in items if getattr(i, field) not in choices))]
    hidden = by[0] if by else None
    return Section(
        name=name,
        heading=reader.named("list", name, heading(name, type(summary).model_fields[name])),
        count=len(items),
        groups=tuple(
            Group(
                one_line(reader.named("choice", words, in_script(words, summary))),
                tuple(_card(i, hidden, figures, reader) for i in members),
            )
            for words, members in groups
            if members
        ),
    )


def _card(
    item: Item, hidden: str | None, figures: dict[str, Figure], reader: Reader = ENGLISH
) -> Card:
    own = own_fields(type(item))
    first = next((n for n, f in own.items() if _bare(f.annotation) is str), None)
    return Card(
        id=item.id,
        title=one_line(_shown(getattr(item, first)) if first else item.id) or item.id,
        fields=tuple(
            (reader.named("field", name, heading(name, field)), one_line(shown))
            for name, field in own.items()
            if name not in (first, hidden)
            and (shown := _choice(field, _shown(getattr(item, name)), reader))
        ),
        figures=tuple(figures[i] for i in item.figures if i in figures),
        evidence=item.evidence,
    )


def _choice(field: FieldInfo, shown: str, reader: Reader) -> str:
    """What a field says; our word for a choice that is a code, such as `person`."""
    return reader.named("choice", shown, shown) if choices(field) else shown


def _category(item: type[Item]) -> tuple[str, tuple[Any, ...]] | None:
    for name, field in own_fields(item).items():
        kind = _bare(field.annotation)
        if get_origin(kind) is Literal and len(get_args(kind)) >= 3:
            return name, get_args(kind)
    return None


def added(model: type[BaseModel], base: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields that a model has beyond those of its base."""
    return ((n, f) for n, f in model.model_fields.items() if n not in base.model_fields)


def _bare(annotation: Any) -> Any:
    """`X | None` is X, and so is an annotated X."""
    if get_origin(annotation) in (Union, UnionType):
        rest = [a for a in get_args(annotation) if a is not NoneType]
        return _bare(rest[0]) if len(rest) == 1 else annotation
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    return annotation


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "、".join(_shown(v) for v in value)
    if isinstance(value, Pick):
        return pick_text(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, BaseModel):
        return "; ".join(f"{k}: {_shown(v)}" for k, v in value)
    return str(value)
