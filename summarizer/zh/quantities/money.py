"""Money: signs and names before a numeral, angle and fen behind 元, and 元 left unsaid.

HK$500万  人民币300万元      50元6角三分  3块5      投入1000万资金  收益7.5萬
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.zh.quantities.contexts import any_of, words_that_say
from summarizer.zh.quantities.lexicon import rows
from summarizer.zh.quantities.places import DIGITS
from summarizer.zh.quantities.units import UNITS, Unit

YUAN = UNITS["元"]
_CODES = {row["symbol"]: row for row in rows("currencies.tsv")}
_CURRENCIES = {
    symbol: (
        YUAN._replace(surface=row["unit"] or row["base_unit"], base_unit=row["base_unit"] or None),
        row["unit"] or None,
    )
    for symbol, row in _CODES.items()
}
ENDS = frozenset(symbol[-1] for symbol in _CODES)
_NAMES = tuple(sorted((s for s in _CODES if not _CODES[s]["unit"] and s != "$"), key=len)[::-1])
NAME_ENDS = frozenset((" ", *(name[-1] for name in _NAMES)))
_LENGTHS = sorted({len(symbol) for symbol in _CODES}, reverse=True)
CODE = re.compile(
    "(?:"
    + "|".join(
        re.escape(s) for s in sorted(_CODES, key=len, reverse=True) if s.isascii() or s in "¥€£"
    )
    + ") ?(?=[0-9])"
)
_DIGIT = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_ENDS = "(?:(?![\\w%‰‱℃°㌀-㏿.]|,[0-9]| [0-9])|(?=一[斤个公亩吨只条份升米袋箱盒瓶桶头棵株张把]))"
_ANGLE = re.compile(
    rf"(?P<angle>{_DIGIT})[角毛](?:(?P<fen>{_DIGIT})(?:分(?![钟之])|(?=左右|上下)|{_ENDS}))?"
    rf"|零?(?P<only>{_DIGIT})分(?![钟之])"
)
_FEN = re.compile(rf"({_DIGIT})分(?![钟之])")
_ELIDED_FEN = re.compile("([一二三四五六七八九])(?![0-9一-鿿])")
_ELIDED = re.compile(rf"(?P<angle>{_DIGIT})钱?{_ENDS}")

_THINGS = tuple(words_that_say("piece"))
_THING = re.compile(f"[^\\W0-9A-Za-z_钱]{{0,5}}?(?:{any_of('piece')})")
_BEFORE = re.compile(
    f"(?:{any_of('money_before')})(?:款|额|金)?"
    r"(?:达到?|为|约|近|共|了|共计|累计|合计|总计|高达|到|超过?|逾|至|仅|只有|有)?\Z"
)
_AFTER = re.compile(f"的?[一-鿿]{{0,4}}?(?:{any_of('money_after')})")


def currency_before(text: str, pos: int) -> tuple[int, Unit, str | None] | None:
    """(start, unit, surface) of a currency that stands right before a numeral.

    A sign is part of the mention (US$3,000); a name (港币300万元) only says which money it is, and
    then `start` is `pos`.
    """
    end = pos - 1 if text[pos - 1 : pos] == " " else pos
    if text[end - 1 : end] not in ENDS:
        return None
    for length in _LENGTHS:
        found = _CURRENCIES.get(text[end - length : end]) if not end < length else None
        if found is not None:
            unit, surface = found
            return (end - length if surface else pos), unit, surface
    return None


def names_currency_of(one: Unit | None, other: Unit | None) -> bool:
    """Whether of two units of money the first says which 元 they are: 港币300万元至500万元."""
    if one is None or other is None or other.base_unit != YUAN.base_unit:
        return False
    return one.surface == other.surface and one.base_unit not in (None, YUAN.base_unit)


def name_before(text: str, pos: int) -> int:
    """Where a currency's name right before `pos` starts (人民币300万元), else `pos`."""
    end = pos - (text[pos - 1 : pos] == " ")
    for name in _NAMES:
        if text.endswith(name, 0, end):
            return end - len(name)
    return pos


def small_change(text: str, end: int, unit: Unit) -> tuple[int, Decimal] | None:
    """(end, what it adds in the unit) of 6角三分 behind 50元, the 5 of 3块5, 五分 behind 二角."""
    if unit.surface in ("角", "毛"):
        fen = _FEN.match(text, end) or _ELIDED_FEN.match(text, end)
        return (fen.end(), _tenth(fen.group(1))) if fen else None
    if unit.surface not in ("元", "块", "圆", "块钱"):
        return None
    match = _ANGLE.match(text, end)
    if match:
        fen_digit = match.group("fen") or match.group("only")
        return match.end(), _tenth(match.group("angle")) + _tenth(fen_digit) / 10
    elided = _ELIDED.match(text, end) if unit.surface == "块" else None
    return (elided.end(), _tenth(elided.group("angle"))) if elided else None


def implied_money(text: str, start: int, end: int) -> bool:
    """Whether the words around a number without a unit are about money."""
    return bool(_BEFORE.search(text[max(0, start - 8) : start]) or _AFTER.match(text, end))


def is_piece(text: str, start: int, end: int) -> bool:
    """Whether 块 counts pieces: 公示牌36块, 12块展板. Elsewhere it is money (每斤3块)."""
    return text.endswith(_THINGS, 0, start) or _THING.match(text, end) is not None


def _tenth(digit: str | None) -> Decimal:
    if digit is None:
        return Decimal(0)
    return Decimal(DIGITS.get(digit, digit)) / 10
