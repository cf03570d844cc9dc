"""`summarizer mentions` as a shell sees it."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.zh.quantities import reasons
from summarizer.zh.quantities.reasons import REASONS

TEXT = "標題\n2018年，落實“兩不愁三保障”，投入500餘萬元，惠及197戶；流轉2.8萬畝。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_a_quantity_flat_with_raw_offsets(report, capsys):
    assert run(["mentions", str(report)]) == 0
    found = lines(capsys)
    assert [row["text"] for row in found] == ["500餘萬元", "197戶", "2.8萬畝"]
    assert found[0] == {
        "text": "500餘萬元", "start": 22, "end": 28, "value": "5000000", "high": None, "unit": "元",
        "per": None, "base_value": "5000000", "base_unit": "元", "bound": "over", "kind": "money",
        "row": None, "column": None,
    }  # fmt: skip
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in found)


def test_all_adds_the_rest_with_the_rule(report, capsys):
    assert run(["mentions", str(report), "--all"]) == 0
    found = lines(capsys)
    slogan = next(row for row in found if row["kind"] == "slogan")
    assert (slogan["text"], slogan["value"], slogan["rule"]) == (
        "兩不愁三保障", None, "quoted_slogan",
    )  # fmt: skip
    assert "date" in {row["kind"] for row in found}


@pytest.mark.parametrize("style", ["jsonl", "csv", "text"])
def test_a_rate_names_what_it_is_taken_over_in_every_format(style, tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text("补助12元/亩。", encoding="utf-8")
    assert run(["mentions", str(path), "--format", style]) == 0
    shown = capsys.readouterr().out
    wanted = {"jsonl": '"unit": "元", "per": "亩"', "csv": ",元,亩,", "text": "12 元 per 亩"}
    assert wanted[style] in shown


UNKNOWN = {
    "7": "bare_number",
    "十二一千人": "no_number",
    "1,2000人": "unread_separator",
    "七十二7户": "unread_digits",
    "3×10^四个": "unread_factor",
    "八百.三百元": "unread_point",
}


def test_all_names_the_reason_of_every_unknown(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text("".join(f"情况是{said}啊。\n" for said in UNKNOWN), encoding="utf-8")
    assert run(["mentions", str(path), "--all"]) == 0
    unknown = [row for row in lines(capsys) if row["kind"] == "unknown"]
    assert set(UNKNOWN.values()) <= {row["rule"] for row in unknown}
    assert all(row["reason"] == REASONS[row["rule"]] for row in unknown)
    assert run(["mentions", str(path), "--all", "--format", "text"]) == 0
    assert f"unknown  bare_number: {REASONS['bare_number']}" in capsys.readouterr().out


def test_every_rule_that_knows_nothing_has_a_reason():
    sources = sorted(Path(reasons.__file__).parent.glob("*.py"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'"unknown",\s*"([a-z_]+)"', code)) | set(
        re.findall(r'"(unread_[a-z]+)"', code)
    )
    assert named <= set(REASONS)


def test_kinds_of_either_sort(report, capsys):
    assert run(["mentions", str(report), "--kinds", "money,area"]) == 0
    assert [row["kind"] for row in lines(capsys)] == ["money", "area"]
    assert run(["mentions", str(report), "--kinds", "slogan"]) == 0
    assert [row["text"] for row in lines(capsys)] == ["兩不愁三保障"]


def test_folders_and_several_inputs_name_their_source(report, tmp_path, capsys):
    other = tmp_path / "inner" / "b.txt"
    other.parent.mkdir()
    other.write_text("共12人。", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("共13人。", encoding="utf-8")
    (tmp_path / "picture.bin").write_bytes(b"\0\1")
    assert run(["mentions", str(tmp_path)]) == 0
    assert {row["source"] for row in lines(capsys)} == {str(report), str(other)}
    assert run(["mentions", str(other), str(report)]) == 0
    assert [row["source"] for row in lines(capsys)][:2] == [str(other), str(report)]


def test_one_bad_document_does_not_cost_the_others(report, tmp_path, capsys):
    empty = tmp_path / "a-empty.txt"
    empty.write_bytes(b"")
    assert run(["mentions", str(tmp_path)]) == 1
    seen = capsys.readouterr()
    assert len(seen.out.splitlines()) == 3
    assert str(empty) in seen.err


def test_a_single_bad_document_has_its_own_exit_code(tmp_path, capsys):
    assert run(["mentions", str(tmp_path / "none.txt")]) == 3
    assert "does not exist" in capsys.readouterr().err


def test_csv_is_a_table_and_starts_no_formula(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text("氣溫-5.2℃，增長3%。", encoding="utf-8")
    assert run(["mentions", str(path), "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert found[0]["text"] == "'-5.2℃"
    assert (found[0]["value"], found[1]["unit"]) == ("-5.2", "%")


def test_text_marks_lines_and_explains(report, capsys):
    assert run(["mentions", str(report), "--format", "text"]) == 0
    shown = capsys.readouterr().out
    assert "3 quantities" in shown
    assert "over 5000000 元" in shown
    assert "2.8萬畝  28000 亩 = 18666666.666667 m²" in shown


def test_output_file(report, tmp_path, capsys):
    out = tmp_path / "found.jsonl"
    assert run(["mentions", str(report), "-o", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("wrong", [["--format", "xml"], ["--kinds", "gold"]])
def test_unknown_words_are_named(report, wrong, capsys):
    assert run(["mentions", str(report), *wrong]) == 2
    assert wrong[1] in capsys.readouterr().err


def test_control_characters_never_reach_a_terminal(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("投入\x1b[2J，共500万元\u202e。", encoding="utf-8")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "mentions", str(path), "--format", "jsonl"],
        stdout=theirs, stdin=theirs, stderr=theirs, check=False,
    )  # fmt: skip
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "\x1b[2J" not in seen
    assert "\u202e" not in seen


def test_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "mentions", "-"],
        input="投入500余万元".encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["value"] == "5000000"


def test_a_number_of_a_table_has_its_row_and_its_column(tmp_path, capsys):
    page = tmp_path / "page.html"
    cells = "<tr><td>镇</td><td>投资(万元)</td></tr><tr><td>甲镇</td><td>300</td></tr>"
    page.write_text(f"<html><body><table>{cells}</table></body></html>", encoding="utf-8")
    assert run(["mentions", str(page)]) == 0
    [row] = lines(capsys)
    assert (row["value"], row["row"], row["column"]) == ("3000000", 2, 2)


def test_files_of_a_folder_come_as_people_sort_them(tmp_path, capsys):
    for name in ("10.txt", "2.txt", "1.txt"):
        (tmp_path / name).write_text("投入5万元。", encoding="utf-8")
    assert run(["mentions", str(tmp_path)]) == 0
    assert [Path(row["source"]).name for row in lines(capsys)] == ["1.txt", "2.txt", "10.txt"]
