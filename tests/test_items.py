"""Items of any schema: what makes two one, whose validators speak, and that nothing is forced."""

import json
from pathlib import Path

import pytest
from fake_model import FakeModel, least

from summarizer.config import Settings
from summarizer.engine.grounding import ungrounded_numbers
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.pipeline import summarize
from summarizer.types import Document

SETTINGS = Settings(store="off", selection="free", choice="own")
HEAD = (
    "from typing import Annotated, Literal\n"
    "from pydantic import Field, field_validator, model_validator\n"
    "from summarizer.types import Item, Summary, Verbatim, ProperName\n"
)
AUDIT = (
    "审计情况通报\n"
    "青山镇水利站虚报项目资金12万元,青山镇水利站挪用项目资金3万元。\n"
    "大坪村村委会虚报项目资金5万元。\n"
)


def schema_of(tmp_path, body, tail="problems: tuple[Problem, ...] = ()"):
    path = tmp_path / "audit.py"
    path.write_text(f"{HEAD}\n{body}\n\nclass Audit(Summary):\n    {tail}\n", encoding="utf-8")
    return str(path)


def answering(*items, sentence="青山镇水"):
    """A model that tells these items of the sentence that begins so."""

    def said(asked):
        answer = least(asked.schema)
        for found in answer.values():
            for key in found or ():
                if sentence in key:
                    found[key] = list(items)
        return answer

    return said


def audited(tmp_path, body, *items, text=AUDIT, **script):
    fake = FakeModel(items=answering(*items), **script)
    document = Document("0" * 16, "audit.txt", text)
    schema = schema_of(tmp_path, body)
    return summarize(document, model=fake.model, schema=schema, settings=SETTINGS), fake


TWO = (
    {"who": "青山镇水利站", "fund": "项目资金", "what": "虚报项目资金"},
    {"who": "青山镇水利站", "fund": "项目资金", "what": "挪用项目资金"},
)
FIELDS = "    who: Verbatim\n    fund: Verbatim\n    what: str\n"


def test_items_that_say_different_things_are_not_merged_for_equal_verbatim_fields(tmp_path):
    """Two verbatim fields alike are no identity unless the schema says so."""
    summary, _ = audited(tmp_path, "class Problem(Item):\n" + FIELDS, *TWO)
    assert [p.what for p in summary.problems] == ["虚报项目资金", "挪用项目资金"]


def test_a_declared_key_merges_keeps_what_both_say_and_tells(tmp_path):
    body = 'class Problem(Item, key=("who", "fund")):\n' + FIELDS
    summary, _ = audited(tmp_path, body, *TWO)
    (one,) = summary.problems
    assert one.what == "虚报项目资金;挪用项目资金"
    (told,) = [i for i in summary.issues if i.code == "items_merged"]
    assert told.ref == one.id
    assert "挪用项目资金" in told.message


def test_items_that_agree_in_all_they_say_are_one_and_it_is_told(tmp_path):
    summary, _ = audited(tmp_path, "class Problem(Item):\n" + FIELDS, TWO[0], TWO[0])
    assert len(summary.problems) == 1
    assert "items_merged" in {i.code for i in summary.issues}


def test_a_choice_that_two_merged_items_answer_differently_is_told_as_a_conflict(tmp_path):
    body = (
        'class Problem(Item, key="who"):\n    who: Verbatim\n    status: Literal["虚报", "挪用"]\n'
    )
    items = [{"who": "青山镇水利站", "status": status} for status in ("虚报", "挪用")]
    summary, _ = audited(tmp_path, body, *items)
    (one,) = summary.problems
    (told,) = [i for i in summary.issues if i.code == "items_conflict"]
    assert (one.status, told.severity) == ("虚报", "warning")
    assert "挪用" in told.message


def test_an_optional_field_that_both_merged_items_leave_empty_is_no_conflict(tmp_path):
    body = f'class Problem(Item, key="who"):\n{FIELDS}    partner: str | None = None\n'
    summary, _ = audited(tmp_path, body, *(item | {"partner": None} for item in TWO))
    assert [p.partner for p in summary.problems] == [None]
    assert "items_conflict" not in {i.code for i in summary.issues}


def test_merged_items_keep_the_lists_of_both_and_what_one_leaves_empty(tmp_path):
    body = (
        'class Problem(Item, key="who"):\n    who: Verbatim\n    what: str\n'
        "    kinds: tuple[str, ...] = ()\n    fund: str | None = None\n"
    )
    one = {"who": "青山镇水利站", "what": "虚报项目资金", "kinds": ["虚报"], "fund": None}
    other = {
        "who": "青山镇水利站",
        "what": "挪用项目资金",
        "kinds": ["虚报", "挪用"],
        "fund": "项目资金",
    }
    summary, _ = audited(tmp_path, body, one, other)
    (both,) = summary.problems
    assert both.kinds == ("虚报", "挪用")
    assert both.fund == "项目资金"
    assert "items_conflict" not in {i.code for i in summary.issues}


def test_of_merged_words_that_hold_each_other_the_longer_are_kept(tmp_path):
    body = 'class Problem(Item, key="who"):\n    who: Verbatim\n    what: str\n'
    two = [{"who": "青山镇水利站", "what": what} for what in ("项目资金", "虚报项目资金")]
    summary, _ = audited(tmp_path, body, *two)
    assert [problem.what for problem in summary.problems] == ["虚报项目资金"]


def test_merged_items_whose_joined_words_the_class_refuses_keep_the_first_and_tell(tmp_path):
    body = (
        'class Problem(Item, key="who"):\n    who: Verbatim\n'
        "    what: Annotated[str, Field(max_length=8)]\n"
    )
    two = [{"who": item["who"], "what": item["what"]} for item in TWO]
    summary, _ = audited(tmp_path, body, *two)
    (one,) = summary.problems
    assert one.what == "虚报项目资金"
    (told,) = [i for i in summary.issues if i.code == "items_conflict"]
    assert "挪用项目资金" in told.message


def test_a_key_must_name_fields_of_the_item(tmp_path):
    body = 'class Problem(Item, key=("who", "whom")):\n' + FIELDS
    with pytest.raises(ConfigError, match="whom"):
        load_schema(schema_of(tmp_path, body))


@pytest.mark.parametrize(
    "validator",
    [
        (
            "    @field_validator('what')\n    @classmethod\n    def own(cls, v):\n"
            "        if '虚报' in v: raise ValueError('要写挪用')\n        return v\n"
        ),
        (
            "    @model_validator(mode='after')\n    def own(self):\n"
            "        if '虚报' in self.what and self.evidence: raise ValueError('要写挪用')\n"
            "        return self\n"
        ),
        (
            "    @model_validator(mode='before')\n    @classmethod\n    def own(cls, v):\n"
            "        if '虚报' in v['what']: raise ValueError('要写挪用')\n        return v\n"
        ),
    ],
    ids=["field", "after", "before"],
)
def test_a_schema_authors_validator_speaks_to_the_model_before_anything_is_lost(
    tmp_path, validator
):
    better = TWO[1] | {"sentences": [1]}
    body = "class Problem(Item):\n" + FIELDS + validator
    summary, fake = audited(tmp_path, body, TWO[0], correction={"item": better})
    assert [p.what for p in summary.problems] == ["挪用项目资金"]
    assert "要写挪用" in fake.asked("correction")[0].text


@pytest.mark.parametrize("error", ["ValueError('不要')", "KeyError('x')", "1/0"])
def test_a_validator_that_is_never_content_or_breaks_costs_its_item_only(tmp_path, error):
    body = (
        "class Problem(Item):\n" + FIELDS + "    @model_validator(mode='after')\n"
        f"    def own(self):\n        raise {error}\n"
    ).replace("raise 1/0", "1/0")
    summary, _ = audited(tmp_path, body, *TWO, correction={"item": TWO[1] | {"sentences": [1]}})
    assert summary.problems == ()
    assert len([i for i in summary.issues if i.code == "item_dropped"]) == 2
    assert len(summary.figures) == 3


def test_a_list_without_any_free_text_works(tmp_path):
    body = 'class Problem(Item):\n    kind: Literal["虚报", "挪用"]\n'
    summary, _ = audited(tmp_path, body, {"kind": "虚报"})
    assert [p.kind for p in summary.problems] == ["虚报"]
    assert not [i for i in summary.issues if i.severity == "error"]


def test_nothing_is_forced_no_list_has_a_least_length_and_every_name_can_be_refused():
    """A forced answer is a lie that was asked for."""
    fake = FakeModel()
    text = "\n".join(["石桥村工作总结", "石桥村党支部书记李春明带头流转荒地150亩,办起合作社。"] * 2)
    summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    asked = fake.asked("items")
    assert asked
    for one in asked:
        assert "minItems" not in json.dumps(one.schema)
        for name, shape in one.schema["properties"]["exemplars"]["properties"].items():
            assert {"type": "null"} in shape["anyOf"], name


def test_a_sentence_that_a_rule_would_have_forced_may_be_answered_with_nothing():
    text = "青山镇工作总结\n全镇投入资金320万元,新建蔬菜大棚46座。\n"
    fake = FakeModel()
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    assert fake.asked("items")
    assert summary.measures == ()


def test_a_lone_numeral_inside_a_persons_name_is_no_number():
    assert ungrounded_numbers("村民李五妹办起豆腐坊", "村民办起豆腐坊") == []
    assert ungrounded_numbers("周二办起豆腐坊", "村民办起豆腐坊") == ["周二"]
    assert ungrounded_numbers("办起豆腐坊三家", "村民办起豆腐坊") == ["三家"]


PORTRAIT = (
    "先进事迹\n"
    "石桥村村民李春明自筹资金办起豆腐坊2家。\n"
    + "这里写的是别的事情,与他无关。" * 40
    + "\n石桥村村民李春明免费教乡亲做豆腐40人。\n"
)


def test_several_deeds_of_one_exemplar_are_joined_with_their_evidence():
    deeds = iter(["自筹资金办起豆腐坊", "免费教乡亲做豆腐"])

    def said(asked):
        answer = least(asked.schema)
        for name in answer.get("exemplars", ()):
            answer["exemplars"][name] = {"deed": next(deeds)}
        return answer

    document = Document("0" * 16, "x", PORTRAIT)
    summary = summarize(document, model=FakeModel(items=said).model, settings=SETTINGS)
    (one,) = summary.exemplars
    assert one.deed == "自筹资金办起豆腐坊;免费教乡亲做豆腐"
    assert len(one.evidence) == 2
    assert "items_merged" in {i.code for i in summary.issues}


def test_an_exemplars_figures_are_its_own():
    text = (
        "青山镇工作总结\n"
        "全镇投入资金320万元,石桥村村民李春明办起豆腐坊2家,大坪村村民王桂英种植药材30亩。\n"
    )

    def said(asked):
        answer = least(asked.schema)
        for name in answer.get("exemplars", ()):
            answer["exemplars"][name] = {"deed": "办起豆腐坊,种植药材"}
        return answer

    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=FakeModel(items=said).model, settings=SETTINGS)
    texts = {f.id: f.text for f in summary.figures}
    owned = {e.name: [texts[f] for f in e.figures] for e in summary.exemplars}
    assert owned == {"李春明": ["2家"], "王桂英": ["30亩"]}


def test_the_report_schema_declares_its_identity():
    exemplars = {one.name: one for one in load_schema("report").lists}["exemplars"]
    assert exemplars.item.__key__ == ("name",)
    assert Path(load_schema("report").path).is_file()


def test_what_stands_in_the_place_of_a_small_models_answer_is_told_with_both():
    """A draft for a title of another sentence, a category that the words are of."""
    text = "青山镇工作总结\n全镇投入资金320万元,新建蔬菜大棚46座。\n"
    wrong = [{"title": "发射火星探测器成功着陆", "category": "其他"}]
    right = [{"title": "新建蔬菜大棚", "category": "党建组织"}]
    told = []
    for answer in (wrong, right):

        def items(asked, answer=answer):
            keys = asked.schema["properties"]["measures"]["properties"]
            return {"measures": dict.fromkeys(keys, answer)}

        summary = summarize(
            Document("0" * 16, "x", text),
            model=FakeModel(items=items, correction={"item": None}).model,
            settings=Settings(store="off"),
        )
        told += [(i.code, i.message) for i in summary.issues if i.code.endswith("_replaced")]
    messages = dict(told)
    assert "发射火星探测器成功着陆" in messages["item_replaced"]
    assert "“产业发展” stands for “党建组织”" in messages["choice_replaced"]


def test_a_choice_of_an_enum_that_was_answered_is_no_other_one(tmp_path):
    """Every right answer was told as one that another choice stands for."""
    path = tmp_path / "own.py"
    path.write_text(
        "from enum import Enum\nfrom summarizer.fields import Item, Summary, Verbatim, ask\n"
        "class State(Enum):\n    DONE = '建成'\n    OPEN = '在建'\n"
        "class Work(Item):\n    what: Verbatim\n    part: str\n    state: State = ask('进展')\n"
        "class Works(Summary):\n    works: tuple[Work, ...] = ()\n",
        encoding="utf-8",
    )

    def items(asked):
        keys = asked.schema["properties"]["works"]["properties"]
        one = {"what": "蔬菜大棚", "part": "新建蔬菜大棚", "state": "建成"}
        return {"works": {key: [one] for key in keys if "全镇" in key}}

    document = Document("0" * 16, "x", "青山镇工作总结\n全镇新建蔬菜大棚46座。\n")
    fake = FakeModel(items=items, default=lambda asked: least(asked.schema))
    summary = summarize(document, model=fake.model, schema=str(path), settings=SETTINGS)
    assert [work.state.value for work in summary.works] == ["建成"]
    assert "choice_replaced" not in {issue.code for issue in summary.issues}


def test_a_small_models_text_that_is_cut_and_a_sentence_that_it_slipped_from_are_told_with_both():
    """Both were changed without a word: a title at its limit, words of the sentence before."""
    road, shed = "镇里新修通村公路3公里。", "全镇投入资金320万元,新建蔬菜大棚46座,覆盖全部行政村。"
    cut = "投入资金新建蔬菜大棚,覆盖全部行政村,投入资金新建蔬菜大棚,覆"
    answers = {"镇里新修": "新修通村‘公路", "全镇投入": "新修通村公路"}, {"全镇投入": cut}
    told = []
    for titles in answers:

        def items(asked, titles=titles):
            keys = asked.schema["properties"]["measures"]["properties"]
            said = {key: title for key in keys for at, title in titles.items() if at in key}
            return {
                "measures": {
                    key: [{"title": said[key], "category": "其他"}] if key in said else []
                    for key in keys
                },
                "exemplars": {},
            }

        summary = summarize(
            Document("0" * 16, "x", f"青山镇工作总结\n{shed}{road}\n"),
            model=FakeModel(items=items, correction={"item": None}).model,
            settings=Settings(store="off"),
        )
        told += [(i.code, i.severity, i.message) for i in summary.issues]
    assert (
        "text_replaced",
        "info",
        "measures: title “新修通村公路” stands for “新修通村‘公路”",
    ) in told
    assert (
        "text_replaced",
        "info",
        f"measures: title “{cut[:-2]}” stands for “{cut}”",
    ) in told
    assert (
        "citation_replaced",
        "info",
        f"measures: the sentence “{road}” stands for “{shed}”",
    ) in told


def test_a_small_models_label_that_is_completed_is_told_with_both():
    summary = summarize(
        Document("0" * 16, "x", "青山镇工作总结\n全镇改厕80户。\n"),
        model=FakeModel(figures=lambda asked: dict.fromkeys(asked.keys, "全镇改厕数量")).model,
        settings=Settings(store="off", asked_labels="all"),
    )
    (figure,) = summary.figures
    assert [(i.code, i.severity, i.message) for i in summary.issues] == [
        ("label_completed", "info", "“全镇改厕户数” stands for “全镇改厕数量”")
    ]
    assert figure.label == "全镇改厕户数"
