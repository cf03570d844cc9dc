"""Items whose words are what their numbers are called: rules name them, a small model is not asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh.quantity_names import quantity_names

CASES = Path(__file__).parent / "data" / "quantity_names.txt"
PLANS = Path(__file__).parent / "data" / "named_items.txt"
CHANGES = Path(__file__).parent / "data" / "named_changes.txt"
GOAL = 'ask("目标数", goal=True)'
SMALL = settings(size="small", store="off")
TEXT = (
    "临湖县2023年国民经济和社会发展统计公报\n"
    "全年粮食总产量54.38万吨,比上年增长0.5%,其中夏粮21.06万吨,增长1.7%,秋粮33.32万吨,下降0.2%;"
    "水产品产量4.27万吨,与上年持平。规模以上工业增加值比上年增长8.2%,高于全市平均水平1.1个百分点。"
    "增值税、企业所得税分别为13.28亿元、5.94亿元,分别增长9.5%和21.7%。"
    "广播覆盖率、电视覆盖率均为99.8%。城乡居民收入比为1.91,比上年缩小0.05。"
    "工业总产值突破500亿元大关,达506.2亿元,增长5.7%。人口自然增长率为-1.93‰。\n"
)
OWN = '''"""指标"""
from typing import Literal
from pydantic import field_validator
from summarizer.fields import Item, {kind}, Quantity, Summary, ask

class Stat(Item):
    """一个指标"""
    name: {kind} = ask("{about}")
    value: Quantity | None = ask("本年的数")

    @field_validator("name")
    @classmethod
    def _no_grain(cls, name):
        if name.endswith("粮"):
            raise ValueError("不要粮食")
        return name

class Own(Summary, labels=False, overview=False):
    """公报"""
    schema_id: Literal["own.v1"] = "own.v1"
    stats: tuple[Stat, ...] = ()
'''


def read_small(schema, **script):
    fake = FakeModel(**script)
    document = Document("0" * 16, "x", TEXT)
    return summarize(document, model=fake.model, schema=schema, settings=SMALL), fake


def rows(summary):
    return [
        (s.name, s.value and s.value.text, s.growth and f"{s.growth.value:f}")
        for s in summary.stats
    ]


def test_every_number_of_a_bulletin_has_the_words_that_lead_to_it():
    summary, fake = read_small("bulletin")
    assert fake.history == []
    assert rows(summary) == [
        ("粮食总产量", "54.38万吨", "0.5"),
        ("夏粮", "21.06万吨", "1.7"),
        ("秋粮", "33.32万吨", "-0.2"),
        ("水产品产量", "4.27万吨", "0"),
        ("规模以上工业增加值", None, "8.2"),
        ("增值税", "13.28亿元", "9.5"),
        ("企业所得税", "5.94亿元", "21.7"),
        ("广播覆盖率", "99.8%", None),
        ("电视覆盖率", "99.8%", None),
        ("城乡居民收入比", None, "-0.05"),  # without a unit 1.91 is no quantity
        ("工业总产值", "506.2亿元", "5.7"),
        ("人口自然增长率", "-1.93‰", None),
    ]


@pytest.mark.parametrize(
    ("kind", "about", "is_asked"),
    [
        ("NameOfQuantity", "名称", False),
        ("Verbatim", "没有完成的指标名称,照抄原文", True),
        ("Verbatim", "水电站名称", True),
    ],
)
def test_only_what_is_typed_as_the_name_of_a_number_is_left_to_rules(
    tmp_path, kind, about, is_asked
):
    path = tmp_path / "own.py"
    path.write_text(OWN.format(kind=kind, about=about), encoding="utf-8")

    def nothing(asked):
        return {"stats": {key: [] for key in asked.schema["properties"]["stats"]["properties"]}}

    summary, fake = read_small(str(path), items=nothing)
    assert bool(fake.history) == is_asked
    names = [one.name for one in summary.stats]
    assert names == [] if is_asked else "水产品产量" in names and "夏粮" not in names
    told = [one.message for one in summary.issues if one.code == "item_dropped"]
    refused = [message for message in told if "不要粮食" in message]
    assert refused == ([] if is_asked else ["stats: 夏粮: 不要粮食", "stats: 秋粮: 不要粮食"])


def test_one_with_other_words_is_asked():
    listed = load_schema("audit").lists[0]
    assert listed.name_of_quantity == ""
    assert load_schema("bulletin").lists[0].name_of_quantity == "name"


@pytest.mark.parametrize("line", [s for s in CASES.read_text("utf-8").splitlines() if s[:1] != "#"])
def test_names(line):
    label, before, way, names = (part.strip() for part in line.split("|"))
    assert quantity_names(label, before, way) == names.split()


@pytest.mark.parametrize("year", ["2023年", ""])
@pytest.mark.parametrize("line", [s for s in PLANS.read_text("utf-8").splitlines() if s[:1] != "#"])
def test_no_plan_and_no_other_year_is_an_item_and_each_is_told(line, year):
    sentence, items, rest = (part.strip() for part in line.split("|"))
    document = Document("0" * 16, "x", f"临湖县{year}国民经济和社会发展统计公报\n{sentence}\n")
    summary = summarize(document, model=FakeModel().model, schema="bulletin", settings=SMALL)
    found = [f"{one.name}={one.value.text}" for one in summary.stats if one.value]
    assert found == items.split()
    told = [one for one in summary.issues if one.code == "item_dropped"]
    assert [one.message for one in told] == [f"stats: no item has {rest} of this sentence"]
    assert all(one.ref for one in told)


@pytest.mark.parametrize(
    "line", [s for s in CHANGES.read_text("utf-8").splitlines() if s[:1] != "#"]
)
def test_a_number_s_change_is_its_own_and_what_is_a_share_is_no_item(line):
    sentence, items = (part.strip() for part in line.split("|"))
    document = Document("0" * 16, "x", f"临湖县2023年国民经济和社会发展统计公报\n{sentence}\n")
    summary = summarize(document, model=FakeModel().model, schema="bulletin", settings=SMALL)
    found = [
        f"{one.name}={one.value.text if one.value else '-'}/{one.growth.value if one.growth else '-'}"
        for one in summary.stats
    ]
    assert found == items.split()
    assert {one.code for one in summary.issues} <= {"item_dropped"}


def test_an_author_who_asks_for_plans_gets_them(tmp_path):
    path = tmp_path / "own.py"
    own = OWN.format(kind="NameOfQuantity", about="名称").replace('ask("本年的数")', GOAL)
    path.write_text(own, encoding="utf-8")
    document = Document("0" * 16, "x", "临湖县2023年工作报告\n工业投资力争达到20亿元。\n")
    summary = summarize(document, model=FakeModel().model, schema=str(path), settings=SMALL)
    assert [one.value.text for one in summary.stats] == ["20亿元"]
