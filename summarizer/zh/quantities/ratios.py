"""Parts of a whole: 百分之十五, 千分之三, 三分之二, 八成五; and proportions: 12.3:45.6:42.1."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from summarizer.types import Bound, Quantity
from summarizer.zh.quantities.bounds import BETWEEN, bound_after, bound_apart, bound_before
from summarizer.zh.quantities.contexts import any_of
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.numerals import read_numeral
from summarizer.zh.quantities.places import DIGITS, FINANCIAL
from summarizer.zh.quantities.units import plain, read_unit

_FAR = 60
_FORMAL = "".join(sorted(FINANCIAL))
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_PER_HUNDRED = re.compile(
    r"(百|千|万)分之 ?(?P<sign>[负-])?"
    rf"(?=[0-9零〇一二两三四五六七八九十百几{_FORMAL}])"
)
_TENTHS = re.compile(
    r"(?P<tens>[0-9](?:\.[0-9])?|[一二两三四五六七八九](?:点[一二三四五六七八九])?)"
    r"(?:成?[-⸺~至到、](?P<high>[0-9一二三四五六七八九])|(?P<next>[二三四五六七八九]))?成(?P<rest>半|[1-9](?![0-9.%万亿个名户家年月级项人元]|,[0-9])|[一二三四五六七八九](?![个名户家年月级项]))?(?![立了员果长功本都熟品效绩交就分人套群型片批百千倍问真语见份因]|[^\W0-9_]{0,2}贷款)"
)
_OVER = re.compile(
    r"(?:(?P<whole>[0-9零一二两三四五六七八九十百]+)又)?"
    rf"(?P<low>[0-9]+|[一二两三四五六七八九十百千万{_FORMAL}]+)分之"
    rf"(?P<top>[0-9]+|[一二两三四五六七八九十百{_FORMAL}]+)"
)
_LED = "[约近占有达的过超足到至为以了少降余多]"
_SLASH = re.compile(
    r"(?<![0-9/.])([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/年月日.期号次路届班])"
    f"(?:(?<={_LED}./.)|(?<={_LED}../.)|(?<={_LED}.../.)|(?<={_LED}./..)|(?<={_LED}../..)"
    r"|(?=[的以左多强弱是系在属由被都至到增升降提减扩,，。、； ）)]|\Z))"
)
_BURDENS = frozenset("减胜担抱肩辜欺自背身")
_STATES = frozenset("约占达为是")
_UNTIL = ("截至", "截止", "截止到")  # before a date
_TO = ("-", "⸺", "~", "至", "到")
_MEASURED = frozenset({"duration", "length", "area", "mass", "volume"})
_STRONG = ("强", "弱")
_HALVED = re.compile(rf"(?:{any_of('halved')})(?:了|到|近)?\Z")
_ANY = re.compile(
    r"[百千万]分之|(?:[0-9](?:\.[0-9])?|[一二两三四五六七八九](?:点[一二三四五六七八九])?)(?:(?:成?[-⸺~至到、])?[0-9一二三四五六七八九])?成|一半"
    f"|[0-9零一二两三四五六七八九十百千万又{_FORMAL}]{{1,12}}分之|[1-9][0-9]?/[1-9]"
)
_PROPORTION = re.compile(
    r"(?<![0-9.:/])(?P<first>[0-9]+(?:\.[0-9]+)?)(?P<rest>(?: ?: ?[0-9]+(?:\.[0-9]+)?){1,7})"
    r"(?![0-9:/]|\.[0-9])"
)
_COMPARES = re.compile(
    rf"(?:{any_of('compares')})[^，。；0-9]{{0,8}}\Z|[^之对较相]比[为达到约]{{0,2}}\Z"
)
_CHANGED = re.compile(r"[0-9]:[0-9.]+[^，。；0-9]{0,4}[至为到]\Z")
_COMPARED = re.compile(f"(?: ?的| ?)(?:{any_of('compares')})")
_PARTS = {"百": (Decimal(1), "%"), "千": (Decimal(1), "‰"), "万": (Decimal(1), "‱")}


def part_of_whole(text: str, pos: int, floor: int) -> Found | None:
    """A percentage, tenths or a fraction written in words at `pos`."""
    if not _ANY.match(text, pos):
        return None
    return (
        _percent(text, pos, floor)
        or _tenths(text, pos, floor)
        or _fraction(text, pos, floor)
        or _half(text, pos, floor)
    )


def proportion(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — rules are alike
    """12.3:45.6:42.1, 收入比为2.5:1: one quantity; its value is the first part, its unit the rest.

    Words must compare (比, 比例, 结构) unless the parts have decimals and are three or more.
    """
    match = _PROPORTION.match(text, pos)
    if match is None:
        return None
    obvious = match.group().count(":") > 1 and "." in match.group()
    if not (
        obvious
        or _COMPARES.search(text[max(0, pos - 12) : pos])
        or _COMPARED.match(text, match.end())
        or _CHANGED.search(text[max(0, pos - 12) : pos])
    ):
        return None
    rest = match.group("rest").replace(" ", "")
    quantity = Quantity(Decimal(match.group("first")), rest, "ratio")
    return Found(pos, match.end(), "quantity", "proportion", quantity)


def _percent(text: str, pos: int, floor: int) -> Found | None:
    match = _PER_HUNDRED.match(text, pos)
    if not match:
        return None
    if text[match.end()] in FINANCIAL:
        text = text[: match.end() + _FAR].translate(_PLAIN)
    numeral = read_numeral(text, match.end())
    if numeral is None or numeral.form == "digits":
        return None
    value, end, high = numeral.value, numeral.end, numeral.high
    if match["sign"]:
        value = -value
    elif _is_negative(text, pos, floor):
        pos, floor, value = pos - 1, pos - 1, -value
    if numeral.form == "scale":
        value = Decimal(100)
    elif text[end : end + 1] in "至到-⸺~":
        upper_at = _PER_HUNDRED.match(text, end + 1)
        upper = read_numeral(text, upper_at.end() if upper_at else end + 1)
        if upper and upper.form != "digits":
            high, end = upper.value, upper.end
    unit = _PARTS[match.group(1)][1]
    found = _ratio(text, (pos, end, floor), (value, high), unit)
    if numeral.between is None or found.quantity is None:
        return found
    return found._replace(quantity=replace(found.quantity, bound=BETWEEN[numeral.between]))


def _tenths(text: str, pos: int, floor: int) -> Found | None:
    match = _TENTHS.match(text, pos)
    if not match or (
        match.group("tens") == "一" and text[match.end() : match.end() + 1] in ("不", "一")
    ):
        return None
    whole, _, tenth = match.group("tens").partition("点")
    value = 10 * _digit(whole) + (_digit(tenth) if tenth else 0)
    rest = match.group("rest")
    value += Decimal(5) if rest == "半" else _digit(rest) if rest else 0
    high = match.group("high") or match.group("next")
    return _ratio(
        text, (pos, match.end(), floor), (value, 10 * _digit(high) if high else None), "%"
    )


def _fraction(text: str, pos: int, floor: int) -> Found | None:
    match = _OVER.match(text, pos)
    if match:
        low, top = (read_numeral(match[end].translate(_PLAIN), 0) for end in ("low", "top"))
        whole = read_numeral(match.group("whole"), 0) if match.group("whole") else None
        if low is None or top is None or low.value == 0:
            return None
        if low.high is not None or top.high is not None:
            return None  # 二分之一二
        value = top.value / low.value + (whole.value if whole else 0)
        if _is_negative(text, pos, floor):
            return _ratio(text, (pos - 1, match.end(), pos - 1), (-value, None), None)
        upper = _upper(text, match.end(), value)
        found = _ratio(text, (pos, upper[0], floor), (value, upper[1]), None)
        return found if upper[1] else _with_measure(text, found)
    slash = None if text.endswith(_UNTIL, 0, pos) else _SLASH.match(text, pos)
    if slash and (int(slash.group(1)) < int(slash.group(2)) or text[pos - 1 : pos] in _STATES):
        value = Decimal(slash.group(1)) / Decimal(slash.group(2))
        upper = _upper(text, slash.end(), value)
        return _ratio(text, (pos, upper[0], floor), (value, upper[1]), None)
    return None


def _with_measure(text: str, found: Found) -> Found:
    """一又二分之一小时: a fraction of a measure is an amount of it."""
    unit, quantity = read_unit(text, found.end), found.quantity
    if quantity is None or unit is None or unit.kind not in _MEASURED or unit.strength != "hard":
        return found
    end = found.end + len(unit.surface)
    after = bound_after(text, end) if quantity.bound == "exact" else None
    measured = replace(
        quantity,
        bound=after[1] if after else quantity.bound,
        value=plain(quantity.value),
        unit=unit.surface,
        kind=unit.kind,
        base_value=unit.to_base(plain(quantity.value)),
        base_unit=unit.base_unit,
    )
    return found._replace(end=after[0] if after else end, quantity=measured)


def _is_negative(text: str, pos: int, floor: int) -> bool:
    """Whether a sign stands before a part in words: 负百分之五, and no burden (减负百分之五)."""
    return (
        floor < pos
        and text[pos - 1 : pos] in ("负", "-")
        and text[pos - 2 : pos - 1] not in _BURDENS
        and not text[pos - 2 : pos - 1].isdecimal()
    )


def _upper(text: str, end: int, low: Decimal) -> tuple[int, Decimal | None]:
    """(end, value) of the upper end where a range of fractions goes on: 1/3至1/2."""
    if text[end : end + 1] in _TO:
        upper = _fraction(text, end + 1, end + 1)
        quantity = None if upper is None else upper.quantity
        if upper and quantity and quantity.high is None and quantity.value > low:
            return upper.end, quantity.value
    return end, None


def _half(text: str, pos: int, floor: int) -> Found | None:
    """一半 as an amount: 近一半, 一半以上, 减少了一半; elsewhere it is a manner of speaking."""
    if not text.startswith("一半", pos):
        return None
    found = _ratio(text, (pos, pos + 2, floor), (Decimal("0.5"), None), None)
    if found.end - found.start == 2 and not _HALVED.search(text[max(0, pos - 4) : pos]):
        return None
    return found


def _digit(char: str) -> Decimal:
    return Decimal(DIGITS.get(char, char if char[0].isdigit() else 0))


def _ratio(
    text: str, place: tuple[int, int, int], ends: tuple[Decimal, Decimal | None], unit: str | None
) -> Found:
    start, end, floor = place
    bound: Bound = "exact" if ends[1] is None else "range"
    before, after = bound_before(text, start, floor), bound_after(text, end)
    if after is None and text.startswith(_STRONG, end) and text[end - 1] not in "%成":
        after = (end + 1, "over" if text[end] == "强" else "under")  # 三分之一强
    if before:
        start, bound = before
    if after:
        end, bound = after[0], bound if before else after[1]
    if bound == "exact":
        bound = bound_apart(text, start) or bound
    value, high = plain(ends[0]) if unit else ends[0], ends[1]
    base = {"%": value, "‰": value / 10, "‱": value / 100}.get(unit or "")
    quantity = Quantity(
        value=value,
        unit=unit,
        kind="percent" if unit else "ratio",
        bound=bound,
        high=high,
        base_value=plain(base) if base is not None else None,
        base_unit="%" if unit else None,
    )
    return Found(start, end, "quantity", "part_of_whole", quantity)
