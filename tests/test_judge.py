"""What a small model is sure of: names and sentences that are judged before they are asked about."""

import pytest

from summarizer.config import Settings
from summarizer.config import settings as read_settings
from summarizer.engine.probe import load_probe
from summarizer.errors import AnswerRejected, AnswerTruncated, ConfigError
from summarizer.pipeline import summarize
from summarizer.resources import resource
from summarizer.types import Document
from tests.fake_model import FakeModel, least, name_at, read_out

SETTINGS = Settings(store="off")
TEXT = (
    "青山镇工作总结\n"
    "投资86万元硬化村道3公里,改造旱厕120户。\n"
    "大坪村党员王桂英自筹12万元办起豆腐坊,带动30多户村民增收。\n"
)

SCHEMA = """
from typing import Literal
from pydantic import Field
from summarizer.types import Item, Summary

class Act(Item):
    title: str = Field(description="做了什么")

class Own(Summary):
    schema_id: Literal["own.v1"] = "own.v1"
    acts: tuple[Act, ...] = ()
"""


def judged(odds, **chosen):
    """The names and the sentences that are asked about where the model is so sure of its yes."""
    fake = FakeModel(judge=odds)
    summary = summarize(
        Document("0" * 16, "x", TEXT), model=fake.model, settings=Settings(store="off", **chosen)
    )
    asked = [
        one for request in fake.asked("items") for one in request.schema["properties"].values()
    ]
    keys = {key for one in asked for key in one["properties"]}
    return keys, fake, summary


def by_words(**odds):
    """Log-odds by a word that stands in what is asked about."""
    return lambda asked: next(v for word, v in odds.items() if word in asked.text.split("\n")[-1])


def test_what_is_sure_is_asked_about():
    keys, fake, _ = judged(9.0)
    assert {"王桂英"} < keys
    assert {request.max_tokens for request in fake.asked("judge")} == {1}


def test_an_item_is_as_sure_as_the_model_was_of_its_sentence():
    def answered(asked):
        said = least(asked.schema)
        deed = {"title": "硬化村道,改造旱厕", "category": "基础设施"}
        return said | {"measures": {key: [deed] for key in said.get("measures", ())}}

    def sure(odds, **chosen):
        fake = FakeModel(judge=odds, items=answered)
        made = summarize(
            Document("0" * 16, "x", TEXT),
            model=fake.model,
            settings=Settings(store="off", **chosen),
        )
        return {one.confidence for one in made.measures}

    (certain,), (middling,) = sure(9.0), sure(0.5)
    assert 0.5 < middling < 0.8
    assert 0.99 <= certain <= 1
    assert sure(9.0, judgement="none") == {None}


def test_what_is_surely_none_is_not_asked_about():
    keys, fake, summary = judged(-9.0)
    assert keys == set()
    assert fake.asked("items") == []
    assert summary.measures == summary.exemplars == ()
    assert summary.coverage.found == summary.coverage.figures


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        (9.0, []),
        (-9.0, ["measures: none of 2; exemplars: none of 1"]),
        ({"王桂英": -9.0, "旱厕": 9.0, "豆腐坊": -9.0}, ["exemplars: none of 1"]),
        (None, []),
    ],
)
def test_a_list_of_which_all_is_judged_none_is_told_once_with_its_number(odds, told):
    _, _, summary = judged(by_words(**odds) if isinstance(odds, dict) else odds)
    issues = [issue for issue in summary.issues if issue.code == "judged_none"]
    assert [(i.severity, i.message.partition(": ")[2]) for i in issues] == [
        ("info", line) for line in told
    ]


def test_each_is_judged_by_itself():
    keys, _, _ = judged(by_words(王桂英=-9.0, 旱厕=9.0, 豆腐坊=-9.0))
    assert {key[:6] for key in keys} == {"1.投资86"}


@pytest.mark.parametrize("chosen", [{"judgement": "none"}, {}])
def test_without_probabilities_rules_choose_as_before(chosen):
    keys, fake, _ = judged(None, **chosen)
    assert "王桂英" in keys
    assert bool(fake.asked("judge")) != bool(chosen)


def test_a_large_model_is_not_asked_for_odds():
    fake = FakeModel(default=lambda _: {})
    document = Document("0" * 16, "x", TEXT)
    summarize(document, model=fake.model, settings=read_settings(size="large", store="off"))
    assert fake.history
    assert fake.asked("judge") == []


def test_one_refusal_silences_nobody_and_ends_nothing():
    """A long sentence that has no room, or a filter, is one question without an answer."""
    keys, fake, _ = judged([AnswerTruncated("no room"), AnswerRejected("filtered"), -9.0])
    assert len(fake.asked("judge")) == 3
    assert {key[:4] for key in keys} == {"1.投资", "2.大坪"}


def test_a_model_without_probabilities_is_asked_once_a_list():
    _, fake, _ = judged(None)
    assert len(fake.asked("judge")) == 2


def test_a_judge_has_two_words_to_choose_from(tmp_path):
    (tmp_path / "own.py").write_text(SCHEMA, encoding="utf-8")
    words = '+++\nabout = "x"\nsystem = "x"\nchoices = ["是"]\n+++\n{{ text }}\n'
    (tmp_path / "judge.acts.own.v1.jinja").write_text(words, encoding="utf-8")
    chosen = Settings(store="off", schema=str(tmp_path / "own.py"))
    with pytest.raises(ConfigError, match="choices"):
        summarize(Document("0" * 16, "x", TEXT), model=FakeModel().model, settings=chosen)


def test_a_list_of_plain_sentences_is_judged_where_its_schema_has_a_judge(tmp_path):
    """What is taken for one must be told of; the odds are against the likeliest other word."""
    (tmp_path / "own.py").write_text(SCHEMA, encoding="utf-8")
    words = '+++\nabout = "x"\nsystem = "x"\nchoices = ["是", "否", "其他"]\n+++\n{{ text }}\n'
    (tmp_path / "judge.acts.own.v1.jinja").write_text(words, encoding="utf-8")
    fake = FakeModel(judge=by_words(旱厕=9.0, 豆腐坊=-9.0), items=lambda asked: least(asked.schema))
    chosen = Settings(store="off", schema=str(tmp_path / "own.py"))
    summarize(Document("0" * 16, "x", TEXT), model=fake.model, settings=chosen)
    (asked,) = fake.asked("items")
    acts = asked.schema["properties"]["acts"]["properties"]
    assert {key[:4]: one["minItems"] for key, one in acts.items()} == {"1.投资": 1}


FITTED = load_probe(resource("schemas", "report", "measures.report.probe.json")).model


def weighed(odds, model=FITTED, *, is_told=True, **script):
    """The measures' sentences that are asked about, where a probe gives the passage such odds."""
    told = read_out(odds) if is_told else odds
    fake = FakeModel(name=model, judge=9.0, measures=[told], **script)
    summary = summarize(Document("0" * 16, "x", TEXT), model=fake.model, settings=SETTINGS)
    shapes = [
        request.schema["properties"].get("measures", {}).get("properties", {})
        for request in fake.asked("items")
    ]
    return {key: one for shape in shapes for key, one in shape.items()}, fake, summary


def test_the_embedded_models_probe_weighs_a_whole_passage_at_once():
    asked, fake, summary = weighed([-4.0, 2.0, -3.5])
    assert [one.text for one in fake.asked("measures")] == [TEXT.strip()]
    assert [key[:6] for key in asked] == ["1.投资86"]
    assert "measures.report.probe" in summary.provenance.prompts
    assert not any("measures" in one.messages[0]["content"] for one in fake.asked("judge"))


def test_what_a_probe_holds_must_be_told_whatever_the_rules_say():
    text = "一、下一步打算\n请大家保重身体。\n"
    fake = FakeModel(name=FITTED, judge=9.0, measures=[read_out([-3.0, 4.0])])
    summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    [asked] = fake.asked("items")
    [one] = asked.schema["properties"]["measures"]["properties"].values()
    assert one["minItems"] == 1


@pytest.mark.parametrize(
    ("line", "title", "odds", "told"),
    [
        ("全年检测水样318份。", "检测水样", 2.0, ["检测水样"]),
        ("全年检测水样318份。", "检测水样", -2.0, []),
        ("全县聘用专职护路员368名。", "专职护路员", 2.0, ["全县聘用专职护路员"]),
        ("华腾公司拟投资储能项目。", "拟投资储能项目", 2.0, []),
        ("全镇投资86万元修建水渠。", "水渠的事情", 2.0, ["全镇投资86万元修建水渠"]),
    ],
    ids=["no verb", "not judged to tell of one", "no whole clause", "a plan", "rules have words"],
)
def test_what_a_probe_holds_needs_no_verb_of_a_list(line, title, odds, told):
    """What sounds like doing is a list of words; what is done the model's reading tells."""
    deed = {"title": title, "category": "其他"}

    def answered(asked):
        said = least(asked.schema)
        return said | {"measures": {key: [deed] for key in said.get("measures", ())}}

    read = read_out([-9.0, odds])
    fake = FakeModel(name=FITTED, judge=9.0, measures=[read], items=answered)
    document = Document("0" * 16, "x", f"一、做法\n{line}\n")
    summary = summarize(document, model=fake.model, settings=SETTINGS)
    assert [one.title for one in summary.measures] == told
    if told and told != [title]:
        [issue] = [one for one in summary.issues if one.code in ("text_replaced", "item_replaced")]
        assert told[0] in issue.message
        assert title in issue.message


def test_a_title_that_begins_with_a_mark_costs_no_document():
    def answered(asked):
        said = least(asked.schema)
        deed = {"title": ",护路员全部到岗", "category": "其他"}
        return said | {"measures": {key: [deed] for key in said.get("measures", ())}}

    fake = FakeModel(name=FITTED, judge=9.0, measures=[read_out([-9.0, 2.0])], items=answered)
    text = "一、做法\n全县聘用专职护路员368名,护路员全部到岗。\n"
    document = Document("0" * 16, "x", text)
    assert summarize(document, model=fake.model, settings=SETTINGS).measures


@pytest.mark.parametrize(
    ("genre", "line", "item"),
    [
        ("policy", "县水务局要在6月30日前完成水厂建设。", {"who": ["县水务局"], "task": "完成水厂建设", "force": "必须"}),
        ("audit", "县中学违规收费36万元。", {"who": "县中学", "what": "违规收费"}),
    ],
)  # fmt: skip
def test_an_item_of_a_shipped_judge_comes_out(genre, line, item):
    def answered(asked):
        said = least(asked.schema)
        return {name: {key: [item] for key in keys} for name, keys in said.items()}

    fake = FakeModel(judge=9.0, items=answered)
    chosen = Settings(store="off", schema=genre)
    document = Document("0" * 16, "x", f"关于供水收费情况的通报\n{line}\n")
    summary = summarize(document, model=fake.model, settings=chosen)
    [found] = getattr(summary, "duties" if genre == "policy" else "problems")
    assert found.who == item["who"]


def test_an_item_is_as_sure_as_the_probe():
    def answered(asked):
        deed = {"title": "硬化村道,改造旱厕", "category": "基础设施"}
        said = least(asked.schema)
        return said | {"measures": {key: [deed] for key in said.get("measures", ())}}

    _, _, summary = weighed([-3.0, 2.0, -3.0], items=answered)
    assert [one.confidence for one in summary.measures] == [0.88]


def test_another_model_is_asked_for_its_first_word():
    _, fake, summary = weighed([-3.0, 2.0, -1.0], model="fake")
    assert fake.asked("measures") == []
    assert any("旱厕" in one.text for one in fake.asked("judge"))
    assert "measures.report.probe" not in summary.provenance.prompts


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[1]",
        read_out([-9.0]),
        read_out([-9.0] * 4),
        {"sentences": {}, "names": [[], [], []]},
        {"sentences": {"measures": [-9.0] * 3}},
        {"sentences": {"measures": [-9.0] * 3}, "names": [[]]},
        read_out([-9.0] * 3, [[name_at(5, 3, 1.0)], [], []]),
        read_out([-9.0] * 3, [[name_at(0, 999, 1.0)], [], []]),
        read_out([-9.0] * 3, [[name_at(0, 2, 1.0) | {"lists": {}}], [], []]),
        '{"sentences": {"measures": [true, -9, -9]}, "names": [[], [], []]}',
        '{"sentences": {"measures": [NaN, -9, -9]}, "names": [[], [], []]}',
        AnswerRejected("no"),
    ],
)
def test_an_answer_that_is_no_number_a_sentence_judges_nothing(answer):
    asked, _, _ = weighed(answer, is_told=False)
    assert {key[:6] for key in asked} >= {"1.投资86"}


def test_what_rules_offer_is_asked_about_unless_it_is_far_below():
    asked, _, _ = weighed([-4.0, -1.5, -3.5])
    assert [(key[:6], one.get("minItems")) for key, one in asked.items()] == [("1.投资86", 1)]
    text = "一、下一步打算\n请大家保重身体。\n"
    fake = FakeModel(name=FITTED, judge=9.0, measures=[read_out([-4.0, -1.0])])
    summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    assert fake.asked("items") == []


def held_up(text, names, deeds):
    """The exemplars of a text whose one passage the model's states tell these names of."""

    def answered(asked):
        said = least(asked.schema)
        shape = asked.schema["properties"].get("exemplars", {}).get("properties", {})
        return said | {"exemplars": {name: {"deed": deeds[name]} for name in shape}}

    told = read_out([-9.0] * len(names), names)
    fake = FakeModel(name=FITTED, measures=[told], items=answered)
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    return fake, summary


def test_who_is_held_up_the_models_states_tell_and_no_rule():
    text = "工作总结\n水磨沟的老把式阿古达木教会村民嫁接。县长李春明到场祝贺。\n"
    names = [[], [name_at(7, 11, 2.0)], [name_at(2, 5, -2.0)]]
    fake, summary = held_up(text, names, {"阿古达木": "教会村民嫁接"})
    assert [(one.name, one.confidence) for one in summary.exemplars] == [("阿古达木", 0.88)]
    [asked] = fake.asked("items")
    assert list(asked.schema["properties"]["exemplars"]["properties"]) == ["阿古达木"]
    assert {"names.probe", "exemplars.report.probe"} <= set(summary.provenance.prompts)
    assert fake.asked("judge") == []


def test_a_persons_own_name_is_short_for_his_whole_one():
    text = "工作总结\n田守昌带头修路3公里。守昌还垫资8万元。\n"
    names = [[], [name_at(0, 3, 2.0)], [name_at(0, 2, 2.0)]]
    _, summary = held_up(text, names, {"田守昌": "带头修路3公里"})
    assert [one.name for one in summary.exemplars] == ["田守昌"]


def test_what_only_ends_in_a_name_makes_that_no_short_one():
    text = "工作总结\n村民李春明带头修路3公里。李春明还垫资8万元。\n"
    names = [[], [name_at(0, 5, 2.0)], [name_at(0, 3, 2.0)]]
    deeds = {"村民李春明": "带头修路3公里", "李春明": "垫资8万元"}
    _, summary = held_up(text, names, deeds)
    assert [one.name for one in summary.exemplars] == ["村民李春明", "李春明"]


def test_names_that_are_none_are_counted_once():
    text = "工作总结\n李春明到场祝贺。李春明讲话。\n"
    _, summary = held_up(text, [[], [name_at(0, 3, -2.0)], [name_at(0, 3, -2.0)]], {})
    assert any("exemplars: none of 1" in one.message for one in summary.issues)


def test_without_a_tagger_nobody_tells_names_and_each_is_asked_about(monkeypatch):
    monkeypatch.setattr("summarizer.engine.planning.tagger_of", lambda _: None)
    told = {"sentences": {"measures": [-9.0, -9.0]}}
    fake = FakeModel(name=FITTED, measures=[told], judge=-9.0)
    text = "工作总结\n石桥村村民李春明带头修路3公里。\n"
    summarize(Document("0" * 16, "x", text), model=fake.model, settings=SETTINGS)
    assert fake.asked("judge")


def test_what_is_part_of_a_persons_role_is_nobody():
    text = "工作总结\n石桥村党支部书记李春明带头修路3公里。\n"
    names = [[], [name_at(0, 3, 2.0, "village"), name_at(8, 11, 2.0)]]
    _, summary = held_up(text, names, {"李春明": "带头修路3公里"})
    assert [(one.name, one.role) for one in summary.exemplars] == [("李春明", "石桥村党支部书记")]
