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
