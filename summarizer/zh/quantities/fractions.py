"""Numbers in digits that are no plain decimals: fractions, powers of ten, tolerances.

1/2亩    1 1/2小时    ½小时    3×10^4个    3.5×10⁴个    5±0.2毫米
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from summarizer.zh.quantities.units import read_unit

VULGAR = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_DECIMAL = r"[0-9]{1,18}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,9})?"
_SPECIAL = re.compile(
    rf"(?:(?P<mixed>[0-9]{{1,4}}) ?)?(?P<vulgar>[{VULGAR}])"
    r"|(?:(?P<whole>[0-9]{1,4})(?: | ?又 ?|-))?(?P<top>[0-9]{1,4})"
    r"/(?P<low>[1-9][0-9]{0,3})(?![0-9/.,])"
    rf"|(?:(?P<times>{_DECIMAL}) ?[×xX*] ?)?10"
    r"(?:\^(?P<power>-?[0-9]{1,2})|(?P<raised>⁻?[⁰¹²³⁴-⁹]{1,2}))"
    rf"|(?P<middle>{_DECIMAL}) ?± ?{_DECIMAL}"
)
_MAY = re.compile(
    rf"[0-9][0-9.,]{{0,24}} ?(?:[{VULGAR}±×xX*^/⁰¹²³⁴-⁹⁻又-]|[0-9]{{1,4}}/)|[{VULGAR}]"
)
_LARGEST = 24  # places; what has more would not fit the arithmetic
_LARGEST_PART, _FEW, _THOUSANDS = 100, 10, (100, 1000)  # of a fraction: 15/16, 3/2, 1/1000
_CALENDAR = ("年", "月", "日", "期", "号", "次", "届", "季度", "周")
_MEASURES = frozenset(("area", "length", "mass", "volume", "money", "duration", "other"))


def read_special(text: str, pos: int) -> tuple[int, Decimal, str | None] | None:
    """(end, value, hedge) of such a number at `pos` of a folded text, None if there is none.

    >>> read_special("1 1/2小时", 0), read_special("3×10^4个", 0), read_special("5±0.2毫米", 0)
    ((5, Decimal('1.5'), None), (6, Decimal('30000'), None), (5, Decimal('5'), '±'))
    """
    match = _SPECIAL.match(text, pos) if _MAY.match(text, pos) else None
    if match is None or text[pos - 1 : pos] in ("/", "."):
        return None
    if match["vulgar"]:
        part = Decimal(str(unicodedata.numeric(match["vulgar"])))
        if match["vulgar"] in "⅓⅔⅙⅚":
            part = Decimal(round(unicodedata.numeric(match["vulgar"]) * 6)) / 6
        return match.end(), Decimal(match["mixed"] or 0) + part, None
    if match["top"]:
        return _fraction(text, match)
    if match["middle"]:
        return match.end(), Decimal(match["middle"].replace(",", "")), "±"
    power = int((match["power"] or match["raised"]).translate(_SUPERSCRIPTS))
    value = Decimal((match["times"] or "1").replace(",", "")).scaleb(power)
    if not abs(value.adjusted()) < _LARGEST:
        return None
    return match.end(), value if value % 1 else value.quantize(Decimal(1)), None


def _fraction(text: str, match: re.Match[str]) -> tuple[int, Decimal, None] | None:
    """1/2 before a measure; before 月 and 日 it is a date, before a noun a ratio (ratios.py)."""
    unit = read_unit(text, match.end() + (text[match.end() : match.end() + 1] == " "))
    if unit is None or unit.kind not in _MEASURES or unit.surface in _CALENDAR:
        return None
    if match["whole"] and not int(match["top"]) < int(match["low"]):
        return None  # 3-6/4吨
    top, low = int(match["top"]), int(match["low"])
    if not (top < low < _LARGEST_PART or (top < _FEW and low > 1) or low in _THOUSANDS):
        return None  # 432/9595户 and 714/1户 are two numbers
    value = Decimal(match["whole"] or 0) + Decimal(match["top"]) / Decimal(match["low"])
    return match.end(), value, None
