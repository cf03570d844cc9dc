"""Frozen values made quickly: filled while they are open, then closed.

A frozen dataclass sets every field through `object.__setattr__`, which took a third of the time of
this package. A twin of the same layout that is not frozen is filled in a fraction of that; giving
it the frozen class afterwards is one assignment. What comes out is the class itself.
"""

from __future__ import annotations

from dataclasses import fields, make_dataclass
from typing import TYPE_CHECKING, Any

from summarizer.types import Mention, Quantity

if TYPE_CHECKING:
    from decimal import Decimal

    from summarizer.types import Bound, MentionKind, QuantityKind, Span


def _open(kind: type) -> Any:
    """A class like a frozen dataclass, not frozen; all its fields must be given."""
    return make_dataclass(f"Open{kind.__name__}", [f.name for f in fields(kind)], slots=True)


_OpenQuantity, _OpenMention = _open(Quantity), _open(Mention)


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
    made: Quantity = _OpenQuantity(
        value, unit, kind, bound, high, base_value, base_unit, implied_unit, per
    )
    made.__class__ = Quantity
    return made


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
    made: Mention = _OpenMention(name, span, text, kind, quantity, at, rule)
    made.__class__ = Mention
    return made
