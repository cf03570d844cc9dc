"""What each part contributes: functions of the product swapped for a while, and the tables."""

import json
import shutil
from pathlib import Path

import pytest
from fake_server import FakeServer, Reply, says, wanted

from evals import ablate
from evals.answers import Variant, summarizer
from evals.cases import HERE, load_cases
from evals.families import FAMILIES, MODEL_ALONE
from evals.lists import lists_of
from evals.parrot import answer, mute, parrot
from evals.program import run
from evals.report import load
from evals.reports.ablation import families, table
from evals.suites import scored
from evals.swaps import Swap, original, swapped
from summarizer.errors import ConfigError

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

COLUMNS = ["parrot", "fallback alone", "model alone", "both"]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for stem in ("05_solar_firm", "12_reservoir_resettlement"):
        for suffix in (".txt", ".json"):
            shutil.copy(HERE / "own" / f"{stem}{suffix}", folder)
    return folder


def made(documents: Path, model) -> list[str]:
    make = summarizer(model, Variant().settings)
    return [json.dumps(make(p), ensure_ascii=False) for p in sorted(documents.glob("*.txt"))]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f"{f.group}-{f.name}")
def test_a_family_names_functions_that_there_are_and_gives_them_back(family):
    lists_of()
    before = [original(swap) for swap in family.swaps]
    with swapped(family.swaps):
        for swap, function in zip(family.swaps, before, strict=True):
            assert vars_of(function)[swap.function] is not function
    for swap, function in zip(family.swaps, before, strict=True):
        assert vars_of(function)[swap.function] is function
        assert original(swap) is function


def vars_of(function) -> dict:
    import sys

    return vars(sys.modules[function.__module__])


def test_a_swap_reaches_every_module_that_imported_the_function():
    from summarizer.zh.labels import drafts, phrases, wholes

    whole = phrases.trimmed
    with swapped([Swap("phrases", "trimmed", lambda function, words: function(words) + "!")]):
        assert drafts.trimmed is wholes.trimmed is phrases.trimmed is not whole
        assert drafts.trimmed("目前修路") == "修路!"
    assert drafts.trimmed is wholes.trimmed is phrases.trimmed is whole


def test_a_swap_is_undone_when_something_fails():
    from summarizer.zh.labels import phrases

    whole = phrases.trimmed
    swap = Swap("phrases", "trimmed", lambda *_: "")
    with pytest.raises(RuntimeError), swapped([swap]):
        raise RuntimeError
    assert phrases.trimmed is whole


@pytest.mark.parametrize("swap", [("phrases", "nosuch"), ("nosuch", "trimmed")])
def test_a_function_that_is_gone_is_named(swap):
    with (
        pytest.raises(ConfigError, match=f"{swap[0]} of the product have {swap[1]}"),
        swapped([Swap(*swap, lambda *_: None)]),
    ):
        pass


def test_the_product_is_itself_again_after_every_family(tmp_path):
    documents = tmp_path / "short"
    documents.mkdir()
    shutil.copy(HERE.parent / "tests" / "data" / "short_report.txt", documents)
    before = made(documents, parrot())
    for family in FAMILIES:
        with swapped(family.swaps):
            made(documents, parrot())
    with swapped(MODEL_ALONE):
        made(documents, parrot())
    assert made(documents, parrot()) == before


def test_labels_without_their_rules_are_the_clauses_words(documents):
    everything = next(f for f in FAMILIES if (f.group, f.name) == ("labels", "all of them"))
    with swapped(everything.swaps):
        [first, *_] = [json.loads(text) for text in made(documents, mute())]
    text = (documents / "05_solar_firm.txt").read_text(encoding="utf-8")
    assert first["figures"]
    assert all(f["label"][:2] in text for f in first["figures"])


def test_a_model_alone_has_its_own_words(documents):
    """The parrot's label of 80户 is its key, which the product throws away for a draft."""
    with swapped(MODEL_ALONE):
        labels = [
            f["label"] for text in made(documents, parrot()) for f in json.loads(text)["figures"]
        ]
    ours = [f["label"] for text in made(documents, parrot()) for f in json.loads(text)["figures"]]
    assert len(labels) == len(ours)
    assert not set(labels) & set(ours)


def test_a_family_that_helps_is_seen_to_help(documents):
    cases = load_cases(str(documents))
    make = summarizer(parrot(), Variant().settings)
    names = ablate.rows(lists_of())
    found = list(ablate.without(make, lambda m: scored(cases, m, "report"), names, lambda _: None))
    assert [one.family for one in found] == list(FAMILIES)
    changes = {
        (one.family.group, one.family.name): {d.metric: d.change for d in one.differences}
        for one in found
    }
    assert changes["labels", "all of them"]["labels.alike"] < -0.1
    assert changes["subject and period", "all of them"]["labels.subject"] < 0
    assert changes["subject and period", "all of them"]["labels.alike"] == 0
    assert changes["others", "drafted titles"]["measures.recall"] < 0
    changed = {(one.family.group, one.family.name): one.changed for one in found}
    assert changed["labels", "english"] == 0, "there is no English in them"
    assert changed["labels", "all of them"] > 10
    shown = list(families(found, names))
    assert len(shown) == 3 + len(FAMILIES)
    assert all(line.count("|") == shown[0].count("|") for line in shown)


def test_the_report_of_a_run_has_the_columns(documents, tmp_path, capsys):
    def obedient(body) -> Reply:
        return says(json.dumps(answer(wanted(body) or {}), ensure_ascii=False))

    out = tmp_path / "out"
    with FakeServer(obedient) as server:
        asked = ["--model", "fake-1b", "--set", f"base_url={server.url}", "--set", "store=off"]
        live = ["run", "--suite", "live", "--dataset", str(documents), *asked, "-o", str(out)]
        assert run(live) == 0
        requests = len(server.requests)
        assert run([*live[:-2], "-o", str(tmp_path / "again")]) == 0
        assert len(server.requests) == 2 * requests, "the columns ask nobody"
    report = load(out)
    columns = report.runs[0].columns
    assert [column.name for column in columns] == COLUMNS
    by_name = {column.name: column.parts for column in columns}
    assert by_name["parrot"] == by_name["both"], "the model was a parrot"
    assert by_name["model alone"]["labels.alike"] != by_name["both"]["labels.alike"]
    text = (out / "report.md").read_text(encoding="utf-8")
    assert "| by itself | parrot | fallback alone | model alone | both |" in text
    assert "| labels.alike |" in text.partition("by itself")[2]
    capsys.readouterr()


def test_a_run_without_gold_or_model_has_no_columns(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("投入500余万元,惠及197户。", encoding="utf-8")
    out = tmp_path / "out"
    assert run(["run", "--dataset", str(tmp_path / "a.txt"), "-o", str(out)]) == 0
    assert load(out).runs[0].columns == ()
    assert "by itself" not in (out / "report.md").read_text(encoding="utf-8")
    assert list(table(())) == []
    capsys.readouterr()


def test_the_columns_are_printed_from_stored_answers(tmp_path, capsys):
    written = tmp_path / "columns.json"
    seed = next(c.path for c in load_cases("seeds") if c.name.startswith("003"))
    folder = tmp_path / "seed"
    folder.mkdir()
    shutil.copy(seed, folder)
    shutil.copy(HERE / "gold" / f"{seed.stem}.json", folder)
    assert run(["ablate", "--dataset", str(folder), "-o", str(written)]) == 0
    out = capsys.readouterr().out
    assert "| by itself | parrot | fallback alone | model alone | both |" in out
    assert list(json.loads(written.read_text(encoding="utf-8"))[str(folder)]) == COLUMNS


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--dataset", "nosuch"], 2, "no documents"),
        (["--model", "parrot"], 2, "a column already"),
        (["--dataset", "DOCUMENTS", "--model", "nosuch"], 3, "holds no answer"),
    ],
    ids=str,
)
def test_what_cannot_be_measured_is_told(arguments, code, said, documents, capsys):
    named = [str(documents) if one == "DOCUMENTS" else one for one in arguments]
    assert run(["ablate", *named]) == code
    assert said in capsys.readouterr().err


def test_documents_without_gold_cannot_be_ablated(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("投入500余万元。", encoding="utf-8")
    assert run(["ablate", "--families", "--dataset", str(tmp_path)]) == 2
    assert "has no gold" in capsys.readouterr().err
