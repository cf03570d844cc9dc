"""Figures that contradict each other are told, and those that agree are not."""

from decimal import Decimal
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import Settings
from summarizer.pipeline import summarize
from summarizer.types import Document, Evidence, Figure, Span
from summarizer.zh.relations.consistency import disagreements
from summarizer.zh.relations.tolerance import tolerance

CASES = Path(__file__).parent / "data" / "verify" / "totals.txt"

SENTENCE = Evidence(span=Span(0, 60), quote="x" * 60)


def figure(at: int, label: str, value: str, unit: str = "元", **more: object) -> Figure:
    given = {"kind": "money", "bound": "exact"} | more
    return Figure(
        id=f"f{at}",
        label=label,
        text=f"{value}{unit}",
        span=Span(at, at + 3),
        value=Decimal(value),
        unit=unit,
        evidence=SENTENCE,
        **given,
    )


def credit(rate: str) -> list[Figure]:
    return [
        figure(1, "小额信贷任务数", "4036200"),
        figure(10, "小额信贷完成新增额", "4255000", bound="over"),
        figure(20, "小额信贷完成率", rate, "%", kind="percent"),
    ]


def test_a_rate_that_its_parts_bear_out_is_no_issue() -> None:
    assert disagreements(credit("105.42")) == []


def test_a_rate_that_its_parts_belie_is_told() -> None:
    issues = disagreements(credit("150.42"))
    assert [(i.code, i.ref) for i in issues] == [("rate_disagrees", "f20")]


@pytest.mark.parametrize("label", ["增长率", "户获贷率", "集中供养率"])
def test_other_percentages_are_left_alone(label: str) -> None:
    parts = credit("150.42")[:2]
    assert disagreements([*parts, figure(20, label, "9", "%", kind="percent")]) == []


def test_one_thing_with_two_values_is_told() -> None:
    twice = [figure(1, "扶贫车间数量", "18", "家"), figure(9, "扶贫车间数量", "19", "家")]
    assert [i.code for i in disagreements(twice)] == ["values_differ"]
    assert disagreements([twice[0], twice[0].model_copy(update={"id": "f2"})]) == []


def test_another_subject_or_period_is_another_thing() -> None:
    here = figure(1, "分红金额", "1000", subject="小埠村")
    assert disagreements([here, figure(9, "分红金额", "2400", subject="周田村")]) == []
    assert (
        disagreements([here, figure(9, "分红金额", "2400", subject="小埠村", period="去年")]) == []
    )


def cases() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", cases())
def test_a_total_and_its_parts(line: str) -> None:
    text, _, expected = line.partition(" => ")
    settings = Settings(store="off")
    summary = summarize(Document("0" * 16, "x", text), model=FakeModel().model, settings=settings)
    issues = [issue for issue in summary.issues if "total" in issue.code]
    assert ([i.code.split("_")[1] for i in issues] or ["-"]) == [expected]
    for issue in issues:
        figures = {figure.id: figure for figure in summary.figures}
        assert issue.ref in figures
        assert issue.message.count("-") >= 2
        for figure in summary.figures:
            place = f"({figure.id}, {figure.span.start}-{figure.span.end})"
            assert (place in issue.message) == (f"({figure.id}," in issue.message)


@pytest.mark.parametrize(
    ("value", "bound", "low", "high"),
    [
        ("320", "over", "320", "352"),
        ("300", "over", "300", "400"),
        ("300", "under", "200", "300"),
        ("95", "about", "85.5", "104.5"),
        ("95", "at_least", "95", "Infinity"),
        ("95", "at_most", "0", "95"),
    ],
)
def test_a_hedge_gives_leeway_on_its_own_side(value: str, bound: str, low: str, high: str) -> None:
    told = tolerance(figure(1, "户数", value, "户", kind="count", bound=bound))
    assert told == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("50.3万元", "503000", "500"),
        ("120万元", "1200000", "5000"),
        ("1.2亿元", "120000000", "5E+6"),
    ],
)
def test_a_rounded_sum_may_be_off_by_half_its_last_digit(text: str, value: str, half: str) -> None:
    told = figure(1, "投入", value).model_copy(update={"text": text})
    low, high = tolerance(told)
    assert (high - low) / 2 == Decimal(half)
