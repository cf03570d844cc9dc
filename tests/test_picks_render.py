"""Picks for people and for tables: a row a document, a column an indicator, each with its proof."""

from __future__ import annotations

import csv
import json

import pytest
from test_picks import AUDIT, DUTIES, GOOD, SCHEMAS, STATS, duty, problem, read_by, read_stats, stat

from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.render import export
from summarizer.render.load import load
from summarizer.render.table_files import write_tables
from summarizer.render.tables import tables


def documents(tmp_path, summaries):
    write_tables(summaries, tmp_path, "csv")
    with (tmp_path / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_a_report_and_a_column_an_indicator(tmp_path):
    whole, _ = read_by(GOOD)
    without, _ = read_by(dict.fromkeys(GOOD))
    first, second = documents(tmp_path, [whole, without])
    row = {name: first[name] for name in first if name.startswith(("gdp", "jobs"))}
    assert row["gdp"] == "16520000000"
    assert (row["gdp_unit"], row["gdp_bound"], row["gdp_text"]) == ("元", "exact", "165.2亿元")
    assert row["gdp_quote"].startswith("2023年,全县实现地区生产总值165.2亿元")
    assert int(row["gdp_start"]) == whole.gdp.span.start
    assert (row["gdp_goal"], row["gdp_goal_bound"]) == ("7", "about")
    assert row["jobs"] == "3120"
    assert not any(second[name] for name in row), "empty where the report says nothing"
    names = list(first)
    assert names[names.index("publisher") + 1] == "gdp", "the headline is behind what it is of"
    assert names.index("jobs") < names.index("overview") < names.index("model")


@pytest.mark.parametrize("form", ["jsonl", "xlsx", "duckdb", "parquet"])
def test_every_form_of_table_holds_picks(tmp_path, form):
    summary, _ = read_by(GOOD)
    counts = write_tables([summary], tmp_path, form)
    assert counts["documents"] == 1


def test_a_database_has_the_number_as_a_number(tmp_path):
    import duckdb

    summary, _ = read_by(GOOD)
    write_tables([summary], tmp_path, "duckdb")
    with duckdb.connect(str(tmp_path / "tables.duckdb")) as db:
        found = db.execute("SELECT gdp / 100000000, gdp_goal_bound FROM documents").fetchone()
    assert found == (165.2, "about")


def test_changes_dates_and_lists_have_columns_too(tmp_path):
    stats, _ = read_stats(
        stat("第二产业增加值", "c 60亿元", "d 2.5%"), stat("粮食产量", "e 20万吨", "A 持平")
    )
    write_tables([stats], tmp_path, "jsonl")
    lines = (tmp_path / "stats.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["growth"], first["growth_text"], second["growth"]) == ("-2.5", "2.5%", "0")
    answer = {
        "figures": {"a 200万元": {"label": "补贴资金"}, "b 30日": {"skip": "期限"}},
        "duties": [duty(["县财政局"], "拨付补贴资金", "B 2024年3月底前", ["a"], 1)],
    }
    duties, _ = read_by(answer, text=DUTIES, schema="duties", overview="extract")
    write_tables([duties], tmp_path, "jsonl")
    row = json.loads((tmp_path / "duties.jsonl").read_text(encoding="utf-8"))
    assert (row["due"], row["due_bound"], row["due_text"]) == (
        "2024-03-31",
        "at_most",
        "2024年3月底前",
    )
    assert row["due_derived"] is False
    assert DUTIES[row["due_start"] :].startswith("2024年3月底前")
    assert json.loads(row["sums"])[0]["value"] == "2000000"
    assert json.loads(row["who"]) == ["县财政局"]


def test_a_list_in_one_cell_says_what_each_number_is_taken_over_and_its_end(tmp_path):
    text = DUTIES.replace("补贴资金200万元", "补助每亩1500元、每户2000元至3000元")
    answer = {"duties": [duty(["县财政局"], "拨付补助", None, ["a", "b"], 1)]}
    duties, _ = read_by(answer, text=text, schema="duties", overview="extract")
    write_tables([duties], tmp_path, "jsonl")
    row = json.loads((tmp_path / "duties.jsonl").read_text(encoding="utf-8"))
    first, second = json.loads(row["sums"])
    assert (first["value"], first["unit"], "high" in first) == ("1500", "元/亩", False)
    assert (second["value"], second["high"], second["unit"]) == ("2000", "3000", "元/户")


@pytest.mark.parametrize("form", ["md", "text", "html"])
def test_pages_show_picks_the_headline_first_and_what_is_missing(form):
    summary, _ = read_by(GOOD | {"jobs": None})
    shown = export(summary, form)
    words = ("上年地区生产总值,绝对数", "165.2亿元", "16,520,000,000 元", "7%左右", "—")
    assert [one for one in words if one not in shown] == []
    assert "Proofs" not in shown
    assert shown.index("上年地区生产总值,绝对数") < shown.index("上年城镇新增就业人数")


@pytest.mark.parametrize("form", ["md", "text", "html"])
def test_items_show_what_they_picked(form):
    stats, _ = read_stats(stat("第二产业增加值", "c 60亿元", "d 2.5%"))
    shown = export(stats, form)
    assert "下降2.5%" in shown
    answer = {
        "figures": {"a 86万元": {"label": "滞留资金"}, "b 3万元": {"label": "多发补助"}},
        "problems": [problem("县水务局", "滞留专项资金", "a 86万元", 1)],
    }
    audit, _ = read_by(answer, text=AUDIT, schema="audit", overview="extract")
    assert "86万元" in export(audit, form)


def test_a_summary_with_picks_loads_as_it_was_written():
    stats, _ = read_stats(stat("第二产业增加值", "c 60亿元", "d 2.5%"))
    path = str(SCHEMAS / "bulletin.py")
    assert load(stats.model_dump_json(), schema=path) == [stats]
    assert STATS[stats.stats[0].growth.span.slice] == "2.5%"


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Money, Summary, ask\n"
        "class S(Summary):\n    gdp: Money | None = ask('数')\n    gdp_unit: str | None = ask('单位')\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match="two columns 'gdp_unit'"):
        tables(load_schema(str(path)).model)


LISTS = '''
from summarizer.fields import Count, Item, Money, Summary, Verbatim, ask


class Duty(Item):
    """事"""
    task: str = ask("做什么")
    who: list[Verbatim] = ask("责任单位")
    sums: list[Money] = ask("金额")


class Notice(Summary, labels=False, overview=False):
    """通知"""
    people: list[Count["人"]] = ask("人数")
    duties: tuple[Duty, ...] = ()
'''
LISTED = "石桥镇通知\n县财政局、县农业局拨付资金200万元、补贴30万元,培训50人、120人。\n"
TABLES_OF_LISTS = {
    "documents_people": [("1", "50", "人"), ("2", "120", "人")],
    "duties_who": [("1", "县财政局"), ("2", "县农业局")],
    "duties_sums": [("1", "2000000", "元"), ("2", "300000", "元")],
}


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.py"
    path.write_text(LISTS, encoding="utf-8")
    answer = {
        "people": ["c 50人", "d 120人"],
        "duties": [
            {
                "task": "拨付资金",
                "who": ["县财政局", "县农业局"],
                "sums": ["a 200万元", "b 30万元"],
                "sentences": [1],
            }
        ],
    }
    summary, _ = read_by(answer, text=LISTED, schema=str(path.with_suffix("")))
    return summary


def test_what_a_field_lists_is_a_table_of_rows(notice, tmp_path):
    """With the keys of the document and of the item, and the columns of a pick."""
    write_tables([notice], tmp_path / "out", "csv")
    for name, expected in TABLES_OF_LISTS.items():
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        columns = ["number", "value", "value_unit"][: len(expected[0])]
        assert [tuple(row[c] for c in columns) for row in found] == expected
        assert {row["document_id"] for row in found} == {notice.document.id}
        if name.startswith("duties"):
            assert {row["item_id"] for row in found} == {notice.duties[0].id}


@pytest.mark.parametrize("form", ["jsonl", "xlsx", "parquet", "duckdb"])
def test_every_form_of_table_has_the_rows_of_lists(notice, tmp_path, form):
    counts = write_tables([notice], tmp_path / "out", form)
    assert {name: counts[name] for name in TABLES_OF_LISTS} == dict.fromkeys(TABLES_OF_LISTS, 2)


def test_rows_of_lists_join_in_a_database(notice, tmp_path):
    import duckdb

    write_tables([notice], tmp_path / "out", "duckdb")
    with duckdb.connect(str(tmp_path / "out" / "tables.duckdb")) as db:
        found = db.execute(
            "SELECT task, sum(value) FROM duties JOIN duties_sums USING (document_id, item_id)"
            " GROUP BY ALL"
        ).fetchall()
    assert [(task, int(total)) for task, total in found] == [("拨付资金", 2_300_000)]


def test_two_tables_of_one_name_are_refused(tmp_path):
    path = tmp_path / "mine.py"
    extra = "    duties_sums: tuple[Duty, ...] = ()\n"
    path.write_text(LISTS + extra, encoding="utf-8")
    with pytest.raises(ConfigError, match="two tables 'duties_sums'"):
        tables(load_schema(str(path)).model)


def test_sheets_whose_names_are_cut_alike_keep_apart(tmp_path):
    from openpyxl import load_workbook

    long = "a_very_long_name_of_a_field_of_it"
    path = tmp_path / "mine.py"
    path.write_text(
        LISTS.replace("people:", f"{long}1: list[Money] = ask('甲')\n    {long}2:"), "utf-8"
    )
    empty = {f"{long}1": ["a 200万元"], f"{long}2": ["c 50人"], "duties": []}
    summary, _ = read_by(empty, text=LISTED, schema=str(path.with_suffix("")))
    write_tables([summary], tmp_path / "out", "xlsx")
    book = load_workbook(tmp_path / "out" / "tables.xlsx")
    rows = [len(list(sheet.rows)) for sheet in book if sheet.title.startswith("documents_a_very")]
    assert rows == [2, 2]


@pytest.mark.parametrize("form", ["md", "text", "html"])
def test_words_and_picks_of_the_summary_are_headed_by_what_they_ask_for(tmp_path, form):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Day, Summary, Verbatim, ask\n"
        "class S(Summary, headline='lead'):\n    'x'\n"
        "    area: Verbatim | None = ask('检查的范围')\n"
        "    lead: Verbatim | None = ask('牵头的单位')\n"
        "    until: Day | None = ask('整改期限')\n"
        "    other: Verbatim | None = None\n",
        encoding="utf-8",
    )
    text = "检查通报\n——2024年1月10日\n由县教育局牵头,检查全县学校,今年6月底前整改。\n"
    told = {"lead": "县教育局", "area": "全县学校", "other": "学校"}
    answer = {name: {"value": value, "sentences": [1]} for name, value in told.items()}
    answer["until"] = "B 今年6月底前"
    summary, _ = read_by(answer, text=text, schema=str(path)[:-3], overview="extract")
    shown = export(summary, form)
    heads = [shown.index(one) for one in ("牵头的单位", "检查的范围", "Other", "整改期限")]
    assert heads == sorted(heads)
    assert "Lead" not in shown
    [row] = documents(tmp_path, [summary])
    assert (row["until"], row["until_derived"]) == ("2024-06-30", "true")
