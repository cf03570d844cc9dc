"""The program: exit codes, files, and messages that say what to do."""

import json
import shutil
from pathlib import Path

import pytest

from evals.cases import HERE, load_cases
from evals.ideal import ideal
from evals.program import run

SEED = load_cases("seeds")[3]


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "summary.json"
    path.write_text(json.dumps(ideal(SEED)), encoding="utf-8")
    return path


@pytest.fixture
def gates(tmp_path: Path) -> Path:
    path = tmp_path / "gates.toml"
    path.write_text(
        'measured = [["grammar", "own"]]\n[grammar.any.floors]\n"figures.f1" = 0.5\n',
        encoding="utf-8",
    )
    return path


def test_a_grammar_run_writes_every_report(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "job.md"))
    out = tmp_path / "out"
    assert run(["run", "--suite", "grammar", "--dataset", "own", "-o", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == [
        "junit.xml", "report.html", "report.json", "report.md"
    ]  # fmt: skip
    assert (tmp_path / "job.md").read_text(encoding="utf-8").startswith("## grammar · own")
    captured = capsys.readouterr()
    assert "figures.f1" in captured.out
    assert "wrote" in captured.err
    assert "wrote" not in captured.out


def test_ones_own_documents_without_gold_are_held_against_the_regex_truth(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("全县投入500余万元,惠及197户。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("清明将至。", encoding="utf-8")
    assert run(["run", "--dataset", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert "truth.agreement" in capsys.readouterr().out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'class="found"' in page


def test_gate_measures_what_the_gates_name(tmp_path, gates, capsys):
    asked = ["gate", "--gates", str(gates), "-o", str(tmp_path / "out")]
    assert run(asked) == 0
    assert (tmp_path / "out" / "grammar-own" / "report.html").is_file()
    assert "gates: 1 passed, 0 fell short, 0 not measured" in capsys.readouterr().err
    gates.write_text(gates.read_text().replace("0.5", "1.1"))
    assert run(asked) == 1
    captured = capsys.readouterr()
    assert "gates: 0 passed, 1 fell short" in captured.err
    assert "fell short" in captured.out
    assert run(["gate", str(tmp_path / "out" / "grammar-own"), "--gates", str(gates)]) == 1


def test_what_cannot_be_measured_is_neither_passed_nor_short(tmp_path, gates):
    (tmp_path / "empty.txt").write_text("没有数字。", encoding="utf-8")
    folder = str(tmp_path)
    assert run(["run", "--dataset", folder, "--gate", "--gates", str(gates)]) == 3


def test_ones_own_documents_have_gates_too(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("投入500余万元,惠及197户。", encoding="utf-8")
    assert run(["run", "--dataset", str(tmp_path), "--gate"]) == 0
    assert "truth.agreement" in capsys.readouterr().out


def test_the_baseline_changes_only_by_its_command(tmp_path, gates, capsys):
    baseline = tmp_path / "baseline.json"
    where = ["--gates", str(gates), "--baseline", str(baseline)]
    assert run(["gate", *where]) == 0
    assert not baseline.exists()
    assert run(["baseline", "update", *where]) == 0
    first = baseline.read_bytes()
    assert run(["baseline", "update", *where]) == 0
    assert baseline.read_bytes() == first
    assert list(json.loads(first)) == ["grammar own"]
    capsys.readouterr()


def test_two_reports_are_compared(tmp_path, capsys):
    out = tmp_path / "out"
    assert run(["run", "--dataset", "own", "-o", str(out)]) == 0
    capsys.readouterr()
    assert run(["compare", str(out), str(out / "report.json")]) == 0
    assert "same" in capsys.readouterr().out


def test_another_tool_is_a_third_opinion(tmp_path, capsys):
    opinion = tmp_path / "other_tool.jsonl"
    (tmp_path / "a.txt").write_text("投入500余万元,惠及197户。", encoding="utf-8")
    opinion.write_text(
        '{"document": "a", "start": 2, "end": 8, "value": "500", "unit": "元"}\n', encoding="utf-8"
    )
    out = str(tmp_path / "out")
    assert (
        run(["run", "--dataset", str(tmp_path / "a.txt"), "--opinion", str(opinion), "-o", out])
        == 0
    )
    assert "other_tool.agreement" in capsys.readouterr().out
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    scores = {s["metric"]: s for s in report["runs"][0]["documents"][0]["scores"]}
    differing = [r["gold"] for r in scores["other_tool.agreement"]["reasons"]]
    assert differing == ["other_tool 500元", "other_tool –"]
    opinion.write_text("{}\n", encoding="utf-8")
    assert run(["run", "--opinion", str(opinion)]) == 3
    assert "line 1 is no quantity" in capsys.readouterr().err


def test_summaries_are_scored_and_explained(summary, capsys):
    assert run(["score", str(summary), "--dataset", "seeds", "--explain"]) == 0
    out = capsys.readouterr().out
    assert f"== {SEED.name}" in out
    assert "== all, n=1 documents" in out
    planted = json.loads(summary.read_text())
    planted["figures"][0]["value"] = "7"
    summary.write_text(json.dumps(planted), encoding="utf-8")
    assert run(["score", str(summary), "--explain"]) == 0
    assert "false figure f0: 2個 = 7个 | value is 2个" in capsys.readouterr().out


def test_mentions_are_scored_without_a_model(capsys):
    assert run(["mentions", "--dataset", "own"]) == 0
    assert "== all, n=34 documents" in capsys.readouterr().out


def test_marked_text_becomes_gold(tmp_path, capsys):
    source = tmp_path / "01_harbour_district.toml"
    shutil.copy(HERE / "own" / source.name, source)
    assert run(["annotate", str(source)]) == 0
    written = source.with_suffix(".json").read_bytes()
    assert written == (HERE / "own" / source.with_suffix(".json").name).read_bytes()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "--dataset", "nosuch"], 2, "no documents"),
        (["run", "--suite", "nosuch"], 2, "--suite"),
        (["run", "--suite", "replay", "--set", "nosuch=1"], 2, "no setting 'nosuch'"),
        (["run", "--set", "nosuch"], 2, "NAME=VALUE"),
        (["nosuch"], 2, "nosuch"),
        (["bench", "nosuch"], 2, "no benchmark"),
        (["gate", "nosuch.json"], 3, "no report"),
        (["compare", "a.json", "b.json"], 3, "no report"),
        (["score", "nosuch.json"], 3, "no summary"),
    ],
    ids=str,
)
def test_wrong_use_has_its_own_code_and_one_line(arguments, code, said, capsys):
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
