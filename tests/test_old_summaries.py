"""Summaries that earlier versions wrote load, view and export as they did."""

import json
from pathlib import Path

import pytest

from summarizer.cli import run

HERE = Path(__file__).parent
OLD = sorted((HERE / "data" / "summaries").glob("*.json"))
SCHEMA = ["--schema", str(HERE / "data" / "report_schema.py")]


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
def test_an_old_summary_is_viewed_and_loses_nothing(path, tmp_path):
    out = tmp_path / "again.json"
    assert run(["view", str(path), *SCHEMA, "-o", str(out)]) == 0
    old, new = (json.loads(p.read_text(encoding="utf-8")) for p in (path, out))
    for figure in new["figures"]:
        assert figure.pop("confidence") is None  # nobody judged it then
    grown = ("provenance", "document", "coverage")
    assert {k: new[k] for k in old if k not in grown} == {k: old[k] for k in old if k not in grown}
    for part in grown:
        assert {k: new[part][k] for k in old[part]} == old[part]


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "html", "txt"])
def test_an_old_summary_is_exported(path, form, tmp_path):
    out = tmp_path / ("tables" if form in ("csv", "jsonl") else f"report.{form}")
    command = ["view", str(path), *SCHEMA, "-o", str(out)]
    if out.name == "tables":
        command = ["export", str(path), *SCHEMA, "--format", form, "--to", str(out)]
    assert run(command) == 0
    assert out.exists()
