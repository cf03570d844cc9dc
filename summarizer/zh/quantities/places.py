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
_WHOLE_ROW = 4

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
        value = _with_point(tokens) if tokens.count("点") == 1 else None
        return None if value is None else (value, None, "han")
    if all(token in DIGITS for token in tokens):
        return _row_of_digits(tokens)
    rows_read = _rows_read(tokens)
    if rows_read is None:
        return None
    form = "arabic" if tokens[0][0] in _ASCII else "han"
    tokens = rows_read
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
    for token, behind in zip(tokens, (*tokens[1:], ""), strict=True):
        if not places.take(token, is_scaled=behind in SCALES):
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
        elif tokens[i] in "百千" and (i == 1 or _is_one_number(tokens[:i])):
            scale *= SCALES[tokens[i]]
        else:
            break
    return scale


def _is_one_number(tokens: list[str]) -> bool:
    """Digits and scales only: the 3.2 of 3.2千万, not the 47万1 of 47万1千."""
    return tokens[0][0] in _ASCII and all(
        token in SCALES or token in BIG_SCALES for token in tokens[1:]
    )


class _Places:
    """A row being read from the left: whole sections, the open section, the open digit.

    A section is what stands before one scale of 万, 亿, 兆; `sections` holds those that are closed,
    with their scales. A scale takes in all smaller ones before it: 四千五百万八千亿 is 45008000 亿.
    """

    __slots__ = ("digit", "elides", "is_open", "last", "section", "sections", "small", "zero")

    def __init__(self) -> None:
        self.sections: list[tuple[int, Decimal]] = []
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.small, self.last = 10**4, 1
        self.is_open = self.elides = self.zero = False

    def take(self, token: str, *, is_scaled: bool = False) -> bool:
        """Read one token; False where it cannot stand here."""
        if token in _ZEROS:
            fits = self.digit is None
            self.elides, self.zero = False, True
            return fits
        if token in SCALES:
            return self._small(SCALES[token])
        if token in BIG_SCALES:
            return self._big(BIG_SCALES[token])
        if self.digit is not None:
            return False
        if token in TENS:
            return self._small(10, Decimal(TENS[token] // 10))
        return self._digits(token, is_scaled=is_scaled)

    def _digits(self, token: str, *, is_scaled: bool) -> bool:
        self.digit = Decimal(DIGITS[token]) if token in DIGITS else decimal(token)
        if token not in DIGITS:
            self.elides = self.elides and len(token) == 1 and self.last >= 10**4
            if not (self.elides or self.zero or is_scaled or self._fills(token)):
                return False
        self.is_open, self.zero = True, False
        fits: bool = self.digit < self.small or not (self.sections or self.section)
        return fits

    def _fills(self, token: str) -> bool:
        """Digits behind a scale fill its places (3万4000), but for one that 万 leaves out."""
        if self.last == 1 or len(token) > 2:
            return True
        return len(str(self.last)) == len(token) + 1

    def _small(self, scale: int, digit: Decimal | None = None) -> bool:
        if not scale < self.small or (self.zero and self.digit is None and digit is None):
            return False
        times = self.digit if digit is None else digit
        self.section += scale * (_ONE if times is None else times)
        self.small = self.last = scale
        self.digit, self.elides, self.is_open, self.zero = None, True, True, False
        return True

    def _big(self, scale: int) -> bool:
        if self.zero and self.digit is None:
            return False  # 三千零万
        factor, taken = 1, self.section + (self.digit or 0)
        if not self.is_open:  # 亿 alone, or 万亿: one scale of two characters
            factor, taken = self.sections.pop() if self.sections else (1, _ONE)
            if scale < self.last:
                return False
        while self.sections and self.sections[-1][0] < scale:
            taken += self.sections.pop()[1]
        factor *= scale
        if self.sections and not factor < self.sections[-1][0]:
            return False
        self.sections.append((factor, taken * scale))
        self.section, self.digit, self.small = Decimal(0), None, 10**4
        self.last, self.elides, self.is_open = scale, True, False
        return True

    def total(self) -> Decimal | None:
        digit = self.digit or Decimal(0)
        if self.elides and self.last > 10:
            digit = digit * self.last / 10  # 三万五, 一百二
        whole = sum((value for _, value in self.sections), Decimal(0))
        return whole + self.section + digit


def _row_of_digits(tokens: list[str]) -> Ends | None:
    if len(tokens) == 1:
        return Decimal(DIGITS[tokens[0]]), None, "han"
    if len(tokens) == 2 and _is_pair(*tokens):
        return Decimal(DIGITS[tokens[0]]), Decimal(DIGITS[tokens[1]]), "han"
    if not len(tokens) < _LONGEST_ROW:
        return None
    return Decimal("".join(str(DIGITS[token]) for token in tokens)), None, "digits"


def _rows_read(tokens: list[str]) -> list[str] | None:
    """Rows of digits before and behind 万 and 亿 as numbers; None where one is none.

    Newspapers write 三万五九一五 for 35915, reports 三〇〇万 for 3 million. 三四万 stays a pair.
    """
    read: list[str] = []
    parts = re.split("[万亿兆]", "".join(tokens))
    in_full = any(len(part) == _WHOLE_ROW and set(part) <= DIGITS.keys() for part in parts[1:])
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end] in DIGITS:
            end += 1
        row, before, behind = tokens[at:end], tokens[at - 1 : at], tokens[end : end + 1]
        if len(row) < 2 or not all(token in BIG_SCALES for token in (*before, *behind)):
            end = max(end, at + 1)
            read += tokens[at:end]
        else:
            is_pair = len(row) == 2 and _is_pair(*row) and not in_full  # 五六万
            number = row if is_pair else _row_read(row, is_first=not before)
            if number is None:
                return None
            read += number
        at = end
    return read


def _row_read(row: list[str], *, is_first: bool) -> list[str] | None:
    """A row that stands for itself between two scales; None for 〇三万 and 三万二五."""
    if not is_first and len(row) == 2 and row[0] in _ZEROS:
        return row  # 一亿〇三万
    if "两" in row or (row[0] in _ZEROS if is_first else len(row) != _WHOLE_ROW):
        return None
    return ["".join(str(DIGITS[token]) for token in row)]


def _is_pair(left: str, right: str) -> bool:
    """三四, 两三, and the idiomatic 三五: two digits that together mean "from … to"."""
    low, high = DIGITS.get(left, 0), DIGITS.get(right, 0)
    return low > 0 and (high == low + 1 or (low, high) == (3, 5))


def _whole(tokens: list[str]) -> Decimal | None:
    """The part before 点, which newspapers write as a row (九八点九九)."""
    row = _row_of_digits(tokens) if tokens and all(token in DIGITS for token in tokens) else None
    return row[0] if row and row[2] == "digits" else value_of(tokens)


def _elides(tokens: list[str]) -> bool:
    """Whether the last scale is left out (一万九), as before a point it cannot be."""
    return (
        len(tokens) > 1
        and tokens[-1] in DIGITS
        and tokens[-1] not in _ZEROS
        and (tokens[-2] in BIG_SCALES or SCALES.get(tokens[-2], 0) > 10)
    )


def _with_point(tokens: list[str]) -> Decimal | None:
    point = tokens.index("点")
    tail = [token for token in tokens[point + 1 :] if token in DIGITS]
    scales = tokens[point + 1 + len(tail) :]
    if _elides(tokens[:point]) or not all(
        token in BIG_SCALES or token in SCALES for token in scales
    ):
        return None  # 一万九点一亿, 三点五亿2万
    whole, factor = _whole(tokens[:point]), value_of(["一", *scales])
    if whole is None or factor is None:
        return None
    return (whole + decimal_places("".join(tail))) * factor
