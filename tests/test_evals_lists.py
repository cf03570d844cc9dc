"""Items of anybody's schema: gold in a marked-up text, scorers from the schema's markers."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.annotate import write
from evals.cases import Case, load_cases
from evals.ideal import ideal
from evals.lists import Listed, lists_of
from evals.program import run
from evals.score import score_view
from evals.views import view

SCHEMA = '''
from typing import Annotated, Literal

from pydantic import Field

from summarizer.types import Item, ProperName, RoleOfName, Summary, Verbatim


class Problem(Item, key=("who", "what")):
    """审计查出的一个问题"""

    who: Verbatim = Field(description="被审计单位")
    what: str = Field(description="什么问题")
    state: Literal["已整改", "整改中", "未整改"] | None = Field(description="整改情况")
    basis: tuple[str, ...] = Field(description="依据")


class Auditor(Item, key="person"):
    """审计人员"""

    person: ProperName = Field(description="给出的名字之一")
    post: RoleOfName
    what: str = Field(description="做了什么")


class Audit(Summary):
    """一份审计通报"""

    schema_id: Literal["audit.v1"] = "audit.v1"
    problems: tuple[Problem, ...] = ()
    auditors: tuple[Auditor, ...] = ()
'''

GOLD = """
about = "an audit circular; invented; written for a test"
text = '''
甲县教育局多报学生[[35人|35 人 = count|多报学生人数|甲县教育局|]],涉及资金[[21万元|210000 元 = money|多报学生涉及资金|甲县教育局|]]。目前正在整改。
乙镇财政所违规发放补贴[[3万元|30000 元 = money|违规发放补贴金额|乙镇财政所|]],已全部退回。审计组组长何平逐户核对名册。
'''
[meta]
place = "甲县"
[[problems]]
who = "甲县教育局"
what = "多报学生人数套取资金"
what_alt = ["虚报学生人数"]
state = "整改中"
basis = ""
evidence = ["甲县教育局多报学生35人,涉及资金21万元"]
[[problems]]
who = "乙镇财政所"
what = "违规发放补贴"
state = "已整改"
state_alt = ["整改中"]
evidence = ["乙镇财政所违规发放补贴3万元"]
[[problems]]
who = "甲县教育局"
what = "整改缓慢"
evidence = ["目前正在整改"]
borderline = true
[[auditors]]
person = "何平"
post = "审计组组长"
evidence = ["审计组组长何平逐户核对名册"]
[[non_auditors]]
name = "甲县"
why = "地方"
"""


@pytest.fixture
def schema(tmp_path: Path) -> str:
    path = tmp_path / "audit.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return str(path)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    folder = tmp_path / "gold"
    folder.mkdir()
    source = folder / "a.toml"
    source.write_text(GOLD, encoding="utf-8")
    write(source)
    source.unlink()
    return load_cases(str(folder))[0]


def values(known: Case, summary: dict[str, Any], schema: str) -> dict[str, tuple[float, float]]:
    scores = score_view(known, view(summary), lists_of(schema))
    return {s.metric: (s.hit, s.of) for s in scores}


def test_markers_say_what_a_field_is(schema):
    problems, auditors = lists_of(schema)
    assert problems == Listed(
        "problems",
        quotes=("who",),
        choices=("state",),
        words=(("what", "problems.what.alike"), ("basis", "basis.alike")),
    )
    assert auditors == Listed(
        "auditors",
        names=("person",),
        words=(("post", "posts.alike"), ("what", "auditors.what.alike")),
    )


def test_the_ideal_summary_of_any_schema_has_full_marks(case, schema):
    scored = values(case, ideal(case), schema)
    ours = {m: parts for m, parts in scored.items() if m.startswith(("problems", "auditors"))}
    assert ours == {
        "problems.recall": (2, 2),
        "problems.precision": (2, 2),
        "problems.paired.recall": (2, 2),
        "problems.paired.precision": (2, 2),
        "problems.paired.f1": (4, 4),
        "problems.state": (2, 2),
        "problems.who": (2, 2),
        "problems.what.alike": (2, 2),
        "auditors.recall": (1, 1),
        "auditors.precision": (1, 1),
        "auditors.f1": (2, 2),
    }
    assert scored["posts.alike"] == (1, 1)
    assert not any(metric.startswith(("measures", "exemplars")) for metric in scored)


def cited(summary: dict[str, Any]) -> None:
    summary["problems"][0]["evidence"] = summary["auditors"][0]["evidence"]


def optional(summary: dict[str, Any]) -> None:
    del summary["problems"][2]


PLANTED = [
    (lambda s: s["problems"][0].update(who="乙镇"), "problems.who", (1, 2)),
    (lambda s: s["problems"][0].update(state="已整改"), "problems.state", (1, 2)),
    (lambda s: s["problems"][1].update(state="整改中"), "problems.state", (2, 2)),
    (lambda s: s["problems"][0].update(what="虚报学生人数"), "problems.what.alike", (2, 2)),
    (lambda s: s["problems"][0].update(what="加强组织领导"), "problems.what.alike", (1, 2)),
    (lambda s: s["auditors"][0].update(person="王平"), "auditors.f1", (0, 2)),
    (lambda s: s["auditors"][0].update(person="甲县"), "auditors.precision", (0, 1)),
    (cited, "problems.recall", (1, 2)),
    (cited, "problems.precision", (1, 2)),
    (optional, "problems.precision", (2, 2)),
]


@pytest.mark.parametrize(("plant", "metric", "parts"), PLANTED)
def test_a_planted_error_is_seen(case, schema, plant, metric, parts):
    summary = ideal(case)
    plant(summary)
    assert values(case, summary, schema)[metric] == parts


def test_words_that_gold_lacks_are_held_against_its_sentence(case, schema):
    """Gold of some auditors says what they did, of this one only where it stands."""
    summary = ideal(case)
    gold = case.gold.items["auditors"][0]
    gold.values["what"] = ()
    for said, hit in (("何平逐户核对名册", 1), ("带队检查学校", 0)):
        summary["auditors"][0]["what"] = said
        assert values(case, summary, schema)["auditors.what.alike"] == (hit, 1)
    scores = score_view(case, view(summary), lists_of(schema))
    [reason] = next(s for s in scores if s.metric == "auditors.what.alike").reasons
    assert "beside gold's sentence" in reason.what


def test_a_choice_is_no_text_of_the_models(case, schema):
    """A number in a word of the schema is not invented."""
    summary = ideal(case)
    before = values(case, summary, schema)["grounding.numbers"]
    summary["problems"][0]["state"] = "3年内整改"
    assert values(case, summary, schema)["grounding.numbers"] == before
    summary["problems"][0]["basis"] = ["第99号令"]
    assert values(case, summary, schema)["grounding.numbers"][0] == before[0]


def test_summaries_of_ones_own_schema_are_scored(case, schema, tmp_path, capsys):
    path = tmp_path / "summary.json"
    path.write_text(json.dumps(ideal(case)), encoding="utf-8")
    asked = ["score", str(path), "--dataset", str(case.path), "--schema", schema]
    assert run(asked) == 0
    out = capsys.readouterr().out
    assert "problems  recall 1.000 (2/2)" in out
    assert "measures" not in out


def test_an_item_without_evidence_is_refused(tmp_path, capsys):
    source = tmp_path / "a.toml"
    source.write_text(GOLD.replace('evidence = ["目前正在整改"]\n', ""), encoding="utf-8")
    assert run(["annotate", str(source)]) == 3
    assert "has no evidence" in capsys.readouterr().err
