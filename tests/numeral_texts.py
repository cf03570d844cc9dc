"""Numerals of all forms, whole and broken, for properties: what is written, what it may be read as."""

import re
from decimal import Decimal

from hypothesis import strategies as st

from summarizer.zh.quantities.spelling import fold

HAN = "零一二三四五六七八九"
FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def section(number: int, digits: str, places: tuple[str, str, str]) -> str:
    """A number below 10,000 in Chinese, with one 零 for each row of zeros inside."""
    text, gap = "", False
    for power, place in zip((1000, 100, 10, 1), (*places, ""), strict=True):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + place
        gap = not digit
    return text


def in_han(
    number: int, digits: str = HAN, places: tuple[str, str, str] = ("千", "百", "十")
) -> str:
    text, before = "", 0
    for power, scale in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power % 10**4
        if part:
            needs_zero = text and (part < 1000 or before == 0)
            text += ("零" if needs_zero else "") + section(part, digits, places) + scale
        before = part
    return text


def row(number: int, length: int = 0) -> str:
    """Chinese digits by their places: 二五〇."""
    return "".join(HAN[int(digit)] for digit in f"{number:0{length}}")


_SMALL = st.integers(2, 9999)
_LARGE = st.integers(2, 9999) | st.integers(10**4, 10**9)  # longer ones may be telephone numbers
_DECIMALS = st.decimals("0.01", "9999", places=2)

Written = tuple[str, Decimal]
WHOLE: st.SearchStrategy[Written] = st.one_of(
    _LARGE.map(lambda n: (str(n), Decimal(n))),
    _LARGE.map(lambda n: (f"{n:,}", Decimal(n))),
    _LARGE.map(lambda n: (str(n).translate(WIDE), Decimal(n))),
    _LARGE.map(lambda n: (in_han(n), Decimal(n))),
    _LARGE.map(lambda n: (in_han(n, FINANCIAL, ("仟", "佰", "拾")), Decimal(n))),
    st.integers(100, 9999).map(lambda n: (row(n).replace("零", "〇") + "万", Decimal(n * 10**4))),
    _DECIMALS.map(lambda d: (f"{d}", d)),
    _DECIMALS.map(lambda d: (f"{d}".translate(WIDE), d)),
    _DECIMALS.map(lambda d: (f"{d}万", d * 10**4)),
    st.tuples(_SMALL, st.integers(1, 99)).map(
        lambda n: (f"{in_han(n[0])}点{row(n[1])}亿", Decimal(f"{n[0]}.{n[1]}") * 10**8)
    ),
    st.tuples(st.integers(1, 99), st.integers(1, 9)).map(
        lambda n: (f"{n[0]}万{n[1]}千", Decimal(n[0] * 10**4 + n[1] * 1000))
    ),
    st.tuples(st.integers(1, 9), st.integers(3, 9)).map(
        lambda n: (f"{n[0]}.5×10^{n[1]}", Decimal(f"{n[0]}.5").scaleb(n[1]))
    ),
    st.tuples(st.integers(2, 9), st.integers(1, 9)).map(
        lambda n: (f"{HAN[n[0]]}分之{HAN[n[1]]}", Decimal(n[1]) / n[0])
    ),
    st.tuples(st.integers(2, 9), st.integers(1, 9)).map(
        lambda n: (f"{n[1]}/{n[0]}", Decimal(n[1]) / n[0])
    ),
)
SIGNS = st.sampled_from(["", "", "", "负", "-", "−"])
JOINERS = st.sampled_from(
    ["", ".", "．", "·", "'", "/", "^", "±", "点", "分之", "又", "-", "..", "^^"]
)
# What is no word, digit or punctuation of Chinese prose: ♥, an accent, an emoji of four characters.
# Signs that mean something between two numbers stay out: 3<5, 5㎡, $8, 2#, and radicals (⼗ is 十).
_MEANT = "〇#<=>|~+¬≤≥≈∼～＜＝＞＋｜$¢£¤¥€＄￡￥￠℃℉‰‱°′″%×÷±^*/µ"
_CLOSED = re.compile("[⺀-⿟㇀-㏿豈-\ufaff\ufe30-\uffef]")
SYMBOLS = st.text(
    st.characters(
        categories=("Mn", "Mc", "Me", "Sm", "Sc", "Sk", "So", "Cf", "Co", "Lm", "Nl"),
        exclude_characters=_MEANT,
    ).filter(lambda char: fold(char) == char and not _CLOSED.match(char)),
    min_size=1,
    max_size=3,
) | st.sampled_from(
    ["&", "@", "_", "\\", "•", "①", "Ⅳ", "👨‍👩‍👧", "é", "ж", "か", "\u200b", "\x01"]
)
UNITS = st.sampled_from(["户", "人", "元", "亩", "吨", "%", "公里", "个", "米", "棵"])
BEFORE = st.sampled_from(["共", "合计", "全镇新建", "投入资金", "实有，", "其中", "达到", "约"])
AFTER = st.sampled_from(["", "。", "，群众满意", "左右", "以上", "的缺口", "、"])
