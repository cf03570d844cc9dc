"""Which numbers the words around them rule out for a field, as data; what is wrong yet is strict."""

from __future__ import annotations

from pathlib import Path

import pydantic
import pytest

from summarizer import fields
from summarizer.documents.parsed import parse
from summarizer.engine.candidates import candidates
from summarizer.engine.field_types import type_of
from summarizer.engine.marks import ids
from summarizer.engine.picking import Picker, WrongKey
from summarizer.engine.schema import load_schema
from summarizer.types import Document
from summarizer.zh.lexicon import cells

DATA = Path(__file__).parent / "data" / "picks"
SCHEMA = load_schema(str(Path(__file__).parent / "data" / "schemas" / "indicators.py"))
HEAD = "政府工作报告\n——2024年1月10日在临湖县第十八届人民代表大会第三次会议上\n"
SECTIONS = {"past": "一、2023年工作回顾\n", "plan": "二、2024年工作目标\n", "none": ""}
FAILURES = [tuple(row) for row in cells(DATA / "context_known_failures.tsv", comment="#\t")]
CASES = [
    tuple(row)
    for name in ("context.tsv", "context_english.tsv")
    for row in cells(DATA / name, comment="#\t")
]


def field_of(kind, about, year, goal):
    name, _, unit = kind.partition("[")
    leaf = getattr(fields, name)
    leaf = leaf[unit.strip('"]')] if unit else leaf
    is_goal = {"goal": True, "no goal": False}.get(goal)
    asked = fields.ask(about, year=int(year) if year else None, goal=is_goal)
    return pydantic.create_model("M", f=(leaf | None, asked)).model_fields["f"]


def verdict(*case):
    *asked, section, text = case
    return judged(asked, HEAD + SECTIONS[section], text)


def judged(asked, before, text, behind=""):
    """Whether a field takes the number in brackets, which stands in a document; and why not."""
    info = field_of(*asked)
    tree, at = type_of(info), len(before) + text.index("[")
    source = before + text.replace("[", "").replace("]", "") + "\n" + behind
    document = parse(Document("0" * 16, "x", source))
    picker = Picker.of(document, SCHEMA)
    for sentence in document.sentences:
        named = dict(zip(ids(), sentence.mentions, strict=False))
        places = candidates([sentence], named, [tree], picker.setting.now)
        for key, place in places.items():
            if place.at.start <= at < place.at.end:
                try:
                    picker.value(tree, key, places, asked[1])
                except WrongKey as error:
                    return "refuse", str(error)
                return "accept", ""
    raise AssertionError(f"no quantity at the brackets of {text}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-1])
def test_what_the_words_around_a_number_say_of_it(case):
    expected, *asked = case
    found, line = verdict(*asked)
    assert found == expected, line


DECEMBER = HEAD.replace("2024年1月10日", "2024年12月28日") + "一、2024年工作回顾\n"
GDP = ("Money", "上年地区生产总值", "-1", None)
GOAL = ("Percent", "今年增长目标", None, "goal")


@pytest.mark.parametrize(
    ("expected", "asked", "text"),
    [
        ("accept", GDP, "生产总值[412亿元]。"),
        ("accept", GDP, "今年生产总值[412亿元]。"),
        ("refuse", GDP, "2023年生产总值[389亿元]。"),
        ("refuse", GDP, "去年生产总值为[389亿元]。"),
        ("accept", GOAL, "2025年力争增长[6%]。"),
        ("accept", GOAL, "明年力争增长[6%]。"),
        ("accept", GOAL, "今年力争增长[6%]。"),
    ],
)
def test_a_report_of_december_that_plans_the_next_year(expected, asked, text):
    told = "全县生产总值和各项主要经济指标持续增长,群众生活水平不断提高。\n"
    before, behind = DECEMBER, f"{told}二、2025年主要任务\n{told}"
    if asked is GOAL:
        before, behind = DECEMBER + behind, told
    found, line = judged(asked, before, text, behind)
    assert found == expected, line


@pytest.mark.parametrize(
    ("expected", "annex"),
    [
        ("accept", "附表:主要经济指标完成情况\n"),
        ("accept", "附件1\n2023年主要经济指标\n"),
        ("accept", "附表:2023年主要经济指标\n"),
        ("accept", "附件1\n主要经济指标完成情况\n"),
        ("refuse", "附件1\n"),
        ("refuse", "附:"),
        ("refuse", "附:\n2023年的情况不再重复。\n"),
        ("refuse", "附件1 2024年重点项目\n"),
        ("refuse", "附件1 重点项目\n"),
        ("refuse", "附件:\n2024年重点项目\n"),
        ("refuse", "附件:2024年重点项目投资计划\n"),
        ("refuse", "附属工程全部完工后,"),
    ],
)
def test_an_annex_behind_the_plans_is_one_of_them_unless_it_looks_back(expected, annex):
    plans = "二、2024年工作目标\n全县上下要坚定信心、真抓实干,努力完成全年各项任务。\n"
    found, line = judged(GDP, HEAD + plans + annex, "全县生产总值[165.2亿元]。")
    assert found == expected, line


def picked(tree, source, about, offered=None):
    """What is said of the first place that is offered: for fields of this type, or of another."""
    document = parse(Document("0" * 16, "x", source))
    picker = Picker.of(document, SCHEMA)
    sentence = next(one for one in document.sentences if one.mentions)
    named = dict(zip(ids(), sentence.mentions, strict=False))
    places = candidates([sentence], named, [offered or tree], picker.setting.now)
    with pytest.raises(WrongKey) as error:
        picker.value(tree, next(iter(places)), places, about)
    return str(error.value)


def test_a_quantity_is_no_day():
    money = type_of(field_of("Money", "上年投资", None, None))
    day = type_of(field_of("Day", "期限", None, None))
    assert "日期" in picked(day, "全县完成投资35亿元。\n", "期限", offered=money)


def test_the_part_of_a_year_rules_a_number_out_in_a_report_without_a_year_too():
    money = type_of(field_of("Money", "上年投资", "-1", None))
    assert "全年的" in picked(money, "上半年全县完成投资35亿元。\n", "上年投资")


@pytest.mark.parametrize("case", FAILURES, ids=lambda case: case[-2])
@pytest.mark.xfail(strict=True)
def test_what_is_not_yet_known_of_a_number(case):
    expected, *asked, _ = case
    assert verdict(*asked)[0] == expected
