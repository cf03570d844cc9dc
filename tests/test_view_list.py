"""`view` as a list to check: doubts first, sentences below; and where a result may go."""

import json
import re
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.documents.read import read

HERE = Path(__file__).parent
TEXT = HERE / "data" / "report.txt"
SCHEMA = ["--schema", str(HERE / "data" / "report_schema.py")]


@pytest.fixture
def stored(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    given = json.loads((HERE / "golden" / "report.json").read_text(encoding="utf-8"))
    given["document"] |= {"source": str(TEXT), "id": read(TEXT).id}
    given["figures"][3]["subject"] = "桐木镇"
    path = tmp_path / "s.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


def shown(stored, capsys, *options):
    assert run(["view", str(stored), *SCHEMA, *options]) == 0
    return capsys.readouterr().out


def test_the_doubtful_come_first_with_reasons_in_the_readers_language(stored, capsys, monkeypatch):
    lines = shown(stored, capsys, "--doubtful").splitlines()
    assert re.fullmatch(r"\d+ doubts / \d+", lines[1])
    marked = [n for n, line in enumerate(lines) if line.startswith("    ⚠ ")]
    things = [n for n, line in enumerate(lines) if line.startswith("- ")]
    first = [n for n in things if n + 1 in marked]
    assert first[: len(first) - 2] == things[: len(first) - 2]  # what is missed comes last
    assert "    ⚠ Subject not in the sentence: 桐木镇" in lines
    assert not any(line.startswith("    “") for line in lines)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "    ⚠ 主体不在句中：桐木镇" in shown(stored, capsys, "--doubtful").splitlines()


def test_each_sentence_that_proves_is_shown(stored, capsys):
    given = json.loads(stored.read_text(encoding="utf-8"))
    said = shown(stored, capsys, "--evidence")
    for figure in given["figures"]:
        assert f"[{figure['id']}]" in said
        assert f"“{figure['evidence']['quote'].strip()}”" in said
    assert "8000元" in said
    assert "unaccounted" in said.lower()


def test_a_list_is_text(stored, tmp_path, capsys):
    out = tmp_path / "x.txt"
    assert shown(stored, capsys, "--evidence", "-o", str(out)) == ""
    assert out.read_text(encoding="utf-8") == shown(stored, capsys, "--evidence")
    assert run(["view", str(stored), *SCHEMA, "--evidence", "--format", "json"]) == 2


def test_an_unknown_suffix_is_refused_and_a_format_forgives_case(stored, tmp_path, capsys):
    assert run(["view", str(stored), *SCHEMA, "-o", str(tmp_path / "x.pdf")]) == 2
    assert "'.pdf'" in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()
    assert run(["view", str(stored), *SCHEMA, "-o", str(tmp_path / "x.pdf"), "-f", "JSON"]) == 0
    assert json.loads((tmp_path / "x.pdf").read_text(encoding="utf-8"))


def test_footnotes_of_several_documents_are_kept_apart(stored, tmp_path, capsys):
    line = json.dumps(json.loads(stored.read_text(encoding="utf-8")))
    many = tmp_path / "many.jsonl"
    many.write_text(f"{line}\n{line}\n", encoding="utf-8")
    said = shown(many, capsys, "--format", "md")
    notes = re.findall(r"^\[\^([\d-]+)\]: ", said, re.MULTILINE)
    assert len(notes) == len(set(notes))
    assert {note.partition("-")[0] for note in notes} == {"1", "2"}
