"""The arithmetic of places: what a row of digit and scale characters is worth.

二 千 零 三十 万        3 亿 5,000 万        三万五 (35000)        四十五六万 (450000 to 460000)
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
TENS = {"廿": 20, "卅": 30, "卌": 40}
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
HAN = "".join((*DIGITS, *TENS, *SCALES, *BIG_SCALES))
PLAIN_HAN = "".join(char for char in HAN if char not in FINANCIAL)

_ONE = Decimal(1)
_ASCII = frozenset("0123456789")
_LONGEST_ROW = 12
_ZEROS = frozenset("零〇")

Ends = tuple[Decimal, Decimal | None, str]
"""A value, the upper end where it is a range, and how it is written (see numerals.Numeral)."""


def ends_of(tokens: list[str]) -> Ends | None:
    """What the tokens are worth; None where they break the order of places (十二一千).

    >>> ends_of(["三", "五", "百"])
    (Decimal('300'), Decimal('500'), 'han')
    """
    if tokens[0] in "几数":
        factor = value_of(tokens[1:])
        return None if factor is None else (factor, factor * 10, "han")
    if "点" in tokens:
        value = _with_point(tokens)
        return None if value is None else (value, None, "han")
    if all(token in DIGITS for token in tokens):
        return _row_of_digits(tokens)
    tokens = _rows_read(tokens)
    form = "arabic" if tokens[0][0] in _ASCII else "han"
    if all(token in SCALES or token in BIG_SCALES for token in tokens) and tokens[0] not in "十拾":
        form = "scale"
    pairs = [i for i in range(len(tokens) - 1) if _is_pair(tokens[i], tokens[i + 1])]
    if not pairs:
        value = value_of(tokens)
        return None if value is None else (value, None, form)
    if len(pairs) > 1:
        return None
    low = value_of(tokens[: pairs[0] + 1] + tokens[pairs[0] + 2 :])
    high = value_of(tokens[: pairs[0]] + tokens[pairs[0] + 1 :])
    return None if low is None or high is None else (low, high, form)


def value_of(tokens: list[str]) -> Decimal | None:
    """The value of a row without ranges; None where a scale is not smaller than the one before.

    >>> value_of(["2", "千", "零", "30", "万"])
    Decimal('20300000')
    """
    places = _Places()
    for token in tokens:
        if not places.take(token):
            return None
    return places.total()


def decimal(surface: str) -> Decimal:
    """The value of digits with their separators, `1,234.5` or `5 058`."""
    if surface.isdecimal():
        return Decimal(surface)
    return Decimal(surface.replace(",", "").replace("，", "").replace(" ", ""))


def decimal_places(digits: str) -> Decimal:
    """The digits behind a point: 七八 in 一米七八 is 0.78."""
    return Decimal("0." + "".join(str(DIGITS.get(digit, digit)) for digit in digits))


def trailing_scale(tokens: list[str]) -> Decimal:
    """The scale that 3~5万 and 三到五百 share with their left end."""
    scale = _ONE
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i] in BIG_SCALES:
            scale *= BIG_SCALES[tokens[i]]
        elif tokens[i] in "百千" and (i == 1 or tokens[0][0] in _ASCII):
            scale *= SCALES[tokens[i]]
        else:
            break
    return scale


class _Places:
    """A row being read from the left: whole sections, the open section, the open digit."""

    __slots__ = ("big", "digit", "elides", "last", "section", "small", "whole")

    def __init__(self) -> None:
        self.whole = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.small, self.big, self.last = 10**4, 10**16, 1
        self.elides = False

    def take(self, token: str) -> bool:
        """Read one token; False where it cannot stand here."""
        if token in _ZEROS:
            self.elides = False
            return True
        if token in SCALES:
            return self._small(SCALES[token])
        if token in BIG_SCALES:
            self._big(BIG_SCALES[token])
            return True
        if token in TENS:
            self.section += TENS[token]
            return self.digit is None
        if self.digit is not None:
            return False
        self.digit = Decimal(DIGITS[token]) if token in DIGITS else decimal(token)
        self.elides = self.elides and token in DIGITS
        return True

    def _small(self, scale: int) -> bool:
        if not scale < self.small:
            return False
        self.section += scale * (_ONE if self.digit is None else self.digit)
        self.small = self.last = scale
        self.digit, self.elides = None, True
        return True

    def _big(self, scale: int) -> None:
        self.section += self.digit or 0
        if scale < self.big:
            self.whole += scale * (self.section or (Decimal(0) if self.whole else _ONE))
            self.big = scale
        else:
            self.whole = (self.whole + self.section) * scale  # 万亿
        self.section, self.digit, self.small = Decimal(0), None, 10**4
        self.last, self.elides = scale, True

    def total(self) -> Decimal:
        digit = self.digit or Decimal(0)
        if self.elides and self.last > 10:
            digit = digit * self.last / 10  # 三万五, 一百二
        return self.whole + self.section + digit


def _row_of_digits(tokens: list[str]) -> Ends | None:
    if len(tokens) == 1:
        return Decimal(DIGITS[tokens[0]]), None, "han"
    if len(tokens) == 2 and _is_pair(*tokens):
        return Decimal(DIGITS[tokens[0]]), Decimal(DIGITS[tokens[1]]), "han"
    if not len(tokens) < _LONGEST_ROW:
        return None
    return Decimal("".join(str(DIGITS[token]) for token in tokens)), None, "digits"


def _rows_read(tokens: list[str]) -> list[str]:
    """Newspapers' 三万五九一五 (35915): rows of four digits behind 万 and 亿 are numbers."""
    rows = re.split("[万亿]", "".join(tokens))
    if max(map(len, rows)) < 4 or not all(len(row) in (0, 4) for row in rows[1:]):
        return tokens
    if not all(char in DIGITS for row in rows for char in row):
        return tokens
    scales = [token for token in tokens if token in BIG_SCALES]
    numbers = ["".join(str(DIGITS[char]) for char in row) for row in rows]
    return [part for pair in zip(numbers, [*scales, ""], strict=True) for part in pair if part]


def _is_pair(left: str, right: str) -> bool:
    """三四, 两三, and the idiomatic 三五: two digits that together mean "from … to"."""
    low, high = DIGITS.get(left, 0), DIGITS.get(right, 0)
    return low > 0 and (high == low + 1 or (low, high) == (3, 5))


def _whole(tokens: list[str]) -> Decimal | None:
    """The part before 点, which newspapers write as a row (九八点九九)."""
    row = _row_of_digits(tokens) if tokens and all(token in DIGITS for token in tokens) else None
    return row[0] if row and row[2] == "digits" else value_of(tokens)


def _with_point(tokens: list[str]) -> Decimal | None:
    point = tokens.index("点")
    tail = [token for token in tokens[point + 1 :] if token in DIGITS]
    whole = _whole(tokens[:point])
    factor = value_of(["一", *tokens[point + 1 + len(tail) :]])
    if whole is None or factor is None:
        return None
    return (whole + decimal_places("".join(tail))) * factor
