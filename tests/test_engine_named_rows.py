"""Rows told in words: names with numbers of their own, where a small model is asked for the names."""

import pytest

from summarizer.config import settings as read_settings
from summarizer.pipeline import summarize
from summarizer.types import Document
from tests.fake_model import FakeModel

SCHEMA = """
from typing import Literal
from summarizer.fields import Count, Item, Length, Money, Summary, Verbatim, ask

class Village(Item, key="name"):
    \"\"\"一个受灾的村;社区、全乡的数不算\"\"\"
    name: Verbatim = ask("村名")
    people: Count["人"] | None = ask("受灾人口")
    road: Length | None = ask("冲毁公路的长度")
    loss: Money | None = ask("直接经济损失")

class Flood(Summary, labels=False, overview=False):
    \"\"\"灾情\"\"\"
    schema_id: Literal["flood.v1"] = "flood.v1"
    villages: tuple[Village, ...] = ()
"""


def rows(text, names, tmp_path, **script):
    """The rows of a text, where the model names so many things in each sentence it is asked of."""
    path = tmp_path / "flood.py"
    path.write_text(SCHEMA, encoding="utf-8")
    find = {"find": lambda asked: {"value": [n for n in names if n in asked.text]}}
    fake = FakeModel(**(find | script))
    chosen = read_settings(schema=path, store="off", size="small")
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    told = [
        (one.name, *(pick and pick.text for pick in (one.people, one.road, one.loss)))
        for one in summary.villages
    ]
    return told, fake, summary


def test_each_name_has_the_numbers_behind_it(tmp_path):
    text = "灾情\n柳湾村受灾人口1860人,冲毁公路3.1公里,直接经济损失1260万元。\n有关部门正在核查。\n"
    told, fake, _ = rows(text, ["柳湾村"], tmp_path)
    assert told == [("柳湾村", "1860人", "3.1公里", "1260万元")]
    assert [asked.family for asked in fake.history] == ["find", "member"]


def test_several_names_share_a_sentence_up_to_the_next(tmp_path):
    text = "灾情\n柳湾村受灾人口1860人,石坎村受灾人口1230人、损失845万元。\n"
    told, _, _ = rows(text, ["柳湾村", "石坎村"], tmp_path)
    assert told == [("柳湾村", "1860人", None, None), ("石坎村", "1230人", None, "845万元")]


@pytest.mark.parametrize("name", ["全乡", "我乡", "11个村", "柳湾社区"])
def test_what_names_all_or_several_or_what_does_not_count_is_no_row(tmp_path, name):
    text = f"灾情\n{name}受灾人口8460人。\n"
    told, _, summary = rows(text, [name], tmp_path)
    assert told == []
    assert any(name in issue.message for issue in summary.issues)


def test_a_sentence_without_a_number_that_fits_is_not_asked(tmp_path):
    told, fake, _ = rows("灾情\n柳湾村种了3棵树。\n", ["柳湾村"], tmp_path)
    assert told == []
    assert fake.history == []


@pytest.mark.parametrize(
    ("text", "asked_for"),
    [
        ("1.柳湾村。受灾人口1860人。冲毁公路3.1公里。\n2.石坎村。受灾人口1230人。\n", 0),
        ("柳湾村\n受灾人口1860人。\n冲毁公路3.1公里。\n石坎村\n受灾人口1230人。\n", 2),
        ("一、柳湾村\n受灾人口1860人,冲毁公路3.1公里。\n二、石坎村\n受灾人口1230人。\n", 0),
    ],
)
def test_a_name_that_is_all_that_its_sentence_says_has_the_numbers_behind_it(
    tmp_path, text, asked_for
):
    told, fake, summary = rows(f"灾情\n{text}", ["柳湾村", "石坎村"], tmp_path)
    assert told == [("柳湾村", "1860人", "3.1公里", None), ("石坎村", "1230人", None, None)]
    assert [q.family for q in fake.history] == ["find"] * asked_for + ["member", "member"]
    assert not any(one.code == "numbers_left" for one in summary.issues)


@pytest.mark.parametrize(
    "text",
    [
        "1.大坪乡。柳湾村受灾人口1860人。\n",  # whose a number is, its own sentence says
        "1.抢险救灾。柳湾村受灾人口1860人。\n",
        "1.大坪乡。全县受灾人口1860人。\n",
    ],
)
def test_a_name_above_has_no_numbers_of_another(tmp_path, text):
    told, _, _ = rows(f"灾情\n{text}", ["大坪乡", "抢险救灾"], tmp_path)
    assert told == []


def test_a_name_that_does_not_stand_there_is_told(tmp_path):
    text = "灾情\n柳湾村受灾人口1860人。\n"
    path = tmp_path / "flood.py"
    path.write_text(SCHEMA, encoding="utf-8")
    fake = FakeModel(find={"value": ["马家村", "柳湾村"]})
    chosen = read_settings(schema=path, store="off", size="small")
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    assert [one.name for one in summary.villages] == ["柳湾村"]
    assert any("马家村" in issue.message for issue in summary.issues)


def test_a_number_is_of_one_field_alone_and_a_day_may_stand_before_the_name(tmp_path):
    path = tmp_path / "accident.py"
    path.write_text(
        SCHEMA.replace("冲毁公路的长度", "死亡人数")
        .replace("Length |", 'Count["人"] |')
        .replace("loss: Money", "loss: Day")
        .replace("直接经济损失", "发生时间")
        .replace("Count, Item", "Count, Day, Item"),
        encoding="utf-8",
    )
    chosen = read_settings(schema=path, store="off", size="small")

    def read(text, names):
        fake = FakeModel(find={"value": names})
        document = Document("0" * 16, "x", f"灾情\n{text}\n")
        found = summarize(document, model=fake.model, settings=chosen).villages
        return [(one.people.text, one.road, one.loss and one.loss.text) for one in found]

    text = "7月11日,柳湾村受灾,受灾人口1860人。"
    assert read(text, ["柳湾村"]) == [("1860人", None, "7月11日")]
    both = "7月11日,柳湾村受灾人口1860人,石坎村受灾人口30人。"
    assert read(both, ["柳湾村", "石坎村"]) == [("1860人", None, None), ("30人", None, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "柳湾村、石坎村受灾,其中柳湾村受灾人口1860人,石坎村受灾人口1230人。",
            {"柳湾村": "1860人", "石坎村": "1230人"},
        ),
        (
            "柳湾村受灾,石坎村受灾人口1230人,柳湾村受灾人口1860人。",
            {"柳湾村": "1860人", "石坎村": "1230人"},
        ),
        (
            "上石坎村受灾人口1860人,石坎村受灾人口1230人。",
            {"上石坎村": "1860人", "石坎村": "1230人"},
        ),
        ("柳湾村受灾人口1860人,柳湾社区受灾人口30人。", {"柳湾村": "1860人"}),
        (
            "受灾人口1860人的柳湾村开仓放粮,有受灾人口1230人的石坎村也是。",
            {"柳湾村": "1860人", "石坎村": "1230人"},
        ),
        ("柳湾村帮助受灾人口1230人的石坎村。", {}),
    ],
)
def test_a_number_is_of_the_name_before_it_wherever_names_stand(tmp_path, text, found):
    told, _, _ = rows(f"灾情\n{text}\n", ["柳湾村", "石坎村", "上石坎村", "柳湾社区"], tmp_path)
    assert {name: people for name, people, _, _ in told} == found


def test_numbers_of_names_in_one_breath_are_nobodys_and_told(tmp_path):
    text = "灾情\n柳湾村、石坎村受灾人口分别为1860人、1230人。\n"
    told, _, summary = rows(text, ["柳湾村", "石坎村"], tmp_path)
    assert told == []
    assert any("柳湾村、石坎村" in issue.message for issue in summary.issues)


def test_what_does_not_count_keeps_its_number(tmp_path):
    text = "灾情\n柳湾村受灾人口1860人,柳湾社区冲毁公路3.1公里。\n"
    told, _, _ = rows(text, ["柳湾村", "柳湾社区"], tmp_path)
    assert told == [("柳湾村", "1860人", None, None)]


@pytest.mark.parametrize(
    ("odds", "found"),
    [
        ((4.0, 0.5), ["柳湾村"]),
        ((4.0, 3.0), ["柳湾村", "石坎村"]),
        ((1.5, -1.0), ["柳湾村", "石坎村"]),
    ],
)
def test_of_names_with_numbers_a_model_refuses_some_if_it_is_sure_of_one(tmp_path, odds, found):
    text = "灾情\n柳湾村受灾人口1860人。\n去年石坎村受灾人口1230人。\n"
    member = [{"1": one - 9, "2": -9.0} for one in odds]
    told, _, summary = rows(text, ["柳湾村", "石坎村"], tmp_path, member=member)
    assert [name for name, *_ in told] == found
    refused = [issue.message for issue in summary.issues if "not taken for one" in issue.message]
    assert len(refused) == 2 - len(found)


LABELLED = (
    "灾情\n"
    "1、石坎村:全村3个组受灾人口1860人,冲毁公路3.1公里。其中花椒受灾,直接经济损失1260万元。\n"
    "2、柳湾村:杨家组、李家组受灾人口1230人。损失845万元,都是农业损失。\n"
)


def test_a_paragraph_that_is_labelled_with_a_name_is_its_row_and_not_asked_for_names(tmp_path):
    told, fake, _ = rows(LABELLED, ["杨家组", "李家组", "花椒"], tmp_path)
    assert told == [
        ("石坎村", "1860人", "3.1公里", "1260万元"),
        ("柳湾村", "1230人", None, "845万元"),
    ]
    assert not fake.asked("find")


def test_one_labelled_paragraph_is_as_any_other(tmp_path):
    alone = "灾情\n石坎村:受灾人口1860人。\n有关部门正在核查。\n"
    told, fake, _ = rows(alone, ["石坎村"], tmp_path)
    assert told == [("石坎村", "1860人", None, None)]
    assert fake.asked("find")


def test_numbered_paragraphs_of_towns_are_no_rows_of_a_list_of_villages(tmp_path):
    text = (
        "灾情\n1.白沙镇。柳湾村受灾人口1860人。\n2.石鼓镇,受灾人口560人,其中石坎村520人。\n"
        "3.南坪乡(山区),青山村受灾人口230人。\n"
    )
    names = ["白沙镇", "柳湾村", "石鼓镇", "石坎村", "南坪乡", "青山村"]
    told, _, summary = rows(text, names, tmp_path)
    assert [(name, people) for name, people, *_ in told] == [
        ("柳湾村", "1860人"),
        ("石坎村", "520人"),
        ("青山村", "230人"),
    ]
    assert any("石鼓镇 is of another kind" in issue.message for issue in summary.issues)
