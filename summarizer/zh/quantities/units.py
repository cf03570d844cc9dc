"""Units and classifiers: what may stand behind a numeral and what it makes of it.

The lexicon is `units.tsv`. Its `strength` says which numerals a unit makes a quantity of:

    hard     any, even 一 (一亩, 一吨); for durations 一 needs company (为期一年)
    plain    any but 一, which is an article there (一个村)
    digits   digits and compounds (5县, 十五县), not a lone 三 (三县 is often a name)
    weak     the same, and never 余 or 多 alone

`not_before` lists what makes a word of the unit and its neighbour: 家 is no classifier in 家庭.
`but_before` lists the longer words that take its neighbour back: 项 is none in 12项目, but is one
in 12项目标.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from summarizer.types import QuantityKind
from summarizer.zh.quantities.lexicon import rows


class Unit(NamedTuple):
    """A unit as the lexicon has it; `numerator / denominator` leads to the base unit."""

    surface: str
    kind: QuantityKind
    strength: str
    base_unit: str | None
    numerator: Decimal
    denominator: Decimal
    not_before: tuple[str, ...]
    but_before: tuple[str, ...] = ()

    def to_base(self, value: Decimal) -> Decimal | None:
        """The value in the base unit; what does not come out even is rounded to six places.

        >>> UNITS["亩"].to_base(Decimal(3))
        Decimal('2000')
        """
        if self.base_unit is None:
            return None
        if self.numerator is self.denominator:
            return value
        product = value * self.numerator
        return plain(product if self.denominator == _ONE else product / self.denominator)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent; at most six rounded places.

    >>> plain(Decimal("2.80")), plain(Decimal("1E+4"))
    (Decimal('2.8'), Decimal('10000'))
    """
    written = str(value)
    if (written.isdecimal() and len(written) < _LONG) or _PLAIN.fullmatch(written):
        return value  # as most are
    if value == value.to_integral_value():
        return value.quantize(_WHOLE) if value.adjusted() < 27 else value
    if len(written) > 28 and len(value.as_tuple().digits) > 27:  # the first is quicker to ask
        value = value.quantize(_MICRO) if value.adjusted() < 21 else value
    return value.normalize()


_ONE = _WHOLE = Decimal(1)
_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{0,6}[1-9])?")
_LONG = 20
_MICRO = Decimal("0.000001")


def _unit(row: dict[str, str]) -> Unit:
    numerator, _, denominator = row["factor"].partition("/")
    same = numerator == (denominator or "1")  # one value then, as to_base asks
    return Unit(
        row["unit"],
        row["kind"],  # type: ignore[arg-type]  # a test holds the column to the Literal
        row["strength"],
        row["base_unit"] or None,
        _ONE if same else Decimal(numerator or 1),
        _ONE if same else Decimal(denominator or 1),
        tuple(row["not_before"].split("|")) if row["not_before"] else (),
        tuple(row["but_before"].split("|")) if row["but_before"] else (),
    )


UNITS: dict[str, Unit] = {row["unit"]: _unit(row) for row in rows("units.tsv")}


def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for surface in UNITS:
        found.setdefault(surface[0], set()).add(len(surface))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


_LENGTHS = _lengths()


def read_unit(text: str, pos: int) -> Unit | None:
    """The longest unit that starts at `pos` of a folded text and is no part of another word."""
    for length in _LENGTHS.get(text[pos : pos + 1], ()):
        unit = UNITS.get(text[pos : pos + length])
        if unit is None:
            continue
        end = pos + len(unit.surface)
        if (
            unit.not_before
            and text.startswith(unit.not_before, end)
            and not (unit.but_before and text.startswith(unit.but_before, end))
        ):
            continue
        if (
            unit.surface[-1].isascii()
            and (behind := text[end : end + 1].replace("·", text[end + 1 : end + 2])).isascii()
            and behind.isalnum()
        ):  # neither kg in 5kgf nor kW in 5kW·h
            continue
        return unit
    return None
