"""How a quantity is written for people: 500余万元 is `> 5,000,000 元`, in Chinese `> 500万元`."""

from decimal import Context, Decimal

from summarizer.fields import Quantity
from summarizer.render.reader import ENGLISH, Reader
from summarizer.render.safe import one_line
from summarizer.types import Bound, Figure
from summarizer.zh.alike_units import unit_of

SIGNS: dict[Bound, str] = {
    "exact": "",
    "about": "≈ ",
    "over": "> ",
    "under": "< ",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "range": "",
}
_PLACES = 2  # of a converted value that people read in full; one with more is rounded
_ROUNDED = Context(prec=6)
_LONGEST = 8  # characters of a number in 万 or 亿; a longer one is clearer in digits


def number(value: Decimal, reader: Reader = ENGLISH) -> str:
    """Digits in groups of three, in Chinese by 万 and 亿; without exponent or trailing zeros.

    >>> number(Decimal("1E+4")), number(Decimal("88960.040"))
    ('10,000', '88,960.04')
    >>> han = Reader("zh-Hans")
    >>> number(Decimal("23000"), han), number(Decimal("1234567.8"), han), number(Decimal(8000), han)
    ('2.3万', '1,234,567.8', '8,000')
    """
    if reader.is_han and abs(value) >= 10_000:
        ten_thousand, hundred_million = reader.scales
        is_great = abs(value) >= 100_000_000
        short = _plain(value.scaleb(-8 if is_great else -4), "f")
        if len(short) <= _LONGEST:
            return short + (hundred_million if is_great else ten_thousand)
    return _plain(value, ",f")


def amount(figure: Figure | Quantity, reader: Reader = ENGLISH) -> str:
    """The figure's value with its bound and unit."""
    return _written(figure, (figure.value, figure.high), _unit(unit_of(figure), figure.per), reader)


def base_amount(figure: Figure | Quantity, reader: Reader = ENGLISH) -> str:
    """The same in the base unit (m², kg, 元); empty where that says nothing new, and for ranges.

    What does not come out even is rounded, and says so: 2.3万亩 is `≈ 15,333,300 m²`, and in
    Chinese `≈ 1533.33万m²`.
    """
    value = figure.base_value
    if value is None or value == figure.value or figure.high is not None:
        return ""
    unit = _unit(figure.base_unit, figure.per)
    rounded = _ROUNDED.plus(value)
    is_even = value == round(value, _PLACES) and not (reader.is_han and abs(value) >= 10_000)
    even = value if is_even else rounded
    if even != value and figure.bound == "exact":
        return f"{SIGNS['about']}{_joined(number(even, reader), unit)}"
    return _written(figure, (even, None), unit, reader)


def figure_line(figure: Figure) -> str:
    """A figure by itself on one line: its words, its value, what it measures, whose, when."""
    whose = ", ".join(filter(None, (figure.subject, figure.period)))
    line = f"{figure.text} = {amount(figure)}: {figure.label}"
    return one_line(f"{line} ({whose})" if whose else line)


def _plain(value: Decimal, form: str) -> str:
    text = format(value, form)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written(
    figure: Figure | Quantity, ends: tuple[Decimal, Decimal | None], unit: str, reader: Reader
) -> str:
    digits = "–".join(number(end, reader) for end in ends if end is not None)
    return f"{SIGNS[figure.bound]}{_joined(digits, unit)}"


def _joined(digits: str, unit: str) -> str:
    """A number and its unit, without the blank behind 万: 2.3万亩."""
    is_close = not unit or unit[0] in "%‰" or not digits[-1].isascii()
    return f"{digits}{unit}" if is_close else f"{digits} {unit}"


def _unit(unit: str | None, per: str | None) -> str:
    if not unit:
        return ""
    return f"{unit}/{per}" if per else unit
