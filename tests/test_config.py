"""Settings: where each value comes from, and what is refused."""

from pathlib import Path

import pytest

from summarizer.config import Settings, settings, sources
from summarizer.errors import ConfigError


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
        ("max_tokens", "inf", "is not a number"),
        ("script", "latin", "must be one of: source, hans, hant"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_source(monkeypatch, name, value, says):
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", value)
    with pytest.raises(ConfigError, match=says):
        settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [("paralel = 3\n", "there is no setting 'paralel'"), ("parallel =\n", "cannot be read")],
)
def test_a_settings_file_with_a_slip_is_refused(tmp_path, monkeypatch, text, says):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        settings()


def test_an_empty_cache_variable_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert Settings().cache.is_absolute()


def test_the_digest_holds_what_can_change_a_result_and_not_how_fast_it_is_made():
    assert Settings(parallel=8).digest() == Settings().digest()
    assert Settings(reasks=0).digest() != Settings().digest()
