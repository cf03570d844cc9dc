"""Rows with more words than a name: each name judged, each field asked for by itself."""

import pytest

from summarizer.config import settings as read_settings
from summarizer.pipeline import summarize
from summarizer.types import Document
from tests.fake_model import FakeModel

TOLD = """
from typing import Literal
from summarizer.fields import Count, Day, Item, Money, Summary, Verbatim, ask

class Home(Item, key="name"):
    \"\"\"被点名的一家养老院,一家一条;受表扬的、上级抽查的不算\"\"\"
    name: Verbatim = ask("养老院名称,照抄原文")
    state: Literal["已整改", "未整改"] = ask("整改情况")
    leader: Verbatim | None = ask("院长的姓名")
    fined: bool | None = ask("是否被罚款")
    fine: Money | None = ask("罚款金额")
    due: Day | None = ask("整改期限")

class Check(Summary, labels=False, overview=False):
    \"\"\"检查\"\"\"
    schema_id: Literal["homes.v1"] = "homes.v1"
    homes: tuple[Home, ...] = ()
"""
YES, NO = {"1": -0.1, "2": -4.0, "3": -4.0}, {"1": -4.0, "2": -0.1, "3": -4.0}


def told_rows(text, tmp_path, *, names=("福寿院", "和顺院"), source=TOLD, **script):
    """The rows of a text where a model is asked for names, whether each is one, and its words."""
    path = tmp_path / "homes.py"
    path.write_text(source, encoding="utf-8")

    def find(asked):
        is_of_names = "照抄原文,写成列表" in asked.text
        return {"value": [n for n in names if n in asked.text] if is_of_names else None}

    fake = FakeModel(**({"find": find, "member": YES, "sort": YES} | script))
    chosen = read_settings(schema=path, store="off", size="small")
    return summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen), fake


def test_a_name_with_other_words_is_judged_and_each_of_its_fields_asked(tmp_path):
    text = "通报\n福寿院安全出口上锁,罚款2万元,限6月3日前整改。\n和顺院受到表扬。\n"
    member = [YES, NO]
    summary, fake = told_rows(text, tmp_path, member=member)
    [home] = summary.homes
    assert (home.name, home.state, home.fined, home.leader) == ("福寿院", "已整改", True, None)
    assert (home.fine.text, home.due.text) == ("2万元", "6月3日前")
    assert [q.family for q in fake.history] == [
        *("find", "find", "member", "member", "sort", "find", "find", "sort")
    ]
    assert fake.asked("member")[0].text.splitlines()[-4:] == [
        "1.被点名的一家养老院",
        "2.受表扬",
        "3.上级抽查",
        "4.都不是",
    ]
    assert any("和顺院 is not taken" in issue.message for issue in summary.issues)


def test_what_does_not_count_is_a_choice_in_its_authors_words(tmp_path):
    source = TOLD.replace("上级抽查的不算", "县里的部门、超过5万元的罚款不算")
    _, fake = told_rows("通报\n福寿院安全出口上锁。\n", tmp_path, source=source)
    [asked] = fake.asked("member")
    assert asked.text.splitlines()[-4:-1] == ["2.受表扬", "3.县里的部门", "4.超过5万元的罚款"]


@pytest.mark.parametrize(("most", "found"), [(1, ["和顺院"]), (2, ["福寿院", "和顺院"])])
def test_a_sentence_has_no_more_rows_than_the_class_says(tmp_path, most, found):
    """Of more the likeliest stand, and the others are told: `most` was read by nobody here."""
    source = TOLD.replace('key="name"', f'key="name", most={most}')
    likely = YES | {"2": -6.0, "3": -6.0}
    text = "通报\n福寿院出口上锁,和顺院没有水源。\n"
    summary, _ = told_rows(text, tmp_path, source=source, member=[YES, likely])
    assert [home.name for home in summary.homes] == found
    told = [one.message for one in summary.issues if "at most" in one.message]
    assert told == ["homes: 福寿院: its sentence tells of 1 at most"][: 2 - most]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("通报\n一、问题\n福寿院出口上锁。\n", ["一、问题", "福寿院出口上锁。"]),
        ("通报\n(一)消防方面。福寿院出口上锁。\n", ["(一)消防方面。", "福寿院出口上锁。"]),
        ("通报\n决定处罚:\n和平院;\n福寿院。\n", ["决定处罚:", "福寿院。"]),
        ("通报\n按照市里的统一部署和要求,查封福寿院。\n", ["查封福寿院。"]),
        ("通报\n去年,福寿院出口上锁。\n", ["去年,福寿院出口上锁。"]),
    ],
)
def test_a_name_is_judged_under_what_its_sentence_stands_under(tmp_path, text, lines):
    _, fake = told_rows(text, tmp_path)
    [asked] = fake.asked("member")
    assert asked.text.splitlines()[: len(lines)] == lines


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("福寿院出口上锁。\n责令福寿院停业。\n", ["福寿院"], ["福寿院"]),
        ("问题严重的养老院要整改。\n", ["养老院", "问题严重的养老院"], []),
        ("不合格的要整改。\n", ["不合格的"], ["不合格的"]),
        ("福寿院、和顺院出口上锁。\n", ["福寿院", "和顺院"], ["福寿院", "和顺院"]),
        ("河口镇福寿敬老院出口上锁。\n", ["福寿敬老院"], ["河口镇福寿敬老院"]),
        ("2024-08号院出口上锁,3家院整改。\n", ["2024-08号院", "3家院"], ["2024-08号院"]),
    ],
)
def test_a_row_is_a_name_of_its_own_and_one_a_name(tmp_path, text, names, found):
    summary, _ = told_rows(f"通报\n{text}", tmp_path, names=names)
    assert [home.name for home in summary.homes] == found
    told = "".join(one.message for one in summary.issues)
    assert all(name in told or any(name in one for one in found) for name in names)


@pytest.mark.parametrize(
    ("text", "found", "lost"),
    [
        ("1.福寿院。出口上锁,罚款2万元。\n", {"福寿院": "2万元"}, []),
        (
            "1.福寿院。罚款2万元。2.和顺院。罚款9万元。\n",
            {"福寿院": "2万元", "和顺院": "9万元"},
            [],
        ),
        ("1.福寿院。出口上锁。全县罚款9万元。\n", {"福寿院": None}, ["9万元"]),
        ("1.福寿院。出口上锁。今年以来,全县罚款9万元。\n", {"福寿院": None}, ["9万元"]),
        ("1.福寿院。出口上锁。共罚款9万元。\n", {"福寿院": None}, ["9万元"]),
        ("和顺院出口上锁。全县罚款9万元。\n", {"和顺院": None}, ["9万元"]),
        ("和顺院出口上锁。罚款9万元。\n", {"和顺院": None}, ["9万元"]),
    ],
)
def test_behind_a_name_that_is_a_sentence_stand_its_numbers_up_to_a_number_or_a_whole(
    tmp_path, text, found, lost
):
    summary, _ = told_rows(f"通报\n{text}", tmp_path)
    assert {home.name: home.fine and home.fine.text for home in summary.homes} == found
    told = [one.message for one in summary.issues if one.code == "numbers_left"]
    assert [any(one in message for message in told) for one in lost] == [True] * len(told)


CASES = (
    "检查通报\n"
    "1.福寿院出口上锁案。县局现场检查时发现,罚款2万元,限6月3日前整改。\n"
    "2.和顺院无证经营案。该院未领许可证,罚款3万元。\n"
    "3.康乐院账目不清案。县局约谈了院长。\n"
)


def test_a_numbered_paragraph_is_about_the_name_that_opens_it(tmp_path):
    """Who acts in it (县局) is less likely one; and one that is told without a number is one, too."""
    likely = {"福寿院": 3.0, "和顺院": 3.0, "康乐院": 0.5, "县局": 1.5}

    def member(asked):
        name = next(one for one in likely if f"名称:{one}" in asked.text)
        return {"1": -0.1, "2": -0.1 - likely[name], "3": -9.0}

    summary, fake = told_rows(CASES, tmp_path, names=tuple(likely), member=member)
    said = [(one.name, one.fine and one.fine.text) for one in summary.homes]
    assert said == [("福寿院", "2万元"), ("和顺院", "3万元"), ("康乐院", None)]
    assert summary.homes[0].due.text == "6月3日前"
    assert "县局现场检查时发现" in fake.asked("member")[0].text
    assert any("县局 is not taken" in one.message for one in summary.issues)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("柳湾养老院", "福寿院"),
        ("柳湾养老院:", "福寿院:"),
        ("柳湾养老院。", "康宁养老院。"),
        ("1.柳湾养老院", "2.福寿院"),
        ("(一)柳湾养老院。", "(二)福寿院。"),
        ("案例一:柳湾养老院", "案例二:福寿院"),
        ("一、柳湾养老院出口上锁案", "二、福寿院无证经营案"),
    ],
)
def test_a_name_on_a_line_of_its_own_has_what_stands_under_it(tmp_path, first, second):
    """To the next one, or a heading; the day of the signature is not the last one's."""
    text = (
        f"检查通报\n现将检查情况通报如下。\n{first}\n安全出口上锁。\n罚款2万元,限6月3日前整改。\n"
        f"{second}\n未领许可证,罚款3万元。\n院长姓李。\n请各单位引以为戒。\n县民政局\n2025年7月8日\n"
    )
    name = "康宁养老院" if "康宁" in second else "福寿院"
    summary, fake = told_rows(text, tmp_path, names=("柳湾养老院", name))
    said = [(one.name, one.fine and one.fine.text) for one in summary.homes]
    assert said == [("柳湾养老院", "2万元"), (name, "3万元")]
    assert [one.due and one.due.text for one in summary.homes] == ["6月3日前", None]
    assert [one.quote for one in summary.homes[1].evidence][:2] == [
        second,
        "未领许可证,罚款3万元。",
    ]
    shown = fake.asked("member")[1].text.splitlines()
    assert shown[: shown.index(f"名称:{name}")] == [second, "未领许可证,罚款3万元。", "院长姓李。"]


def test_a_line_that_names_one_is_read_under_the_heading_of_its_part(tmp_path):
    text = (
        "检查通报\n一、检查情况\n全县检查了9家。\n二、点名通报\n柳湾养老院\n安全出口上锁。\n"
        "福寿院\n罚款3万元。\n三、工作要求\n限6月3日前整改。\n"
    )
    summary, fake = told_rows(text, tmp_path, names=("柳湾养老院", "福寿院"))
    assert [(one.name, one.due) for one in summary.homes] == [
        ("柳湾养老院", None),
        ("福寿院", None),
    ]
    shown = fake.asked("member")[1].text.splitlines()
    assert shown[:3] == ["二、点名通报", "福寿院", "罚款3万元。"]


@pytest.mark.parametrize(
    "lines",
    [
        ("一、总体情况", "二、存在的问题"),
        ("消防方面", "证照方面"),
        ("一、柳湾养老院", "消防方面"),
        ("一、实施方案", "二、财政预算草案"),
    ],
)
def test_ordinary_headings_are_asked_nothing(tmp_path, lines):
    text = "检查通报\n" + "".join(f"{one}\n{one[-2:]}罚款2万元。\n" for one in lines)
    _, fake = told_rows(text, tmp_path, names=())
    assert [asked.family for asked in fake.history] == ["find", "find"]


@pytest.mark.parametrize("form", ["案例{}:", "典型案例{}、", "【案例{}】", "{}是"])
def test_cases_that_are_counted_are_numbered(tmp_path, form):
    first, second, third = (form.format(one) for one in "一二三")
    text = CASES.replace("1.", first).replace("2.", second).replace("3.", third)
    summary, _ = told_rows(text, tmp_path, names=("福寿院", "和顺院", "康乐院"))
    said = [(one.name, one.fine and one.fine.text) for one in summary.homes]
    assert said == [("福寿院", "2万元"), ("和顺院", "3万元"), ("康乐院", None)]


def test_what_is_counted_off_in_one_paragraph_opens_nothing(tmp_path):
    text = "检查通报\n一是福寿院出口上锁。二是罚款3万元。\n一是和顺院没有水源。二是罚款4万元。\n"
    summary, _ = told_rows(text, tmp_path)
    assert [(one.name, one.fine) for one in summary.homes] == [("福寿院", None), ("和顺院", None)]


def test_another_name_in_a_numbered_paragraph_has_what_its_own_sentence_says(tmp_path):
    text = (
        "检查通报\n1.福寿院被群众举报。和顺院同时被举报,罚款3万元。\n"
        "2.康乐院被媒体曝光。罚款4万元。\n"
    )
    summary, _ = told_rows(text, tmp_path, names=("福寿院", "和顺院", "康乐院"))
    said = {one.name: one.fine and one.fine.text for one in summary.homes}
    assert said["和顺院"] == "3万元"
    assert said.get("福寿院") is None
    assert said["康乐院"] == "4万元"


def test_a_title_that_a_model_takes_for_a_row_is_no_measure_of_the_names_elsewhere(tmp_path):
    text = (
        "检查通报\n(一)消防方面。福寿院安全出口上锁,罚款3万元。\n"
        "(二)证照方面。康乐院无证经营,罚款4万元。\n"
    )
    likely = {"消防方面": 3.0, "康乐院": 2.0}

    def member(asked):
        name = next(one for one in likely if f"名称:{one}" in asked.text)
        return {"1": -0.1, "2": -0.1 - likely[name], "3": -9.0}

    summary, _ = told_rows(text, tmp_path, names=tuple(likely), member=member)
    assert "康乐院" in {one.name for one in summary.homes}


@pytest.mark.parametrize(
    ("about", "said", "found"),
    [
        ("所在乡镇", "大坪镇", "大坪镇"),
        ("院长的姓名", "大坪镇", None),
        ("所在乡镇", "大坪镇福寿敬老院", None),
        ("所在乡镇", "福寿敬老院", None),
    ],
)
def test_the_place_before_a_name_may_be_a_field_of_its_row(tmp_path, about, said, found):
    source = TOLD.replace('ask("院长的姓名")', f'ask("{about}")')

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["福寿敬老院"]}
        return {"value": said if about in asked.text else None}

    text = "通报\n大坪镇福寿敬老院出口上锁。\n"
    summary, _ = told_rows(text, tmp_path, source=source, find=find)
    assert [(one.name, one.leader) for one in summary.homes] == [("大坪镇福寿敬老院", found)]


TOWNS = """检查通报
1.福寿养老院(白沙镇),去年新建,出口上锁,罚款2万元。该院有老人86人。
2.和顺养老院(石鼓镇),没有水源。
3.康乐养老院,设在南坪乡。拟罚款3万元,院长周明已到岗。
"""


def test_numbered_paragraphs_that_begin_with_a_name_are_its_rows_and_their_places_none(tmp_path):
    source = TOLD.replace('ask("院长的姓名")', 'ask("所在乡镇")')

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["白沙镇", "石鼓镇", "周明"]}
        towns = (town for town in ("白沙镇", "石鼓镇", "南坪乡") if town in asked.text)
        return {"value": next(towns, None) if "所在乡镇" in asked.text else None}

    summary, fake = told_rows(TOWNS, tmp_path, source=source, find=find)
    assert [(o.name, o.leader, o.fine and o.fine.text) for o in summary.homes] == [
        ("福寿养老院", "白沙镇", "2万元"),
        ("和顺养老院", "石鼓镇", None),
        ("康乐养老院", "南坪乡", "3万元"),
    ]
    assert not any("写成列表" in asked.text for asked in fake.asked("find"))


@pytest.mark.parametrize("about", ["所在乡镇", "地点"])
def test_a_place_that_another_field_asks_for_is_no_row(tmp_path, about):
    source = TOLD.replace('ask("院长的姓名")', f'ask("{about}")')
    text = "检查通报\n白沙镇的福寿养老院出口上锁,罚款2万元。\n"
    summary, _ = told_rows(text, tmp_path, source=source, names=("白沙镇", "福寿养老院"))
    assert [(one.name, one.fine.text) for one in summary.homes] == [("福寿养老院", "2万元")]
    assert any("白沙镇 is of another kind" in issue.message for issue in summary.issues)


def test_one_numbered_paragraph_and_one_with_its_number_are_as_any_other(tmp_path):
    alone = "检查通报\n1.福寿院出口上锁案。县局现场检查时发现,罚款2万元。\n"
    summary, _ = told_rows(alone, tmp_path, names=("福寿院", "县局"), member=[YES, NO])
    assert [(one.name, one.fine) for one in summary.homes] == [("福寿院", None)]
    own = CASES.replace("福寿院出口上锁案", "福寿院罚款1万元")
    summary, _ = told_rows(own, tmp_path, names=("福寿院", "和顺院", "康乐院"))
    assert summary.homes[0].fine.text == "1万元"


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        (
            "福寿院出口上锁。\n福寿院分院罚款9万元。\n",
            ["福寿院", "福寿院分院"],
            {"福寿院": None, "福寿院分院": "9万元"},
        ),
        (
            "福寿院分院出口上锁。\n责令福寿院分院停业,罚款2万元。\n",
            {1: ["福寿院分院"], 2: ["福寿院"]},
            {"福寿院分院": "2万元"},
        ),
    ],
)
def test_a_name_is_another_than_a_longer_one_but_where_it_stands_in_it(
    tmp_path, text, names, found
):
    def find(asked):
        if "照抄原文,写成列表" not in asked.text:
            return {"value": None}
        own = names if isinstance(names, list) else names[1 + ("停业" in asked.text)]
        return {"value": [name for name in own if name in asked.text]}

    summary, _ = told_rows(f"通报\n{text}", tmp_path, find=find)
    assert {home.name: home.fine and home.fine.text for home in summary.homes} == found


def test_what_a_name_has_in_another_place_too_is_told_where_it_contradicts(tmp_path):
    text = "通报\n福寿院罚款2万元。\n后来又查,福寿院罚款5万元,限6月3日前整改。\n"
    member = [{"1": -1.0, "2": -4.0}, YES]
    summary, fake = told_rows(text, tmp_path, member=member)
    [home] = summary.homes
    assert (home.fine.text, home.due.text) == ("5万元", "6月3日前")
    [conflict] = [one for one in summary.issues if one.code == "items_conflict"]
    assert (conflict.message, conflict.ref) == ("fine: 5万元 / 2万元", home.id)
    assert [one.code for one in summary.issues].count("items_merged") == 1
    assert len(fake.asked("sort")) == 2


def test_the_number_of_a_mention_that_is_not_taken_for_one_is_told(tmp_path):
    text = "通报\n福寿院出口上锁。\n后来又查,福寿院罚款5万元。\n"
    summary, _ = told_rows(text, tmp_path, member=[YES, NO])
    assert [(home.name, home.fine) for home in summary.homes] == [("福寿院", None)]
    assert any("in no item: 5万元" in issue.message for issue in summary.issues)


def test_far_less_likely_names_than_the_likeliest_are_none(tmp_path):
    text = "通报\n福寿院出口上锁。\n和顺院出口上锁。\n"
    member = [{"1": 0.0, "2": -5.0}, {"1": -1.0, "2": -3.0}]
    summary, _ = told_rows(text, tmp_path, member=member)
    assert [home.name for home in summary.homes] == ["福寿院"]


def test_without_probabilities_a_name_with_a_number_is_a_row_and_asked_in_words(tmp_path):
    text = "通报\n福寿院出口上锁,罚款2万元。\n和顺院受到表扬。\n"

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": [n for n in ("福寿院", "和顺院") if n in asked.text]}
        return {"value": "未整改" if "整改情况" in asked.text else None}

    summary, _ = told_rows(text, tmp_path, find=find, member={}, sort={})
    assert [(home.name, home.state) for home in summary.homes] == [("福寿院", "未整改")]


@pytest.mark.parametrize("said", [{}, {"<think>": -0.01}])
def test_a_first_token_that_is_no_choice_says_neither_what_a_name_is_nor_a_field(tmp_path, said):
    text = "通报\n福寿院出口上锁,罚款2万元。\n"

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["福寿院"]}
        return {"value": "未整改" if "整改情况" in asked.text else None}

    summary, _ = told_rows(text, tmp_path, find=find, member=said, sort=said)
    [home] = summary.homes
    assert (home.state, home.fined, home.fine.text) == ("未整改", None, "2万元")


def test_a_list_with_a_judge_of_its_own_is_asked_for_as_whole_items(tmp_path):
    judge = '+++\nsystem = "判断"\nchoices = ["是", "否"]\n+++\n{{ text }}\n'
    (tmp_path / "judge.homes.homes.v1.jinja").write_text(judge, encoding="utf-8")
    _, fake = told_rows("通报\n福寿院出口上锁。\n", tmp_path)
    assert {q.family for q in fake.history} == {"judge", "items"}


def test_what_is_said_of_a_name_is_asked_of_its_own_clauses(tmp_path):
    """An office with its fault, two in a sentence: the second was given what the first did."""
    source = TOLD.replace('key="name"', 'key=("name", "what")').replace(
        "    leader:", '    what: str = ask("什么问题", max_length=20)\n    leader:'
    )

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["福寿院", "和顺院"]}
        return {"value": asked.text.splitlines()[-1] if "什么问题" in asked.text else None}

    text = "通报\n福寿院出口上锁,罚款2万元,和顺院没有水源,罚款3万元。\n"
    summary, fake = told_rows(text, tmp_path, source=source, find=find)
    assert [(one.name, one.what, one.fine.text) for one in summary.homes] == [
        ("福寿院", "福寿院出口上锁,罚款2万元", "2万元"),
        ("和顺院", "和顺院没有水源,罚款3万元", "3万元"),
    ]
    assert not fake.asked("items")


def test_what_is_looked_for_elsewhere_is_chosen_there_for_a_row(tmp_path):
    source = TOLD.replace('ask("整改情况")', 'ask("整改情况", where="整改")').replace(
        '"未整改"] =', '"未整改"] | None ='
    )
    text = "通报\n一、问题\n福寿院出口上锁。\n二、整改\n福寿院已经打开出口。\n"
    member = {"福寿院出口上锁。": YES, "福寿院已经打开出口。": NO}
    summary, fake = told_rows(
        text, tmp_path, source=source, member=lambda asked: member[asked.text.splitlines()[-6]]
    )
    [home] = summary.homes
    assert home.state == "已整改"
    told = [q.text for q in fake.asked("sort") if "整改情况" in q.text]
    assert ["福寿院已经打开出口。" in one for one in told] == [True]


@pytest.mark.parametrize(
    ("said", "found"), [(None, []), ("福寿院", []), ("出口上锁", ["出口上锁"])]
)
def test_a_row_without_words_that_it_cannot_do_without_is_left_out_and_told(tmp_path, said, found):
    source = TOLD.replace(
        "    leader:", '    what: str = ask("什么问题", max_length=20)\n    leader:'
    )

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["福寿院"]}
        return {"value": said if "福寿院:什么问题" in asked.text else None}

    text = "通报\n福寿院出口上锁,罚款2万元。\n"
    summary, fake = told_rows(text, tmp_path, source=source, find=find)
    assert [home.what for home in summary.homes] == found
    asked = [q.text.splitlines()[0] for q in fake.asked("find") if "什么问题" in q.text]
    assert asked == ["要找:what(什么问题)", "要找:what(福寿院:什么问题)"]
    told = [one.message for one in summary.issues if one.code in ("item_dropped", "numbers_left")]
    assert [any(words in one for one in told) for words in ("福寿院", "2万元")] == 2 * [not found]


@pytest.mark.parametrize(
    ("text", "other", "member", "found"),
    [
        ("福寿院出口上锁,经消防队检查,罚款2万元。", "消防队", [YES, NO], "2万元"),
        ("福寿院出口上锁,县医院被罚款7万元。", "县医院", [YES, NO], None),
        ("福寿院出口上锁,2.县医院被罚款7万元。", "县医院", [YES, NO], None),
        ("消防队、福寿院分别罚款3万元、5万元。", "消防队", [NO, YES], None),
        ("福寿院、消防队分别罚款3万元、5万元。", "消防队", [YES, NO], None),
        ("福寿院,罚款2万元,限期整改。", "罚款2万元", [YES], "2万元"),
    ],
)
def test_the_numbers_behind_what_is_no_row_are_the_last_rows_but_those_of_its_own_clause(
    tmp_path, text, other, member, found
):
    summary, _ = told_rows(f"通报\n{text}\n", tmp_path, names=["福寿院", other], member=member)
    [home] = summary.homes
    assert (home.name, home.fine and home.fine.text) == ("福寿院", found)
    told = [issue.message for issue in summary.issues]
    assert any("in no item" in one for one in told) == (found is None)
    assert any("whose the numbers are" in one for one in told) == ("分别" in text)


def test_a_day_is_of_no_name_that_is_told_in_one_breath_with_what_is_no_row(tmp_path):
    text = "通报\n6月3日前,消防队、福寿院都要整改。\n"
    summary, _ = told_rows(text, tmp_path, names=["消防队", "福寿院"], member=[NO, YES])
    assert [home.due for home in summary.homes] == [None]


def test_numbers_of_rows_in_one_breath_are_nobodys_and_told_where_words_are_asked(tmp_path):
    summary, _ = told_rows("通报\n福寿院、和顺院分别罚款3万元、5万元。\n", tmp_path)
    assert [(home.name, home.fine) for home in summary.homes] == [
        ("福寿院", None),
        ("和顺院", None),
    ]
    assert any("福寿院、和顺院" in issue.message for issue in summary.issues)


@pytest.mark.parametrize(
    ("text", "fines"),
    [
        ("福寿院出口上锁,和顺院没有水源,罚款3万元。", [None, "3万元"]),
        ("检查发现福寿院出口上锁,和顺院没有水源,罚款3万元。", [None, "3万元"]),
        ("罚款40万元的福寿院未整改,罚款9万元的和顺院未整改。", [None, None]),
        ("福壽院出口上鎖,罰款2萬元,和順院沒有水源,罰款12萬元。", ["2萬元", "12萬元"]),
    ],
)
def test_a_row_has_no_number_that_is_anothers(tmp_path, text, fines):
    source = TOLD.replace('key="name"', 'key=("name", "what")').replace(
        "    leader:", '    what: str = ask("什么问题", max_length=40)\n    leader:'
    )

    def find(asked):
        if "照抄原文,写成列表" in asked.text:
            return {"value": ["福寿院", "和顺院"]}
        return {"value": "出口上锁没有水源" if "什么问题" in asked.text else None}

    summary, _ = told_rows(f"通报\n{text}\n", tmp_path, source=source, find=find)
    found = [one.fine and one.fine.text for one in summary.homes]
    if "的" in text:  # whose is told by words before the names
        assert not any(found)
        assert any(one.code == "numbers_left" for one in summary.issues)
    else:
        assert found == fines


def test_a_person_is_no_row_of_a_list_of_homes(tmp_path):
    text = "检查通报\n福寿养老院院长周明说,出口上锁,罚款2万元。\n"
    summary, _ = told_rows(text, tmp_path, names=("福寿养老院", "周明"))
    assert [(one.name, one.fine.text) for one in summary.homes] == [("福寿养老院", "2万元")]
    assert any("周明 is of another kind" in issue.message for issue in summary.issues)


def test_sentences_that_say_of_whom_by_a_word_for_it_are_the_rows(tmp_path):
    text = (
        "检查通报\n福寿养老院出口上锁。周边都是老楼。这家养老院罚款2万元,5月底前整改。罚款都已缴清。\n"
        "和顺养老院没有水源。全县罚款9万元。\n康乐养老院新建。全市养老院罚款30万元。\n"
        "安泰养老院漏电。县第二医院罚款6万元。该养老院罚款1万元。\n"
    )
    names = ("福寿养老院", "和顺养老院", "康乐养老院", "这家养老院", "安泰养老院")
    summary, _ = told_rows(text, tmp_path, names=names)
    assert [(o.name, o.fine and o.fine.text, o.due and o.due.text) for o in summary.homes] == [
        ("福寿养老院", "2万元", "5月底前"),
        ("和顺养老院", None, None),
        ("康乐养老院", None, None),
        ("安泰养老院", "1万元", None),
    ]
