"""Units that count the same: 45名 are as many 人."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from summarizer.types import Quantity
from summarizer.zh.lexicon import by_kind, cells

_YUAN = frozenset({"元", "圆"})
_ALIKE = {row[0]: frozenset(row) for row in cells(Path(__file__).with_name("alike_units.tsv"))}

_WORDS = by_kind(Path(__file__).with_name("number_context.tsv"))
_RANKED = re.compile(rf"(?:{_WORDS['ranked']})了?$")


def is_rank_moved(quantity: Quantity, before: str, behind: str) -> bool:
    """Whether places are those of a ranking, and nobody: 排名前移[2位].

    >>> from decimal import Decimal
    >>> two = Quantity(Decimal(2), "位", "count")
    >>> is_rank_moved(two, "排名前移", ",居第5位"), is_rank_moved(two, "引进", "专家")
    (True, False)
    """
    is_led = quantity.unit == "位" and _RANKED.search(before)
    return bool(is_led) and not re.match(r"\w", behind)


def is_of_unit(quantity: Quantity, unit: str) -> bool:
    """Whether a quantity is one of a unit, by its own unit or its base unit, or has none at all.

    >>> from decimal import Decimal
    >>> persons = Quantity(Decimal(45), "名", "count")
    >>> is_of_unit(persons, "人"), is_of_unit(persons, "户")
    (True, False)
    """
    if quantity.unit is None:
        return True
    own = {unit_of(quantity), quantity.base_unit}
    return bool(own & _ALIKE.get(unit, frozenset({unit})))


class Measured(Protocol):
    """What has a unit: a quantity, a figure, a pick."""

    @property
    def unit(self) -> str | None:
        """As it is written."""

    @property
    def base_unit(self) -> str | None:
        """What it comes to."""


def unit_of(measured: Measured) -> str | None:
    """The unit of an amount: that as written, but for 元 of another currency named before it.

    >>> from decimal import Decimal
    >>> amount = Quantity(Decimal(3000), "元", "money", base_unit="港元")
    >>> unit_of(amount), unit_of(Quantity(Decimal(3000), "圆", "money", base_unit="元"))
    ('港元', '圆')
    """
    unit, base = measured.unit, measured.base_unit
    return base if unit in _YUAN and base is not None and base not in _YUAN else unit
