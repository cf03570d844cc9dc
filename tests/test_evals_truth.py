"""The regex truth: its cases, its worth against gold, and that it is nobody else's opinion."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import numerals, text, truth
from evals.cases import load_cases
from evals.numerals import Source
from evals.score import score_truth, totals
from summarizer.zh.numeral_values import read_numeral

DATA = Path(__file__).parent / "data" / "evals"
LINES = [
    line.split(" => ")
    for line in (DATA / "truth.txt").read_text(encoding="utf-8").splitlines()
    if " => " in line
]


def told(figure) -> str:
    high = "" if figure.high is None else f"..{figure.high:f}"
    return f"{figure.text} = {figure.value.normalize():f}{high} {figure.unit} {figure.bound}"


@pytest.mark.parametrize(("source", "wanted"), LINES, ids=[source for source, _ in LINES])
def test_a_case(source, wanted):
    found = " ; ".join(told(figure) for figure in truth.find_figures(source))
    assert (found or "none") == wanted


@pytest.mark.parametrize(("dataset", "least"), [("seeds", 0.95), ("own", 0.9)])
def test_it_is_worth_something_against_gold(dataset, least):
    scores = {s.metric: s for s in totals(score_truth(case) for case in load_cases(dataset))}
    assert scores["truth.f1"].value >= least
    assert scores["truth.unit"].value >= least


@pytest.mark.parametrize("module", [truth, numerals, text])
def test_it_shares_no_code_with_the_product(module):
    """Spans apart, which are a pair of numbers, and the arithmetic of the second reader."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module
    }
    assert {name for name in imported if name.startswith("summarizer")} <= {
        "summarizer.types",
        "summarizer.zh.numeral_values",
    }


def test_every_span_is_where_its_text_stands():
    for case in load_cases("all"):
        for figure in truth.find_figures(case.text):
            there = text.strip_annotations(case.text[figure.span.slice])
            assert text.key(there) == text.key(figure.text), (case.name, figure)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("新臺幣3億2,500萬元", "325000000"),
        ("4萬3千戶", "43000"),
        ("約1億6,000萬度電", "160000000"),
        ("3億2,500多萬元", "325000000"),
        ("2萬1,300公噸", "21300"),
        ("卖了3万5,赔了2万", "20000 35000"),
        ("1万,3千", "3000 10000"),
        ("US$1.2 billion", "1200000000"),
        ("3.5 million passengers", "3500000"),
        ("3 to 5 million", "3 3000000 5000000"),
        ("12 millions", "12"),
        ("-1.93‰", "-1.93"),
        ("自然增长率为-1.93‰", "-1.93"),
        ("3%-5%", "3 5"),
        ("5户-8户", "5 8"),
        ("2019-2020年", "2019 2020"),
        ("57.4千米", "57.4"),
        ("5千克", "5"),
        ("5千户", "5000"),
        ("326.4千公顷", "326400"),
        ("能卖到9块5！", "9.5"),
        ("1块2毛5", "1.25"),
        ("3块5米长的木板", "3 5"),
        ("8千至1万3,000元", "8000 13000"),
        ("5至8万元", "5 50000 80000"),
    ],
)
def test_what_a_plain_reader_makes_of_a_numeral(source, values):
    wanted = set(map(Decimal, values.split()))
    assert set(Source.of(source).values) == wanted


def test_a_sign_is_part_of_a_value_but_no_field_need_repeat_it():
    source = Source.of("自然增长率为-1.93‰")
    assert source.values == {Decimal("-1.93")}
    assert source.lacks("下降1.93‰") == []
    assert source.lacks("下降1.39‰") == ["1.39"]


def in_characters(number: int) -> str:
    """A number below a hundred million, written in characters."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return in_characters(high) + "万" + (in_section(low, full=True) if low else "")
    return in_section(number, full=False)


def in_section(number: int, *, full: bool) -> str:
    digits, said, gap = "零一二三四五六七八九", "", full and number < 1000
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if gap else "") + digits[digit] + name
            gap = False
        elif said:
            gap = True
    return said


@given(st.integers(min_value=1, max_value=10**8 - 1))
def test_numerals_in_characters_are_read_back(number):
    assert read_numeral(in_characters(number)) == number


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(9999), places=2))
def test_a_source_does_not_lack_its_own_numbers(number):
    source = Source.of(f"全年投入{number}万元,惠及三百户。")
    assert source.lacks(f"投入{number}萬元惠及300户") == []
    assert source.lacks(f"投入{number}元") == [str(number)]
