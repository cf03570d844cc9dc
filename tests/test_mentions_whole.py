"""Invariant 7: a numeral is whole or set aside. Numerals of all forms, whole, broken and glued."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st
from numeral_texts import AFTER, BEFORE, JOINERS, SIGNS, SYMBOLS, UNITS, WHOLE

from summarizer.types import Mention
from summarizer.zh.quantities import find_mentions
from summarizer.zh.second_reader import Reading, disagrees

ROUNDED = 6  # places, of 1/3亩
JUNK = st.text(st.sampled_from("□■×*^/'.．·±-~负点又分之百千万亿零十三五七0158٣Ⅳ½³"), max_size=4)


def touching(text: str, start: int, end: int) -> list[Mention]:
    """The quantities that hold a character of the numeral at these places."""
    return [m for m in find_mentions(text) if m.quantity and m.at.start < end and start < m.at.end]


AROUND = st.tuples(BEFORE, SIGNS, UNITS, AFTER)


@given(AROUND, WHOLE, st.sampled_from(["", "", " "]))
@example(("达到", "-", "公里", "左右"), ("四万二千九百六十二", Decimal(42962)), "")
@example(("共", "", "户", ""), ("1.5×10^32", Decimal("1.5E+32")), "")
def test_a_whole_numeral_is_read_whole_or_not(around, numeral, space):
    (before, sign, unit, after), (written, value) = around, numeral
    value = -value if sign else value
    start, end = len(before), len(before + sign + written)
    for mention in touching(before + sign + written + space + unit + after, start, end):
        assert mention.at.start <= start
        assert not mention.at.end < end
        assert mention.quantity.value in (value, round(value, ROUNDED))


@given(AROUND, WHOLE, JOINERS, WHOLE)
@example(("达到", "负", "人", "。"), ("九百三十七点二四亿", Decimal(1)), "．", ("4306", Decimal(1)))
@example(("共", "", "米", "、"), ("三点三五亿", Decimal(1)), "", ("2.49万", Decimal(1)))
def test_of_two_glued_numerals_none_is_read_alone(around, left, joiner, right):
    before, sign, unit, after = around
    written = sign + left[0] + joiner + right[0]
    start, end = len(before), len(before + written)
    for mention in touching(before + written + unit + after, start, end):
        assert mention.at.start <= start
        assert not mention.at.end < end
        quantity = mention.quantity
        ours = Reading(quantity.value, quantity.high)
        assert disagrees(mention.text, ours, has_scale=True) is None


@given(AROUND, WHOLE, SYMBOLS, WHOLE)
@example(("共", "", "元", ""), ("8", Decimal(8)), "♥", ("8万", Decimal(80000)))
@example(("共", "", "元", ""), ("8", Decimal(8)), "\u0301", ("8万", Decimal(80000)))
def test_no_symbol_parts_two_numerals(around, left, symbols, right):
    before, sign, unit, after = around
    written = sign + left[0] + symbols + right[0]
    start, end = len(before), len(before + written)
    assert touching(before + written + unit + after, start, end) == []


@given(AROUND, WHOLE, JUNK, WHOLE, JUNK)
def test_junk_between_numerals_costs_no_error(around, left, junk, right, more):
    before, sign, unit, after = around
    text = before + sign + left[0] + junk + right[0] + more + unit + after
    for mention in find_mentions(text):
        assert mention.text == text[mention.at.slice]


@given(st.text(st.sampled_from("0369一二万.,，。 共元"), max_size=6))
@example("，共12")
def test_the_end_of_a_text_says_nothing_of_its_start(end):
    text = ".7万，" + "此外" + end
    assert find_mentions(text)[0].quantity.value == 7000
