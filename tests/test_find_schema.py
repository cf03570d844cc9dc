"""The schema of a stored summary: shipped, said in the settings, or told to the user; none unasked."""

from __future__ import annotations

import json

import pytest
from fake_model import FakeModel

from summarizer.cli import run
from summarizer.config import settings
from summarizer.pipeline import summarize

RAN = "ran.txt"
COMMANDS = {
    "view": ["view", "one.json"],
    "view, doubtful": ["view", "one.json", "--doubtful"],
    "view of a pipe": ["view", "-"],
    "export": ["export", "one.json", "--to", "tables"],
    "review": ["review", "one.json", "-o", "page.html"],
}


@pytest.fixture(autouse=True)
def _made(tmp_path, monkeypatch):
    """A folder with a schema of one's own, and a summary that follows it."""
    monkeypatch.chdir(tmp_path)
    assert run(["new", "county"]) == 0
    file = tmp_path / "county" / "schema.py"
    fake = FakeModel()
    chosen = settings(size="large", store="off")
    summary = summarize(
        "county/sample.txt", model=fake.model, schema="county/schema.py", settings=chosen
    )
    (tmp_path / "one.json").write_text(summary.model_dump_json(), encoding="utf-8")
    marked = f"open({str(tmp_path / RAN)!r}, 'w').close()\n"
    file.write_text(file.read_text(encoding="utf-8") + marked, encoding="utf-8")


def called(words, monkeypatch, tmp_path):
    with (tmp_path / "one.json").open("rb") as file:
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": file}))
        return run(words)


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_the_message_says_what_to_give_and_nothing_has_run(words, monkeypatch, tmp_path, capsys):
    assert called(words, monkeypatch, tmp_path) == 2
    said = capsys.readouterr().err
    assert "no shipped schema has the id 'county.v1'" in said
    assert "give --schema county/schema.py" in said
    assert not (tmp_path / RAN).exists()
    assert called([*words, "--schema", "county/schema.py"], monkeypatch, tmp_path) == 0


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_the_one_of_the_users_settings_is_taken(words, monkeypatch, tmp_path):
    monkeypatch.setenv("SUMMARIZER_SCHEMA", "county/schema.py")
    assert called(words, monkeypatch, tmp_path) == 0


def test_the_settings_of_the_folder_one_stands_in_have_no_part_in_it(tmp_path, capsys):
    (tmp_path / "summarizer.toml").write_text('schema = "county/schema.py"\n', encoding="utf-8")
    assert run(["view", "one.json"]) == 2
    assert "--schema" in capsys.readouterr().err
    assert not (tmp_path / RAN).exists()


def test_where_no_file_has_the_id_the_message_says_so_in_general(tmp_path, monkeypatch, capsys):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert run(["view", "../one.json"]) == 2
    assert "give the file or folder that it was made with, as --schema PATH" in (
        capsys.readouterr().err
    )


def test_another_schema_than_the_summary_follows_is_told_as_that(capsys):
    assert run(["view", "one.json", "--schema", "report"]) == 3
    assert "one.json follows county.v1, and --schema report does not" in capsys.readouterr().err


def test_eval_scores_by_the_schema_that_a_summary_names(tmp_path, monkeypatch, capsys):
    words = ["eval", "score", "one.json", "--dataset", "county"]
    assert run(words) == 2
    assert "give --schema county/schema.py" in capsys.readouterr().err
    monkeypatch.setenv("SUMMARIZER_SCHEMA", "county/schema.py")
    assert run(words) == 0
    line = json.dumps({"status": "ok", "summary": json.loads((tmp_path / "one.json").read_text())})
    failed = json.dumps({"status": "failed", "source": "x", "error": {"type": "X"}})
    (tmp_path / "all.jsonl").write_text(f"{line}\n{failed}\n", encoding="utf-8")
    assert run(["eval", "score", "all.jsonl", "--dataset", "county"]) == 0


def test_a_batch_over_summaries_of_another_schema_says_so(tmp_path, capsys):
    line = json.dumps({"status": "ok", "summary": json.loads((tmp_path / "one.json").read_text())})
    (tmp_path / "all.jsonl").write_text(line + "\n", encoding="utf-8")
    words = ["batch", "county/sample.txt", "-o", "all.jsonl", "--dry-run"]
    assert run(words) == 0
    said = capsys.readouterr().err
    assert "all.jsonl has summaries of county.v1, this run makes those of report.v1" in said
    assert "give --schema county/schema.py" in said
    assert run([*words, "--schema", "county/schema.py"]) == 0
    assert "has summaries of" not in capsys.readouterr().err
