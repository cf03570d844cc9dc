"""Picks of a leading model: what a rule can know is refused, what passages say is settled, told."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.documents.parsed import parse
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.fields import field_faults
from summarizer.engine.verify.source import Source
from summarizer.pipeline import summarize
from summarizer.render.amount import amount
from summarizer.types import Document

SCHEMAS = Path(__file__).parent / "data" / "schemas"
REPORT = """政府工作报告
——2024年1月10日在临湖县第十八届人民代表大会第三次会议上
一、2023年工作回顾
2023年,全县实现地区生产总值165.2亿元,同比增长6.5%;城镇新增就业3120人。
2022年地区生产总值为150.1亿元,增长5.0%,新建学校3所。
全省生产总值10万亿元,增长4.5%。五年累计地区生产总值700亿元。
二、2024年工作目标
今年的主要预期目标是:地区生产总值增长7%左右,达到180亿元,城镇新增就业3000人以上。
"""
GOOD = {
    "gdp": "a 165.2亿元",
    "gdp_growth": "b 6.5%",
    "gdp_goal": "k 7%左右",
    "jobs": "c 3120人",
    "title": None,
    "place": "临湖县",
    "period": "2023年",
    "publisher": None,
}


def read_by(answers, *, text=REPORT, schema="indicators", correction=None, settle=None, **chosen):
    fake = FakeModel(
        passage=answers if isinstance(answers, list) else [answers],
        correction={"corrected": correction or {}},
        settle=settle if isinstance(settle, BaseException) else (settle or {}),
    )
    given = settings(size="large", store="off", **chosen)
    path = str(SCHEMAS / f"{schema}.py")
    document = Document("0" * 16, "x", text)
    return summarize(document, model=fake.model, schema=path, settings=given), fake


SOURCE = Source(parse(Document("0" * 16, "x", REPORT)))


def codes(summary):
    return [issue.code for issue in summary.issues]


def test_a_field_s_number_is_the_grammar_s():
    summary, fake = read_by(GOOD)
    assert (summary.gdp.value, summary.gdp.unit) == (Decimal(16520000000), "元")
    assert summary.gdp_growth.value == Decimal("6.5")
    assert (summary.gdp_goal.value, summary.gdp_goal.bound) == (Decimal(7), "about")
    assert (summary.jobs.value, summary.jobs.text) == (Decimal(3120), "3120人")
    assert codes(summary) == []
    assert [one.family for one in fake.history] == ["passage"], (
        "no labels, no overview: one request"
    )
    assert summary.provenance.labels["model"] == 0
    assert summary.overview == ""
    written = json.loads(summary.model_dump_json())
    assert written["gdp"]["value"] == "16520000000"
    assert REPORT[slice(*written["gdp"]["span"].values())] == "165.2亿元"


def test_a_request_offers_the_keys_of_the_kind_and_null():
    _, fake = read_by(GOOD)
    asked = fake.asked("passage")[0]
    offered = asked.schema["$defs"]
    keys = offered[offered["own1"]["anyOf"][0]["$ref"].rpartition("/")[2]]["enum"]
    assert keys == ["a 165.2亿元", "d 150.1亿元", "g 10万亿元", "j 700亿元", "l 180亿元"]
    assert offered["own1"]["anyOf"][1] == {"type": "null"}
    people = offered[offered["own4"]["anyOf"][0]["$ref"].rpartition("/")[2]]["enum"]
    assert people == ["c 3120人", "m 3000人以上"], "学校3所 is no 人"
    assert "figures" not in asked.schema["properties"]
    assert "只要2023年的" in asked.messages[0]["content"]


@pytest.mark.parametrize(
    ("field", "answer", "line"),
    [
        ("gdp", "d 150.1亿元", "是2022年的数,要的是2023年的"),
        ("gdp_growth", "e 5.0%", "是2022年的数"),
        ("gdp", "g 10万亿元", "是全省的数"),
        ("gdp_growth", "h 4.5%", "是全省的数"),
        ("gdp", "l 180亿元", "是2024年的数"),
        ("gdp", "j 700亿元", "是几年累计的数"),
        ("gdp_goal", "b 6.5%", "是2023年的数,要的是2024年的"),
        ("gdp", "b 6.5%", "不是要的那种数量"),
        ("jobs", "f 3所", "不是要的那种数量(单位人)"),
        ("gdp", "165.2亿元", "不是给出的代号"),
        ("gdp", {"value": 165.2}, "不是给出的代号"),
        ("gdp", "zz 3", "不是给出的代号"),
    ],
)
def test_a_pick_that_a_rule_knows_to_be_wrong_is_refused_in_one_line(field, answer, line):
    summary, fake = read_by(GOOD | {field: answer}, correction={field: GOOD[field]})
    asked = fake.asked("correction")[0]
    assert line in asked.text
    assert getattr(summary, field).text == GOOD[field].partition(" ")[2]
    assert "own" in json.dumps(asked.schema["properties"]["corrected"])
    stubborn, _ = read_by(GOOD | {field: answer}, correction={field: answer})
    assert getattr(stubborn, field) is None
    assert codes(stubborn) == ["field_dropped"]
    assert line in stubborn.issues[0].message


@pytest.mark.parametrize("nothing", ["无", "没有", "null", " None ", ""])
def test_a_field_may_be_said_to_be_missing_in_words(nothing):
    summary, fake = read_by(GOOD | {"gdp": nothing})
    assert (summary.gdp, codes(summary), fake.asked("correction")) == (None, [], [])


def test_a_field_may_be_taken_back():
    summary, _ = read_by(GOOD | {"gdp": "d 150.1亿元"}, correction={"gdp": None})
    assert summary.gdp is None


TWICE = """临湖县2024年政府工作报告
地区生产总值165.2亿元,增长6.5%。

全县经济平稳运行。

二、主要数据
地区生产总值{second},城镇新增就业3120人。
"""
NOTHING = dict.fromkeys(GOOD)


def read_twice(second, **more):
    first = NOTHING | {"gdp": "a 165.2亿元"}
    text = TWICE.format(second=second)
    again = NOTHING | {"gdp": f"a {second}"}
    return read_by([first, again], text=text, chunk_chars=40, **more)


def test_passages_that_agree_are_not_asked_about():
    summary, fake = read_twice("165.2亿元")
    assert [one.family for one in fake.history] == ["passage", "passage"]
    assert summary.gdp.text == "165.2亿元"
    assert len(summary.gdp.also_at) == 1
    assert codes(summary) == []


@pytest.mark.parametrize(
    ("settle", "stands"),
    [
        ({"gdp": "2 160亿元"}, "160亿元"),
        ({"gdp": "1"}, "165.2亿元"),
        ({"gdp": None}, None),
    ],
)
def test_passages_that_contradict_are_settled_by_one_request_and_told(settle, stands):
    summary, fake = read_twice("160亿元", settle=settle)
    (asked,) = fake.asked("settle")
    assert "1 165.2亿元" in asked.text
    assert "二、主要数据 > 地区生产总值160亿元" in asked.text
    assert (summary.gdp.text if summary.gdp else None) == stands
    conflicts = [i for i in summary.issues if i.code == "field_conflict"]
    assert len(conflicts) == (1 if stands else 2)
    assert all(i.severity == "warning" and i.ref for i in conflicts)
    assert "160亿元" in conflicts[-1].message


@pytest.mark.parametrize("settle", ["no json", {"gdp": "7 1亿元"}, {"gdp": "2 165.2亿元"}])
def test_a_settling_answer_that_is_no_use_leaves_the_first_and_is_told(settle):
    summary, _ = read_twice("160亿元", settle=settle, reasks=0)
    assert summary.gdp.text == "165.2亿元"
    assert codes(summary)[:2] == ["field_unsettled", "field_conflict"]


@pytest.mark.parametrize(
    "said",
    ["a", "a 165.2 億元", "a 165.2", "a 150.1亿元", "a 1165.2亿元", "a 165.2万元", "b 165.2亿元"],
)
def test_words_behind_a_key_that_are_another_number_s_are_asked_again(said):
    is_key = said in ("a", "a 165.2 億元", "a 165.2")
    summary, fake = read_by(GOOD | {"gdp": said})
    assert (summary.gdp.text if summary.gdp else None) == ("165.2亿元" if is_key else None)
    assert codes(summary) == ([] if is_key else ["field_dropped"])
    asked = [one.text for one in fake.asked("correction")]
    assert [f"“{said}”" in text for text in asked] == ([] if is_key else [True])


def test_a_year_is_no_key_of_a_month_in_it(tmp_path):
    """`A 2024年6月` with A before 2024年 alone gave the whole year."""
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import *\n"
        "class S(Summary, labels=False, overview=False):\n    '要的'\n"
        "    day: Day | None = ask('建成的日期')\n",
        encoding="utf-8",
    )
    fake = FakeModel(
        passage={"day": "B 2024年6月"}, correction={"corrected": {"day": "C 2024年6月"}}
    )
    text = "临湖县工作总结\n2023年检修。\n2024年投产,2024年6月建成。\n"
    chosen = settings(size="large", store="off", schema=str(path))
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    assert "⟦B|2024年⟧投产,⟦C|2024年6月⟧建成" in fake.asked("passage")[0].text
    assert (summary.day.text, str(summary.day.start)) == ("2024年6月", "2024-06-01")


def test_only_passages_with_a_place_of_the_kind_are_asked():
    text = TWICE.format(second="略") + "\n".join(f"{n}、要厉行节约,反对浪费。" for n in "甲乙丙丁")
    _, fake = read_by([NOTHING], text=text, chunk_chars=40)
    assert len(fake.asked("passage")) == 2


AUDIT = """临湖县2023年度审计工作报告
一、审计发现的问题
县水务局滞留专项资金86万元。县民政局多发补助3万元。
县教育局未按规定招标。
"""


def problem(who, what, amount, sentence, **more):
    return {
        "who": who,
        "what": what,
        "amount": amount,
        "status": None,
        "deadline": None,
        "sentences": [sentence],
        "figures": [],
    } | more


def test_an_item_has_its_picks_with_their_evidence():
    label = {"label": "滞留资金"}, {"label": "多发补助"}
    answer = {
        "figures": dict(zip(("a 86万元", "b 3万元"), label, strict=True)),
        "problems": [
            problem("县水务局", "滞留专项资金", "a 86万元", 1),
            problem("县民政局", "多发补助", "b", 2),
            problem("县教育局", "未按规定招标", None, 3),
        ],
    }
    summary, _ = read_by(answer, text=AUDIT, schema="audit", overview="extract")
    assert [p.amount and p.amount.text for p in summary.problems] == ["86万元", "3万元", None]
    assert [p.figures for p in summary.problems] == [("f1",), ("f2",), ()]
    assert summary.problems[0].amount.evidence == summary.problems[0].evidence[0]
    assert codes(summary) == []


def test_items_that_say_one_sum_at_two_places_are_one_and_it_is_told():
    text = AUDIT + "县水务局滞留专项资金86万元,正在整改。\n"
    label = {"label": "滞留资金"}
    answer = {
        "figures": {"a 86万元": label, "b 3万元": {"label": "多发补助"}, "c 86万元": label},
        "problems": [
            problem("县水务局", "滞留专项资金", "a 86万元", 1),
            problem("县水务局", "滞留专项资金", "c 86万元", 4, status="部分整改"),
        ],
    }
    summary, _ = read_by(answer, text=text, schema="audit", overview="extract")
    (one,) = summary.problems
    assert (one.amount.text, one.status) == ("86万元", "部分整改")
    assert len(one.evidence) == 2
    assert "items_merged" in codes(summary)


STATS = """临湖县2023年国民经济和社会发展统计公报
全年第一产业增加值45.6亿元,增长3.1%;第二产业增加值60亿元,下降2.5%;粮食产量20万吨,与上年持平;油料产量3.2万吨。
"""


def stat(name, value, growth):
    return {"name": name, "value": value, "growth": growth, "sentences": [1], "figures": []}


def read_stats(*stats, **more):
    labels = {
        key: {"label": label}
        for key, label in {
            "a 45.6亿元": "第一产业增加值",
            "b 3.1%": "第一产业增加值增长",
            "c 60亿元": "第二产业增加值",
            "d 2.5%": "第二产业增加值下降",
            "e 20万吨": "粮食产量",
            "f 3.2万吨": "油料产量",
        }.items()
    }
    answer = {"figures": labels, "stats": list(stats)}
    return read_by(answer, text=STATS, schema="bulletin", overview="extract", **more)


def test_a_change_has_the_sign_of_its_clause():
    summary, _ = read_stats(
        stat("第一产业增加值", "a 45.6亿元", "b 3.1%"),
        stat("第二产业增加值", "c 60亿元", "d 2.5%"),
        stat("粮食产量", "e 20万吨", "A 持平"),
        stat("油料产量", "f 3.2万吨", None),
    )
    changes = [s.growth and (s.growth.value, s.growth.direction) for s in summary.stats]
    assert changes == [
        (Decimal("3.1"), "增长"),
        (Decimal("-2.5"), "下降"),
        (Decimal(0), "持平"),
        None,
    ]
    assert codes(summary) == []


def test_a_number_whose_clause_has_no_direction_is_no_change():
    wrong = stat("油料产量", "e 20万吨", "f 3.2万吨")
    summary, fake = read_stats(wrong, correction={"stats 1": wrong | {"growth": None}})
    assert "旁边没有增长或下降的词" in fake.asked("correction")[0].text
    assert summary.stats[0].growth is None


def test_a_change_that_is_denied_is_none():
    text = STATS.replace("下降", "没有下降")
    wrong = stat("第二产业增加值", "c 60亿元", "d 2.5%")
    answer = {"figures": {}, "stats": [wrong]}
    fixed = {"stats 1": wrong | {"growth": None}}
    summary, fake = read_by(answer, text=text, schema="bulletin", correction=fixed)
    assert "前面说的是没有增长或下降" in fake.asked("correction")[0].text
    assert summary.stats[0].growth is None


@pytest.mark.parametrize(
    ("said", "unit", "shown"),
    [
        ("人民币3000万元", "元", "30,000,000 元"),
        ("港币3000万元", "港元", "30,000,000 港元"),
        ("美元3000万元", "美元", "30,000,000 美元"),
        ("港币3000万元至5000万元", "港元", "30,000,000–50,000,000 港元"),
    ],
)
def test_a_currency_before_a_sum_is_its_unit(tmp_path, said, unit, shown):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import *\n"
        "class S(Summary, labels=False, overview=False):\n    '要的'\n"
        "    capital: Money | None = ask('注册资本')\n"
        "    yuan: Money['元'] | None = ask('注册资本')\n",
        encoding="utf-8",
    )
    text = f"临湖县工作总结\n注册资本{said}。\n"
    answer = {"capital": "a", "yuan": "a"}
    summary, _ = read_by(answer, text=text, schema=path.with_suffix(""))
    assert (summary.capital.unit, amount(summary.capital)) == (unit, shown)
    assert (summary.yuan is not None) == (unit == "元")
    assert "error" not in [issue.severity for issue in summary.issues]


DUTIES = """关于做好2024年春耕生产工作的通知
县农业农村局、县财政局要在2024年3月底前拨付补贴资金200万元。
各乡镇要每月5日前报送进度,收到资金后30日内发放到户,年底前完成验收。
"""


def duty(who, task, due, sums, sentence):
    return {
        "who": who,
        "task": task,
        "force": "必须",
        "due": due,
        "sums": sums,
        "sentences": [sentence],
        "figures": [],
    }


def test_deadlines_are_picked_and_told_against_the_report_s_year():
    answer = {
        "figures": {"a 200万元": {"label": "补贴资金"}, "b 30日": {"label": "收到资金后发放到户"}},
        "duties": [
            duty(["县农业农村局", "县财政局"], "拨付补贴资金", "B 2024年3月底前", ["a"], 1),
            duty(["各乡镇"], "报送进度", "C", [], 2),
            duty(["各乡镇"], "发放到户", "b 30日", [], 2),
            duty(["各乡镇"], "完成验收", "D 年底前", [], 2),
        ],
    }
    summary, fake = read_by(answer, text=DUTIES, schema="duties", overview="extract")
    assert "⟦C|每月5日前⟧" in fake.asked("passage")[0].text
    due = [(d.due.text, d.due.end, d.due.bound, d.due.derived) for d in summary.duties]
    assert due == [
        ("2024年3月底前", "2024-03-31", "at_most", False),
        ("每月5日前", None, "at_most", False),
        ("30日内", None, "at_most", False),
        ("年底前", "2024-12-31", "at_most", True),
    ]
    assert [[q.text for q in d.sums] for d in summary.duties] == [["200万元"], [], [], []]
    assert summary.duties[0].who == ["县农业农村局", "县财政局"]
    assert codes(summary) == []


@pytest.mark.parametrize(
    ("who", "sums", "kept"),
    [
        (["县农业农村局", "县农业农村局"], ["a", "a"], (["县农业农村局"], ["200万元"])),
        (["县农业农村局", "县民政局"], ["a"], (["县农业农村局"], ["200万元"])),
        (["县农业农村局"], ["B 2024年3月底前"], (["县农业农村局"], [])),
        (["县农业农村局"], ["a", "z 9亿元"], (["县农业农村局"], ["200万元"])),
    ],
    ids=["twice", "a name that stands nowhere", "a key of another kind", "a key there is none of"],
)
def test_of_a_list_in_an_item_what_cannot_stand_is_dropped_alone(who, sums, kept):
    answer = {
        "figures": {"a 200万元": {"label": "补贴资金"}},
        "duties": [duty(who, "拨付补贴资金", None, sums, 1)],
    }
    summary, _ = read_by(
        answer, text=DUTIES, schema="duties", overview="extract", correction={"duties 1": None}
    )
    [one] = summary.duties
    assert (one.who, [pick.text for pick in one.sums]) == kept


@pytest.mark.parametrize("again", [None, [1, 2]])
def test_a_number_of_a_sentence_that_is_not_cited_is_asked_about_again(again):
    """The sentence of another office became evidence of the item, and its sum the item's."""
    one = duty(["各乡镇"], "报送进度", None, ["a"], 2)
    summary, fake = read_by(
        {"figures": {"a 200万元": {"label": "补贴资金"}}, "duties": [one]},
        text=DUTIES,
        schema="duties",
        overview="extract",
        correction={"duties 1": again and one | {"sentences": again}},
    )
    assert "“200万元”不在所引的句子里" in fake.asked("correction")[0].text
    [found] = summary.duties
    assert [pick.text for pick in found.sums] == (["200万元"] if again else [])
    assert ("field_dropped" in codes(summary)) == (again is None)


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("增长超过5%", 5, "over"),
        ("下降超过5%", -5, "under"),
        ("下降3%以上", -3, "at_most"),
        ("下降不超过2%", -2, "at_least"),
        ("下降近三成", -30, "over"),
        ("下降约5%", -5, "about"),
        ("下降5%~8%", -8, "range"),
    ],
)
def test_the_bound_of_a_fall_is_turned_with_its_sign(text, value, bound):
    key = f"a {text.removeprefix('下降').removeprefix('增长')}"
    answer = {"figures": {key: {"label": "出口额"}}, "stats": [stat("出口", None, key)]}
    summary, _ = read_by(answer, text=f"青溪县2024年公报\n出口{text}。\n", schema="bulletin")
    (one,) = summary.stats
    assert (one.growth.value, one.growth.bound) == (value, bound)
    assert "error" not in [issue.severity for issue in summary.issues]


def test_words_of_the_source_may_not_be_cut_inside_a_number():
    wrong = stat("5.6亿元,增长", None, None)
    _, fake = read_stats(wrong, correction={"stats 1": None})
    assert "不在所引的句子里" in fake.asked("correction")[0].text


def test_words_of_the_source_may_not_be_a_quantity_and_nothing_else():
    _, fake = read_stats(stat("45.6亿元", None, None), correction={"stats 1": None})
    assert "“45.6亿元”只是一个数" in fake.asked("correction")[0].text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": Decimal(16520000001)}, "second_reader"),
        ({"kind": "count"}, "pick_kind"),
        ({"span": (0, 3)}, "pick_outside"),
        ({"evidence": {"span": (52, 85), "quote": "2023年,全县"}}, "span_broken"),
        ({"text": "265.2亿元"}, "pick_changed"),
        ({"unit": "美元"}, "pick_changed"),
        ({"bound": "at_least"}, "pick_changed"),
        ({"base_value": Decimal(1)}, "pick_changed"),
        ({"also_at": ((0, 6),)}, "pick_changed"),
        ({"also_at": ((96, 103),)}, "pick_changed"),
    ],
)
def test_what_was_changed_afterwards_does_not_pass_the_proof(change, code):
    summary, _ = read_by(GOOD)
    schema = load_schema(str(SCHEMAS / "indicators.py"))
    written = summary.model_dump()
    assert not list(field_faults(summary, schema, SOURCE))
    broken = summary.model_copy(
        update={"gdp": type(summary.gdp).model_validate(written["gdp"] | _spanned(change))}
    )
    faults = list(field_faults(broken, schema, SOURCE))
    assert code in [issue.code for issue in faults]
    assert all(issue.severity == "error" for issue in faults)


def test_a_unit_of_another_thing_does_not_pass_the_proof():
    summary, _ = read_by(GOOD)
    schema = load_schema(str(SCHEMAS / "indicators.py"))
    schools = summary.jobs.model_copy(update={"unit": "所"})
    faults = list(field_faults(summary.model_copy(update={"jobs": schools}), schema, SOURCE))
    assert [issue.code for issue in faults] == ["pick_changed"]


@pytest.mark.parametrize(
    "change", [{"end": "2025-06-30"}, {"start": None}, {"bound": "exact"}, {"derived": True}]
)
def test_the_days_of_a_date_are_read_again(change):
    second = {"1": None, "3": None}
    second["2"] = {"status": None, "deadline": "A 2024年6月底前", "sentences": [2]}
    summary, _ = read_repaired(second)
    schema = load_schema(str(SCHEMAS / "audit.py"))
    source = Source(parse(Document("0" * 16, "x", REPAIRED)))
    assert not list(field_faults(summary, schema, source))
    one, two, three = summary.problems
    two = two.model_copy(update={"deadline": two.deadline.model_copy(update=change)})
    broken = summary.model_copy(update={"problems": (one, two, three)})
    assert [i.code for i in field_faults(broken, schema, source)] == ["pick_changed"]


def test_a_number_does_not_pass_for_a_standstill():
    text = STATS
    stats = [stat("粮食产量", "e 20万吨", "A 持平")]
    summary, _ = read_stats(*stats)
    schema = load_schema(str(SCHEMAS / "bulletin.py"))
    source = Source(parse(Document("0" * 16, "x", text)))
    assert not list(field_faults(summary, schema, source))
    (one,) = summary.stats
    flat = one.growth.model_copy(
        update={"text": "20万吨", "direction": "20万吨", "span": one.value.span}
    )
    broken = summary.model_copy(update={"stats": (one.model_copy(update={"growth": flat}),)})
    assert [i.code for i in field_faults(broken, schema, source)] == ["pick_changed"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": Decimal(3)}, "pick_value"),
        ({"direction": "猛增", "text": "20万吨"}, "pick_direction"),
    ],
)
def test_a_standstill_that_moves_does_not_pass_the_proof(change, code):
    summary, _ = read_stats(stat("粮食产量", "e 20万吨", "A 持平"))
    assert code in changed_codes(summary, change)


def test_a_fall_that_is_told_as_a_rise_does_not_pass_the_proof():
    summary, _ = read_stats(stat("第二产业增加值", "c 60亿元", "d 2.5%"))
    assert summary.stats[0].growth.value == Decimal("-2.5")
    assert "pick_direction" in changed_codes(summary, {"value": Decimal("2.5")})


def changed_codes(summary, change):
    """What the proof says of the only item when its growth is changed."""
    schema = load_schema(str(SCHEMAS / "bulletin.py"))
    source = Source(parse(Document("0" * 16, "x", STATS)))
    assert not list(field_faults(summary, schema, source))
    (one,) = summary.stats
    growth = one.growth.model_copy(update=change)
    broken = summary.model_copy(update={"stats": (one.model_copy(update={"growth": growth}),)})
    return [issue.code for issue in field_faults(broken, schema, source)]


def _spanned(change):
    """Pairs as spans."""
    if isinstance(change, tuple) and all(isinstance(one, tuple) for one in change):
        return [_spanned(one) for one in change]
    if isinstance(change, tuple):
        return {"start": change[0], "end": change[1]}
    return {n: _spanned(v) for n, v in change.items()} if isinstance(change, dict) else change


REPAIRED = AUDIT + (
    "二、整改情况\n县水务局已将滞留的专项资金全部拨付。县民政局承诺2024年6月底前追回多发的补助。\n"
)
FOUND = [
    problem("县水务局", "滞留专项资金", "a 86万元", 1),
    problem("县民政局", "多发补助", "b", 2),
    problem("县教育局", "未按规定招标", None, 3),
]


def read_repaired(second, problems=FOUND, text=REPAIRED):
    label = {"label": "滞留资金"}, {"label": "多发补助"}
    answer = {
        "figures": dict(zip(("a 86万元", "b 3万元"), label, strict=True)),
        "problems": problems,
    }
    fake = FakeModel(passage=answer, second=second)
    given = settings(size="large", store="off", overview="extract")
    document = Document("0" * 16, "x", text)
    path = str(SCHEMAS / "audit.py")
    return summarize(document, model=fake.model, schema=path, settings=given), fake


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"status": "已整改", "deadline": None, "sentences": [1]}, "说的是别的条目"),
        (["已整改"], "要写成对象"),
    ],
)
def test_a_second_look_does_not_take_what_is_said_of_a_neighbour(said, told):
    summary, _ = read_repaired({"1": None, "2": said, "3": None})
    assert summary.problems[1].status is None
    (issue,) = [one for one in summary.issues if one.code == "second_look_dropped"]
    assert told in issue.message


@pytest.mark.parametrize(
    ("cited", "status"),
    [(3, None), (4, "已整改"), (5, "已整改"), (6, "已整改")],
)
def test_a_second_look_does_not_take_what_is_said_of_another_office(cited, status):
    """县交通局已整改到位 was a proof of another office's state."""
    text = REPAIRED + (
        "县交通局已整改到位。县财政局已收回滞留的资金。县财政局已收回86万元。水务局已整改到位。\n"
    )
    second = {"1": {"status": "已整改", "deadline": None, "sentences": [cited]}, "2": None}
    summary, _ = read_repaired(second, FOUND[:2], text=text)
    assert summary.problems[0].status == status
    told = [one.message for one in summary.issues if one.code == "second_look_dropped"]
    assert ["县交通局已整改到位" in message for message in told] == ([] if status else [True])


def test_merged_items_are_told_in_the_words_of_the_source():
    again = problem("县水务局", "滞留专项资金", "a 86万元", 1, status="部分整改")
    summary, _ = read_repaired({}, [FOUND[0], again])
    (merged,) = [one for one in summary.issues if one.code == "items_merged"]
    assert "县水务局、滞留专项资金、86万元" in merged.message
    assert "Span(" not in merged.message


def test_a_second_look_finds_what_stands_in_other_sections():
    second = {
        "1": {"status": "已整改", "deadline": None, "sentences": [1]},
        "2": {"status": "未整改", "deadline": "A 2024年6月底前", "sentences": [2]},
        "3": None,
    }
    summary, fake = read_repaired(second)
    (asked,) = fake.asked("second")
    assert "2 县民政局:多发补助:3万元\n3 县教育局:未按规定招标\n" in asked.text
    assert "[1]县水务局已将滞留的专项资金全部拨付。" in asked.text
    assert "县教育局未按规定招标" not in asked.text, "only the sections of the word"
    one, two, three = summary.problems
    assert (one.status, two.status, three.status) == ("已整改", "未整改", None)
    assert (two.deadline.end, two.deadline.bound) == ("2024-06-30", "at_most")
    assert [e.quote for e in two.proofs["deadline"]] == [
        "县民政局承诺2024年6月底前追回多发的补助。"
    ]
    assert [e.quote for e in two.evidence] == [
        "县民政局多发补助3万元。",
        "县民政局承诺2024年6月底前追回多发的补助。",
    ]
    assert three.proofs == {}
    assert [i.message for i in summary.issues if i.severity != "info"] == []


def test_a_second_look_shows_by_what_items_differ_however_long_their_words_are(tmp_path):
    """Two of one office and of the same words differ by their sums, which are shown whole."""
    what = "违反规定列支会议费、培训费、差旅费等各项支出" * 3
    body = f"县水务局{what}86万元。县水务局{what}3万元,另押金3200元。\n"
    text = f"临湖县2023年度审计工作报告\n一、发现的问题\n{body}二、整改情况\n均已整改。\n"
    path = tmp_path / "mine.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import *\n"
        "class Problem(Item, key=('who', 'amount')):\n    '问题'\n    who: Verbatim\n"
        "    what: Verbatim\n    amount: Money | None = None\n    more: list[Money] = []\n"
        "    status: Literal['已整改'] | None = ask('整改情况', where='整改')\n"
        "class S(Summary, labels=False, overview=False):\n    '审计'\n"
        "    problems: tuple[Problem, ...] = ()\n",
        encoding="utf-8",
    )
    same = {"who": "县水务局", "what": what, "status": None, "figures": []}
    problems = [
        same | {"amount": "a 86万元", "more": [], "sentences": [1]},
        same | {"amount": "b 3万元", "more": ["c 3200元"], "sentences": [2]},
    ]
    fake = FakeModel(passage={"problems": problems}, second={"1": None, "2": None})
    chosen = settings(size="large", store="off", schema=str(path))
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    assert len(summary.problems) == 2
    (asked,) = fake.asked("second")
    first, second = (line for line in asked.text.splitlines() if "县水务局:" in line)
    assert (first[:7], second[:7]) == ("1 县水务局:", "2 县水务局:")
    assert (first.split(":")[2:], second.split(":")[2:]) == (["86万元"], ["3万元", "3200元"])


def test_what_a_second_look_cannot_prove_is_told():
    second = {
        "1": {"status": "整改了", "deadline": None, "sentences": [1]},
        "2": {"status": None, "deadline": "z 明天", "sentences": [2]},
        "3": {"status": "已整改", "deadline": None, "sentences": [9]},
    }
    summary, _ = read_repaired(second)
    assert [p.status for p in summary.problems] == [None, None, None]
    assert codes(summary).count("second_look_dropped") == 3


def test_a_second_look_is_for_items_that_lack_something():
    whole = [one | {"status": "已整改", "deadline": None} for one in FOUND]
    summary, fake = read_repaired({}, [whole[0] | {"deadline": "A"}])
    assert fake.asked("second") == []
    assert len(summary.problems) == 1


def test_a_second_look_takes_no_date_of_a_sentence_that_it_does_not_cite():
    said = {"status": "已整改", "deadline": "A 2024年6月底前", "sentences": [1]}
    summary, _ = read_repaired({"1": said, "2": None, "3": None})
    assert (summary.problems[0].status, summary.problems[0].deadline) == ("已整改", None)
    (issue,) = [one for one in summary.issues if one.code == "second_look_dropped"]
    assert "“2024年6月底前”不在所引的句子里" in issue.message


def test_a_second_look_without_a_usable_answer_costs_nothing_but_itself():
    summary, _ = read_repaired("no json")
    assert len(summary.problems) == 3
    assert "no_answer" in codes(summary)


def test_a_document_of_short_lines_is_asked_about(tmp_path):
    """Lines without a mark at their end are taken for headings, and no passage was asked about."""
    text = "青溪县2025年政府工作报告\n2024年主要指标\n1.地区生产总值182.6亿元,增长6.3%\n2.城镇新增就业3260人\n"
    summary, fake = read_by(
        {"gdp": "a 182.6亿元", "jobs": "c 3260人"}, text=text, schema="indicators"
    )
    assert len(fake.asked("passage")) == 1
    assert (summary.gdp.text, summary.jobs.text) == ("182.6亿元", "3260人")


TOLD = (
    "from typing import Literal\nfrom summarizer.fields import *\n"
    "class Road(Item, key='name'):\n"
    "    '修的一条路'\n"
    "    name: Verbatim = ask('路名')\n"
    "class S(Summary, labels=False, overview=OVERVIEW):\n    '临湖县一年的账'\n"
    "    gdp: Money | None = ask('生产总值')\n"
    "    jobs: Count['人'] | None = ask('新增就业')\n"
    "    roads: tuple[Road, ...] = ()\n"
)
YEAR = "临湖县2024年工作总结\n全县生产总值达到165.2亿元。\n新增城镇就业3200人。\n投资860万元建成环湖路。\n"


@pytest.mark.parametrize(
    ("named", "lines", "told"),
    [
        ("True", 6, "860万元"),
        ("'gdp'", 2, "165.2亿元"),
        ("['roads']", 2, "860万元"),
        ("('gdp', 'jobs', 'roads')", 6, "860万元"),
        ("('figures',)", 3, "860万元"),
    ],
)
def test_an_overview_tells_of_what_its_class_names(tmp_path, named, lines, told):
    """The model is shown no more, and an extract has no sentence that tells of anything else."""
    path = tmp_path / "own.py"
    path.write_text(TOLD.replace("OVERVIEW", named), encoding="utf-8")
    road = {"name": "环湖路", "sentences": [3], "figures": ["c"]}
    fake = FakeModel(
        passage=[{"gdp": "a 165.2亿元", "jobs": "b 3200人", "roads": [road]}],
        overview={"overview": "临湖县这一年的账算得清清楚楚,没有遗漏。"},
    )
    document = Document("0" * 16, "x", YEAR)
    for way in ("written", "extract"):
        chosen = settings(size="large", store="off", overview=way)
        summary = summarize(document, model=fake.model, schema=str(path), settings=chosen)
    [asked] = fake.asked("overview")
    assert asked.messages[0]["content"].startswith("要的是:临湖县一年的账。")
    facts = asked.text.split("做了什么、谁:\n")[1].replace("数量:\n", "").splitlines()
    assert len(facts) == lines
    others = {"gdp": "165.2亿元", "jobs": "3200人", "roads": "860万元"}
    assert told in summary.overview
    assert lines > 2 or sum(words in summary.overview for words in others.values()) == 1


def test_what_the_summary_says_itself_is_told_to_who_writes_the_overview(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import *\n"
        "class S(Summary, labels=False):\n    'x'\n"
        "    gdp: Money | None = ask('上年地区生产总值,绝对数', year=-1)\n"
        "    head: Verbatim | None = ask('3个重点县之一')\n"
        "    state: Literal['增长', '下降'] | None = ask('经济走势')\n"
        "    jobs: Count | None = ask('新增就业')\n",
        encoding="utf-8",
    )
    said = {"head": "临湖县", "state": "增长"}
    answer = {name: {"value": value, "sentences": [1]} for name, value in said.items()}
    fake = FakeModel(
        passage=[answer | {"gdp": "a 165.2亿元", "jobs": None}],
        overview={"overview": "临湖县上年地区生产总值达到{f1},经济保持增长。"},
    )
    chosen = settings(size="large", store="off")
    summary = summarize(
        Document("0" * 16, "x", REPORT), model=fake.model, schema=str(path), settings=chosen
    )
    [asked] = fake.asked("overview")
    lines = asked.text.splitlines()
    at = lines.index("做了什么、谁:") + 1
    assert lines[at : lines.index("数量:")] == [
        "上年地区生产总值：{f1}",
        "临湖县",
        "经济走势：增长",
    ]
    assert summary.overview == "临湖县上年地区生产总值达到165.2亿元,经济保持增长。"
