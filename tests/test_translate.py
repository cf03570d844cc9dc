"""Messages in Chinese: a catalogue has each message of the code, and nothing else."""

import errno
import os
import re
from pathlib import Path

import pytest
from messages_in_code import data, literals, messages

from summarizer.cli import run
from summarizer.cli.help import catalogue
from summarizer.documents.read.account import kinds
from summarizer.render.outline import issue_line
from summarizer.render.reader import reader
from summarizer.render.review.messages import messages as messages_of
from summarizer.render.translate import PLACE, Template, rows, translated
from summarizer.types import Issue

LANGUAGES = ("zh-Hans", "zh-Hant")
SYSTEM = {os.strerror(number) for number in errno.errorcode}
OTHERS = (  # what typer, pydantic and json begin with
    "Usage: ", "Try ", "Error: ", "Missing ", "Invalid value", "No such ", "Got unexpected", "Option ",
    "Aborted", "Input should be ", "Expecting ",
)  # fmt: skip
USAGE = [  # what typer refuses
    ["batch", "seeds", "--jobs", "0"], ["batch", "seeds", "--poll", "x"], ["batch", "--jobs"],
    ["batch", "seeds", "--jsn"], ["settings", "x"], ["settings", "--json=3"], ["schema", "check"],
    ["nope"], ["bacth"], ["models", "nope"], ["--nope"],
]  # fmt: skip
REFUSED = [  # what we refuse
    ["summarize", "nowhere.txt"], ["summarize", "seeds"], ["view", "nowhere.json"],
    ["view", "README.md"], ["view", "README.md", "--format", "pdf"], ["export", "--to", "README.md", "x"],
    ["batch", "nowhere", "--dry-run"], ["batch", "seeds"], ["review", "nowhere.json"],
    ["batch", "seeds", "-o", "x.jsonl", "--via", "post"], ["mentions", "seeds", "--kinds", "colour"],
    ["text", "seeds", "-o", "x.txt"], ["schema", "nowhere"], ["new", "report"], ["new", "Großes"],
    ["summarize", "README.md", "--schema", "nowhere.py"], ["clean", "nowhere.txt"],
    ["text", "README.md", "--encoding", "klingon"], ["summarize", "README.md", "--size", "huge"],
    ["summarize", "README.md", "--model", "local:README.md"], ["review", "x", "--open"],
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_message_of_the_code(language):
    known = {row.english for row in rows(language)} | catalogue(language).keys()
    lacking = {text: name for text, name in messages().items() if text.strip("\n") not in known}
    assert lacking == {}, "without a translation"
    assert set(kinds()) | set(kinds().values()) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_nothing_that_is_said_no_more(language):
    said = {text.strip("\n") for text, _ in literals()} | SYSTEM | data()
    longer = [Template(text, "") for text in said if PLACE in text and re.search("[a-z]{2}", text)]
    stale = {
        row.english
        for row in rows(language)
        if row.english not in said
        and not row.english.startswith(OTHERS)
        and not any(one.values(row.english) for one in longer)
    }
    assert stale == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_every_value_of_its_message(language):
    for row in rows(language):
        count = row.english.count(PLACE)
        assert row.translation.strip(), row.english
        values = [f"⟨{n}⟩" for n in range(count)]
        shown = row.translation.format(*values)
        assert sorted(re.findall("⟨.⟩", shown)) == values, row.english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_translated_by_its_own_row(language):
    """No template takes what another says, and what fills one stays as it is."""
    for row in rows(language):
        values = [f"⟨{n}⟩" for n in range(row.english.count(PLACE))]
        message = row.english.format(*values) if values else row.english
        assert translated(message, language) == row.translation.format(*values), row.english


def test_rows_are_the_same_in_both():
    hans, hant = ([row.english for row in rows(language)] for language in LANGUAGES)
    assert hans == hant
    assert len(hans) == len(set(hans))


def bare(text):
    """A text without what no language changes: quotes, commands, names, options, addresses."""
    kept = (
        r"'[^']*'", "`[^`]*`", "“[^”]*”", "summarizer(?: [a-z]+)*", r"\S*[.:/=_{|-]\S*", "[A-Z]{2,}",
    )  # fmt: skip
    return re.sub("|".join(kept), "", text)


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "zh_TW.UTF-8"])
@pytest.mark.parametrize("words", [*USAGE, *REFUSED], ids=" ".join)
def test_what_is_refused_is_told_in_the_readers_language(words, locale, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    code = run(words)
    english = capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", locale)
    assert run(words) == code
    told = capsys.readouterr().err
    assert "错误：" in told or "錯誤：" in told
    assert english.count("\n") == told.count("\n")
    assert not re.search("[a-z]{3,} [a-z]{3,}", bare(told)), told


def test_lang_goes_before_the_environment_in_messages_too(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(["view", "nowhere.json", "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith("error: nowhere.json cannot be read: No such file")
    assert run(["view", "nowhere.json"]) == 3
    assert capsys.readouterr().err.startswith("错误：")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["view", "nowhere.json", "--lang", "zh-Hant"]) == 3
    assert capsys.readouterr().err == "錯誤：讀不了 nowhere.json：沒有這個文件或資料夾\n"


def test_a_name_that_is_a_word_of_ours_stays(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)
    Path("documents").write_text("", encoding="utf-8")
    assert run(["summarize", "documents"]) == 3
    assert capsys.readouterr().err == "错误：documents 是空的\n"


@pytest.mark.parametrize(
    ("code", "message", "shown"),
    [
        ("label_replaced", "“贫困户数” stands for “帮扶干部”: is in the words of other sentences",
         "“贫困户数”取代了“帮扶干部”：是其他句子的用词"),
        ("choice_replaced", "measures: category “就业” stands for “教育”", "措施：类别“就业”取代了“教育”"),
        ("values_differ", "成品率: 不足六成 and 96%", "成品率：不足六成 和 96%"),
        ("figure_outside", "the figure is not in its evidence", "数据不在依据之内"),
        ("reviewed", "wrong by 张三: 9吨 肥料", "有误，由张三: 9吨 肥料"),
        ("x", "a message that nobody translated", "a message that nobody translated"),
    ],
)  # fmt: skip
def test_an_issue_is_shown_in_chinese(code, message, shown):
    told = issue_line(Issue(code=code, severity="info", message=message), reader("zh-Hans"))
    assert told.removeprefix(f"{messages_of('zh-Hans').get(f'issue.{code}', '')}：") == shown
    assert issue_line(Issue(code=code, severity="info", message=message), reader("en")) == message


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_quoted_stays_and_a_text_is_no_message(language):
    said = translated("“1 of 2 is not 3” speaks to a model and not to a reader", language)
    assert said.startswith("“1 of 2 is not 3”是")
    assert translated("a b, " * 700, language) == "a b, " * 700
    assert translated("there is no file: time, cost.txt", language).endswith("time, cost.txt")


def test_the_words_of_a_document_stay_in_what_is_explained(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    path = tmp_path / "a.txt"
    path.write_text("工作总结\nheaders: the disk is full\n1 of 2 is not 3\n", encoding="utf-8")
    assert run(["clean", str(path), "--explain"]) == 0
    out = capsys.readouterr().out
    assert "headers: the disk is full" in out
    assert "1 of 2 is not 3" in out
