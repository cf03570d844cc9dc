"""Tables in every format: the same rows, exact numbers, nothing a spreadsheet would run."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from data import report_schema
from data.make_summary import make_summary
from test_cli import HERE

from summarizer.cli import run
from summarizer.errors import ConfigError
from summarizer.render.load import Failure
from summarizer.render.table_files import write_tables
from summarizer.render.table_formats import TABLE_FORMATS
from summarizer.render.tables import rows, tables

SUMMARY = make_summary(report_schema)
SCHEMA = str(HERE / "data" / "report_schema.py")
DESCRIBED = tables(report_schema.Report)
EVIL = '=HYPERLINK("http://x")\x07\x1b[31m'

FAILED = {
    "status": "failed",
    "source": "in/空.pdf",
    "error": {"type": "UnreadableDocument", "message": "=1+1 is no PDF"},
}


def with_figure(**changes):
    first = SUMMARY.figures[0].model_copy(update=changes)
    return SUMMARY.model_copy(update={"figures": (first, *SUMMARY.figures[1:])})


def expected(name: str, summary=SUMMARY) -> list[dict]:
    return [row for table, row in rows(summary, DESCRIBED) if table == name]


def test_parquet_keeps_types_and_numbers(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write_tables([SUMMARY] * 3, tmp_path, "parquet")
    for name in DESCRIBED:
        found = parquet.read_table(tmp_path / f"{name}.parquet")
        assert found.to_pylist() == expected(name) * 3
        for column, field in zip(DESCRIBED[name].columns, found.schema, strict=True):
            assert field.metadata[b"description"].decode() == column.about


def test_duckdb_holds_all_tables(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    counts = write_tables([SUMMARY, SUMMARY], tmp_path, "duckdb")
    with duckdb.connect(str(tmp_path / "tables.duckdb"), read_only=True) as db:
        for name, count in counts.items():
            assert db.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (count,)
        values = [value for (value,) in db.execute("SELECT value FROM figures").fetchall()]
        assert values == [row["value"] for row in expected("figures")] * 2
        told = db.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'label'")
        assert told.fetchall() == [("what the number measures",)]


def test_a_workbook_runs_nothing(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    long = Decimal("1234567890123456.25")
    summary = with_figure(label=EVIL, value=long)
    write_tables([summary], tmp_path, "xlsx")
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == list(DESCRIBED)
    header, first, second, *_ = book["figures"].iter_rows()
    assert header[0].font.bold
    assert header[0].comment.text == "key of documents"
    assert book["figures"].column_dimensions["C"].width == 30  # labels
    where = {cell.value: n for n, cell in enumerate(header)}
    label = first[where["label"]]
    assert (label.data_type, label.quotePrefix) == ("s", True)
    assert label.value.startswith("=HYPERLINK")
    assert "\x1b" not in label.value
    assert first[where["value"]].value == f"{long:f}"
    assert second[where["value"]].value == float(SUMMARY.figures[1].value)
    assert not any(cell.data_type == "f" for row in book["figures"].iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["parquet", "duckdb"])
@pytest.mark.parametrize("value", [Decimal("1e-13"), Decimal("1e27")])
def test_a_number_is_never_rounded(name, value, tmp_path):
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    with pytest.raises(ConfigError, match=r"figures\.value"):
        write_tables([with_figure(value=value)], tmp_path, name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet", "duckdb"])
def test_the_queries_of_the_readme_run(name, tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    write_tables([SUMMARY], tmp_path, name)
    found = re.findall(r"```sql\n(.*?)```", (tmp_path / "README.md").read_text("utf-8"), re.DOTALL)
    assert len(found) == 3
    monkeypatch.chdir(tmp_path)
    with duckdb.connect("tables.duckdb" if name == "duckdb" else ":memory:") as db:
        for query in found:
            assert db.execute(query).fetchall(), query


@pytest.mark.parametrize("name", TABLE_FORMATS)
def test_the_command_takes_a_batch(name, tmp_path, capsys):
    for package in ("pyarrow", "duckdb", "openpyxl"):
        pytest.importorskip(package)
    ok = '{"status": "ok", "source": "r", "summary": ' + SUMMARY.model_dump_json() + "}"
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join([json.dumps(FAILED), ok, "", ok]) + "\n", encoding="utf-8")
    folder = tmp_path / "tables"
    arguments = ["export", str(path), "--to", str(folder), "--format", name, "--schema", SCHEMA]
    assert run(arguments) == 0
    told = capsys.readouterr().err
    assert "documents: 2 rows" in told
    assert "failures: 1 rows" in told
    assert "README.md" in {p.name for p in folder.iterdir()}
    assert not list(folder.glob(".*"))


def stored_failure(folder: Path, name: str) -> tuple:
    """The row of `failures`, read back as a user would."""
    if name == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        sheet = openpyxl.load_workbook(folder / "tables.xlsx")["failures"]
        header, *rest = sheet.iter_rows(values_only=True)
        assert header == ("source", "error_type", "error_message")
        return tuple(rest)
    duckdb = pytest.importorskip("duckdb")
    place = "failures" if name == "duckdb" else f"'{folder}/failures.{name}'"
    file = str(folder / "tables.duckdb") if name == "duckdb" else ":memory:"
    with duckdb.connect(file) as db:
        asked = f"SELECT source, error_type, error_message FROM {place}"
        return tuple(db.execute(asked).fetchall())


@pytest.mark.parametrize("name", TABLE_FORMATS)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_failed_document_is_a_row_of_its_own(name, is_first, tmp_path):
    pytest.importorskip("pyarrow")
    failure = Failure("in/空.pdf", "UnreadableDocument", "=1+1 is no PDF")
    found = [failure, SUMMARY] if is_first else [SUMMARY, failure]
    counts = write_tables(found, tmp_path, name)
    assert (counts["documents"], counts["failures"]) == (1, 1)
    message = "'=1+1 is no PDF" if name == "csv" else "=1+1 is no PDF"
    assert stored_failure(tmp_path, name) == (("in/空.pdf", "UnreadableDocument", message),)
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert "## failures" in readme
    assert "| error_type | text |" in readme


def test_where_all_failed_the_first_reason_is_told(tmp_path, capsys):
    path = tmp_path / "out.jsonl"
    path.write_text(f"{json.dumps(FAILED)}\n{json.dumps(FAILED)}\n", encoding="utf-8")
    assert run(["export", str(path), "--to", str(tmp_path / "tables")]) == 2
    told = capsys.readouterr().err
    assert "2 documents failed, the first: UnreadableDocument: =1+1 is no PDF" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "not JSON"), (b'{"a": 1}\n\xff\n', "UTF-8"), (b"[]\n[]\n", "no summary but a list"),
     (b'{"status": "failed"}\n{"status": "failed"}\n', "no summary")],
)  # fmt: skip
def test_what_is_no_batch(content, told, tmp_path, capsys):
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    assert run(["export", str(path), "--to", str(tmp_path / "tables")]) in (2, 3)
    assert told in capsys.readouterr().err
    assert not list(Path(tmp_path, "tables").glob("*"))


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ConfigError, match="tables"):
        write_tables([SUMMARY], tmp_path, "xlsx")


def test_an_input_with_the_content_of_another_is_a_row(tmp_path):
    ok = {"status": "ok", "source": "r", "summary": json.loads(SUMMARY.model_dump_json())}
    failed = FAILED | {"same_content": ["other.pdf"]}
    lines = (ok | {"same_content": ["copy.txt", "again.txt"]}, failed)
    path = tmp_path / "out.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    folder = tmp_path / "tables"
    assert run(["export", str(path), "--to", str(folder), "-f", "jsonl", "--schema", SCHEMA]) == 0
    lines = (folder / "duplicates.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    key, source = SUMMARY.document.id, SUMMARY.document.source
    assert read == [
        {"document_id": key, "source": name, "same_as": source}
        for name in ("copy.txt", "again.txt")
    ]
    failures = (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["source"] for line in failures] == [FAILED["source"], "other.pdf"]


def test_the_first_query_never_adds_what_has_no_sum(tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    told = [("money", "3", None), ("money", "4", "亩"), ("percent", "5", None), ("age", "60", None)]
    figures = tuple(
        figure.model_copy(
            update={"kind": kind, "value": Decimal(value), "per": per, "high": None}
            | {"unit": "元", "base_unit": None, "base_value": None}
        )
        for figure, (kind, value, per) in zip(SUMMARY.figures, told, strict=False)
    )
    write_tables([SUMMARY.model_copy(update={"figures": figures})], tmp_path, "csv")
    query = re.findall(r"```sql\n(.*?)```", (tmp_path / "README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(":memory:") as db:
        found = {row[0]: row[3] for row in db.execute(query[0]).fetchall()}
    assert found == {"money": 3, "percent": None, "age": None}
