"""The overview: placeholders filled, everything else refused, the report's own sentences where that fails."""

import pytest
from fake_model import FakeModel
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Settings
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh.placeholders import fill, notable

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
    assert "overview_extracted" not in {i.code for i in summary.issues}
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
        "{f1}{f2}{f3}",
        "",
        "投" * 2000,
    ],
    ids=lambda text: text[:24],
)
def test_what_is_wrong_is_refused_and_the_report_quoted_instead(wrong):
    summary, fake = summary_of(wrong)
    assert "overview_extracted" in {i.code for i in summary.issues}
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
    assert "overview_extracted" not in {i.code for i in summary.issues}


@given(st.lists(st.sampled_from(["修路", "{f1}", "{f77}", "{{x}}", "}"]), max_size=6))
def test_filling_never_fails_and_leaves_what_it_does_not_know(pieces):
    assert fill("".join(pieces), ()) == "".join(pieces)


def test_nothing_to_tell_gives_little():
    assert notable(()) == []


def test_free_sentences_are_taken_whatever_they_choose():
    said = "去年的主要工作是大棚:建了{f2}新建蔬菜大棚,群众满意,日子一天天好起来。"
    summary, fake = summary_of(said)
    assert summary.overview == said.replace("{f2}", "46座")
    assert len(fake.asked("overview")) == 1


def test_a_name_that_no_fact_has_is_refused():
    summary, _ = summary_of("青石镇党委书记王建国带头投入资金{f1},新建蔬菜大棚。")
    assert "overview_extracted" in {i.code for i in summary.issues}
