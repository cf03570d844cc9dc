"""Settings: where each value comes from, and what is refused."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.config import Settings, settings, sources, unknown_variables
from summarizer.errors import ConfigError
from summarizer.policy import POLICIES, Policy, reason, size_of


def test_the_command_line_beats_the_environment_which_beats_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text("parallel = 3\nretries = 3\nreasks = 3\n", encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_PARALLEL", "4")
    monkeypatch.setenv("SUMMARIZER_RETRIES", "4")
    found = sources(parallel=5)
    assert found["parallel"] == (5, "command line")
    assert found["retries"] == (4, "SUMMARIZER_RETRIES")
    assert found["reasks"] == (3, "summarizer.toml")
    assert found["threads"] == (0, "default")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "chunk_mentions",
            "0",
            "chunk_mentions = '0' .SUMMARIZER_CHUNK_MENTIONS. must be 1 or more",
        ),
        ("retries", "-1", "must be 0 or more"),
        ("timeout", "nan", "must be 0 or more"),
        ("timeout", "soon", "is not a number"),
        ("max_tokens", "inf", "is not a whole number"),
        ("chunk_chars", "3.9", "is not a whole number"),
        ("script", "latin", "must be one of: source, hans, hant"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_source(monkeypatch, name, value, says):
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", value)
    with pytest.raises(ConfigError, match=says):
        settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("paralel = 3\n", r"there is no setting 'paralel' \(parallel\?\)"),
        ("window = 3\n", "there is no setting 'window'; "),
        ("parallel =\n", "cannot be read"),
        ("chunk_chars = 3.9\n", r"chunk_chars = 3.9 \(summarizer.toml\) must be a whole number"),
        ("chunk_chars = 3.0\n", "must be a whole number"),
        ("retries = true\n", "must be a number"),
        ("retries = [3]\n", "is not a whole number"),
        ("model = 3\n", "must be text"),
        ("store = false\n", "must be text"),
    ],
)
def test_a_settings_file_with_a_slip_is_refused(tmp_path, monkeypatch, text, says):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        settings()


@pytest.mark.parametrize(
    ("model", "size"),
    [
        ("local", "small"),
        ("local:/models/llama-70b.gguf", "small"),
        ("qwen2.5-coder-1.5b-instruct", "small"),
        ("Llama-3.2-3B", "small"),
        ("gemma-3-270m", "small"),
        ("qwen3:4b", "small"),
        ("qwen3:8b", "large"),
        ("qwen3-30b-a3b", "large"),
        ("mixtral-8x7b", "large"),
        ("gpt-4o-mini", "large"),
        ("qwen3-4bit-32b", "large"),
        ("", "large"),
    ],
)
def test_the_size_of_a_model_by_its_name(model, size):
    assert size_of(model) == size


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({}, "small"),
        ({"model": "qwen3"}, "large"),
        ({"model": "qwen3", "size": "small"}, "small"),
        ({"size": "large"}, "large"),
    ],
)
def test_a_size_is_the_default_of_other_settings(given, size):
    found = sources(**given)
    assert found["size"][0] == size
    for name, value in dataclasses.asdict(POLICIES[size]).items():
        assert found[name] == (value, f"default, {size}")


def test_each_decision_of_a_policy_has_its_reason_for_either_size():
    small, large = (dataclasses.asdict(POLICIES[size]) for size in ("small", "large"))
    for one in dataclasses.fields(Policy):
        assert reason(one.name, "small")
        assert reason(one.name, "large") or small[one.name] == large[one.name]
    assert reason("model", "small") == ""


def test_what_is_said_goes_before_the_size(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text('model = "qwen3"\nchunk_mentions = 6\n', encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_CHUNK_CHARS", "350")
    found = sources(reasks=2)
    assert found["size"] == ("large", "by model 'qwen3'")
    assert found["chunk_chars"] == (350, "SUMMARIZER_CHUNK_CHARS")
    assert found["chunk_mentions"] == (6, "summarizer.toml")
    assert found["reasks"] == (2, "command line")
    assert found["max_tokens"] == (8192, "default, large")


def test_settings_of_ones_own_are_those_of_a_small_model():
    assert Settings().digest() == settings().digest() == settings(size="small").digest()
    assert settings(size="large").digest() != settings().digest()


def test_a_variable_that_is_no_setting_is_told_with_the_nearest(monkeypatch):
    for name in ("SUMMARIZER_CHUNK_CHAR", "SUMMARIZER_SERVICE_HOST", "SUMMARIZER_MODEL"):
        monkeypatch.setenv(name, "3")
    assert unknown_variables() == [
        "SUMMARIZER_CHUNK_CHAR (SUMMARIZER_CHUNK_CHARS?)",
        "SUMMARIZER_SERVICE_HOST",
    ]


def test_an_empty_cache_variable_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert Settings().cache.is_absolute()


def test_the_digest_holds_what_can_change_a_result_and_not_how_fast_it_is_made():
    assert Settings(parallel=8).digest() == Settings().digest()
    assert Settings(reasks=0).digest() != Settings().digest()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://elsewhere.example/v1"),
        ("cache_dir", "answers"),
        ("schema", "mine.py"),
        ("schema", "mine.py:Mine"),
        ("model", "local:mine.gguf"),
    ],
)
def test_a_folder_does_not_decide_what_runs_and_who_gets_the_text(
    tmp_path, monkeypatch, name, value
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "summarizer.toml").write_text(f"{name} = {value!r}", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"{name} does not count from the folder"):
        settings()
    assert getattr(settings(**{name: value}), name) == value
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", value)
    assert getattr(settings(), name) == value


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a user without an entry in passwd")
def test_a_user_without_a_home_is_told_what_to_set():
    program = "import os, summarizer.config as c\nos.setuid(54321)\nprint(c.Settings().cache)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "ConfigError: this user has no home folder: set SUMMARIZER_CACHE_DIR" in done.stderr
