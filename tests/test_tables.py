"""Tables as grids: what headers tell of each number, and the same table out of several files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents.clean import clean
from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.documents.tables import Place, Written
from summarizer.types import Document
from summarizer.zh.tables import read_table

CASES = Path(__file__).parent / "data" / "tables" / "cases.txt"


def cases():
    for block in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = [line for line in block.split("\n") if line]
        above = next((line[7:] for line in lines if line.startswith("above: ")), "")
        rows = [line.split(" ; ") for line in lines if not line.startswith(("=>", "above:"))]
        told = [line[3:] for line in lines if line.startswith("=>")]
        yield pytest.param(filled(rows), above, told, id=title)


def filled(rows):
    """The rows with merged cells repeated."""
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            row[c] = {"<": row[c - 1], "^": rows[r - 1][c] if r else "", "-": ""}.get(cell, cell)
    return rows


def said(one, rows):
    cell = rows[one.row][one.column].rstrip("①")
    quantity = one.quantity
    if quantity is None:
        return f"{cell} ! {one.rule}"
    unit = " ".join(filter(None, (f"{quantity.value:f}", quantity.unit, quantity.per)))
    return f"{cell} = {unit} | {one.label} | {one.subject or '-'} | {one.period or '-'}"


@pytest.mark.parametrize(("rows", "above", "told"), [*cases()])
def test_headers_tell_what_a_number_is(rows, above, told):
    assert [said(one, rows) for one in read_table(rows, above)] == told


@given(
    st.lists(
        st.lists(st.sampled_from(("", "1", "2019", "%", "万元", "合计", "村", "3.5%", "-"))),
        max_size=6,
    ),
    st.text(max_size=9),
)
def test_any_table_can_be_read(rows, above):
    for one in read_table(rows, above):
        assert rows[one.row][one.column]


@given(
    st.lists(
        st.lists(st.text(alphabet="12. 村\t亿元%", max_size=5), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_every_cell_stands_at_its_span(rows):
    written = Written()
    written.line("一、表")
    cells = [[cell.replace("\t", " ") for cell in row] for row in rows]
    for r, row in enumerate(cells):
        written.row([(cell, Place(r, c)) for c, cell in enumerate(row)], table=0)
    [grid] = written.grids
    texts = [written.text[cell.span.slice] for cell in grid.cells]
    assert [text.strip() for text in texts] == [cell.strip() for row in cells for cell in row]


PAGE = """<html><body><h1>青石县公报</h1><p>单位：万元</p><table>
<tr><th rowspan=2>乡镇</th><th colspan=2>投资</th></tr><tr><th>2019年</th><th>2020年</th></tr>
<tr><td>甲镇</td><td>300</td><td>450</td></tr></table><p>投资3亿元。</p></body></html>"""


def test_a_page_and_its_spans():
    parsed = parse(read(PAGE.encode()))
    numbers = [m for m in parsed.mentions if m.quantity]
    assert [(m.text, m.quantity.value) for m in numbers] == [
        ("300", 3_000_000),
        ("450", 4_500_000),
        ("3亿元", 300_000_000),
    ]
    raw = parsed.text.document.text
    assert [raw[m.span.slice] for m in numbers] == ["300", "450", "3亿元"]
    told = [parsed.told[m.id] for m in numbers[:2]]
    assert [(one.label, one.subject, one.period) for one in told] == [
        ("投资", "甲镇", "2019年"),
        ("投资", "甲镇", "2020年"),
    ]
    assert not any(m in s.mentions for s in parsed.sentences for m in numbers[:2])


def test_a_table_that_a_text_only_looks_like_stays_with_the_grammar():
    text = clean(Document("0", "x", "乡镇\t投资（万元）\n甲镇\t300\n"))
    assert not text.document.grids
