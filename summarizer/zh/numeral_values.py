"""What a numeral is worth, by plain arithmetic; it shares no code with the grammar of mentions.

Numerals are given in simplified characters and half-width signs.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = dict(zip("零〇一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
HEDGES = "余多来几"

_ROW = f"[{''.join(DIGITS)}]"
_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[,']\d{3})*(?:\.\d+)?|\.\d+)"
    rf"|(?P<decimal>{_ROW}+点{_ROW}+)|(?P<row>{_ROW}+)|(?P<scale>[十百千万亿兆])"
)
_COUNT = "[一二三四五六七八九两]"
_BESIDE = re.compile(rf"(.*[十百千万亿]零?)?({_COUNT})({_COUNT})([十百千万亿]*)")
_SOME = re.compile("[几数]([十百千万亿]+)")

_IN_ONE = {  # how many of the second make one of the first
    10: "斤两 亩分 丈尺 尺寸",
    12: "年个月 岁个月 英尺英",
    16: "磅盎司",
    20: "公斤两",
    60: "小时分 个小时分 分钟秒 分秒",
    100: "担斤 米厘米",
    1000: "公斤克 千克克 吨公斤 吨千克 公里米 千米米 升毫升 立方米升",
    2000: "吨斤",
}
_SMALLER = {pair: number for number, pairs in _IN_ONE.items() for pair in pairs.split()}


def read_numeral(text: str) -> Decimal | None:
    """The value of a whole numeral, or None when its parts stand in no sensible order.

    >>> [int(read_numeral(t)) for t in ("三〇〇万", "3亿2,500万", "三万五", "一千零5", "1.2千万")]
    [3000000, 325000000, 35000, 1005, 12000000]
    >>> read_numeral("十二一千"), read_numeral("1,2000"), read_numeral("二十几")
    (None, None, Decimal('20'))
    >>> int(read_numeral("0万")), int(read_numeral("万"))
    (0, 10000)
    """
    whole, point, rest = text.partition("点")
    if point and whole and whole[-1] in SCALES:
        return _behind_point(whole, rest)
    parts = _parts(text)
    return None if parts is None else _Sum().of(parts)


def read_estimate(text: str) -> tuple[Decimal, Decimal] | None:
    """Both ends of 三五百, 十五六, 几十万 and 数千; None for any other numeral.

    >>> [tuple(map(int, read_estimate(t) or ())) for t in ("三五百", "十五六", "几十万", "三百二")]
    [(300, 500), (15, 16), (100000, 1000000), ()]
    """
    if some := _SOME.fullmatch(text):
        base = read_numeral("一" + some[1])
        return None if base is None else (base, base * 10)
    if not (match := _BESIDE.fullmatch(text)):
        return None
    low, high = (read_numeral((match[1] or "") + match[i] + match[4]) for i in (2, 3))
    return None if low is None or high is None or not low < high else (low, high)


def read_measures(whole: str, larger: str, part: str, behind: str) -> tuple[Decimal, ...]:
    """The value of 3斤5两 and its like in the larger unit and in the smaller; none of 3户5人.

    >>> [str(value) for value in read_measures("3", "斤", "5两", "肉")]
    ['3.5', '35']
    """
    part = part.lstrip("零").rstrip("余多")
    if part[-1:] == "两" and len(part) > 1:  # the weight, in characters that are numerals
        part, behind = part[:-1], "两"
    in_one = _SMALLER.get(larger + behind) or _SMALLER.get(larger + behind[:1])
    first, rest = read_numeral(whole), read_numeral(part) if part else None
    if in_one is None or first is None or rest is None:
        return ()
    return first + rest / in_one, first * in_one + rest


def _behind_point(whole: str, rest: str) -> Decimal | None:
    """三百二十四点七五, with what scales stand behind the decimals."""
    digits = re.match(f"{_ROW}+", rest)
    base = read_numeral(whole)
    if digits is None or base is None or not base < 10**4:
        return None
    scales = rest[digits.end() :]
    if scales.strip("".join(SCALES)):
        return None
    value = Decimal(f"{base}.{_digits(digits[0])}")
    for scale in scales:
        value *= SCALES[scale]
    return value


def _digits(row: str) -> str:
    return "".join(str(DIGITS[char]) for char in row)


def _parts(text: str) -> list[tuple[str, Decimal | int]] | None:
    """The numbers, links (零) and scales of a numeral, its hedges left out."""
    parts: list[tuple[str, Decimal | int]] = []
    at = 0
    while at < len(text):
        if parts and text[at] in HEDGES:
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        said = match[0]
        if match["scale"]:
            parts.append(("scale", SCALES[said]))
        elif match["digits"]:
            parts.append(("number", Decimal(re.sub("[,']", "", said))))
        elif match["decimal"]:
            left, right = said.split("点")
            parts.append(("number", Decimal(f"{_digits(left)}.{_digits(right)}")))
        else:
            if parts and said[0] in "零〇":
                parts.append(("link", 0))
                said = said.lstrip("零〇")
            if said:
                parts.append(("row" if len(said) > 1 else "digit", Decimal(_digits(said))))
    return parts


class _Sum:
    """The sum of a numeral's parts, as far as it is read; parts must fall in size."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.small = self.large = self.least = Decimal("Infinity")
        self.is_linked = False

    def of(self, parts: list[tuple[str, Decimal | int]]) -> Decimal | None:
        before = ""
        for i, (kind, size) in enumerate(parts):
            is_good = (
                self._scaled(Decimal(size), before)
                if kind == "scale"
                else self._numbered(kind, Decimal(size), is_last=i == len(parts) - 1)
            )
            if not is_good:
                return None
            before = kind
        return self.total + self.section + (self.pending or 0)

    def _numbered(self, kind: str, size: Decimal, *, is_last: bool) -> bool:
        if kind == "link":
            self.is_linked = True
            return self.pending is None
        if self.pending is not None:
            return False
        if is_last and self.least < Decimal("Infinity") and not self.is_linked:
            if kind == "digit" or (size < 10 and size.as_tuple().exponent == 0):
                size *= self.least / 10  # 三万五
            elif not size < self.least:
                return False
        elif is_last and not size < self.least:
            return False
        self.pending = size
        return True

    def _scaled(self, size: Decimal, before: str) -> bool:
        if size < 10**4:
            if before == "row":
                return False  # 二三千四百
            if self.pending is None and before == "scale" and self.section and size != 10:
                return False
            if not size < self.small:
                return False
            self.section += (1 if self.pending is None else self.pending) * size
            self.small = self.least = size
        elif before == "scale" and not self.section and self.pending is None and self.total:
            self.total *= size  # 万亿
            self.least = size * 10**4
        else:
            part = self.section + (self.pending or 0)
            if not size < self.large:
                part, self.total = part + self.total, Decimal(0)  # 四十五万三千亿
            is_alone = not part and self.pending is None
            self.total += (Decimal(1) if is_alone else part) * size
            self.section, self.small = Decimal(0), Decimal("Infinity")
            self.large = self.least = size
        self.pending, self.is_linked = None, False
        return True
