"""Figures that contradict each other are told, and those that agree are not."""

from decimal import Decimal

import pytest

from summarizer.types import Evidence, Figure, Span
from summarizer.verify.consistency import disagreements

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
