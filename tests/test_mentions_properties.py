"""What holds for every number and every text: values survive, spans behave, steps are linear."""

from decimal import Decimal

import pytest
from counting import growth
from hypothesis import example, given
from hypothesis import strategies as st
from numeral_texts import FINANCIAL, WIDE, in_han, row

from summarizer.types import Mention
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold_characters

TRADITIONAL = str.maketrans("万亿贰叁陆余亩户两个约过", "萬億貳參陸餘畝戶兩個約過")


def elided(number: int) -> str | None:
    """三万五 for 35000: the last scale left out, where the rest is one digit and zeros."""
    text = in_han(number)
    short = text[:-1]
    if len(text) < 4 or text[-1] not in "千百" or "零" in text:
        return None
    return short if text[-3] in {"千": "万", "百": "千"}[text[-1]] else None


def renderings(number: int) -> list[tuple[str, Decimal]]:
    """The ways to write a number, with what each says."""
    value = Decimal(number)
    exact = [
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", "，"),
        str(number).translate(WIDE),
        in_han(number),
        in_han(number).replace("二百", "两百").replace("二千", "两千"),
        in_han(number, FINANCIAL, ("仟", "佰", "拾")),
        f"{number / Decimal(10**4):f}万",
        f"{number / Decimal(10**8):f}亿",
    ]
    if number >= 10**3:
        exact.append(f"{number:,}".replace(",", " "))
    if 10**4 <= number < 10**8 and number % 10**4 >= 1000:
        exact.append(f"{number // 10**4}万{number % 10**4}")
    if 10**8 <= number < 10**12 and number % 10**4 == 0 and number % 10**8 >= 10**7:
        exact.append(f"{number // 10**8}亿{number % 10**8 // 10**4:,}万")
    if 10**4 <= number < 10**8:
        exact.append(f"{row(number // 10**4)}万{row(number % 10**4, 4)}")  # 三万五九一五
    if short := elided(number):
        exact.append(short)
    return [(text, value) for text in exact]


def only(text: str) -> Mention:
    quantities = [mention for mention in find_mentions(text) if mention.quantity]
    assert len(quantities) == 1, [mention.text for mention in quantities]
    return quantities[0]


NUMBERS = st.integers(2, 9999) | st.integers(10**4, 10**12 - 1) | st.integers(1, 9999).map(
    lambda n: n * 10**4
)  # fmt: skip


@given(NUMBERS)
@example(10001)
@example(100010)
@example(35000)
@example(100000000)
def test_every_way_to_write_a_number_says_the_same(number):
    for text, value in renderings(number):
        for written in (text, text.translate(TRADITIONAL)):
            mention = only(f"共計收入{written}元。")
            assert mention.text == f"{written}元", written
            assert mention.quantity.value == value, written
            assert mention.quantity.bound == "exact"


@given(st.integers(11, 99999), st.sampled_from(["余", "多"]), st.sampled_from(["万", "亿", ""]))
def test_a_hedge_may_stand_on_either_side_of_the_scale(number, hedge, scale):
    value = number * {"万": 10**4, "亿": 10**8, "": 1}[scale]
    for written in (f"{number}{hedge}{scale}元", f"{number}{scale}{hedge}元"):
        for text in (written, written.translate(TRADITIONAL)):
            quantity = only(f"投入{text}修路").quantity
            assert (quantity.value, quantity.bound) == (value, "over"), text


@given(
    st.integers(1, 9998),
    st.integers(1, 9999),
    st.sampled_from(["-", "—", "~", "～", "至", "到"]),
    st.sampled_from(["亩", "万元", "%", "公里", "亿斤"]),
)
def test_both_ends_of_a_range_take_its_scale(low, more, sign, unit):
    high = low + more
    scale = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    mention = only(f"约为{low}{sign}{high}{unit}。")
    assert (mention.quantity.value, mention.quantity.high) == (low * scale, high * scale)


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(["%", "‰", "个百分点", "吨", "万亩"]))
def test_decimals_are_exact(number, unit):
    value = number * (10**4 if unit[0] == "万" else 1)
    assert only(f"增长{number}{unit}。").quantity.value == value


@given(st.integers(2, 99))
def test_percentages_in_words(number):
    for written in (f"百分之{in_han(number)}", f"百分之{number}"):
        quantity = only(f"增長{written}。").quantity
        assert (quantity.value, quantity.unit) == (number, "%")


SOUP = st.text(
    st.sampled_from(
        "0123456789一二两三四五十百千万亿零半几数第年月日点分成个戶名元亩%余多近约至到-~、，。,. \n“”()/:+aA$每"
    )
    | st.characters(),
    max_size=60,
)


@given(SOUP)
def test_spans_are_in_order_in_the_text_and_on_one_line(text):
    end = 0
    for mention in find_mentions(text):
        assert not mention.at.start < end
        assert mention.at.start < mention.at.end <= len(text)
        assert mention.text == text[mention.at.slice]
        assert "\n" not in mention.text
        assert mention.span == mention.at
        end = mention.at.end


@given(SOUP)
def test_text_before_shifts_spans(text):
    before = "这里没有数字。\n"
    moved = find_mentions(before + text)
    here = find_mentions("\n" + text)
    shift = len(before) - 1
    assert [(m.at.start, m.at.end, m.kind, m.quantity) for m in moved] == [
        (m.at.start + shift, m.at.end + shift, m.kind, m.quantity) for m in here
    ]


@given(SOUP)
def test_values_are_plain(text):
    for mention in find_mentions(text):
        if mention.quantity:
            for value in (mention.quantity.value, mention.quantity.high):
                assert value is None or value.is_finite()


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold_characters(text)) == len(text)


UNITS_OF_TROUBLE = (
    "一", "1", ",", "1,", "1，", "(", "1.", "1、", "一、", "1-", "1/2", "2000-", "千百", "三千", "一二",
    "1万", "3个", "第1", "每人", "one ", "one hundred and ", "“一", "两不愁三", "1 000 ", "1    ",
    "百分之", "二分之一", "1+", "1:2", "A1", "至少1", "$1", "May 1 ", "%41", "10 poor ", "万元 1 ", "近1",
    "三五", "(一)", "million ", "和1", "5、", "9/10万", "第1(2)", "1, 2 and ", "a (x) 1\n", "指数1.1降为",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS_OF_TROUBLE)
def test_steps_are_linear(unit):
    """Four times the text costs four times the steps; quadratic work would cost sixteen."""

    def work(length: int) -> None:
        find_mentions((unit * (length // len(unit) + 1))[:length])

    assert growth(work, 1500, 6000) < 1.6


@pytest.mark.parametrize("character", ["一", "1", ",", "(", "百"])
def test_a_hundred_thousand_of_one_character_pass(character):
    assert len(find_mentions(character * 100_000)) <= 100_000
