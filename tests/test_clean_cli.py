"""`summarizer clean` and `summarizer text`."""

import json
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.documents.clean import clean
from summarizer.documents.read import read

SEED = Path(__file__).parents[1] / "seeds" / "004_4b105e993f9cdb78.txt"


def test_clean_prints_what_goes_to_the_model(capsys):
    assert run(["clean", str(SEED)]) == 0
    assert capsys.readouterr().out == clean(read(SEED)).kept + "\n"


def test_text_prints_what_spans_count(capsys, tmp_path):
    assert run(["text", str(SEED)]) == 0
    assert capsys.readouterr().out == read(SEED).text
    page = tmp_path / "a.html"
    page.write_bytes("<html><p>投入500万元</p></html>".encode("gb18030"))
    assert run(["text", str(page)]) == 0
    assert capsys.readouterr().out == "投入500万元\n"


def test_text_explains_what_of_a_file_is_not_in_it(capsys, tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        "<html><script>var a=1</script><p>投入500万元</p><p hidden>九</p><img></html>",
        encoding="utf-8",
    )
    assert run(["text", str(page), "--explain"]) == 0
    head, _, count, *kinds = capsys.readouterr().out.splitlines()
    assert head.endswith("a.html: text/html, utf-8, 8 characters, 0 bytes replaced, 0 tables")
    assert count == "3 kinds left out"
    assert [line.split(":")[0].split() for line in kinds] == [
        ["6", "code"],
        ["1", "hidden"],
        ["1", "pictures"],
    ]


def test_explain_lists_every_edit_and_region(capsys):
    assert run(["clean", str(SEED), "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    cleaned = clean(read(SEED))
    assert f"{len(cleaned.edits)} edits" in lines
    assert f"{len(cleaned.regions)} regions" in lines
    assert any("byte-damage" in line and "?zèng)_ → 沖" in line for line in lines)
    assert any("caption" in line and "金溪鎮產業路" in line for line in lines)
    assert len(lines) == len(cleaned.edits) + len(cleaned.regions) + len(cleaned.candidates) + 7


def test_json_spans_count_the_raw_text(capsys):
    assert run(["clean", str(SEED), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    raw = read(SEED).text
    for edit in found["edits"]:
        assert raw[slice(*edit["span"])] == edit["text"]
    places = [c for c in found["candidates"] if c["kind"] == "place"]
    assert [raw[slice(*c["span"])] for c in places] == ["黔江區"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["clean", "nowhere.txt"], 3, "does not exist"),
        (["text", "nowhere.txt"], 3, "does not exist"),
        (["clean", str(SEED), "--encoding", "klingon"], 2, "no text encoding"),
        (["clean", str(SEED), "--format", "xml"], 2, "must be one of: text, json"),
    ],
)
def test_errors_are_one_line(capsys, arguments, code, message):
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert len(captured.err.strip().splitlines()) == 1


def test_a_long_edit_is_shown_shortened(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("青石镇工作总结\n" + "投入3万元修路。" * 3000, encoding="utf-8")
    assert run(["clean", str(path), "--explain"]) == 0
    assert max(map(len, capsys.readouterr().out.split("\n"))) < 200
