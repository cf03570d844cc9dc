"""The regex truth: its cases, its worth against gold, and that it is nobody else's opinion."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import numerals, text, truth
from evals.cases import load_cases
from evals.numerals import Source, chinese
from evals.score import score_truth, totals

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
    """Spans apart, which are a pair of numbers."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module
    }
    assert {name for name in imported if name.startswith("summarizer")} <= {"summarizer.types"}


def test_every_span_is_where_its_text_stands():
    for case in load_cases("all"):
        for figure in truth.find_figures(case.text):
            there = text.strip_annotations(case.text[figure.span.slice])
            assert text.key(there) == text.key(figure.text), (case.name, figure)


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
    assert chinese(in_characters(number)) == number


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(9999), places=2))
def test_a_source_does_not_lack_its_own_numbers(number):
    source = Source.of(f"全年投入{number}万元,惠及三百户。")
    assert source.lacks(f"投入{number}萬元惠及300户") == []
    assert source.lacks(f"投入{number}元") == [str(number)]
