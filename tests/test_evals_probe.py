"""Fitting a probe: what marked documents are, and what comes of states that can be told apart."""

import random

import pytest

from evals import logistic, probe, program
from summarizer.engine.probe import load_probe
from summarizer.errors import InputError
from summarizer.resources import resource

MARKED = sorted(resource("evals", "marked").glob("*.txt"))


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_every_marked_document_is_one(path):
    document = probe.read_marked(path)
    assert len(document.tags) == len(document.sentences) > 15
    assert len(set(document.tags)) > 1
    head, _, tail = path.read_text(encoding="utf-8").partition("\n\n")
    for line in tail.splitlines():
        mark, name, kind, role = line.split("\t")
        assert mark == "#"
        assert name in head.replace("\n", "")
        assert kind in {"person", "village", "organisation"}
        assert role in {"榜样", "受助", "提及"}


@pytest.mark.parametrize("line", ["好的。", "做\t", "坏\t好的。", "做 好的。"])
def test_a_line_that_is_none_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "one.txt"
    path.write_text(f"他\t标题\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.txt:2"):
        probe.read_marked(path)


def test_passages_are_as_long_as_asked():
    sentences = ["一" * 40, "二" * 40, "三" * 40, "四" * 200]
    assert [len(one) for one in probe.passages(sentences, 100)] == [2, 1, 1]


def test_what_can_be_told_apart_is_and_stays_so_in_its_file(tmp_path):
    pytest.importorskip("numpy")
    dice = random.Random(1)
    is_one = [dice.random() < 0.4 for _ in range(300)]
    states = [[dice.gauss(5 * so, 1), *(dice.gauss(0, 1) for _ in range(200))] for so in is_one]
    [fitted] = logistic.fit(states[:200], [[so] for so in is_one[:200]])
    worth = probe.held([fitted.odds(one) for one in states[200:]], is_one[200:], 0.0)
    assert worth.area > 0.8
    path = tmp_path / "acts.own.probe.json"
    path.write_text(probe.written(fitted, "acts", 0.25), encoding="utf-8")
    kept = load_probe(path)
    assert (kept.weights, kept.bias, kept.least) == (fitted.weights, fitted.bias, 0.25)


def test_a_sentence_on_which_it_is_wrong_is_shown():
    document = probe.Marked("a", ("做", "他", "做"), ("建桥。", "春天。", "修路。"))
    assert list(probe.wrong(document, [1.0, 2.0, -1.0], "做", 0.0)) == [
        "a\t2.0\t他\t春天。",
        "a\t-1.0\t做\t修路。",
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--list", "portraits"], "those that can: measures, exemplars"),
        (["--tag", "好"], "--tag is one of 做"),
        (["--list", "exemplars", "--tag", "做"], "--tag is one of 榜样"),
        (["--schema", "bulletin", "--list", "stats"], "none of its lists can"),
    ],
)
def test_what_can_have_no_probe_is_told_before_a_model_reads(capsys, options, told):
    assert program.run(["probe", str(MARKED[0].parent), *options]) == 2
    assert told in capsys.readouterr().err
