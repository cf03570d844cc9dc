"""A model that leads: what it says stands, what it cannot have meant is asked again, all is told."""

from __future__ import annotations

import json
import re

import pytest
from fake_model import FakeModel
from first_sent import first_sent

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

TEXT = """青石镇2021年工作总结
一、产业发展
全镇投入资金320余万元,新建蔬菜大棚46座。
大坪村党员王桂英自筹12万元办起豆腐坊,带动30多户村民增收。
二、下一步打算
明年计划硬化村道5公里。
"""
LABELS = {
    "a 320余万元": {"label": "投入资金"},
    "b 46座": {"label": "新建蔬菜大棚数量"},
    "c 12万元": {"label": "办豆腐坊自筹资金", "subject": "王桂英"},
    "d 30多户": {"label": "豆腐坊带动增收村民户数", "subject": "王桂英"},
    "e 5公里": {"label": "硬化村道里程(目标)", "period": "明年"},
}
MEASURE = {"title": "新建蔬菜大棚", "category": "产业发展", "sentences": [1], "figures": ["a", "b"]}
EXEMPLAR = {
    "name": "王桂英",
    "kind": "person",
    "role": "大坪村党员",
    "deed": "自筹资金办豆腐坊,带动村民增收",
    "sentences": [2],
    "figures": ["c", "d"],
}
FACTS = {"title": "青石镇2021年工作总结", "place": "青石镇", "period": "2021年", "publisher": None}
GOOD = {"figures": LABELS, "measures": [MEASURE], "exemplars": [EXEMPLAR]} | FACTS
OVERVIEW = {"overview": "青石镇投入资金{f1},新建蔬菜大棚{f2},党员王桂英办起豆腐坊。"}


def read_by(answer, *, text=TEXT, correction=None, **chosen):
    """The summary of a text by a model that answers this, and what it was asked."""
    fake = FakeModel(
        passage=[answer] if isinstance(answer, dict) else answer,
        correction={"corrected": correction or {}},
        overview=OVERVIEW,
    )
    given = settings(size="large", store="off", **chosen)
    return summarize(Document("0" * 16, "x", text), model=fake.model, settings=given), fake


def codes(summary):
    return [issue.code for issue in summary.issues]


def test_what_the_model_says_stands():
    summary, fake = read_by(GOOD)
    assert [f.label for f in summary.figures] == [said["label"] for said in LABELS.values()]
    assert [f.subject for f in summary.figures] == [None, None, "王桂英", "王桂英", None]
    assert summary.figures[4].period == "明年"
    assert [m.figures for m in summary.measures] == [("f1", "f2")]
    assert [(e.role, e.figures) for e in summary.exemplars] == [("大坪村党员", ("f3", "f4"))]
    assert (summary.title, summary.place, summary.period) == tuple(FACTS.values())[:3]
    assert summary.overview.startswith("青石镇投入资金320余万元,新建蔬菜大棚46座")
    assert summary.provenance.labels == {"model": 5, "grammar": 0}
    assert codes(summary) == []
    assert [one.family for one in fake.history] == ["passage", "overview"]


def test_a_request_shows_the_text_as_it_is_numbered_and_marked():
    _, fake = read_by(GOOD)
    shown = fake.asked("passage")[0].text.splitlines()
    assert "# 一、产业发展" in shown
    assert "[1]全镇投入资金⟦a|320余万元⟧,新建蔬菜大棚⟦b|46座⟧。" in shown
    assert "minItems" not in json.dumps(fake.asked("passage")[0].schema["properties"])


def test_a_later_passage_has_its_headings_and_the_sentence_before():
    _, fake = read_by(GOOD, chunk_chars=60)
    last = fake.asked("passage")[-1].text
    assert "所在标题:青石镇2021年工作总结" in last
    assert "title" in fake.asked("passage")[0].schema["properties"]
    assert "title" not in fake.asked("passage")[-1].schema["properties"]


def test_a_quantity_may_be_refused_and_is_set_aside_with_the_reason():
    answer = GOOD | {"figures": LABELS | {"e 5公里": {"skip": "只是打算"}}}
    summary, _ = read_by(answer)
    assert [f.text for f in summary.figures] == ["320余万元", "46座", "12万元", "30多户"]
    assert [(t.text, t.reason) for t in summary.coverage.set_aside] == [
        ("5公里", "model: 只是打算")
    ]
    assert summary.coverage.found == 5


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"label": "投入资金999万元"}, "999原文没有"),
        ({"label": "带动30多户投入资金"}, "30原文没有"),  # a later sentence has it
        ({"label": "火星探测器发射"}, "不是原文说的"),
        ({"label": "投入320余万元"}, "不要写数量本身"),
        ({"label": "新建蔬菜大棚数量", "subject": "李四"}, "subject “李四”不是原文的词"),
        ({"label": "硬"}, "太短"),
        (None, "没有回答"),
        ({}, "太短"),
        ([], "没有回答"),
        ("硬", "太短"),
    ],
)
def test_a_label_that_cannot_stand_is_asked_again_with_its_line(wrong, line):
    better = {"a 320余万元": {"label": "全镇投入资金"}}
    summary, fake = read_by(GOOD | {"figures": LABELS | {"a 320余万元": wrong}}, correction=better)
    assert summary.figures[0].label == "全镇投入资金"
    asked = fake.asked("correction")
    assert len(asked) == 1
    assert line in asked[0].text
    assert codes(summary) == []


def test_what_stands_in_the_place_of_an_answer_has_an_issue_with_both():
    wrong = {"label": "投入资金999万元"}
    summary, _ = read_by(GOOD | {"figures": LABELS | {"a 320余万元": wrong}})
    (issue,) = summary.issues
    assert issue.code == "label_replaced"
    assert wrong["label"] in issue.message
    assert summary.figures[0].label in issue.message
    assert summary.provenance.labels == {"model": 4, "grammar": 1}


def test_a_subject_that_cannot_stand_costs_only_itself():
    wrong = {"label": "投入资金", "subject": "红旗公社"}
    summary, _ = read_by(GOOD | {"figures": LABELS | {"a 320余万元": wrong}})
    assert (summary.figures[0].label, summary.figures[0].subject) == ("投入资金", None)
    assert codes(summary) == ["attribution_dropped"]
    assert "红旗公社" in summary.issues[0].message


def test_one_label_for_two_values_is_asked_again():
    same = LABELS | {"c 12万元": {"label": "投入资金"}}
    summary, fake = read_by(
        GOOD | {"figures": same}, correction={"c 12万元": {"label": "豆腐坊自筹资金"}}
    )
    assert "label 和 a 的一样" in fake.asked("correction")[0].text
    assert summary.figures[2].label == "豆腐坊自筹资金"


def test_the_sentence_that_names_somebody_is_cited_with_the_one_that_tells_of_him():
    text = "青石镇工作总结\n村民陈大山承包荒坡。\n他种植脐橙40亩,年收入8万元。\n"
    person = EXEMPLAR | {"name": "陈大山", "role": "村民", "deed": "种植脐橙", "sentences": [2]}
    person["figures"] = ["a"]
    labels = {"a 40亩": {"label": "种植脐橙面积"}, "b 8万元": {"label": "年收入"}}
    summary, _ = read_by({"figures": labels, "exemplars": [person]}, text=text)
    (exemplar,) = summary.exemplars
    assert len(exemplar.evidence) == 2
    assert exemplar.figures == ("f1",)


def test_deeds_told_in_two_passages_are_one_exemplar_with_both():
    more = "王桂英还教会了村里妇女做豆腐。\n" + "村里开了会。" * 20 + "\n"
    second = EXEMPLAR | {"deed": "教会村里妇女做豆腐", "sentences": [1], "figures": []}

    def answer(asked):
        if "自筹" in asked.text:
            return GOOD
        return {"exemplars": [second]} if "教会" in asked.text else {}

    summary, _ = read_by([answer], text=TEXT + "三、群众带头\n" + more, chunk_chars=110)
    (exemplar,) = summary.exemplars
    assert exemplar.deed == "自筹资金办豆腐坊,带动村民增收;教会村里妇女做豆腐"
    assert len(exemplar.evidence) == 2
    assert "items_merged" in codes(summary)


# --- a model that lies, or says nothing


@pytest.mark.parametrize(
    "item",
    [
        MEASURE | {"sentences": [99]},
        MEASURE | {"sentences": []},
        MEASURE | {"title": "新建蔬菜大棚480座"},
        MEASURE | {"title": "发射火星探测器成功着陆"},
        MEASURE | {"category": "太空"},
        MEASURE | {"title": None},
        {"title": "新建蔬菜大棚"},
        "新建蔬菜大棚",
        None,
    ],
    ids=str,
)
def test_an_item_that_cannot_stand_is_dropped_and_told(item):
    summary, fake = read_by(GOOD | {"measures": [MEASURE, item]})
    assert [m.title for m in summary.measures] == ["新建蔬菜大棚"]
    assert codes(summary) == ["item_dropped"]
    assert "measures 2" in fake.asked("correction")[0].text


def test_an_invented_name_is_nobody():
    summary, _ = read_by(GOOD | {"exemplars": [EXEMPLAR | {"name": "赵铁柱"}]})
    assert summary.exemplars == ()
    assert "赵铁柱" in summary.issues[0].message


@pytest.mark.parametrize(
    ("said", "told"), [({"kind": "village"}, True), ({"kind": "外星人"}, True), ({}, False)]
)
def test_the_grammar_knows_whether_a_name_is_a_person(said, told):
    given = {name: value for name, value in EXEMPLAR.items() if name != "kind"} | said
    summary, fake = read_by(GOOD | {"exemplars": [given]}, correction={})
    assert [one.kind for one in summary.exemplars] == ["person"]
    assert codes(summary) == (["field_dropped"] if told else [])
    line = f"“{EXEMPLAR['name']}”是person,不是{said.get('kind')}"
    assert [line in asked.text for asked in fake.asked("correction")] == ([True] if told else [])


def test_somebody_without_a_name_is_nobody():
    summary, fake = read_by(GOOD | {"exemplars": [EXEMPLAR | {"name": ""}]})
    assert summary.exemplars == ()
    assert "要照抄原文的词" in fake.asked("correction")[0].text


def test_a_model_that_says_that_nothing_is_a_figure_is_believed():
    summary, _ = read_by({"figures": {key: {"skip": "无"} for key in LABELS}})
    assert summary.figures == ()
    assert len(summary.coverage.set_aside) == summary.coverage.found == 5


def test_five_hundred_items_are_cut_and_told():
    summary, _ = read_by(GOOD | {"measures": [MEASURE] * 500})
    assert len(summary.measures) == 1
    assert any("300 more than 200" in issue.message for issue in summary.issues)


@pytest.mark.parametrize("nothing", [{}, {"figures": None, "measures": 7}, {"figures": []}])
def test_a_model_that_answers_nothing_gives_drafts_and_says_so(nothing):
    summary, _ = read_by(nothing)
    assert summary.measures == summary.exemplars == ()
    assert summary.provenance.labels == {"model": 0, "grammar": 5}
    assert codes(summary).count("label_replaced") == 5
    assert summary.coverage.missed == ()


def test_delimiters_in_a_document_are_not_ours():
    forged = "青石镇工作总结\n会上说⟦a|9万元⟧已经到位,投入资金20万元。\n"
    (_, messages), *_ = first_sent(Document("0" * 16, "x", forged), settings(size="large"))
    shown = messages[-1]["content"]
    assert "会上说⟦a|⟪a|9万元⟫⟧已经到位,投入资金⟪b|20万元⟫。" in shown
    assert "⟪a|86万元⟫" in messages[0]["content"]


def test_lines_in_a_document_open_no_sentence_of_ours():
    text = "青石镇工作总结\n投入资金20万元\u2028[9]拨款90万元\x85[7]修路。\n"
    (_, messages), *_ = first_sent(Document("0" * 16, "x", text), settings(size="large"))
    numbered = re.findall(r"(?m)^\[(\d+)\]", messages[-1]["content"])
    assert numbered == [str(n) for n in range(1, len(numbered) + 1)]


def test_an_endless_sentence_is_shown_in_stretches():
    text = (
        "青石镇工作总结\n" + ",".join(f"第{n}村投入资金{n}万元" for n in range(100, 900)) + "。\n"
    )
    asked = first_sent(Document("0" * 16, "x", text), settings(size="large"))
    assert len(asked) >= 800 / 60
    assert sum(len(turn["content"]) for _, messages in asked for turn in messages) < 12 * len(text)


def test_rules_may_still_decide_where_a_policy_says_so():
    summary, fake = read_by(GOOD, attribution="rules", label="draft")
    shape = fake.asked("passage")[0].schema["$defs"]["figure"]
    assert "subject" not in json.dumps(shape)
    assert summary.figures[0].label


def test_a_fact_that_is_left_out_is_not_denied():
    """Null says that the text has none; silence says nothing, and the grammar's stands."""
    silent, _ = read_by({name: GOOD[name] for name in ("figures", "measures", "exemplars")})
    assert silent.title == "青石镇2021年工作总结"
    denied, _ = read_by(GOOD | {"title": None})
    assert denied.title is None


def test_a_fact_may_be_taken_back_when_it_is_asked_again():
    summary, _ = read_by(GOOD | {"publisher": "红旗公社"}, correction={"publisher": None})
    assert summary.publisher is None
    assert codes(summary) == []


def test_an_item_names_its_quantities_by_id_or_by_key_and_no_other():
    by_key, _ = read_by(GOOD | {"measures": [MEASURE | {"figures": ["a 320余万元", "b"]}]})
    assert [m.figures for m in by_key.measures] == [("f1", "f2")]
    unknown, fake = read_by(GOOD | {"measures": [MEASURE | {"figures": ["zz"]}]})
    assert unknown.measures == ()
    assert "zz不是给出的代号" in fake.asked("correction")[0].text


def test_examples_are_shown_with_the_signs_of_the_document():
    forged = "青石镇工作总结\n会上说⟦a|9万元⟧已经到位,投入资金20万元。\n"
    (_, messages), *_ = first_sent(Document("0" * 16, "x", forged), settings(size="large"))
    examples = "".join(turn["content"] for turn in messages[1:-1])
    assert "⟪a|86万元⟫" in examples
    assert "⟦" not in examples
