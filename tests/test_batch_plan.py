"""What a batch would come to, held against what answers to the same requests took."""

import json
import re
from pathlib import Path

import pytest
from first_sent import first_sent

from summarizer.batch.plan import expected
from summarizer.cli import run
from summarizer.config import settings
from summarizer.engine.schema import load_schema

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("file", "chosen"),
    [
        ("local-qwen2.5-coder-1.5b-instruct-q4_k_m.anchored", {"size": "small"}),
        ("reader.anchored", {"size": "large"}),
    ],
)
def test_a_plan_reckons_about_as_many_tokens_as_the_stored_answers_took(file, chosen):
    """By kind: a judge says one token, and a passage's answer is as long as the passage."""
    stored = ROOT / "evals" / "cassettes" / f"{file}.jsonl"
    took = {}
    for line in stored.read_text("utf-8").splitlines():
        row = json.loads(line)
        took[row["request"]["ask"]] = row["answer"]["completion_tokens"]
    asked = [
        one
        for seed in SEEDS
        for one in first_sent(seed, settings(**chosen))
        if one[1][-1]["content"] in took
    ]
    assert len(asked) > 5
    schema, seldom = load_schema("report"), settings(**chosen, overview="extract")
    _, _, reckoned = expected(asked, schema, seldom)
    real = sum(took[messages[-1]["content"]] for _, messages in asked)
    assert 0.7 < reckoned / real < 1.5


def test_a_plan_counts_the_overview_where_the_model_writes_one():
    asked = [("judge 1 of 1", [{"role": "user", "content": "是"}])]
    report, audit = load_schema("report"), load_schema("audit")
    written, extract = (settings(size="large", overview=how) for how in ("written", "extract"))
    assert expected(asked, report, extract)[::2] == (1, 1)
    assert expected(asked, report, written)[::2] == (2, 101)
    assert expected(asked, audit, written)[::2] == (1, 1)


def test_a_plan_counts_what_comes_of_answers(tmp_path, monkeypatch, capsys):
    """A small model's requests for rows and for fields of the summary are in no preview."""
    monkeypatch.chdir(tmp_path)
    assert run(["new", "county"]) == 0
    command = ["batch", "county/sample.txt", "-o", "out.jsonl", "--schema", "county/schema.py"]
    counted = {}
    for size in ("small", "large"):
        capsys.readouterr()
        asked = ["--model", "fake", "--base-url", "http://127.0.0.1:9/v1", "--size", size]
        assert run([*command, *asked, "--dry-run"]) == 0
        told = capsys.readouterr()
        counted[size] = int(re.search(r"requests +about (\d+)", told.out + told.err)[1])
    assert counted["small"] > 5
    assert counted["large"] == 1
