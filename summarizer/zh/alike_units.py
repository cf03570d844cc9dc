"""Units that count the same: 45名 are as many 人."""

from __future__ import annotations

from pathlib import Path

from summarizer.types import Quantity
from summarizer.zh.lexicon import cells

_ALIKE = {row[0]: frozenset(row) for row in cells(Path(__file__).with_name("alike_units.tsv"))}


def is_of_unit(quantity: Quantity, unit: str) -> bool:
    """Whether a quantity is one of a unit, by its own unit or its base unit, or has none at all.

    >>> from decimal import Decimal
    >>> persons = Quantity(Decimal(45), "名", "count")
    >>> is_of_unit(persons, "人"), is_of_unit(persons, "户")
    (True, False)
    """
    if quantity.unit is None:
        return True
    return bool({quantity.unit, quantity.base_unit} & _ALIKE.get(unit, frozenset({unit})))
