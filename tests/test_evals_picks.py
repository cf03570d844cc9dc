"""Scorers of schemas with picks: gold in words of the text, right picks, planted wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import load_cases
from evals.planted import plant
from evals.score import score_view
from evals.scorers.picks import score_wanted
from evals.suites import scored
from evals.views import view
from evals.wanted import load_wanted
from summarizer.errors import ConfigError

GENRES = Path(__file__).parent.parent / "evals" / "genres"
OWN = {"indicators": "indicators", "english": "indicators"} | {
    name: name for name in ("bulletin", "audit", "policy")
}
YEAR = "全县地区生产总值90.5亿元,增长6.1%;而上年为80.2亿元,全省增长5.4%。"
GOAL = "今年地区生产总值增长7%左右。"
TEXT = f"{YEAR}\n{GOAL}\n"
GOLD = f"""
gdp = {{text = "90.5亿元", sentence = "{YEAR}"}}
gdp_growth = {{text = "6.1%", sentence = "{YEAR}"}}
gdp_goal = {{text = "7%左右", sentence = "{GOAL}"}}
jobs = "null"
"""
STATS = "第一产业增加值45.6亿元,增长3.1%;第二产业增加值60亿元,下降2.5%;粮食20万吨,与上年持平。"
STATS_GOLD = "".join(
    f'[[stats]]\nname = "{name}"\nvalue = "{value}"\ngrowth = "{growth}"\nsigned = "{signed}"\n'
    f'sentence = "{STATS}"\n'
    for name, value, growth, signed in (
        ("第一产业增加值", "45.6亿元", "增长3.1%", "3.1"),
        ("第二产业增加值", "60亿元", "下降2.5%", "-2.5"),
        ("粮食", "20万吨", "与上年持平", "0"),
    )
)


def wanted(text, gold, tmp_path):
    path = tmp_path / "gold.toml"
    path.write_text(gold, encoding="utf-8")
    return load_wanted(path, text)


def pick(text, words, value, nth=0, **more):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    proof = {"span": {"start": 0, "end": len(text)}, "quote": text}
    span = {"start": start, "end": start + len(words)}
    return {"text": words, "span": span, "evidence": proof, "value": value} | more


GIVEN = {
    "gdp": pick(TEXT, "90.5亿元", "9050000000"),
    "gdp_growth": pick(TEXT, "6.1%", "6.1"),
    "gdp_goal": pick(TEXT, "7%左右", "7"),
    "jobs": None,
}


def values(scores):
    return {score.metric: score.value for score in scores}


def fields(given, tmp_path):
    return values(score_wanted(wanted(TEXT, GOLD, tmp_path), TEXT, given, "indicators"))


def test_right_picks_have_full_marks(tmp_path):
    right = fields(GIVEN, tmp_path)
    assert set(right.values()) == {1.0}
    assert {"picks.right", "picks.null", "grounding.picks"} <= set(right)


@pytest.mark.parametrize(
    ("change", "fallen"),
    [
        ({"gdp": pick(TEXT, "80.2亿元", "8020000000")}, {"right", "value", "place"}),
        ({"gdp_growth": pick(TEXT, "5.4%", "5.4")}, {"right", "value", "place"}),
        ({"gdp_growth": pick(TEXT, "7%左右", "7")}, {"right", "value", "place"}),
        ({"gdp": pick(TEXT, "90.5亿元", "9050000001")}, {"right", "value"}),
        ({"gdp": pick(TEXT, "90.5亿元", "905000000")}, {"right", "value"}),
        ({"gdp_goal": pick(TEXT, "6.1%", "7")}, {"right", "place"}),
        ({"gdp": None}, {"right", "value", "place"}),
        ({"jobs": pick(TEXT, "80.2亿元", "8020000000")}, {"null"}),
    ],
)
def test_a_planted_wrong_pick_is_seen(change, fallen, tmp_path):
    scores = fields(GIVEN | change, tmp_path)
    assert {name for name, value in scores.items() if value < 1} == {f"picks.{f}" for f in fallen}


def test_a_pick_that_does_not_stand_where_it_says_is_seen(tmp_path):
    broken = GIVEN["gdp"] | {"span": {"start": 0, "end": 4}}
    assert fields(GIVEN | {"gdp": broken}, tmp_path)["grounding.picks"] < 1


def stat(name, value, growth, **more):
    proof = {"span": {"start": 0, "end": len(STATS)}, "quote": STATS}
    item = {"id": name, "name": name, "value": value, "growth": growth, "evidence": [proof]}
    return item | more


FOUND = [
    stat("第一产业增加值", pick(STATS, "45.6亿元", "4560000000"), pick(STATS, "3.1%", "3.1")),
    stat("第二产业增加值", pick(STATS, "60亿元", "6000000000"), pick(STATS, "2.5%", "-2.5")),
    stat("粮食", pick(STATS, "20万吨", "200000"), pick(STATS, "持平", "0")),
]


def listed(items, tmp_path):
    gold = wanted(STATS, STATS_GOLD, tmp_path)
    return values(score_wanted(gold, STATS, {"stats": items}, "bulletin"))


def test_items_are_known_by_their_sentence_and_what_they_say(tmp_path):
    assert {v for v in listed(FOUND[::-1], tmp_path).values() if v is not None} == {1.0}


@pytest.mark.parametrize(
    ("at", "change", "fallen"),
    [
        (1, {"growth": pick(STATS, "2.5%", "2.5")}, {"stats.growth"}),
        (1, {"growth": pick(STATS, "3.1%", "3.1")}, {"stats.growth"}),
        (0, {"value": pick(STATS, "60亿元", "6000000000")}, {"stats.value"}),
        (2, {"growth": None}, {"stats.growth"}),
        (2, {"name": "油料"}, {"stats.name"}),
    ],
)
def test_a_wrong_field_of_an_item_is_seen(at, change, fallen, tmp_path):
    items = [one | change if i == at else one for i, one in enumerate(FOUND)]
    scores = listed(items, tmp_path)
    assert {n for n, v in scores.items() if v is not None and v < 1 and "stats" in n} == fallen


def test_an_item_that_is_missed_or_not_in_gold_is_seen(tmp_path):
    lost = listed(FOUND[:2], tmp_path)
    assert (lost["stats.recall"], lost["stats.precision"]) == (2 / 3, 1.0)
    assert lost["picks.right"] == 4 / 6, "what a lost item would have said is missed"
    more = listed([*FOUND, FOUND[0]], tmp_path)
    assert (more["stats.recall"], more["stats.precision"]) == (1.0, 3 / 4)


def test_gold_with_a_sentence_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="the document has no sentence"):
        wanted("别的话。", GOLD, tmp_path)


@pytest.mark.parametrize("folder", sorted(OWN))
def test_our_own_samples_load_and_every_planted_pick_is_caught(folder):
    planted = [plant(case, OWN[folder]) for case in load_cases(str(GENRES / folder))]
    assert sum(one.count for one in planted)
    assert [unseen for one in planted for unseen in one.unseen] == []


def test_a_pattern_names_some_documents_of_a_folder():
    assert [c.name for c in load_cases(str(GENRES / "audit" / "*_2*"))] == ["audit_2"]


def test_a_summary_without_any_field_scores_nothing():
    case = load_cases(str(GENRES / "indicators" / "indicators_1.txt"))[0]
    empty = {"document": {"id": case.id, "source": "x"}, "figures": [], "issues": []}
    empty |= dict.fromkeys(("title", "place", "period", "publisher", "overview"))
    empty |= {"coverage": {"found": 0, "figures": 0, "merged": 0, "set_aside": [], "missed": []}}
    empty |= {"provenance": {"usage": {"requests": 0}}}
    scores = values(score_view(case, view(empty), (), "indicators"))
    assert scores["picks.right"] == 0
    assert scores["picks.null"] == 1


def test_fields_in_words_are_names_lists_choices_and_truths(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import Summary, Verbatim, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        "    unit: Verbatim | None = ask('单位')\n    towns: list[Verbatim] = ask('乡镇')\n"
        "    mood: Literal['好', '差'] | None = ask('结论')\n    done: bool | None = ask('完成没有')\n",
        encoding="utf-8",
    )
    gold = wanted(
        "x。",
        'unit = "县财政局"\ntowns = ["东镇", "西镇"]\nmood = "null"\ndone = false\n',
        tmp_path,
    )
    right = {"unit": "县财政局", "towns": ["西镇", "东镇"], "mood": None, "done": False}
    wrong = {"unit": "财政厅", "towns": ["东镇"], "mood": "好", "done": True}
    assert values(score_wanted(gold, "x。", right, str(path)))["words.right"] == 1
    for name, value in wrong.items():
        scores = values(score_wanted(gold, "x。", right | {name: value}, str(path)))
        assert scores["words.right"] == 3 / 4, name


def test_gold_of_an_item_takes_truths_and_a_field_called_signed(tmp_path):
    """Both were refused: newcomers had written them so."""
    told = (
        '[[deals]]\nsentence = "甲厂3月6日签约。"\nname = "甲厂"\nsigned = "3月6日"\nopen = true\n'
    )
    [deal] = wanted("甲厂3月6日签约。", told, tmp_path).lists["deals"]
    assert {name: value.words for name, value in deal.values.items()} == {
        "name": ("甲厂",),
        "signed": ("3月6日",),
        "open": ("True",),
    }
    [change] = wanted(
        "增长5%。", '[[x]]\nsentence = "增长5%。"\nby = "5%"\nsigned = "5"\n', tmp_path
    ).lists["x"]
    assert set(change.values) == {"by"}
    assert change.values["by"].signed == 5
    [agreed] = wanted("甲厂。", '[[x]]\nsentence = "甲厂。"\nsigned = true\n', tmp_path).lists["x"]
    assert agreed.values["signed"].words == ("True",)


MINE = """from summarizer.fields import Change, Day, Item, Money, Summary, Verbatim, ask
class Duty(Item):
    "一件事"
    what: Verbatim = ask('什么事')
    fine: Money | None = ask('罚款')
class S(Summary, labels=False, overview=False):
    fines: list[Money] = ask('罚款')
    due: Day | None = ask('期限')
    fall: Change | None = ask('投诉的变化')
    done: bool | None = ask('完成没有')
    duties: tuple[Duty, ...] = ()
"""
FINES = "甲厂罚款5万元,乙厂罚款3万元,共8万元。12月底前缴清。投诉下降2.5%。"
FIVE, THREE = pick(FINES, "5万元", "50000"), pick(FINES, "3万元", "30000")


@pytest.fixture
def mine(tmp_path):
    """The scores of what is given, by gold of a schema with one field of each kind."""
    path = tmp_path / "mine.py"
    path.write_text(MINE, encoding="utf-8")

    def scores(gold, **given):
        return values(score_wanted(wanted(FINES, gold, tmp_path), FINES, given, str(path)))

    return scores


@pytest.mark.parametrize(
    "gold",
    [
        'fines = ["5万元", "3万元"]',
        f'fines = {{text = ["5万元", "3万元"], sentence = "{FINES[:20]}"}}',
        'fines = {text = ["5万元", "3万元"]}',
    ],
)
def test_numbers_of_the_summary_are_a_list_or_words_in_a_sentence(gold, mine):
    assert mine(gold, fines=[THREE, FIVE])["picks.right"] == 1
    assert mine(gold, fines=[FIVE])["picks.right"] == 1 / 2
    eight = pick(FINES, "8万元", "80000")
    assert mine(gold, fines=[FIVE, eight])["picks.right"] == 1 / 3, "one is missed, one too many"
    assert mine(gold, fines=[FIVE, THREE, eight])["picks.right"] == 2 / 3


def test_words_alone_are_at_their_place_wherever_they_stand(mine):
    day = pick(FINES, "12月底前", None)
    assert mine('due = "12月底前"', due=day)["picks.right"] == 1
    assert mine('due = "12月底前"', due=pick(FINES, "5万元", None))["picks.right"] == 0
    assert mine('due = {text = "12月底", alt = "12月底前"}', due=day)["picks.right"] == 1


def test_a_change_of_the_summary_has_its_sign(mine):
    gold = 'fall = {text = "2.5%", sentence = "投诉下降2.5%。", signed = "-2.5"}'
    assert mine(gold, fall=pick(FINES, "2.5%", "-2.5"))["picks.right"] == 1
    assert mine(gold, fall=pick(FINES, "2.5%", "2.5"))["picks.right"] == 0


def test_where_gold_is_null_a_no_is_an_answer(mine):
    assert mine('done = "null"', done=None)["words.right"] == 1
    assert mine('done = "null"', done=False)["words.right"] == 0
    assert mine("done = false", done=False)["words.right"] == 1
    assert mine('fines = "null"', fines=[])["picks.null"] == 1


@pytest.mark.parametrize(
    ("gold", "line"),
    [
        ('xx = "abc"', "it has no 'xx'.*fines, due, fall, done, duties"),
        ('[[xx]]\nsentence = "12月底前缴清。"\n', "it has no 'xx'"),
        ('[[fines]]\nsentence = "12月底前缴清。"\n', "'fines' is no list of items"),
        ('duties = "null"', "'duties' is a list of items"),
        ('[[duties]]\nsentence = "12月底前缴清。"\nwho = "甲厂"', "it has no 'duties.who'.*what"),
        ('due = "11月底前"', "'due' is '11月底前', which the document has not"),
        (
            '[[duties]]\nsentence = "12月底前缴清。"\nfine = "3万元"',
            "duties.fine is '3万元'.*sentence_fine",
        ),
        (
            '[[duties]]\nsentence = "12月底前缴清。"\nwhat = "12月"\nwhat_alt = [["甲"]]',
            "a list of words",
        ),
        ('due = {words = "12月底前"}', "due has 'words'"),
        ('due = {text = "12月底前", signed = "x"}', "signed = 'x'"),
    ],
)
def test_gold_that_could_never_be_right_is_refused(gold, line, mine):
    with pytest.raises(ConfigError, match=line):
        mine(gold)


def test_gold_of_another_schema_is_refused_before_anything_is_asked():
    cases = load_cases(str(GENRES / "audit" / "audit_2.txt"))
    with pytest.raises(ConfigError, match=r"audit_2: gold of .*it has no"):
        scored(cases, lambda _: pytest.fail("asked"), "bulletin")
