"""`view` as a list to check: doubts first, sentences below; and where a result may go."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from test_cli import on_terminal

from summarizer.cli import run
from summarizer.documents.read import read
from summarizer.render.amount import amount
from summarizer.render.reader import reader
from summarizer.types import Figure

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


@pytest.fixture
def batch(stored, tmp_path):
    """A batch's output: two documents, another input with the first's content, a failure."""
    first = json.loads(stored.read_text(encoding="utf-8"))
    second = json.loads(stored.read_text(encoding="utf-8"))
    first["document"] |= {"id": "aaaa1111bbbb2222", "source": "in/甲.txt"}
    second["document"] |= {"id": "aaaa3333bbbb4444", "source": "old/乙.txt"}
    records = [
        {"status": "ok", "source": "in/甲.txt", "summary": first, "same_content": ["in/copy.txt"]},
        {"status": "failed", "source": "in/空.pdf",
         "error": {"type": "EmptyDocument", "message": "it is empty"}},
        {"status": "ok", "source": "old/乙.txt", "summary": second},
    ]  # fmt: skip
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return path


def test_what_a_batch_holds_is_listed_a_line_an_input(batch, capsys, monkeypatch):
    lines = shown(batch, capsys, "--list").splitlines()
    assert lines[0].split() == ["id", "figures", "missed", "issues", "source", "title"]
    assert [line.split()[0] for line in lines[1:5]] == [
        "aaaa1111bbbb2222", "aaaa1111bbbb2222", "in/空.pdf", "aaaa3333bbbb4444",
    ]  # fmt: skip
    assert lines[2].endswith("in/copy.txt  same as in/甲.txt")
    assert lines[3].endswith("failed: EmptyDocument: it is empty")
    assert lines[-1] == "4 documents: 2 summarized, 1 failed, 1 with the content of another"
    starts = {cell_len(line[: line.index(name)]) for line, name in zip(
        lines[1:5], ("in/甲.txt", "in/copy.txt", "in/空.pdf", "old/乙.txt"), strict=True)}  # fmt: skip
    assert len(starts) == 1
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "失败：EmptyDocument" in shown(batch, capsys, "--list")
    assert run(["view", str(batch), *SCHEMA, "--list", "-f", "json"]) == 2


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("in/甲.txt", "甲"), ("甲.txt", "甲"), ("甲", "甲"), ("copy.txt", "甲"), ("aaaa1", "甲"),
     ("aaaa3333bbbb4444", "乙"), ("乙", "乙")],
)  # fmt: skip
def test_a_document_is_chosen_by_id_or_name(asked, wanted, batch, capsys):
    found = json.loads(shown(batch, capsys, "--id", asked, "-f", "json"))
    assert found["document"]["source"].endswith(f"{wanted}.txt")


@pytest.mark.parametrize(
    ("asked", "told"),
    [("aaaa", "several documents 'aaaa': aaaa1111bbbb2222 (in/甲.txt), aaaa3333bbbb4444"),
     ("空", "in/空.pdf failed, EmptyDocument: it is empty"), ("丙", "--list")],
)  # fmt: skip
def test_a_name_of_none_or_of_several_is_told(asked, told, batch, capsys):
    assert run(["view", str(batch), *SCHEMA, "--id", asked]) == 3
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_headings_are_in_the_readers_language(form, stored, capsys, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    said = shown(stored, capsys, "-f", form)  # the document's
    for words in ("概述", "数据", "数字去向", "措施", "遗漏", "警告"):
        assert words in said
    assert not re.search(r"Overview|Figures|Coverage|Issues|Measures|set aside|Place", said)
    assert "Overview" in shown(stored, capsys, "-f", form, "--lang", "en")
    assert "數據" in shown(stored, capsys, "-f", form, "--lang", "zh-Hant")
    assert run(["view", str(stored), *SCHEMA, "-f", form, "--lang", "fr"]) == 2


def test_numbers_go_by_ten_thousands_in_chinese(stored, capsys):
    said = shown(stored, capsys, "-f", "text", "--lang", "zh-Hans")
    assert "> 500万元" in said
    assert "2万亩 ≈ 1333.33万m²" in said
    assert "13,333,333" not in said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [("2", "个月", "2 个月"), ("23000", "亩", "2.3万亩"), ("28216", "人", "2.8216万人"),
     ("120000000", "元", "1.2亿元"), ("9999", "户", "9,999 户"), ("12.5", "%", "12.5%")],
)  # fmt: skip
def test_amounts_read_as_a_report_has_them(value, unit, said, stored):
    given = json.loads(stored.read_text(encoding="utf-8"))["figures"][8]
    given |= {"value": value, "unit": unit, "bound": "exact", "high": None, "per": None}
    assert amount(Figure.model_validate(given), reader("zh-Hans")) == said


def test_a_long_text_on_a_terminal_goes_through_the_pager(stored, tmp_path):
    program = tmp_path / "pages"
    program.write_text("#!/bin/sh\necho PAGED; cat\n", encoding="utf-8")
    program.chmod(0o755)
    asked = ["view", str(stored), *SCHEMA]
    kept = {"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": ""}
    code, seen = on_terminal(asked, 60, rows=10, PAGER=str(program), **kept)
    assert code == 0
    assert seen.startswith("PAGED\n")
    assert "Look at these first" in seen
    assert "Next: summarizer review" in seen
    _, seen = on_terminal(asked, 60, rows=10, PAGER="", **kept)
    assert "PAGED" not in seen
    assert "Overview" in seen
    _, seen = on_terminal(asked, 60, rows=200, PAGER=str(program), **kept)
    assert "PAGED" not in seen
    _, seen = on_terminal(asked, 60, rows=10, PAGER="no-such-program", **kept)
    assert "Overview" in seen
