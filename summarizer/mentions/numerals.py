"""Numerals: the characters that write a number, and the Decimal they stand for.

All functions read folded text (see fold.py). A numeral is a row of tokens, digits in either script
and scale characters, and one rule of arithmetic serves `12,000`, `3.1千万`, `3亿5,000万`,
`二千零三十万` and `四十五六万` alike.

    8万 3.2万      digits and a scale            三万五 一百二    the last scale left out
    500余万 150万余  a hedge inside or behind     三五百 十五六    two digits side by side: a range
    几十万 数千      one to ten of the scale       二〇一八        a row of digits, no amount
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
TENS = {"廿": 20, "卅": 30, "卌": 40}
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
HAN = "".join(DIGITS) + "".join(TENS) + "".join(SCALES) + "".join(BIG_SCALES)
PLAIN_HAN = "".join(c for c in HAN if c not in FINANCIAL)

# 千克 千米 兆瓦 百帕 are units: their first character is no scale. 百分之 千分之 are percentages.
_NO_SCALE = "千(?=[克瓦卡伏帕赫焦牛]|米(?<![一二两三四五六七八九]千米)|分之|分点)|百(?=帕|分[之点比])|万分之|兆(?=[瓦帕赫字比])"
ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]{1,3}(?: [0-9]{3})+(?=(?:\.[0-9]+)? ?[%a-z一-鿿])|[0-9]+)(?:\.[0-9]+)?"
_ARABIC = re.compile(ARABIC)
_SCALE_CHAR = rf"(?!{_NO_SCALE})[十百千万亿兆]"
_HAN_RUN = rf"(?:(?!{_NO_SCALE})[{HAN}])+"
_POINT = r"(?:点[零〇一二三四五六七八九]+(?![十百千分]))?"
_RUN = re.compile(
    rf"(?:[几数](?=[十百千万亿])(?:{_SCALE_CHAR})+"
    rf"|{ARABIC}(?: ?(?:{_SCALE_CHAR})+(?:零?(?:{ARABIC})(?: ?(?:{_SCALE_CHAR})+|(?<=[0-9]{{3}})))*"
    rf"(?:{_HAN_RUN})?)?"
    rf"|{_HAN_RUN}{_POINT}(?:{_SCALE_CHAR})*)"
)
_TOKEN = re.compile(rf"[0-9](?:[0-9.,]| (?=[0-9]))*|[几数{HAN}点]")
_BETWEEN = re.compile(rf"([余多来几]|有余)((?:{_SCALE_CHAR})*)")
_MORE = frozenset("十百千万亿兆余多来几有 拾佰仟")


class Numeral(NamedTuple):
    """A number read from text[start:end].

    `high` is the upper end of 三五百 and 几十; `form` is "arabic", "han", "digits" (a row of Chinese
    digits, as in years) or "scale" (百, 千万: a scale without a number); `between` is the hedge
    that stood inside or behind; `scale` is what a range may share with its left end.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    form: str
    between: str | None
    scale: Decimal
    grouped: bool = False


_ONE = Decimal(1)


def read_numeral(text: str, pos: int) -> Numeral | None:
    """The longest numeral at `pos` of a folded text, or None where the characters make no number.

    >>> read_numeral("60余万元", 0).value
    Decimal('600000')
    >>> read_numeral("十二一千", 0) is None
    True
    """
    arabic = _ARABIC.match(text, pos)
    if arabic:
        end = arabic.end()
        if text[end : end + 1] not in _MORE:
            surface = arabic.group()
            return Numeral(pos, end, _decimal(surface), None, "arabic", None, _ONE, "," in surface)
    run = _RUN.match(text, pos)
    if not run:
        return None
    tokens = _TOKEN.findall(run.group().replace("，", ",")) if arabic else list(run.group())
    ends = _value_or_range(tokens)
    if ends is None:
        return None
    low, high, form = ends
    return _with_hedge(text, run, (low, high, form), tokens)


def _with_hedge(
    text: str, run: re.Match[str], ends: tuple[Decimal, Decimal | None, str], tokens: list[str]
) -> Numeral:
    low, high, form = ends
    scale = _trailing_scale(tokens)
    end, between = run.end(), None
    hedge = _BETWEEN.match(text, end)
    if hedge and _may_hedge(text, hedge, low, form):
        between = hedge.group(1)
        end = hedge.end()
        for char in hedge.group(2):
            factor = Decimal(BIG_SCALES.get(char) or SCALES[char])
            low, scale = low * factor, scale * factor
            high = None if high is None else high * factor
    return Numeral(run.start(), end, low, high, form, between, scale)


def _may_hedge(text: str, hedge: re.Match[str], low: Decimal, form: str) -> bool:
    """来 and 几 stand behind a round number only (十来个, 二十几户); nothing behind 一 (一多)."""
    if form == "digits":
        return False
    if hedge.group(1) in "来几":
        return (
            low % 10 == 0
            and low > 0
            and (hedge.group(2) != "" or text[hedge.end() : hedge.end() + 1] not in "自源")
        )
    return form != "han" or low > 9


def _value_or_range(tokens: list[str]) -> tuple[Decimal, Decimal | None, str] | None:
    """(value, high, form) of a row of tokens; None where they break the order of places."""
    if tokens[0] in "几数":
        factor = _value(tokens[1:])
        return None if factor is None else (factor, factor * 10, "han")
    if "点" in tokens:
        value = _with_point(tokens)
        return None if value is None else (value, None, "han")
    form = "arabic" if tokens[0][0] in "0123456789" else "han"
    if all(t in DIGITS for t in tokens):
        return _row_of_digits(tokens)
    if all(t in SCALES or t in BIG_SCALES for t in tokens) and tokens[0] not in "十拾":
        form = "scale"
    pairs = [i for i in range(len(tokens) - 1) if _is_pair(tokens[i], tokens[i + 1])]
    if not pairs:
        value = _value(tokens)
        return None if value is None else (value, None, form)
    if len(pairs) > 1:
        return None
    low = _value(tokens[: pairs[0] + 1] + tokens[pairs[0] + 2 :])
    high = _value(tokens[: pairs[0]] + tokens[pairs[0] + 1 :])
    return None if low is None or high is None else (low, high, form)


def _row_of_digits(tokens: list[str]) -> tuple[Decimal, Decimal | None, str] | None:
    if len(tokens) == 1:
        return Decimal(DIGITS[tokens[0]]), None, "han"
    if len(tokens) == 2 and _is_pair(*tokens):
        return Decimal(DIGITS[tokens[0]]), Decimal(DIGITS[tokens[1]]), "han"
    if len(tokens) > 12:
        return None
    return Decimal("".join(str(DIGITS[t]) for t in tokens)), None, "digits"


def _is_pair(left: str, right: str) -> bool:
    """三四, 两三, and the idiomatic 三五: two digits that together mean "from … to"."""
    a, b = DIGITS.get(left, 0), DIGITS.get(right, 0)
    return a > 0 and (b == a + 1 or (a, b) == (3, 5))


def _value(tokens: list[str]) -> Decimal | None:  # noqa: PLR0912 — one pass over the places
    """The arithmetic of places; a scale must be smaller than the one before it in its section."""
    total = section = Decimal(0)
    number: Decimal | None = None
    small, big, zero, last = 10**4, 10**16, False, 1
    for token in tokens:
        if token in "零〇":
            zero, number = True, number if number else None
        elif token in DIGITS or token in TENS or token[0] in "0123456789":
            if number is not None:
                return None
            number = (
                Decimal(DIGITS[token])
                if token in DIGITS
                else Decimal(TENS.get(token) or _decimal(token))
            )
        elif token in SCALES:
            last = SCALES[token]
            if not last < small:
                return None
            section += last * (_ONE if number is None else number)
            small, number, zero = last, None, False
        else:
            last = BIG_SCALES[token]
            section += number or 0
            if last < big:
                total += last * (section or (_ONE if not total else Decimal(0)))
            else:
                total = (total + section) * last
            section, number, small, zero = Decimal(0), None, 10**4, False
            big = last if last < big else big
    if number is not None and not zero and last > 10 and tokens[-1] in DIGITS:
        number = number * last / 10  # 三万五, 一百二
    return total + section + (number or 0)


def _with_point(tokens: list[str]) -> Decimal | None:
    point = tokens.index("点")
    tail = [t for t in tokens[point + 1 :] if t in DIGITS]
    whole = _value(tokens[:point])
    factor = _value(["一", *tokens[point + 1 + len(tail) :]])
    if whole is None or factor is None:
        return None
    return (whole + Decimal("0." + "".join(str(DIGITS[t]) for t in tail))) * factor


def _trailing_scale(tokens: list[str]) -> Decimal:
    """The scale that 3~5万 and 三到五百 share with their left end."""
    scale = _ONE
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i] in BIG_SCALES:
            scale *= BIG_SCALES[tokens[i]]
        elif tokens[i] in "百千" and (i == 1 or tokens[0][0] in "0123456789"):
            scale *= SCALES[tokens[i]]
        else:
            break
    return scale


def _decimal(surface: str) -> Decimal:
    return Decimal(surface.replace(",", "").replace("，", "").replace(" ", ""))
