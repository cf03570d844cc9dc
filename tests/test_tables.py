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
from summarizer.zh.tables.reading import read_table
from summarizer.zh.tables.totals import unbalanced

DATA = Path(__file__).parent / "data" / "tables"
KNOWN_FAILURES: dict[str, str] = {}  # the title of a case, and why it fails


def cases(name):
    for block in (DATA / name).read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = [line for line in block.split("\n") if line]
        above = next((line[7:] for line in lines if line.startswith("above: ")), "")
        rows = [line.split(" ; ") for line in lines if not line.startswith(("=>", "above:"))]
        told = [line[3:] for line in lines if line.startswith("=>")]
        why = KNOWN_FAILURES.get(title)
        marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
        yield pytest.param(filled(rows), above, told, id=title, marks=marks)


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


@pytest.mark.parametrize(("rows", "above", "told"), [*cases("cases.txt")])
def test_headers_tell_what_a_number_is(rows, above, told):
    assert [said(one, rows) for one in read_table(rows, above)] == told


def in_words(one, rows):
    """What is read, as in offices.txt, but for the order of its words."""
    cell, _, rest = said(one, rows).partition(" ")
    if one.quantity is None:
        return f"{cell} !", ""
    value, label, subject, period = rest.split(" | ")
    return f"{cell} {value} | {period}", f"{label}{subject.removeprefix('-')}"


@pytest.mark.parametrize(("rows", "above", "told"), [*cases("offices.txt")])
def test_tables_of_offices_are_read(rows, above, told):
    silent = {line.removesuffix(" !") for line in told if line.endswith(" !")}
    found = [
        in_words(one, rows)
        for one in read_table(rows, above)
        if one.quantity or rows[one.row][one.column] in silent
    ]
    wanted = [line.split(" | ") if " | " in line else [line, "", ""] for line in told]
    assert [what for what, _ in found] == [
        f"{what} | {period}" if period else what for what, _, period in wanted
    ]
    assert [sorted(words) for _, words in found] == [
        sorted("".join(words.split())) for _, words, _ in wanted
    ]


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


TOTALS = [
    ([["镇", "投资(万元)"], ["甲镇", "300"], ["乙镇", "450"], ["合计", "750"]], None),
    ([["镇", "投资(万元)"], ["甲镇", "300"], ["乙镇", "450"], ["合计", "760"]], 7500000),
    (
        [
            ["镇", "投资(亿元)"],
            ["甲镇", "1.24"],
            ["乙镇", "1.24"],
            ["丙镇", "1.24"],
            ["合计", "3.73"],
        ],
        None,
    ),
    ([["镇", "增速(%)"], ["甲镇", "3"], ["乙镇", "4"], ["合计", "3.5"]], None),
    (
        [
            ["科目", "万元"],
            ["一、税收", "80"],
            ["增值税", "50"],
            ["所得税", "30"],
            ["二、非税", "20"],
            ["合计", "100"],
        ],
        None,
    ),
    (
        [
            ["科目", "万元"],
            ["一、税收", "80"],
            ["增值税", "50"],
            ["二、非税", "20"],
            ["合计", "140"],
        ],
        1500000,
    ),
    ([["镇", "户数"], ["甲镇", "30"], ["其中:贫困户", "9"], ["乙镇", "45"], ["合计", "75"]], None),
    ([["镇", "户数"], ["合计", "75"], ["甲镇", "30"], ["乙镇", "45"]], None),
    (
        [
            ["镇", "户数"],
            ["甲镇", "30"],
            ["小计", "30"],
            ["乙镇", "45"],
            ["小计", "45"],
            ["合计", "75"],
        ],
        None,
    ),
    ([["镇", "户数"], ["甲镇", "3"], ["合计", "75"]], None),
]


@pytest.mark.parametrize(("rows", "summed"), TOTALS)
def test_a_total_that_its_rows_do_not_come_to(rows, summed):
    found = [*unbalanced([*read_table(rows)])]
    assert [int(value) for _, value in found] == ([] if summed is None else [summed])


def test_it_is_told_with_its_place():
    page = PAGE.replace(
        "<tr><td>甲镇</td>", "<tr><td>合计</td><td>800</td><td>450</td></tr><tr><td>甲镇</td>"
    )
    page = page.replace("</table>", "<tr><td>乙镇</td><td>400</td><td>0</td></tr></table>")
    parsed = parse(read(page.encode()))
    [issue] = parsed.issues
    start, end = map(int, issue.ref.split("-"))
    assert parsed.text.document.text[start:end] == "800"
    assert issue.message == "投资合计 800 is not what the rows come to: 7000000元"


@pytest.mark.parametrize(
    ("first", "whose"),
    [("建设单位,青山镇政府", "青山镇政府"), ("项目名称,李家河水库", "李家河水库")],
)
def test_a_proper_name_that_opens_a_form_is_in_no_label(first, whose):
    parsed = parse(read(f"{first}\n总投资,350万元\n受益,45户\n".encode(), name="a.csv"))
    told = [parsed.told[m.id] for m in parsed.mentions if m.quantity]
    assert [(one.label, one.subject) for one in told] == [("总投资", whose), ("受益", whose)]


def test_an_amount_that_is_no_class_is_in_no_label_and_stays_a_quantity():
    rows = "项目,金额,标准,50元\n村道,30万元,是,3人\n水渠,20万元,否,4人\n"
    parsed = parse(read(rows.encode(), name="a.csv"))
    numbers = [m for m in parsed.mentions if m.quantity]
    assert [m.text for m in numbers] == ["50元", "30万元", "3人", "20万元", "4人"]
    assert not [m for m in numbers if "50元" in getattr(parsed.told.get(m.id), "label", "")]
