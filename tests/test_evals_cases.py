"""Gold and the documents of our own: offsets that hold, files that are what made them."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from evals.annotate import annotate, dump
from evals.cases import HERE, load_cases
from evals.scorers import SCORERS
from summarizer.documents.read import read
from summarizer.errors import ConfigError, InputError

ALL = load_cases("all")
OWN = sorted((HERE / "own").glob("*.toml"))


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_offsets_hold(case):
    assert case.gold is not None
    for entry in (*case.gold.figures, *case.gold.non_figures):
        assert case.text[entry.span.slice] == entry.text


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_evidence_and_names_stand_in_the_text(case):
    lists = case.gold.items
    assert set(lists) == {"measures", "exemplars"}
    assert all(item.evidence for items in lists.values() for item in items)
    assert all(any(n in case.text for n in e.values["name"]) for e in lists["exemplars"])


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_figures_and_non_figures_are_apart(case):
    spans = sorted(e.span for e in (*case.gold.figures, *case.gold.non_figures))
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_a_case_is_the_document_that_the_product_reads(case):
    document = read(case.path)
    assert (document.id, document.text) == (case.id, case.text)


@pytest.mark.parametrize("source", OWN, ids=[path.stem for path in OWN])
def test_our_own_gold_is_what_its_marked_text_says(source):
    text, gold = annotate(source)
    assert source.with_suffix(".txt").read_bytes().decode() == text
    assert source.with_suffix(".json").read_text(encoding="utf-8") == dump(gold)


def test_there_are_documents_of_many_kinds():
    assert len(OWN) >= 10
    own = [case.gold for case in load_cases("own")]
    assert any(not gold.figures for gold in own)
    assert any(not gold.items["exemplars"] for gold in own)
    categories = {
        category
        for path in (HERE / "own").glob("*.json")
        for measure in json.loads(path.read_text(encoding="utf-8"))["measures"]
        for category in (measure["category"], *measure.get("category_alt", ()))
    }
    assert len(categories) >= 10


def marked(tmp_path: Path, text: str, more: str = "") -> Path:
    source = tmp_path / "a.toml"
    source.write_text(
        f"about = 'x'\ntext = '''\n{text}'''\n[meta]\nplace = '甲镇'\n{more}", encoding="utf-8"
    )
    return source


@pytest.mark.parametrize(
    ("text", "more", "complaint"),
    [
        ("投入5万元", "", "'5' in"),
        ("进一步", "", "'一' in"),
        ("[[5户|^]]", "", "repeats nothing"),
        (
            "修路。",
            "[[measures]]\ntitle='x'\ncategory='其他'\nevidence=['植树']",
            "is not in the text",
        ),
    ],
)
def test_an_annotator_is_told_what_is_amiss(tmp_path, text, more, complaint):
    with pytest.raises(InputError, match=complaint):
        annotate(marked(tmp_path, text, more))


def test_marks_become_figures(tmp_path):
    text, gold = annotate(
        marked(
            tmp_path,
            "[[近5户|5 户/家 under count|户数||今年]]脱贫,[[3—4个|3..4 个 range count|数||]]*",
        )
    )
    assert text == "近5户脱贫,3—4个"
    first, second = gold["figures"]
    assert (first["approx"], first["unit_alt"], first["subject"]) == ("under", ["家"], "甲镇")
    assert (second["value"], second["high"], second["borderline"]) == ("3", "4", True)


def test_a_folder_of_ones_own_needs_no_gold(tmp_path):
    (tmp_path / "b.txt").write_text("投入5万元。", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes("投入6万元。".encode("gb18030"))
    cases = load_cases(str(tmp_path))
    assert [case.gold for case in cases] == [None, None]
    assert cases[1].text == "投入6万元。"


@pytest.mark.parametrize("dataset", ["nosuch", "/nosuch/folder"])
def test_an_unknown_dataset_is_a_usage_error(dataset):
    with pytest.raises(ConfigError, match="no documents"):
        load_cases(dataset)


def test_every_scorer_is_listed_once():
    assert len(set(SCORERS)) == len(SCORERS)
