"""Summaries that earlier versions wrote load, view and export as they did."""

import json
from pathlib import Path

import pytest

from summarizer import types
from summarizer.cli import run

HERE = Path(__file__).parent
OLD = sorted((HERE / "data" / "summaries").glob("*.json"))
SCHEMA = ["--schema", str(HERE / "data" / "report_schema.py")]


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
def test_an_old_summary_is_viewed_and_loses_nothing(path, tmp_path):
    out = tmp_path / "again.json"
    assert run(["view", str(path), *SCHEMA, "-o", str(out)]) == 0
    old, new = (json.loads(p.read_text(encoding="utf-8")) for p in (path, out))
    for one in (*new["figures"], *new["measures"], *new["exemplars"]):
        assert one.pop("confidence") is None  # nobody judged it then
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


KEPT = sorted((HERE / "data" / "summaries" / "v1").glob("*.json"))


@pytest.mark.parametrize("path", KEPT, ids=lambda p: p.stem)
def test_a_kept_summary_of_a_genre_that_ships_loads_as_it_is(path, tmp_path):
    out = tmp_path / "again.json"
    assert run(["view", str(path), "-o", str(out)]) == 0
    old, new = (json.loads(p.read_text(encoding="utf-8")) for p in (path, out))
    assert old["schema_id"] == f"{path.stem}.v1"
    own = set(old) - set(types.Summary.model_fields) - {"proofs"}
    assert own
    assert any(old[name] for name in own), "it says something"
    asked = [issue for issue in new.pop("issues") if issue["code"] != "field_not_asked"]
    assert (asked, new) == (old.pop("issues"), new | old)


@pytest.mark.parametrize("path", KEPT, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "html", "txt"])
def test_a_kept_summary_of_a_genre_that_ships_is_exported(path, form, tmp_path):
    said = next(iter(values_of(json.loads(path.read_text(encoding="utf-8")))))
    if form in ("csv", "jsonl"):
        command = ["export", str(path), "--format", form, "--to", str(tmp_path / "tables")]
        assert run(command) == 0
        written = [*(tmp_path / "tables").iterdir()]
    else:
        written = [tmp_path / f"report.{form}"]
        assert run(["view", str(path), "-o", str(written[0])]) == 0
    assert any(said in file.read_text(encoding="utf-8-sig") for file in written)


def values_of(record):
    """The words of a summary's own fields and of its items."""
    for name in set(record) - set(types.Summary.model_fields) - {"proofs"}:
        for one in record[name] if isinstance(record[name], list) else [record[name]]:
            if one:
                yield one.get("text") or next(v for k, v in one.items() if k != "id" and is_text(v))


def is_text(value):
    return isinstance(value, str) and bool(value)


BODY = """from typing import Literal
from summarizer.fields import Item, Money, Percent, Summary, Verbatim, ask


class Case(Item, key="name"):
    '''一个案例'''

    name: Verbatim = ask("名称")
{item}

class Own(Summary, labels=False, overview=False):
    '''一份报告'''

    schema_id: Literal["{id}"] = "{id}"
    gdp: Money | None = ask("生产总值")
{own}    cases: tuple[Case, ...] = ()
"""
QUOTE = "大坪村产值3万元。"
MADE = {
    "schema_id": "own.v1",
    "document": {
        "id": "0" * 16,
        "source": "a.txt",
        "encoding": "utf-8",
        "media_type": "text/plain",
        "characters": 9,
    },
    "coverage": {"found": 0, "figures": 0, "merged": 0},
    "provenance": json.loads(KEPT[0].read_text(encoding="utf-8"))["provenance"],
    "gdp": None,
    "cases": [
        {
            "id": "cases-1",
            "name": "大坪村",
            "evidence": [{"span": {"start": 0, "end": 9}, "quote": QUOTE}],
        }
    ],
}


@pytest.fixture
def kept(tmp_path, monkeypatch, capsys):
    """A summary of own.v1 and files of its schema: `tell(command, FILE)` is what is said of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made.json").write_text(json.dumps(MADE), encoding="utf-8")

    def tell(*command, id_="own.v2", own="", item="", file="own.py", code=0):
        text = BODY.format(id=id_, own=own, item=item)
        (tmp_path / file).write_text(text, encoding="utf-8")
        assert run([*command]) == code
        out, errors = capsys.readouterr()
        return out + errors

    return tell


RATE = '    rate: Percent | None = ask("增速")\n'
FINE = '    fine: Money | None = ask("罚款")\n'
PAGE = ("-f", "text", "--lang", "en")
NEWER = ("view", "made.json", "--schema", "own.py")


def test_the_file_of_a_later_version_reads_an_earlier_one_and_tells_what_was_not_asked(kept):
    told = kept(*NEWER, *PAGE, own=RATE, item=FINE)
    assert "增速: (not asked)" in told
    assert "生产总值: —" in told
    assert "rate: it was not asked for when the summary was made" in told
    assert "cases: fine was not asked for when the summary was made" in told
    made = json.loads(kept(*NEWER, "-f", "json", own=RATE, item=FINE))
    assert (made["schema_id"], made["rate"]) == ("own.v1", None)
    Path("made.json").write_text(json.dumps(made), encoding="utf-8")
    again = json.loads(kept(*NEWER, "-f", "json", own=RATE, item=FINE))
    assert again == made, "it is told once"


def test_a_field_that_was_added_under_the_same_id_is_told_too(kept):
    told = kept(*NEWER, *PAGE, own=RATE, id_="own.v1")
    assert "增速: (not asked)" in told


def test_summaries_of_two_versions_are_exported_into_one_table(kept, tmp_path):
    later = MADE | {"schema_id": "own.v2", "rate": None}
    lines = "".join(f"{json.dumps(one)}\n" for one in (MADE, later))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    command = ("export", "many.jsonl", "--to", "tables", "--format", "csv", "--schema", "own.py")
    kept(*command, own=RATE)
    documents = (tmp_path / "tables" / "documents.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in documents.splitlines()[1:]] == ["own.v1", "own.v2"]
    issues = (tmp_path / "tables" / "issues.csv").read_text(encoding="utf-8-sig")
    assert issues.count("field_not_asked") == 1


def test_the_file_of_an_earlier_version_or_of_another_schema_reads_none(kept):
    for id_ in ("own.v0", "other.v2", "own"):
        told = kept(*NEWER, id_=id_, code=3)
        assert "made.json follows own.v1, and --schema own.py does not" in told


def test_a_file_that_lost_a_field_refuses_it_with_what_to_give(kept, tmp_path):
    text = json.dumps(MADE | {"rate": None})
    (tmp_path / "made.json").write_text(text, encoding="utf-8")
    told = kept(*NEWER, code=3)
    assert "made.json has rate, which own.v2 does not ask for" in told
    assert "give the file or folder that it was made with, as --schema PATH" in told


def test_a_field_that_an_item_must_have_is_told_with_what_to_give(kept):
    told = kept(*NEWER, item="    cause: Verbatim = ask('原因')\n", code=3)
    assert "made.json has no cases.0.cause, which own.v2 must have" in told


def test_a_copy_of_a_schema_that_ships_with_its_id_is_named(kept, tmp_path):
    stored = json.loads((HERE / "data/summaries/v1/indicators.json").read_text(encoding="utf-8"))
    (tmp_path / "made.json").write_text(json.dumps(stored | {"extra": None}), encoding="utf-8")
    told = kept("view", "made.json", id_="indicators.v1", file="mine.py", code=3)
    assert (
        "made.json has extra, which indicators.v1 does not ask for; give --schema mine.py" in told
    )


def test_without_a_schema_the_file_of_a_later_version_is_named(kept):
    told = kept("view", "made.json", file="mine.py", code=2)
    assert "give --schema mine.py" in told
