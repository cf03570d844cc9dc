"""What makes the grammar quick changes nothing: rules left out, amounts read in one go."""

import dataclasses
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evals.bench.pieces import PIECES
from summarizer.types import Mention, Quantity, Span
from summarizer.zh.quantities import find_mentions, iter_mentions, quantities
from summarizer.zh.quantities.blocks import scan_blocks
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.needs import needs
from summarizer.zh.quantities.patterns import Pattern, finder
from summarizer.zh.quantities.quick import quick_mention, quick_quantity
from summarizer.zh.quantities.rules import RULES, scan, scan_on
from summarizer.zh.quantities.simple import simple_amount, simple_words
from summarizer.zh.quantities.units import UNITS
from summarizer.zh.script import fold_characters

HERE = Path(__file__).parent
MARK = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")
FINDS = tuple(
    (rule.starts, finder([rule]) if isinstance(rule, Pattern) else rule.find) for rule in RULES
)
STARTS = frozenset("".join(starts for starts, _ in FINDS))


def every_rule(text: str) -> list[Found]:
    """What the inventory says when each rule is tried, in order, at each character it knows."""
    mentions, pos, floor = [], 0, 0
    while pos < len(text):
        tried = (find(text, pos, floor) for starts, find in FINDS if text[pos] in starts)
        found = next((found for found in tried if found), None) if text[pos] in STARTS else None
        pos = found.end if found else pos + 1
        if found and found.rule:
            mentions.append(found)
            floor = pos
    return mentions


def lines() -> list[str]:
    """The bare text of every case, and the seeds."""
    cases = sorted((HERE / "data" / "mentions").glob("*.txt"))
    seeds = sorted((HERE.parent / "seeds").glob("*.txt"))
    text = "\n".join(MARK.sub(r"\1", path.read_text(encoding="utf-8")) for path in (*cases, *seeds))
    return text.split("\n")


def test_rules_that_are_left_out_would_find_nothing():
    for line in lines():
        folded = fold_characters(line)
        assert list(scan(folded)) == every_rule(folded)


SOUP = st.text(
    st.sampled_from(
        "0123456789一二两三四五十百千万亿零半几数第年月日点分成个户名元亩%余多近约至到-~、，。,. \n“”()/:+aAGm$每号年路中大级学前后位村组室单城届"
    ),
    max_size=40,
)


@given(SOUP)
@example("5" * 50 + "年")
@example("三" * 50 + "年代")
def test_rules_that_are_left_out_would_find_nothing_in_soup(text):
    folded = fold_characters(text)
    assert list(scan(folded)) == every_rule(folded)


def in_blocks(text: str, size: int) -> list[Found]:
    return [
        found._replace(start=shift + found.start, end=shift + found.end)
        for shift, block in scan_blocks(text, size)
        for found in block
    ]


@given(st.lists(SOUP, max_size=12), st.integers(1, 90))
@example(
    ["单位:万元", "序号 项目 投资", "1 产业路 120.5", "合计 206.5", "民国", "在110年", "至少"], 1
)
def test_a_text_in_blocks_has_the_same_mentions(parts, size):
    text = "\n".join(parts)
    assert in_blocks(text, size) == in_blocks(text, len(text))


def test_long_texts_in_blocks_have_the_same_mentions():
    text = "\n".join(lines())
    assert in_blocks(text, 3000) == in_blocks(text, len(text))


def test_mentions_come_one_by_one():
    text = "共3户。\n" * 100_000
    coming = iter_mentions(text)
    assert (next(coming).id, next(coming).id) == ("m1", "m2")
    assert list(iter_mentions(text[:5000])) == find_mentions(text[:5000])


AROUND = st.text(
    st.sampled_from("每户均增加达到约近上超过不少于至少共有金价港币负下，。 (-0aA年月的其中"),
    max_size=8,
)
BEHIND = st.text(
    st.sampled_from("，。、；;(含)至到和~-/ 每半余多来以上左右个三5元角年月村的其a%°"), max_size=4
)


@given(
    AROUND,
    st.tuples(
        st.sampled_from(["7", "99", "100", "35", "1,234", "12.50", "2018", "0.3", "40,00"]),
        st.sampled_from(["", "", "~9", "~1,500", "至60", "至三", "~2.5", "～2020", "~至7", "~100"]),
    ).map("".join),
    st.sampled_from(["", "", "万", "亿", "余", "余万", "万余", "多亿"]),
    st.sampled_from(sorted(UNITS)),
    BEHIND,
)
@example("至少", "7", "", "次", "以上")
@example("每户均", "12.50", "万余", "元", "。")
@example("近", "7", "", "年", "，")
@example("", "35~1,500", "", "元", "，")
@example("", "7至60", "万", "亩", "")
def test_an_amount_read_in_one_go_is_the_amount(before, digits, scale, unit, after):
    text = fold_characters(f"{before}{digits}{scale}{unit}{after}")
    quick = simple_amount(text, len(before), 0)
    assert quick in (None, quantities.amount(text, len(before), 0))


@given(
    AROUND,
    st.text(st.sampled_from("零〇一二两三五九十百千万亿兆廿几壹拾"), min_size=1, max_size=6),
    st.sampled_from(["", "", "余", "多"]),
    st.sampled_from(sorted(UNITS)),
    BEHIND,
)
@example("约", "九千八百", "", "株", "，")
@example("近", "三十", "", "年", "来")
@example("", "五千", "", "米", "")
@example("破", "二十", "", "元", "五")
@example("", "二十", "", "分", "之一")
@example("带宽", "三百兆", "", "个", "字节")
@example("", "三百", "余", "人", "")
def test_words_read_in_one_go_are_the_amount(before, numeral, hedge, unit, after):
    text = fold_characters(f"{before}{numeral}{hedge}{unit}{after}")
    quick = simple_words(text, len(before), 0)
    assert quick in (None, quantities.amount(text, len(before), 0))


def test_most_amounts_are_read_in_one_go():
    for text in (
        "种植面积11734.5万公顷，比",
        "惠及197户。",
        "增加500余万元；",
        "约45%的",
        "逾2000万元",
        "700~89,749元，",
    ):
        pos = next(i for i, char in enumerate(text) if char.isdigit())
        assert simple_amount(text, pos, 0)
    assert simple_words("栽植九千八百株，", 2, 0)
    assert simple_words("惠及三百余人，", 2, 0)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("[0-9]+年", [(None, "年", None)]),
        ("[0-9]+(?:个?月|-[0-9])", [(None, "个月-", None)]),
        ("[0-9]{1,2}(?![年月])(?=日|号楼)", [(None, "日号", None)]),
        (r"(?<=第)(?>[0-9]+)(?:\.[0-9]+)+", [("第", ".", None)]),
        ("[0-9]+[A-C]*+#", [(None, "ABC#", None)]),
        ("[0-9]+号?", [(None, "号", 1)]),
        ("[0-9]+[^年]", [(None, "", 0)]),
        ("[0-9]+[一-鿿]", [(None, "", 0)]),
        (r"[0-9]+\s", [(None, "", 0)]),
        ("[0-9]+(?i:km)", [(None, "", 0)]),
        ("(?:(?<=前|后)|(?<=[共计] ))[0-9]页", [("前后 ", "页", None)]),
        ("(?:(?<=前)|5)[0-9]", [(None, "", 1)]),
        ("(?<![0-9])(?<=排名)[0-9]{3}-?[0-9]{4}|[0-9]强", [("名", "-", 7), (None, "强", None)]),
    ],
)
def test_what_a_pattern_needs_around_its_digits(pattern, told):
    wanted = [
        (before and frozenset(before), frozenset(behind), row) for before, behind, row in told
    ]
    assert list(needs(pattern, "0123456789")) == wanted


def test_the_end_of_a_text_may_be_needed():
    assert needs("[0-9]+(?:年|$)", "0123456789")[0].behind == {"年", "", "\n"}


def test_values_made_quickly_are_the_same_and_frozen():
    fields = (Decimal(5), "亩", "area", "exact", None, Decimal(3), "m²", False, None)
    made = quick_quantity(*fields)
    assert (made, hash(made), repr(made)) == (
        Quantity(*fields), hash(Quantity(*fields)), repr(Quantity(*fields)),
    )  # fmt: skip
    span = Span(0, 2)
    mention = quick_mention("m1", span, "5亩", "quantity", made, span, "amount")
    assert mention == Mention("m1", span, "5亩", "quantity", made, span, "amount")
    for value in (made, mention):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.kind = "date"


@pytest.mark.parametrize("piece", PIECES)
def test_a_repeated_piece_is_read_at_both_ends_and_set_aside_between(piece):
    text = fold_characters("共" + piece * (20_000 // len(piece)) + "户，投入5万元")
    found, all_of_it = list(scan(text)), list(scan_on(text, 0, 0, len(text)))
    middle = [one for one in found if one.rule == "repeated"]
    assert len(middle) == bool(all_of_it[10:])
    for one in middle:
        assert [f for f in found if f.end <= one.start] == [
            f for f in all_of_it if f.end <= one.start
        ]
        at = found.index(one)
        assert all(one.end <= f.start for f in found[at + 1 :])
    assert found[-1] == all_of_it[-1]
