"""Frozen values made quickly: filled while they are open, then closed.

A frozen dataclass sets every field through `object.__setattr__`, which took a third of the time of
this package. A twin of the same layout that is not frozen is filled in a fraction of that, field by
field and without a call of its `__init__`; giving it the frozen class afterwards is one assignment.
What comes out is the class itself. A named tuple is made by `tuple` itself, which its own class
calls through a function.
"""

from __future__ import annotations

from dataclasses import fields, make_dataclass
from typing import TYPE_CHECKING, Any

from summarizer.types import Mention, Quantity, Span
from summarizer.zh.quantities.found import Found

if TYPE_CHECKING:
    from decimal import Decimal

    from summarizer.types import Bound, MentionKind, QuantityKind


def _open(kind: type) -> Any:
    """A class like a frozen dataclass, not frozen; all its fields must be given."""
    return make_dataclass(f"Open{kind.__name__}", [f.name for f in fields(kind)], slots=True)


_OpenQuantity, _OpenMention, _OpenSpan = _open(Quantity), _open(Mention), _open(Span)
_new: Any = object.__new__
_new_tuple: Any = tuple.__new__


def quick_quantity(  # noqa: PLR0913, PLR0917 — the fields of the value
    value: Decimal,
    unit: str | None,
    kind: QuantityKind,
    bound: Bound,
    high: Decimal | None,
    base_value: Decimal | None,
    base_unit: str | None,
    implied_unit: bool,
    per: str | None,
) -> Quantity:
    """The same as Quantity(...)."""
    made = _new(_OpenQuantity)
    made.value = value
    made.unit = unit
    made.kind = kind
    made.bound = bound
    made.high = high
    made.base_value = base_value
    made.base_unit = base_unit
    made.implied_unit = implied_unit
    made.per = per
    made.__class__ = Quantity
    return made  # type: ignore[no-any-return]  # its class is what the line above says


def quick_mention(  # noqa: PLR0913, PLR0917 — the fields of the value
    name: str,
    span: Span,
    text: str,
    kind: MentionKind,
    quantity: Quantity | None,
    at: Span,
    rule: str,
) -> Mention:
    """The same as Mention(...)."""
    made = _new(_OpenMention)
    made.id = name
    made.span = span
    made.text = text
    made.kind = kind
    made.quantity = quantity
    made.at = at
    made.rule = rule
    made.__class__ = Mention
    return made  # type: ignore[no-any-return]


def quick_span(start: int, end: int) -> Span:
    """The same as Span(...)."""
    made = _new(_OpenSpan)
    made.start = start
    made.end = end
    made.__class__ = Span
    return made  # type: ignore[no-any-return]


def quick_found(
    start: int, end: int, kind: MentionKind, rule: str, quantity: Quantity | None = None
) -> Found:
    """The same as Found(...)."""
    return _new_tuple(Found, (start, end, kind, rule, quantity))  # type: ignore[no-any-return]
