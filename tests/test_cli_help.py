"""`--help` in Chinese, whole; and a completion for everything that has choices."""

import pytest
from rich.cells import cell_len
from typer.main import get_command

from summarizer.cli import COMMANDS, app, run
from summarizer.cli.help import LANGUAGES, catalogue, units
from summarizer.cli.options import schemas

FIXED = {
    "Usage:", "Options:", "Arguments:", "Commands:", "[OPTIONS]", "COMMAND [ARGS]...",
    "[COMMAND] [ARGS]...", "required", "default: ", "Show this message and exit.",
}  # fmt: skip


def commands():
    """Every command with its words, those of groups too."""
    root = get_command(app)
    yield (), root
    for name in COMMANDS:
        command = root.commands[name]
        yield (name,), command
        for below, leaf in getattr(command, "commands", {}).items():
            yield (name, below), leaf


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_help_says_and_nothing_else(language):
    said = {unit for _, command in commands() for unit in units(command)} | FIXED
    known = catalogue(language)
    assert said - known.keys() == set(), "without a translation"
    assert known.keys() - said == set(), "said no more"
    for english, words in known.items():
        assert words.strip(), english
        for kept in ("--", "SUMMARIZER_", "summarizer ", "default:"):
            if kept != "default:":
                assert words.count(kept) == english.count(kept), english


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "zh_TW.UTF-8"])
@pytest.mark.parametrize("words", [words for words, _ in commands() if words != ("eval",)], ids=str)
def test_help_is_in_the_readers_language_and_fits(words, locale, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*words, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：summarizer")
    assert "Options" not in shown
    assert "Show this" not in shown
    lines = [line for line in shown.splitlines() if "summarizer " not in line]
    assert all(cell_len(line) < 81 for line in lines)
    assert ("默认" in shown) <= (locale == "zh_CN.UTF-8")


def test_a_locale_that_is_none_of_ours_leaves_help_as_it_is(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert run(["text", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: summarizer text")


def test_every_choice_is_completed():
    lacking = [
        f"{' '.join(words)} {parameter.opts[-1]}"
        for words, command in commands()
        for parameter in command.params
        if "|" in (parameter.metavar or "")
        and not {"PATH", "NAME", "N", "HOST:PORT"} & set((parameter.metavar or "").split("|"))
        and getattr(parameter, "_custom_shell_complete", None) is None
    ]
    assert lacking == []


def test_schemas_are_completed_by_name_and_by_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "budget.py").write_text("", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("", encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "schema.py").write_text("", encoding="utf-8")
    assert schemas("bu") == ["bulletin", "budget.py"]
    assert {"report", "own/", "budget.py"} <= set(schemas(""))
    assert schemas("own/") == ["own/schema.py"]
    assert schemas("nowhere/") == []


def test_a_choice_offers_what_its_help_lists():
    for _, command in commands():
        for parameter in command.params:
            complete = getattr(parameter, "_custom_shell_complete", None)
            choices = (parameter.metavar or "").split("|")
            if complete is None or len(choices) < 2 or "NAME" in choices:
                continue
            offered = {item.value for item in complete(None, parameter, "")}
            assert offered, parameter.name
            assert offered <= set(choices), parameter.name
