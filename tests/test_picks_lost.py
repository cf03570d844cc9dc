"""No answer of a model is dropped in silence, and none takes a good one beside it along."""

from __future__ import annotations

import pytest
from fake_model import FakeModel
from test_picks import DUTIES, REPAIRED, codes, duty, read_by, read_repaired

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

SCHEMA = """
from pydantic import BaseModel
from summarizer.fields import *

class Part(BaseModel):
    name: str
    people: list[Count["人"]]

class S(Summary, labels=False, overview=False):
    '''要的'''
    people: list[Count["人"]] = ask("人数")
    parts: list[Part] = ask("各部分")
"""
TEXT = "石桥镇工作总结\n石桥村用工12人,木岗村用工15人,修路3公里。\n"
NONE = {"people": [], "parts": None}


def read_people(tmp_path, answer, correction=None):
    path = tmp_path / "mine.py"
    path.write_text(SCHEMA, encoding="utf-8")
    fake = FakeModel(passage=[NONE | answer], correction={"corrected": correction or answer})
    given = settings(size="large", store="off")
    return summarize(
        Document("0" * 16, "x", TEXT), model=fake.model, schema=str(path), settings=given
    )


@pytest.mark.parametrize("wrong", ["c 3公里", "z 9人", {"a": 1}])
def test_a_wrong_key_of_a_list_takes_no_other_along_and_is_told(tmp_path, wrong):
    summary = read_people(tmp_path, {"people": ["a 12人", wrong, "b 15人"]})
    assert [one.text for one in summary.people] == ["12人", "15人"]
    assert codes(summary) == ["field_dropped"]


def test_a_correction_of_which_nothing_stands_takes_nothing_of_the_first_answer_along(tmp_path):
    summary = read_people(tmp_path, {"people": ["a 12人", "z 9人"]}, {"people": ["y 8人"]})
    assert [one.text for one in summary.people] == ["12人"]
    assert codes(summary) == ["field_dropped"]
    assert all(word in summary.issues[0].message for word in ("z 9人", "y 8人"))


def test_a_list_with_nothing_that_stands_is_empty_and_told(tmp_path):
    summary = read_people(tmp_path, {"people": {"a": 1}})
    assert summary.people == []
    assert codes(summary) == ["field_dropped"]


def test_a_wrong_key_inside_a_model_takes_no_other_along_and_is_told(tmp_path):
    part = {"name": "石桥村", "people": ["a 12人", "z 9人"]}
    summary = read_people(tmp_path, {"parts": {"value": [part], "sentences": [1]}})
    assert [(p.name, [q.text for q in p.people]) for p in summary.parts] == [("石桥村", ["12人"])]
    assert codes(summary) == ["field_dropped"]


def read_duties(duties, **more):
    labels = {"a 200万元": {"label": "补贴资金"}, "b 30日": {"label": "收到资金后发放到户"}}
    answer = {"figures": labels, "duties": duties}
    return read_by(answer, text=DUTIES, schema="duties", overview="extract", **more)[0]


def test_a_wrong_key_in_a_list_of_an_item_costs_that_key_alone():
    wrong = duty(["县农业农村局"], "拨付补贴资金", None, ["a 200万元", "z 9元"], 1)
    summary = read_duties([wrong], correction={"duties 1": wrong})
    assert [[q.text for q in d.sums] for d in summary.duties] == [["200万元"]]
    assert codes(summary) == ["field_dropped"]
    worse = wrong | {"sums": ["y 8元"]}
    assert read_duties([wrong], correction={"duties 1": worse}).duties == summary.duties
    right = wrong | {"sums": ["a 200万元"]}
    summary = read_duties([wrong], correction={"duties 1": right})
    assert (len(summary.duties), codes(summary)) == (1, [])


@pytest.mark.parametrize("answer", [{"a": 1}, None, "没有"])
def test_items_that_are_no_list_are_told(answer):
    summary = read_duties(answer)
    assert summary.duties == ()
    assert codes(summary) == ["item_dropped", "numbers_left"]


@pytest.mark.parametrize(
    "bad", [{"deadline": "z 明天"}, {"deadline": "A 2024年6月底前", "status": "好"}]
)
def test_a_second_look_drops_what_is_wrong_alone(bad):
    assert "2024年6月底前" in REPAIRED
    second = {
        "2": {"status": "未整改", "deadline": None, "sentences": [2]} | bad,
        "1": None,
        "3": None,
    }
    summary, _ = read_repaired(second)
    two = summary.problems[1]
    kept = two.deadline.text if "status" in bad else two.status
    assert kept == ("2024年6月底前" if "status" in bad else "未整改")
    assert codes(summary).count("second_look_dropped") == 1


@pytest.mark.parametrize(
    ("who", "kept", "code"),
    [(["县"], [], "item_dropped"), (["县农业农村局", "县"], [["县农业农村局"]], "field_dropped")],
)
def test_one_character_is_no_words_of_the_source(who, kept, code):
    one = duty(who, "拨付补贴资金", None, [], 1)
    summary = read_duties([one], correction={"duties 1": one})
    assert [found.who for found in summary.duties] == kept
    issue, left = summary.issues
    assert (issue.code, "只有一个字" in issue.message) == (code, True)
    assert (left.code, left.message) == ("numbers_left", "duties: in no item: 200万元")


MERGED = """
from summarizer.fields import *

class Case(Item, key="name"):
    '''一件事'''
    name: Verbatim = ask("名称")
    what: str = ask("内容")
    more: str | None = ask("内容")
    near: Verbatim | None = ask("所在")

class S(Summary, labels=False, overview=False):
    '''要的'''
    cases: tuple[Case, ...] = ()
"""


def test_texts_of_merged_items_are_joined_those_that_may_be_null_too(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MERGED, encoding="utf-8")
    text = "石桥镇工作总结\n东河大桥在石桥村动工建设。\n东河大桥在木岗村投入使用。\n"
    said = [
        {"name": "东河大桥", "what": words, "more": words, "near": near, "sentences": [n]}
        for n, words, near in [(1, "动工建设", "石桥村"), (2, "投入使用", "木岗村")]
    ]
    fake = FakeModel(passage={"cases": said}, correction={"corrected": {}})
    given = settings(size="large", store="off")
    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=fake.model, schema=str(path), settings=given)
    (case,) = summary.cases
    assert (case.what, case.more, case.near) == ("动工建设;投入使用", "动工建设;投入使用", "石桥村")
    assert codes(summary) == ["items_merged", "items_conflict"]
    assert "near: 石桥村 / 木岗村" in summary.issues[-1].message
