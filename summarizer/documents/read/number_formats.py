"""Number formats of spreadsheets: what a stored number is shown as, 0.123 as 12.3%.

Colours, widths and fills are nothing to a reader of text; fractions and powers of ten are shown as
the plain number, which says no less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "yyyy-m-d",
    16: "m-d",
    17: "yyyy-m",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yyyy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0",
    42: "#,##0;-#,##0",
    43: "#,##0.00;-#,##0.00",
    44: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats that a file names by number only, as Chinese editions show them."""

LONGEST = 255
"""Characters of a format."""
_DIGITS = Context(prec=15)  # what a spreadsheet keeps of a number
_FINEST = 30  # decimals that a format may ask for
_LAST_DAY = 2_958_466  # the serial number of the first day of the year 10000
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|(AM/PM|A/P|上午/下午)|(General|G/通用格式)'
    r"|(E[+-]|y+|m+|d+|h+|s+|a{3,4}|e+)|([0#?.,%/@])|(.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_SAYS_BELOW = re.compile(r"^\D*[-−▲△]|[\u4e00-\u9fff]\s*\d")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a format: of `kind` literal, digit, date, elapsed or general."""

    kind: str
    text: str


def shown(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """What a cell's number is shown as by its format.

    >>> [shown(Decimal("0.1234"), code) for code in ("General", "0.0%", "0.00")]
    ['0.1234', '12.3%', '0.12']
    >>> shown(Decimal("-1234.5"), "#,##0.00_);[Red](#,##0.00)"), shown(Decimal(300), '0"万元"')
    ('-1,234.50', '300万元')
    >>> shown(Decimal(45047), "yyyy/m/d"), shown(Decimal(12345), "0!.0,")
    ('2023/5/1', '1.2')
    """
    if code == "General":
        return plain_number(value)
    section, negative = _section(value, code)
    tokens = _tokens(section)
    kinds = {token.kind for token in tokens}
    if kinds & {"date", "elapsed"} and "digit" not in kinds:
        return _date(value, tokens, since_1904=since_1904)
    if kinds & {"general", "text"} or any(t.kind == "digit" and t.text[0] in "/eE" for t in tokens):
        around = [t.text if t.kind == "literal" else "" for t in tokens]
        at = next((n for n, t in enumerate(tokens) if t.kind == "general"), None)
        if at is None:
            return plain_number(value)
        return "".join((*around[:at], plain_number(value), *around[at:])).strip()
    return _number(value, tokens, negative=negative)


def plain_number(value: Decimal) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and no power of ten.

    >>> plain_number(Decimal("300.50000000000006")), plain_number(Decimal("1E+3"))
    ('300.5', '1000')
    """
    text = str(value)
    if len(text) > _DIGITS.prec or "E" in text:
        text = f"{_DIGITS.plus(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section(value: Decimal, code: str) -> tuple[str, bool]:
    """The part of a format that is for a value, and whether a sign is yet to be set."""
    parts = _sections(code)
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or _holds(value, condition[1], Decimal(condition[2])):
                return part, value < 0
        return "General", value < 0
    if value < 0 and len(parts) > 1:
        return parts[1], True
    return (parts[2] if value == 0 and len(parts) > 2 else parts[0]), value < 0


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The parts of a format, which semicolons divide but in quotes."""
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return tuple(parts)


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[_Token, ...]:
    found = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, bracket, half, general, date, digit, other = match.groups()
        if bracket is not None:
            is_time = bracket[:1].lower() in "hms" and len({*bracket.lower()}) == 1
            currency = bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
            found.append(_Token("elapsed", bracket) if is_time else _Token("literal", currency))
        elif half or match[0][0] in "_*":
            continue
        elif general:
            found.append(_Token("general", general))
        elif date:
            found.append(_Token("digit" if date[-1] in "+-" else "date", date))
        elif digit:
            found.append(_Token("text" if digit == "@" else "digit", digit))
        else:
            found.append(_Token("literal", quoted or escaped or other or ""))
    return tuple(_as_dates(found))


def _as_dates(tokens: list[_Token]) -> list[_Token]:
    """In a date, points, commas and strokes stand for themselves."""
    is_date = any(token.kind in ("date", "elapsed") for token in tokens)
    digits = any(token.kind == "digit" and token.text in "0#?" for token in tokens)
    if not is_date or (digits and not all(t.text in "0." for t in tokens if t.kind == "digit")):
        return tokens
    return [_Token("literal", t.text.strip("0")) if t.kind == "digit" else t for t in tokens]


def _number(value: Decimal, tokens: tuple[_Token, ...], *, negative: bool) -> str:
    """A number in its places, with what a format says before, behind and among them."""
    signs = {at: token.text for at, token in enumerate(tokens) if token.kind == "digit"}
    places = [at for at, sign in signs.items() if sign in "0#?"]
    if not places:  # it shows no number
        return "".join(t.text for t in tokens if t.kind == "literal" or t.text == "%")
    point = next((at for at, sign in signs.items() if sign == "."), len(tokens))
    whole = [at for at in places if at < point]
    after = [at for at in places if at > point][:_FINEST]
    commas = [at for at, sign in signs.items() if sign == ","]
    last = whole[-1] if whole else point
    scaled = abs(value) * 100 ** [*signs.values()].count("%")
    scaled /= 1000 ** sum(at > places[-1] or last < at < point for at in commas)
    digits = _rounded(scaled, len(after))
    front, _, behind = digits.partition(".")
    front = front.lstrip("0").rjust(sum(signs[at] == "0" for at in whole) or not whole, "0")
    if front and any(at < last for at in commas):
        front = f"{int(front):,}"
    kept = sum(signs[at] != "#" for at in after)
    behind = behind[:kept] + behind[kept:].rstrip("0")
    shown_at = {**_placed(tokens, whole, front), **dict(zip(after, behind, strict=False))}
    if point in signs and behind:
        shown_at[point] = "." if whole else f"{front}."
    text = "".join(
        shown_at.get(at, "") if at in signs and t.text != "%" else t.text
        for at, t in enumerate(tokens)
    ).strip()
    return _signed(text) if negative and digits.strip("0.") else text


def _signed(text: str) -> str:
    """A number below zero, whose format may show that by brackets, a colour or a word."""
    text = re.sub(r"^\((.*)\)$", r"\1", text)
    return text if _SAYS_BELOW.search(text) else f"-{text}"


def _rounded(value: Decimal, decimals: int) -> str:
    try:
        exact = _DIGITS.plus(value)
        return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    except InvalidOperation:  # more digits than any number has
        return plain_number(value)


def _placed(tokens: tuple[_Token, ...], whole: list[int], digits: str) -> dict[int, str]:
    """The digits of the whole part, one a place from the right, the first place takes the rest."""
    if not whole:
        return {}
    if not any(tokens[at].kind == "literal" for at in range(whole[0], whole[-1])):
        return {whole[-1]: digits}
    found = {}
    for at in reversed(whole[1:]):
        found[at], digits = digits[-1:], digits[:-1]
    return {**found, whole[0]: digits}


def _date(value: Decimal, tokens: tuple[_Token, ...], *, since_1904: bool) -> str:
    """A day and time by its serial number; what no calendar has is shown as the number."""
    days = value + (1462 if since_1904 else 0)
    if days < 0 or not days < _LAST_DAY:
        return plain_number(value)
    seconds = int((days * 86400).to_integral_value(ROUND_HALF_UP))
    early = seconds < 60 * 86400  # 1900 has a 29th of February there
    moment = datetime(1899, 12, 31 if early else 30) + timedelta(seconds=seconds)  # noqa: DTZ001 — a sheet knows no zones
    if any(token.kind == "date" and token.text[:3].lower() == "mmm" for token in tokens):
        day = any(token.kind == "date" and token.text in ("d", "dd") for token in tokens)
        return f"{moment.year}-{moment.month}" + f"-{moment.day}" * day  # English names of months
    parts = []
    for at, token in enumerate(tokens):
        if token.kind == "elapsed":
            parts.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[token.text[0].lower()]))
        elif token.kind != "date":
            parts.append(token.text)
        elif token.text[0] in "mM" and _is_minute(tokens, at):
            parts.append(f"{moment.minute:0{min(2, len(token.text))}d}")
        else:
            parts.append(_part(moment, token.text.lower()))
    return "".join(parts).strip().removesuffix(".")


def _part(moment: datetime, letters: str) -> str:
    width = min(2, len(letters))
    number = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    if letters[0] in "ye":
        return str(moment.year)  # with two digits, too: 23 says no year
    if letters[0] == "a" or (letters[0] == "d" and len(letters) > 2):
        return ("星期" if len(letters) > 3 else "") + _WEEKDAYS[moment.weekday()]
    return f"{number[letters[0]]:0{1 if len(letters) > 2 else width}d}"


def _is_minute(tokens: tuple[_Token, ...], at: int) -> bool:
    """Whether an m is of minutes: behind hours, or before seconds."""
    before = [t.text[0].lower() for t in tokens[:at] if t.kind in ("date", "elapsed")]
    behind = [t.text[0].lower() for t in tokens[at + 1 :] if t.kind == "date"]
    return before[-1:] == ["h"] or behind[:1] == ["s"]
