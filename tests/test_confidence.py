"""How sure a label is: by plain signs, calibrated on labels that gold knows."""

import json

import pytest
from fake_model import FakeModel

from evals.answers import Variant, opened
from evals.calibrate import Judged, curve, fitted, judged
from evals.cases import load_cases
from evals.program import run
from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Span
from summarizer.zh.labels.confidence import Labelled, _weights, confidence

SENTENCE = "全镇投入资金320万元,改造危房80户。"
MONEY, HOMES = Span(6, 11), Span(16, 19)


def labelled(label, at=MONEY, kind="money", doubts=()):
    return Labelled(label, SENTENCE, at, (MONEY, HOMES), kind, doubts)


def test_words_of_the_clause_are_surer_than_others_and_a_doubt_takes_from_it():
    sure = confidence(labelled("投入资金金额"))
    assert 0.5 < sure < 1
    assert confidence(labelled("火星探测器发射经费")) < sure
    assert confidence(labelled("投入资金金额", doubts=["subject_unsaid"])) < sure
    assert confidence(labelled("全镇召开动员大会进行全面部署改造危房户数", HOMES, "count")) < sure


def test_a_figure_has_it_and_a_number_of_a_table_or_of_english_has_none(tmp_path):
    table = "| 年份 | 产值(万元) |\n|---|---|\n| 2020年 | 450 |\n| 2021年 | 480 |"
    path = tmp_path / "x.md"
    path.write_text(f"{SENTENCE}\n\n{table}\n\nThe county built 12 bridges.\n", encoding="utf-8")
    made = summarize(path, model=FakeModel().model, settings=settings(store="off", size="small"))
    told = {figure.text: figure.confidence for figure in made.figures}
    assert 0 < told["320万元"] <= 1
    assert [told[number] for number in ("450", "480", "12 bridges")] == [None] * 3


def test_weights_that_are_fitted_tell_right_from_wrong():
    good = [Judged(labelled("投入资金金额"), right=True)] * 30
    bad = [Judged(labelled("火星探测器发射经费"), right=False)] * 10
    weights = fitted([*good, *bad])
    assert confidence(good[0].one, weights) > 0.8
    assert confidence(bad[0].one, weights) < 0.4
    found = curve([*good, *bad], weights)
    assert [part.count for part in found.parts] == [8] * 5
    assert found.found == 0.8
    assert found.error < 0.2


@pytest.fixture(scope="module")
def ours():
    with opened(Variant()) as session:
        cases = [case for case in load_cases("all") if case.gold]
        return [(case, session.summarize(case.path)) for case in cases]


def test_the_stored_answers_are_as_right_as_they_are_sure(ours):
    found = curve([one for case, made in ours for one in judged(case, made, "report")])
    assert found.error < 0.06  # wanted on documents by others: 0.08
    assert found.found > 0.4
    shares = [part.right / part.count for part in found.parts]
    assert shares[0] < 0.75
    assert shares[-1] > 0.9


def test_the_command_holds_summaries_against_gold(ours, tmp_path, capsys):
    lines = tmp_path / "ours.jsonl"
    lines.write_text("".join(json.dumps({"summary": made}) + "\n" for _, made in ours[:5]), "utf-8")
    assert run(["calibrate", str(lines), "--dataset", "all", "--fit"]) == 0
    out = capsys.readouterr()
    told = out.out + out.err
    assert "labels," in told
    assert "expected calibration error" in told
    names = [line.split("\t")[0] for line in out.out.splitlines() if "\t" in line]
    assert "in clause" in names
    assert set(names) <= set(_weights())  # what was judged before is no sign
    assert run(["calibrate", str(lines), "--dataset", "evals/genres/audit"]) == 3
