"""Numbers of a document's tables as fields and rows: what headers say stands for the words before."""

from __future__ import annotations

import pytest
from fake_model import FakeModel, least

from summarizer.config import settings
from summarizer.pipeline import summarize

SCHEMA = '''"""指标"""
from typing import Literal
from summarizer.fields import Change, Count, Mass, Money, Summary, ask

class Some(Summary, labels=False, overview=False):
    """主要指标"""
    schema_id: Literal["some.v1"] = "some.v1"
    gdp: Money | None = ask("地区生产总值")
    growth: Change | None = ask("地区生产总值比上年增长")
    first: Change | None = ask("第一产业比上年增长")
    grain: Mass | None = ask("粮食产量")
    jobs: Count["人"] | None = ask("城镇新增就业人数")
    trade: Money | None = ask("外贸进出口总额")
'''
ROWS = [
    ("指标", "单位", "绝对数", "比上年增长(%)"),
    ("地区生产总值", "亿元", "187.6", "4.9"),
    ("其中:第一产业", "亿元", "20.1", "-3.2"),
    ("粮食产量", "万吨", "20.5", "3.1"),
    ("城镇新增就业", "人", "3120", "1.0"),
]
TITLE = "青石县2023年国民经济和社会发展统计公报"


@pytest.fixture
def page(tmp_path):
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><body><h1>{TITLE}</h1><p>2023年,全县实现工业增加值52.6亿元,比上年增长6.1%。"
        f"下表列出主要指标。</p><table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "some.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return str(path)


def read(page, schema, size, **script):
    fake = FakeModel(**script)
    chosen = settings(size=size, store="off")
    return summarize(page, model=fake.model, schema=schema, settings=chosen), fake


def test_a_small_model_is_given_what_headers_tell(page, schema):
    summary, fake = read(page, schema, "small")
    assert [summary.gdp.text, summary.gdp.value, summary.gdp.unit] == ["187.6", 18760000000, "元"]
    assert [float(one.value) for one in (summary.growth, summary.first)] == [4.9, -3.2]
    assert [summary.grain.value, summary.jobs.value] == [205000, 3120]
    assert summary.trade is None
    assert "187.6" in summary.gdp.evidence.quote
    assert [one.code for one in summary.issues] == ["field_empty"]
    assert "地区生产总值比上年增长:⟦4.9⟧" in fake.history[0].text


def test_a_leading_model_picks_a_number_of_a_row_by_its_key(page, schema):
    picked = {"gdp": "187.6", "first": "-3.2"}

    def answer(asked):
        told = least(asked.schema)
        for name, text in picked.items():
            for key in keys(asked.schema["properties"][name], asked.schema):
                if key.endswith(f" {text}"):
                    told[name] = key
        return told

    summary, fake = read(page, schema, "large", default=answer)
    assert {name: getattr(summary, name).text for name in picked} == picked
    assert summary.first.direction == "增长"
    assert not [one for one in summary.issues if one.severity == "error"]
    asked = fake.history[0].text
    assert "⟦a|52.6亿元⟧" in asked
    assert "⟦c|187.6⟧" in asked
    assert "⟦A|" not in asked, "the prompt says that dates have capital letters"


def keys(shape, schema):
    """Every word that an answer of a shape may be."""
    if "$ref" in shape:
        yield from keys(schema["$defs"][shape["$ref"].rpartition("/")[2]], schema)
    for one in shape.get("anyOf", ()):
        yield from keys(one, schema)
    yield from (one for one in shape.get("enum", ()) if one is not None)


def test_rows_of_a_bulletin_are_read_off_its_tables(page):
    summary, _ = read(page, "bulletin", "small")
    told = [(one.name, one.value.text, float(one.growth.value)) for one in summary.stats]
    assert told == [
        ("工业增加值", "52.6亿元", 6.1),
        ("地区生产总值", "187.6", 4.9),
        ("第一产业", "20.1", -3.2),
        ("粮食产量", "20.5", 3.1),
        ("城镇新增就业", "3120", 1.0),
    ]
    assert summary.issues == ()


def page_of(tmp_path, *tables):
    shown = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table><p>以上。</p>"
        for rows in tables
    )
    path = tmp_path / "tables.html"
    path.write_text(f"<html><body><h1>{TITLE}</h1>{shown}</body></html>", encoding="utf-8")
    return path


def test_a_column_of_changes_has_rises_without_a_sign(tmp_path):
    rows = [("指标", "单位", "绝对数", "同比(%)"), ("粮食产量", "万吨", "20.5", "6.5")]
    rows += [("油料产量", "万吨", "3.2", "-1.5"), ("水果产量", "万吨", "9.1", "+3.5")]
    summary, _ = read(page_of(tmp_path, rows), "bulletin", "small")
    assert [float(one.growth.value) for one in summary.stats] == [6.5, -1.5, 3.5]


def test_a_row_of_a_place_is_no_indicator(tmp_path):
    rows = [("乡镇", "粮食产量(吨)", "工业总产值(万元)"), ("大坪乡", "1860", "560")]
    summary, _ = read(page_of(tmp_path, rows), "bulletin", "small")
    assert summary.stats == ()
    assert any("1860、560" in one.message for one in summary.issues)


def test_a_column_of_another_year_is_that_years(tmp_path):
    source = SCHEMA.replace('ask("地区生产总值")', 'ask("地区生产总值", year=0)')
    path = tmp_path / "years.py"
    path.write_text(source, encoding="utf-8")
    rows = [("指标", "单位", "2022", "2023"), ("地区生产总值", "亿元", "170.1", "187.6")]
    summary, _ = read(page_of(tmp_path, rows), str(path), "small")
    assert summary.gdp.text == "187.6"


def test_equal_numbers_of_two_tables_are_two(tmp_path):
    path = tmp_path / "sums.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import Money, Summary, ask\n"
        "class Sums(Summary, labels=False, overview=False):\n    '补助'\n"
        "    schema_id: Literal['sums.v1'] = 'sums.v1'\n"
        "    sums: list[Money] = ask('上级补助资金')\n",
        encoding="utf-8",
    )
    income = [("收入项目", "金额(万元)"), ("上级补助资金合计数额", "500")]
    spent = [("支出项目", "金额(万元)"), ("上级补助资金合计数额", "500")]
    summary, _ = read(page_of(tmp_path, income, spent), str(path), "small")
    assert [(one.text, one.also_at) for one in summary.sums] == 2 * [("500", ())]


TOWNS = (
    "from summarizer.fields import *\n"
    "class Town(Item, key='name'):\n    '一个乡镇'\n    name: Verbatim = ask('乡镇')\n"
    "    gdp: Money | None = ask('生产总值')\n"
    "    people: Count['人'] | None = ask('人口')\n"
    "class S(Summary, labels=False, overview=False):\n    towns: tuple[Town, ...] = ()\n"
)


@pytest.fixture
def towns(tmp_path):
    path = tmp_path / "towns.py"
    path.write_text(TOWNS, encoding="utf-8")
    return str(path)


def test_rows_of_a_table_of_places_are_items_and_nothing_is_asked(tmp_path, towns):
    """Whose the numbers are its headers say; the sum of all is none of them, and told as left."""
    rows = [
        ("序号", "乡镇", "生产总值(亿元)", "人口(人)", "学校(所)"),
        ("1", "大坪镇", "12.5", "8600", "3"),
        ("2", "石桥乡", "-", "4100", "2"),
        ("", "合计", "12.5", "12700", "5"),
    ]
    summary, fake = read(page_of(tmp_path, rows), towns, "small")
    said = [(t.name, t.gdp and t.gdp.text, t.people.text) for t in summary.towns]
    assert said == [("大坪镇", "12.5", "8600"), ("石桥乡", None, "4100")]
    assert fake.history == []
    [left] = [one.message for one in summary.issues if one.code == "numbers_left"]
    assert "12700" in left
    other = tmp_path / "firms.py"
    other.write_text(TOWNS.replace("生产总值", "罚款").replace("人口", "辞退"), encoding="utf-8")
    summary, _ = read(page_of(tmp_path, rows), str(other), "small")
    assert summary.towns == ()


def test_a_row_without_the_number_that_leads_is_a_row_of_its_table(tmp_path, towns):
    rows = [
        ("乡镇", "生产总值(亿元)", "人口(人)"),
        ("大坪镇", "12.5", "8600"),
        ("白石镇", "", "4100"),
    ]
    summary, fake = read(page_of(tmp_path, rows), towns, "small")
    assert [(t.name, t.people.text) for t in summary.towns] == [
        ("大坪镇", "8600"),
        ("白石镇", "4100"),
    ]
    assert fake.history == []


def test_what_is_counted_is_no_row_of_a_turned_table(tmp_path, towns):
    rows = [
        ("乡镇", "大坪镇", "石桥乡"),
        ("生产总值(亿元)", "12.5", "9.1"),
        ("人口(人)", "8600", "4100"),
    ]
    summary, _ = read(page_of(tmp_path, rows), towns, "small")
    assert summary.towns == ()
    assert any("8600" in one.message for one in summary.issues if one.code == "numbers_left")


def test_every_passage_of_a_long_table_is_shown_its_head(tmp_path, towns):
    head = ("乡镇", "生产总值(亿元)", "人口(人)")
    rows = [(f"第{n}镇", f"{n}.5", str(1000 + n)) for n in range(1, 61)]
    rows[29] = ("空白镇", "-", "-")  # a row without numbers is no head
    _, fake = read(page_of(tmp_path, [head, *rows]), towns, "large")
    texts = [asked.text for asked in fake.asked("passage")]
    assert len(texts) > 1
    for text in texts:
        assert "乡镇 生产总值(亿元) 人口(人)" in text
        assert text.count("⟦") <= settings(size="large").chunk_mentions
