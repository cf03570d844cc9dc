"""The strategy for comparison: what the model writes is proved by value, asked once more, dropped."""

import pytest
from fake_model import FakeModel

from summarizer.config import Settings
from summarizer.pipeline import summarize
from summarizer.types import Document

TEXT = "全镇投入资金320余万元,新建蔬菜大棚46座,带动197户脱贫户增收。\n"


def figure(quote, label="新建蔬菜大棚数量", value="", unit=""):
    return {"quote": quote, "label": label, "value": value, "unit": unit}


GOOD = figure("46座", value="46", unit="座")


def summary_of(*answers, reasks=1):
    fake = FakeModel(verbatim=[{"figures": a} if isinstance(a, list) else a for a in answers])
    chosen = Settings(store="off", strategy="verbatim", reasks=reasks)
    document = Document("0" * 16, "x", TEXT)
    return summarize(document, model=fake.model, settings=chosen), fake


def test_what_is_proved_is_a_figure_and_the_rest_is_missed():
    summary, fake = summary_of([GOOD])
    assert [(f.text, f.label) for f in summary.figures] == [("46座", "新建蔬菜大棚数量")]
    assert [t.text for t in summary.coverage.missed] == ["320余万元", "197户"]
    assert len(fake.asked("verbatim")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        figure("47座", value="47", unit="座"),
        figure("197户", value="179", unit="户"),
        figure("320万元", "投入资金", "3200000", "元"),
        figure("{f1}"),
        figure(""),
        {"label": "没有引文"},
        {"quote": None, "value": 46},
        {"quote": {"a": 1}, "label": [], "value": "1e999"},
    ],
    ids=str,
)
def test_what_does_not_prove_is_asked_again_once_then_dropped_and_costs_nothing_else(wrong):
    summary, fake = summary_of([wrong, GOOD], [wrong])
    assert [f.text for f in summary.figures] == ["46座"]
    assert [i.code for i in summary.issues if i.severity == "warning"] == ["figure_unproved"]
    assert len(fake.asked("verbatim")) == 2
    assert not [i for i in summary.issues if i.severity == "error"]


def test_what_proves_when_asked_again_is_taken():
    right = figure("320余万元", "投入资金", "3200000", "元")
    summary, _ = summary_of([figure("320万元", "投入资金"), GOOD], [right])
    assert [f.text for f in summary.figures] == ["320余万元", "46座"]
    assert "figure_unproved" not in {i.code for i in summary.issues}


def test_without_re_asks_there_is_one_request():
    summary, fake = summary_of([figure("47座")], reasks=0)
    assert summary.figures == ()
    assert len(fake.asked("verbatim")) == 1


@pytest.mark.parametrize("value", ["3200000", "3,200,000", "320", "三百二十万", "多"])
def test_a_value_may_be_scaled_separated_or_in_words(value):
    summary, _ = summary_of([figure("320余万元", "投入资金", value, "元")])
    assert [(f.text, str(f.value)) for f in summary.figures] == [("320余万元", "3200000")]


def test_a_figure_told_twice_counts_once():
    summary, _ = summary_of([GOOD, GOOD])
    assert len(summary.figures) == 1
    assert not [i for i in summary.issues if i.code == "figure_unproved"]


@pytest.mark.parametrize("said", [{"figures": 7}, {"figures": [7, "46座"]}, {"figures": None}])
def test_an_answer_of_the_wrong_shape_leaves_all_missed(said):
    summary, _ = summary_of(said)
    assert summary.figures == ()
    assert len(summary.coverage.missed) == 3
