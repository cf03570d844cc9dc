"""Fields of the summary with a small model: rules propose, and ask only where they doubt."""

from __future__ import annotations

import pytest
from fake_model import FakeModel
from test_picks import REPORT, SCHEMAS

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

SMALL = settings(size="small", store="off")


def read_small(text, schema="indicators", **script):
    fake = FakeModel(**script)
    path = schema if schema.endswith(".py") else str(SCHEMAS / f"{schema}.py")
    document = Document("0" * 16, "x", text)
    return summarize(document, model=fake.model, schema=path, settings=SMALL), fake


def test_what_stands_out_is_taken_without_asking():
    summary, fake = read_small(REPORT)
    said = {n: getattr(summary, n).text for n in ("gdp", "gdp_growth", "gdp_goal", "jobs")}
    assert said == {
        "gdp": "165.2亿元",
        "gdp_growth": "6.5%",
        "gdp_goal": "7%左右",
        "jobs": "3120人",
    }
    assert fake.history == []
    assert summary.provenance.usage.requests == 0
    assert len(summary.figures) == summary.coverage.found


def test_what_the_report_does_not_say_is_null():
    text = "临湖县2024年政府工作报告\n全县新建学校3所,改造公路5公里,群众满意度95%。\n"
    summary, fake = read_small(text)
    assert [summary.gdp, summary.gdp_growth, summary.gdp_goal, summary.jobs] == [None] * 4
    assert fake.history == []


TWO = (
    "临湖县2024年政府工作报告\n2023年全县地区生产总值165.2亿元。\n"
    "据初步统计,2023年地区生产总值160亿元。\n"
)


@pytest.mark.parametrize(
    ("answer", "text"),
    [("1 165.2亿元", "165.2亿元"), ("2 160亿元", "160亿元"), (None, None)],
)
def test_of_two_that_are_as_alike_the_model_chooses(answer, text):
    summary, fake = read_small(TWO, choose={"value": answer})
    (asked,) = fake.history
    assert "1 165.2亿元:2023年全县地区生产总值⟦165.2亿元⟧。" in asked.text
    assert asked.schema["properties"]["value"]["anyOf"][0]["enum"] == ["1 165.2亿元", "2 160亿元"]
    assert (summary.gdp.text if summary.gdp else None) == text


def test_an_answer_that_is_no_use_leaves_nothing_and_is_told():
    summary, _ = read_small(TWO, choose="no json")
    assert summary.gdp is None
    assert "field_dropped" in [issue.code for issue in summary.issues]


def test_a_value_told_twice_has_both_places():
    text = TWO.replace("160亿元", "165.2亿元")
    summary, fake = read_small(text)
    assert (summary.gdp.text, len(summary.gdp.also_at)) == ("165.2亿元", 1)
    assert fake.history == []


def test_words_are_asked_from_the_sentences_that_tell_of_them(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import Summary, Verbatim, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        "    meeting: Verbatim | None = ask('作报告的会议')\n"
        "    mood: Literal['乐观', '谨慎'] | None = ask('语气')\n",
        encoding="utf-8",
    )
    said = {"value": {"value": "全省生产总值", "sentences": [4]}}
    nothing = {"value": None}
    summary, fake = read_small(REPORT, str(path), find=[said, nothing])
    assert (summary.meeting, summary.mood) == ("全省生产总值", None)
    assert [one.quote for one in summary.proofs["meeting"]] == ["全省生产总值10万亿元,增长4.5%。"]
    assert len(fake.asked("find")) == 2
    wrong = {"value": {"value": "不在原文的话", "sentences": [1]}}
    summary, _ = read_small(REPORT, str(path), find=[wrong, nothing])
    assert summary.meeting is None
    assert "field_dropped" in [issue.code for issue in summary.issues]
