"""What cannot stand of an item costs that field or entry alone, and is told."""

from __future__ import annotations

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

SCHEMA = """
from enum import Enum
from typing import Literal
from pydantic import BaseModel
from summarizer.fields import *

class Side(Enum):
    LIVING = "民生"
    TRADE = "产业"

class Part(BaseModel):
    who: Verbatim | None = ask("谁")
    sum: Money | None = ask("多少")

class Paid(BaseModel):
    who: Verbatim = ask("谁")
    sum: Money = ask("多少")

class Case(Item, key="name"):
    '''一件事'''
    name: Verbatim = ask("名称")
    sum: Money | None = ask("多少钱")
    part: Part | None = ask("部分")
    parts: list[Part] = ask("各部分")
    paid: Paid | None = ask("谁付了多少")
    pays: list[Paid] = ask("谁付了多少")
    who: Verbatim | None = ask("谁")
    whos: list[Verbatim] = ask("哪些")
    note: str | None = ask("话", max_length=12)
    notes: list[str] = ask("几句话")
    side: Literal["民生", "产业"] | None = ask("类")
    sides: list[Literal["民生", "产业"]] = ask("几类")
    kinds: list[Side] = ask("几类")
    done: bool | None = ask("是否建成")
    dones: list[bool] = ask("是否")
    must: Literal["民生", "产业"] = ask("类")

class S(Summary, labels=False, overview=False):
    '''要的'''
    cases: tuple[Case, ...] = ()
"""
TEXT = """临湖县2024年工作总结
一、情况
东河大桥由县财政出资300万元、镇政府出资200万元。
二、问题
西山学校罚款80万元。
"""
LISTS = ("parts", "pays", "whos", "notes", "sides", "kinds", "dones")
EMPTY = dict.fromkeys(("sum", "part", "paid", "who", "note", "side", "done"))
EMPTY |= {name: [] for name in LISTS}
BRIDGE = {"name": "东河大桥", "sentences": [1], "must": "产业"} | EMPTY


def read(tmp_path, item, correction=None):
    path = tmp_path / "mine.py"
    path.write_text(SCHEMA, encoding="utf-8")
    corrected = {"corrected": {"cases 1": correction} if correction else {}}
    fake = FakeModel(passage={"cases": [item]}, correction=corrected)
    chosen = settings(size="large", store="off")
    document = Document("0" * 16, "x", TEXT)
    return summarize(document, model=fake.model, schema=str(path), settings=chosen), fake


def codes(summary):
    return [one.code for one in summary.issues if one.code != "numbers_left"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"sum": "c 80万元"}, {"sum": None}),
        ({"part": {"who": None, "sum": "c 80万元"}}, {"part": {"who": None, "sum": None}}),
        (
            {"parts": [{"who": "县财政", "sum": "c 80万元"}]},
            {"parts": [{"who": "县财政", "sum": None}]},
        ),
        ({"paid": {"who": "县财政", "sum": "c 80万元"}}, {"paid": None}),
    ],
)
def test_a_number_of_a_sentence_that_is_not_cited_is_none_of_the_item_s(tmp_path, said, left):
    summary, fake = read(tmp_path, BRIDGE | said)
    (case,) = summary.cases
    assert {name: case.model_dump()[name] for name in left} == left
    assert not any("西山学校" in one.quote for one in case.evidence)
    assert codes(summary) == ["field_dropped"]
    assert "“80万元”不在所引的句子里" in fake.asked("correction")[0].text


NO_WORDS = "不在所引的句子里"
PAID = {"who": "县财政", "sum": "a 300万元"}
WRONG = [
    ({"sum": "z 9元"}, None, "“z 9元”不是给出的代号"),
    ({"sum": "a 200万元"}, None, "“a 200万元”不是给出的代号"),
    ({"part": {"who": "张三", "sum": "a"}}, {"who": None, "sum": "300万元"}, NO_WORDS),
    ({"part": {"who": "县财政", "sum": "z"}}, {"who": "县财政", "sum": None}, "“z”不是给出的代号"),
    ({"paid": PAID | {"who": "张三"}}, None, NO_WORDS),
    ({"paid": PAID | {"sum": "z"}}, None, "“z”不是给出的代号"),
    ({"pays": [PAID, PAID | {"who": "张三"}]}, [PAID | {"sum": "300万元"}], NO_WORDS),
    ({"pays": [PAID | {"who": "张三"}]}, [], NO_WORDS),
    ({"who": "张三"}, None, NO_WORDS),
    ({"whos": ["县财政", "张三"]}, ["县财政"], NO_WORDS),
    ({"note": "出资900万元"}, None, "900"),
    ({"note": "县财政出资" * 3}, None, "“note”太长"),
    ({"notes": ["县财政出资", "出资900万元"]}, ["县财政出资"], "900"),
    ({"notes": ["出资900万元"]}, [], "900"),
    ({"side": "其他"}, None, "“side”只能写:民生、产业"),
    ({"sides": ["民生", "其他"]}, ["民生"], "“sides”的第2条只能写:民生、产业"),
    ({"kinds": ["产业", "其他"]}, ["产业"], "“kinds”的第2条只能写:民生、产业"),
    ({"done": "也许"}, None, "“done”要写成 true 或 false"),
    ({"dones": [True, "也许"]}, [True], "“dones”的第2条要写成 true 或 false"),
]


def said(value):
    """What a test compares: of a pick its words."""
    if isinstance(value, dict):
        return value["text"] if "text" in value else {k: said(v) for k, v in value.items()}
    return [said(one) for one in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(("wrong", "left", "line"), WRONG)
def test_what_cannot_stand_leaves_its_field_empty_or_its_entry_out(tmp_path, wrong, left, line):
    summary, fake = read(tmp_path, BRIDGE | wrong)
    (case,) = summary.cases
    ((name, _),) = wrong.items()
    assert said(case.model_dump(mode="json")[name]) == left
    assert (case.must, codes(summary)) == ("产业", ["field_dropped"])
    assert line in fake.asked("correction")[0].text
    assert case.name == "东河大桥"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "西河大桥"},
        {"must": "其他"},
        {"must": None},
        {"whos": ["张三"]},
        {"sentences": [9]},
    ],
)
def test_what_an_item_needs_costs_it(tmp_path, wrong):
    summary, _ = read(tmp_path, BRIDGE | wrong)
    assert (summary.cases, codes(summary)) == ((), ["item_dropped"])


def test_all_that_is_wrong_is_named_at_once(tmp_path):
    wrong = {
        "name": "西河大桥",
        "sum": "z 9元",
        "side": "其他",
        "note": "出资900万元",
        "who": "张三",
        "figures": ["zz"],
    }
    summary, fake = read(tmp_path, BRIDGE | wrong, BRIDGE)
    (asked,) = fake.asked("correction")
    for line in ("“西河大桥”", "“z 9元”", "“side”只能写", "900", "“张三”", "zz不是给出的代号"):
        assert line in asked.text
    assert (len(summary.cases), codes(summary)) == (1, [])


def test_a_worse_correction_costs_nothing_that_stood(tmp_path):
    first = BRIDGE | {"side": "民生", "who": "张三"}
    summary, _ = read(tmp_path, first, BRIDGE | {"side": "其他", "who": "李四"})
    assert [one.side for one in summary.cases] == ["民生"]
    (issue,) = (one for one in summary.issues if one.code == "field_dropped")
    assert all(words in issue.message for words in ("张三", "李四"))


def test_a_field_of_the_summary_loses_no_more_either(tmp_path):
    path = tmp_path / "mine.py"
    body = SCHEMA.split("class Case", maxsplit=1)[0] + (
        "class S(Summary, labels=False, overview=False):\n    '''要的'''\n"
        "    pays: list[Paid] = ask('谁付了多少')\n"
        "    kinds: list[Side] = ask('几类')\n"
        "    part: Part | None = ask('部分')\n"
    )
    path.write_text(body, encoding="utf-8")
    answer = {
        "pays": {"value": [PAID, PAID | {"who": "张三"}], "sentences": [1]},
        "kinds": {"value": ["产业", "其他"], "sentences": [1]},
        "part": {"value": {"who": "县财政", "sum": "c 80万元"}, "sentences": [1]},
    }
    fake = FakeModel(passage=answer, correction={"corrected": {}})
    chosen = settings(size="large", store="off")
    document = Document("0" * 16, "x", TEXT)
    summary = summarize(document, model=fake.model, schema=str(path), settings=chosen)
    assert said([one.model_dump(mode="json") for one in summary.pays]) == [
        PAID | {"sum": "300万元"}
    ]
    assert [one.value for one in summary.kinds] == ["产业"]
    assert said(summary.part.model_dump(mode="json")) == {"who": "县财政", "sum": None}
    assert codes(summary) == ["field_dropped"] * 3
