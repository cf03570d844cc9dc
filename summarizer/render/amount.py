"""How a quantity is written for people: 500余万元 is `> 5,000,000 元`."""

from decimal import Decimal

from summarizer.fields import Quantity
from summarizer.render.safe import one_line
from summarizer.types import Bound, Figure

SIGNS: dict[Bound, str] = {
    "exact": "",
    "about": "≈ ",
    "over": "> ",
    "under": "< ",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "range": "",
}


def number(value: Decimal) -> str:
    """Digits in groups of three, without exponent or trailing zeros.

    >>> number(Decimal("1E+4")), number(Decimal("88960.040"))
    ('10,000', '88,960.04')
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(figure: Figure | Quantity) -> str:
    """The figure's value with its bound and unit."""
    return _written(figure, figure.value, figure.high, _unit(figure.unit, figure.per))


def base_amount(figure: Figure | Quantity) -> str:
    """The same in the base unit (m², kg, 元); empty where that says nothing new, and for ranges."""
    if figure.base_value is None or figure.base_value == figure.value or figure.high is not None:
        return ""
    return _written(figure, figure.base_value, None, _unit(figure.base_unit, figure.per))


def figure_line(figure: Figure) -> str:
    """A figure by itself on one line: its words, its value, what it measures, whose, when."""
    whose = ", ".join(filter(None, (figure.subject, figure.period)))
    line = f"{figure.text} = {amount(figure)}: {figure.label}"
    return one_line(f"{line} ({whose})" if whose else line)


def _written(figure: Figure | Quantity, low: Decimal, high: Decimal | None, unit: str) -> str:
    digits = number(low) if high is None else f"{number(low)}–{number(high)}"
    return f"{SIGNS[figure.bound]}{digits}{unit}"


def _unit(unit: str | None, per: str | None) -> str:
    if not unit:
        return ""
    whole = f"{unit}/{per}" if per else unit
    return whole if whole[0] in "%‰" else f" {whole}"
