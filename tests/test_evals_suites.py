"""Suites over a server on loopback: what is recorded is replayed, what is away is not measured."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer, Reply, error, says, wanted

from evals.cases import HERE
from evals.program import run
from evals.report import load

CANARY = "sk-canary-0123456789"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for stem in ("07_no_quantity", "08_pinyin_village"):
        for suffix in (".txt", ".json"):
            shutil.copy(HERE / "own" / f"{stem}{suffix}", folder)
    return folder


def least(schema: dict[str, Any], defined: dict[str, Any]) -> Any:
    """The smallest value that fits a JSON Schema."""
    if "$ref" in schema:
        return least(defined[schema["$ref"].rpartition("/")[2]], defined)
    for word in ("const", "enum", "anyOf", "type"):
        if word not in schema:
            continue
        if word == "const":
            return schema["const"]
        if word == "enum":
            return schema["enum"][0]
        if word == "anyOf":
            return least(schema["anyOf"][0], defined)
    if schema.get("type") == "object":
        return {name: least(s, defined) for name, s in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [least(schema["items"], defined)] * schema.get("minItems", 0)
    return {"integer": 1, "string": "带动增收户数", "boolean": False}.get(str(schema.get("type")))


def obedient(body: dict[str, Any]) -> Reply:
    schema = wanted(body)
    return says(json.dumps(least(schema, schema.get("$defs", {})), ensure_ascii=False))


def metrics(folder: Path) -> dict[str, tuple[float, float]]:
    found = load(folder).runs[0].metrics()
    return {m.name: (m.score.hit, m.score.of) for m in found if not m.name.startswith("cost.")}


def test_what_was_recorded_is_replayed_without_the_server(documents, tmp_path, capsys):
    cassettes = tmp_path / "cassettes"
    common = ["--dataset", str(documents), "--cassettes", str(cassettes), "--model", "fake"]
    with FakeServer(obedient) as server:
        at = ["--set", f"base_url={server.url}"]
        assert run(["record", *common, *at]) == 0
        asked = len(server.requests)
        assert asked > 0
        live = ["--dataset", str(documents), "--model", "fake", *at, "--set", "store=off"]
        assert run(["run", "--suite", "live", *live, "-o", str(tmp_path / "live")]) == 0
        assert run(["record", *common, *at]) == 0
        assert len(server.requests) == 2 * asked, "what is stored already is not asked again"
    assert run(["run", "--suite", "replay", *common, "-o", str(tmp_path / "replay")]) == 0
    assert metrics(tmp_path / "replay") == metrics(tmp_path / "live")
    tokens = load(tmp_path / "replay").runs[0].metric("cost.prompt_tokens")
    assert tokens.score.hit == 20 * asked
    assert CANARY not in (cassettes / "fake.anchored.jsonl").read_text(encoding="utf-8")
    capsys.readouterr()


def test_a_matrix_has_a_run_a_cell(documents, tmp_path, capsys):
    with FakeServer(obedient) as server:
        asked = ["--set", f"base_url={server.url}", "--model", "one", "--model", "two"]
        out = ["-o", str(tmp_path / "out")]
        assert run(["run", "--suite", "live", "--dataset", str(documents), *asked, *out]) == 0
    assert [r.name for r in load(tmp_path / "out").runs] == ["one anchored", "two anchored"]
    capsys.readouterr()


def test_a_model_that_is_away_is_not_a_bad_model(documents, tmp_path, capsys):
    with FakeServer(error(401, "who are you?")) as server:
        asked = ["--model", "fake", "--set", f"base_url={server.url}", "--set", "retries=0"]
        out = ["-o", str(tmp_path / "out"), "--gate"]
        assert run(["run", "--suite", "live", "--dataset", str(documents), *asked, *out]) == 3
    said = capsys.readouterr()
    assert "not measured" in said.err
    assert "0 fell short" in said.err
    report = load(tmp_path / "out")
    assert all(result.error for result in report.runs[0].results)
    assert CANARY not in (tmp_path / "out" / "report.json").read_text(encoding="utf-8")


def test_one_document_that_fails_costs_itself_only(documents, tmp_path, capsys):
    (documents / "empty.txt").write_text("", encoding="utf-8")
    out = tmp_path / "out"
    assert run(["run", "--dataset", str(documents), "-o", str(out)]) == 0
    results = {result.case: result for result in load(out).runs[0].results}
    assert results["empty"].error.startswith("EmptyDocument")
    assert not results["08_pinyin_village"].error
    capsys.readouterr()
