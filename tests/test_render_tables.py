"""Tables: keys that join, numbers that stay exact, cells that no spreadsheet runs."""

import csv
import json
from decimal import Decimal

import pytest
from data import report_schema
from data.make_summary import make_summary
from hypothesis import given
from hypothesis import strategies as st
from test_render import bare

from summarizer.errors import ConfigError
from summarizer.render.table_files import write_tables
from summarizer.render.tables import csv_line, json_line, rows, tables
from summarizer.types import Item, Summary

SUMMARY = make_summary(report_schema)
DESCRIBED = tables(report_schema.Report)


def test_every_list_of_the_schema_is_a_table():
    names = ["documents", "figures", "measures", "exemplars", "tallies", "issues", "evidence"]
    names += ["item_figures", "failures", "duplicates"]
    assert list(DESCRIBED) == names
    assert [c.name for c in DESCRIBED["measures"].columns] == [
        "document_id", "item_id", "title", "category", "partner", "confidence"
    ]  # fmt: skip
    names = [c.name for c in DESCRIBED["documents"].columns]
    at = names.index("outlook")
    assert names[at - 1 : at + 2] == ["publisher", "outlook", "overview"], "before the run's"


def test_rows_have_the_columns_of_their_table():
    for name, row in rows(SUMMARY, DESCRIBED):
        assert list(row) == [c.name for c in DESCRIBED[name].columns]


def test_keys_join():
    found = {name: [r for n, r in rows(SUMMARY, DESCRIBED) if n == name] for name in DESCRIBED}
    figures = {row["figure_id"] for row in found["figures"]}
    items = {row["item_id"] for name in ("measures", "exemplars") for row in found[name]}
    assert {row["figure_id"] for row in found["item_figures"]} <= figures
    assert {row["item_id"] for row in found["evidence"]} == items
    assert {row["document_id"] for table in found.values() for row in table} == {
        SUMMARY.document.id
    }


def test_a_summary_without_items_has_tables_too():
    named = tables(Summary)
    assert [name for name, _ in rows(bare(), named)] == ["documents"]


def test_a_list_may_not_take_the_name_of_a_table():
    class Thing(Item):
        name: str

    class Bad(Summary):
        evidence: tuple[Thing, ...] = ()

    with pytest.raises(ConfigError, match="'evidence'"):
        tables(Bad)


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠", "\t=", "\r="])
def test_formulas_are_defused(start):
    assert next(csv.reader([csv_line([f"{start}1+1"])], strict=True))[0][0] == "'"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_numbers_stay_exact(value):
    assert Decimal(next(csv.reader([csv_line([value])]))[0]) == value
    assert Decimal(json.loads(json_line({"v": value}))["v"]) == value


def test_csv_is_read_back(tmp_path):
    counts = write_tables([SUMMARY, SUMMARY], tmp_path / "out", "csv")
    with (tmp_path / "out" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == counts["figures"] == 18
    assert [row["value"] for row in found[:2]] == ["5000000", "35000"]
    assert {row["text"] for row in found} == {figure.text for figure in SUMMARY.figures}


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_files_are_golden(name, tmp_path, golden):
    write_tables([SUMMARY], tmp_path, name)
    for path in sorted(tmp_path.iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            golden(f"tables-{name}/{path.name}", file.read())


def test_failure_leaves_nothing_half_written(tmp_path):
    def summaries():
        yield SUMMARY
        yield bare()

    with pytest.raises(ConfigError, match="several schemas"):
        write_tables(summaries(), tmp_path)
    assert not list(tmp_path.iterdir())
