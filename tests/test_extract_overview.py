"""The overview: placeholders filled, everything else refused, put together where that fails."""

import pytest
from fake_model import FakeModel
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Settings
from summarizer.extract.overview import compose, fill, notable
from summarizer.pipeline import summarize
from summarizer.types import Document

TEXT = "青石镇2021年工作总结\n全镇投入资金320余万元。新建蔬菜大棚46座,带动197户脱贫户增收。\n"


def summary_of(*overviews):
    fake = FakeModel(overview=[{"overview": o} for o in overviews])
    chosen = Settings(store="off", overview="written")
    summary = summarize(Document("0" * 16, "x", TEXT), model=fake.model, settings=chosen)
    return summary, fake


def test_placeholders_are_filled_with_the_sources_own_words():
    summary, fake = summary_of(
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量{f2},带动脱贫户增收户数{f3}。"
    )
    assert (
        summary.overview
        == "青石镇全镇投入资金320余万元,新建蔬菜大棚数量46座,带动脱贫户增收户数197户。"
    )
    assert "overview_composed" not in {i.code for i in summary.issues}
    assert len(fake.asked("overview")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量{f9}。",
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量46座。",
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量四十六座。",
        "青石镇全镇投入资金{f2},新建蔬菜大棚数量{f1}。",
        "青石镇全镇投入资金{{ f1 }},新建蔬菜大棚数量{f2}。",
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量{f2",
        "火星探测器成功着陆并传回图像,科学家欢呼雀跃{f1}{f2}。",
        "青石镇全镇工作很好,群众满意,新建蔬菜大棚。",
        "{f1}{f2}{f3}",
        "",
        "投" * 2000,
    ],
    ids=lambda text: text[:24],
)
def test_what_is_wrong_is_refused_and_put_together_instead(wrong):
    summary, fake = summary_of(wrong)
    assert "overview_composed" in {i.code for i in summary.issues}
    assert len(fake.asked("overview")) == 2
    assert "{" not in summary.overview
    assert "320余万元" in summary.overview
    assert "46座" in summary.overview


def test_a_better_second_answer_is_taken():
    summary, _ = summary_of(
        "共投入999万元,新建蔬菜大棚数量很多很多很多很多。",
        "青石镇全镇投入资金{f1},新建蔬菜大棚数量{f2},带动脱贫户增收户数{f3}。",
    )
    assert "320余万元" in summary.overview
    assert "overview_composed" not in {i.code for i in summary.issues}


@given(st.lists(st.sampled_from(["修路", "{f1}", "{f77}", "{{x}}", "}"]), max_size=6))
def test_filling_never_fails_and_leaves_what_it_does_not_know(pieces):
    assert fill("".join(pieces), ()) == "".join(pieces)


def test_nothing_to_tell_gives_little():
    assert compose((), (), None) in ("", "报告。")
    assert notable(()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "青石镇投入资金和大棚的数量,全镇投入资金{f1},新建蔬菜大棚数量{f2}。",
        "青石镇投入资金分别为很多,全镇投入资金{f1},新建蔬菜大棚数量{f2}。",
        "青石镇投入(填写)工作,全镇投入资金{f1},新建蔬菜大棚数量{f2}。",
        "青石镇带动脱贫户,全镇投入资金{f1},同时全镇投入资金{f1},新建蔬菜大棚数量{f2}。",
    ],
)
def test_an_opening_that_tells_no_number_or_a_number_told_twice_is_refused(wrong):
    summary, _ = summary_of(wrong)
    assert "overview_composed" in {i.code for i in summary.issues}


def test_an_opening_that_ran_into_its_limit_ends_at_its_last_whole_part():
    summary, _ = summary_of(
        "青石镇新建蔬菜大棚、带动脱贫户增收、全镇投入资金新建蔬菜,全镇投入资金{f1},新建蔬菜大棚数量{f2}。"
    )
    assert summary.overview.startswith("青石镇新建蔬菜大棚、带动脱贫户增收,全镇投入资金320余万元")
