"""`summarizer models`, as a shell sees it."""

import json
import os
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from summarizer.cli import run
from summarizer.models.weights import find_parts

FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


@pytest.fixture
def weights_folder() -> Path:
    folder = Path(os.environ["XDG_CACHE_HOME"]) / "summarizer" / "weights"
    folder.mkdir(parents=True)
    return folder


def test_list_into_a_pipe_is_tab_separated(capsys):
    assert run(["models", "list"]) == 0
    header, *rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert header == ["name", "usable", "state", "where"]
    assert [row[0] for row in rows] == [
        "local",
        "local engine",
        "local threads",
        "local cache",
        "local parts",
        "local hub",
        "endpoint",
    ]
    assert rows[3][1:3] == ["no", "absent"]
    assert rows[6][1:3] == ["no", "not set up"]


def test_list_as_json_shows_the_endpoint_and_no_key(capsys, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:8000/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    assert run(["models", "list", "--json"]) == 0
    out = capsys.readouterr().out
    assert "canary" not in out
    assert json.loads(out)[-1] == {
        "name": "endpoint",
        "usable": True,
        "state": "with OPENAI_API_KEY",
        "where": "http://localhost:8000/v1",
    }


def test_list_shows_a_bad_address_without_failing(capsys, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "localhost")
    assert run(["models", "list"]) == 0
    assert "is no web address" in capsys.readouterr().out


def test_path_of_what_is_not_there_says_how_to_get_it(capsys):
    assert run(["models", "path"]) == 4
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "summarizer models pull" in streams.err


def test_path_is_one_line(weights_folder, capsys):
    (weights_folder / FILE).write_bytes(b"GGUF")
    assert run(["models", "path"]) == 0
    assert capsys.readouterr().out == f"{weights_folder / FILE}\n"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"GGUF"), "4 bytes instead of 1117320768"),
        (lambda path: None, "cannot be read: No such file"),
        (lambda path: path.mkdir(), "is not " + FILE),
        (write_tiny_gguf, "bytes instead of"),
    ],
)
def test_verify_tells_a_wrong_file(tmp_path, capsys, make, says):
    make(tmp_path / "some.gguf")
    assert run(["models", "verify", str(tmp_path / "some.gguf")]) == 4
    assert says in capsys.readouterr().err


@pytest.mark.slow
def test_verify_reads_to_the_last_byte(tmp_path, capsys):
    path = tmp_path / FILE
    with path.open("wb") as file:
        file.truncate(1_117_320_768)  # a hole of the right size
    assert run(["models", "verify", str(path)]) == 4
    assert "wrong checksum: sha256" in capsys.readouterr().err


@pytest.mark.slow
def test_pull_joins_the_installed_parts(capsys):
    if None in find_parts():
        pytest.skip("the weights' packages are not installed")
    assert run(["models", "pull"]) == 0
    streams = capsys.readouterr()
    assert streams.out.endswith(f"{FILE}\n")
    assert "1.12 GB" in streams.err
    assert run(["models", "verify"]) == 0
    assert ": ok, sha256 cc324af0" in capsys.readouterr().out
