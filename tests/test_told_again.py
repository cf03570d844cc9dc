"""A second look finds the sentence that tells of an item again, and a choice goes by odds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.errors import NoProbabilities
from summarizer.pipeline import summarize
from summarizer.types import Document

SMALL = settings(size="small", store="off")
LINES = (Path(__file__).parent / "data" / "told_again.txt").read_text(encoding="utf-8").splitlines()
OTHERS = (Path(__file__).parent / "data" / "told_by_others.txt").read_text("utf-8").splitlines()
CASES = [
    ([part.strip() for part in line.split("=>")[0].split("|")], line.split("=>")[1].strip())
    for line in LINES
    if not line.startswith("#")
]
AGAIN = [again for _, again in CASES if again != "-"]
TEXT = (
    "临湖县2023年度审计工作报告\n一、审计发现的问题\n"
    + "".join(told for (_, _, told), _ in CASES)
    + "\n二、整改情况\n县政府开会研究。"
    + "".join(reversed(AGAIN))
    + "\n"
)


def listed(asked):
    """The problems of each sentence: those of the first part, and what a poor reader adds."""
    keys = asked.schema["properties"]["problems"]["properties"]
    said = {told[:4]: {"who": who, "what": what} for (who, what, told), _ in CASES}
    said["县水务局"] |= {}
    found = {key: [said[key.split(".")[1]]] for key in keys if key.split(".")[1] in said}
    if any("整改" in line for line in asked.text.splitlines()):
        found = {key: [{"who": "县水务局", "what": "专项资金全部拨付"}] for key in found}
    return {"problems": {key: [] for key in keys} | found}


def chosen(asked):
    """What the model is sure of: each sentence may be a problem; some sentence says 收回, 已, 未."""
    if "问题" in asked.messages[-2]["content"] + asked.messages[-4]["content"]:
        return {"问题": -0.1, "其他": -3.0}
    part = "部分" if "其余" in asked.text else "已"
    return {"未": -1.0, part: -0.5, "整改": -9.0}


def read(**script):
    fake = FakeModel(items=listed, **script)
    document = Document("0" * 16, "x", TEXT)
    return summarize(document, model=fake.model, schema="audit", settings=SMALL), fake


def test_the_sentence_that_tells_of_an_item_again_is_found_by_what_is_rare():
    summary, _ = read(judge=chosen)
    proofs = {one.who: [e.quote for e in one.proofs.get("status", ())] for one in summary.problems}
    assert proofs == {who: [] if again == "-" else [again] for (who, _, _), again in CASES}


def test_a_choice_is_the_likeliest_by_its_first_word():
    summary, fake = read(judge=chosen)
    assert {one.who: one.status for one in summary.problems} == {
        who: None if again == "-" else "部分整改" if "其余" in again else "已整改"
        for (who, _, _), again in CASES
    }
    assert fake.asked("find") == [], "nothing is asked in words"
    (due,) = [one.deadline for one in summary.problems if one.deadline]
    assert due.end == "2025-03-31"


def test_what_only_tells_of_an_earlier_item_again_is_none_and_is_told():
    summary, _ = read(judge=chosen)
    assert [one.who for one in summary.problems] == [who for (who, _, _), _ in CASES]
    (issue,) = [one for one in summary.issues if one.code == "second_look_dropped"]
    assert "专项资金全部拨付” tells of an earlier one again" in issue.message


@pytest.mark.parametrize("judge", [NoProbabilities("none"), {"其": -0.1}])
def test_without_probabilities_a_choice_is_asked_in_words(judge):
    summary, fake = read(judge=judge, find={"value": "未整改"})
    assert len(fake.asked("find")) == len(AGAIN)
    assert {one.status for one in summary.problems} == {"未整改", None}


@pytest.mark.parametrize("line", [s for s in OTHERS if not s.startswith("#")])
def test_a_problem_of_another_office_is_its_own(line):
    parts = [part.strip() for part in line.split("|")]
    found = [tuple(parts[:3]), tuple(parts[3:])]

    def items(asked):
        keys = asked.schema["properties"]["problems"]["properties"]
        said = {told[:4]: {"who": who, "what": what} for who, what, told in found}
        return {"problems": {key: [said[key.split(".")[1]]] for key in keys}}

    fake = FakeModel(items=items, judge={"问题": -0.1, "未": -1.0, "其他": -3.0})
    text = "一、审计发现的问题\n" + "".join(told for _, _, told in found) + "\n"
    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=fake.model, schema="audit", settings=SMALL)
    assert [(one.who, one.status) for one in summary.problems] == [
        (who, None) for who, _, _ in found
    ]
    assert "second_look_dropped" not in {issue.code for issue in summary.issues}
