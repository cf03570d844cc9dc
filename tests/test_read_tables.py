"""Tables: the same one gives the same figures in whatever file it stands."""

import io
import random
import struct
import zipfile

import openpyxl
import pytest
import tiny_files
import tiny_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from table_makers import PDFS, SHEETS

from summarizer.batch.sources import find_sources
from summarizer.documents.parsed import parse
from summarizer.documents.read import limits, read
from summarizer.documents.read.archive import members
from summarizer.errors import EmptyDocument, UnreadableDocument

ABOVE = ["青石县2023年主要指标", "单位：亿元"]
ROWS = [
    ["指标", "2023年", None, "备注"],
    [True, "绝对数", "比上年增长（%）", True],
    ["地区生产总值", "300.5", "6.1", ""],
    ["其中：第一产业", "45", "-3.2", "受灾"],
    ["年末总人口（万人）", "66.6", "0.2", ""],
    ["农村户数", "1,200", "", ""],
]
TOWNS = [
    ["乡镇", "户数", "完成投资(万元)", "2023年产值（亿元）"],
    ["城关镇", "1,200", "3500", "1.5"],
    ["石桥乡", "800", "1260.5", "-0.25"],
    ["合计", "2,000", "4760.5", "1.25"],
]
EVERY = SHEETS | PDFS
MERGING = ("html", "docx", "xlsx", "xls", "ods", *PDFS)


def called(kind):
    return "a.pdf" if kind in PDFS else f"a.{kind}"


def figures(data, name):
    """What a table tells of each number: value, unit, label, subject, period."""
    parsed = parse(read(data, name=name))
    return [
        (m.quantity.value, m.quantity.unit, told.label, told.subject, told.period)
        for m in parsed.mentions
        if (told := parsed.told.get(m.id)) and m.quantity
    ]


@pytest.mark.parametrize("kind", EVERY)
def test_a_header_over_two_years_says_the_same_in_every_file(kind):
    """In those that have no merged cells, too."""
    years = [["乡镇", "投资（万元）", None], [True, "2019年", "2020年"], ["甲镇", "300", "45.5"]]
    assert [
        (f"{value:f}", *told) for value, *told in figures(EVERY[kind]([], years), called(kind))
    ] == [
        ("3000000", "元", "投资", "甲镇", "2019年"),
        ("455000", "元", "投资", "甲镇", "2020年"),
    ]


@pytest.mark.parametrize("kind", EVERY)
def test_a_table_gives_the_same_figures_in_every_file(kind):
    found = figures(EVERY[kind](ABOVE[:1], TOWNS), called(kind))
    assert found == figures(tiny_sheets.html(ABOVE[:1], TOWNS), "a.html")
    assert [(str(value), unit) for value, unit, *_ in found[:3]] == [
        ("1200", "户"),
        ("35000000", "元"),
        ("150000000", "元"),
    ]
    assert len(found) == 9


@pytest.mark.parametrize("kind", MERGING)
def test_merged_headers_and_a_unit_above_say_the_same_in_every_file(kind):
    found = figures(EVERY[kind](ABOVE, ROWS), called(kind))
    assert found == figures(tiny_sheets.html(ABOVE, ROWS), "a.html")
    assert [(str(value), unit, label) for value, unit, label, *_ in found[:2]] == [
        ("30050000000", "元", "地区生产总值"),
        ("6.1", "%", "地区生产总值比上年增长"),
    ]
    assert len(found) == 7


@pytest.mark.parametrize("kind", SHEETS)
def test_the_cells_of_a_grid_stand_in_the_text(kind):
    document = read(SHEETS[kind](ABOVE, TOWNS), name=f"a.{kind}")
    [grid] = document.grids
    assert [document.text[cell.span.slice] for cell in grid.cells] == [
        cell for row in TOWNS for cell in row
    ]


def test_an_empty_cell_before_the_first_text_of_its_row_ends_where_it_begins():
    document = read("乡镇,总数,比重\n,户数,\n甲,3,4\n".encode(), name="a.csv")
    empty = [cell.span for cell in document.grids[0].cells if not document.text[cell.span.slice]]
    assert [(span.start, span.end) for span in empty] == [(9, 9), (11, 11)]


def test_folders_and_archives_give_their_tables(tmp_path):
    for kind, make in SHEETS.items():
        (tmp_path / f"a.{kind}").write_bytes(make([], TOWNS))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for kind, make in SHEETS.items():
            archive.writestr(f"a.{kind}", make([], TOWNS))
    sources = [*find_sources([str(tmp_path)])]
    assert len(sources) == 2 * len(SHEETS) == 2 * len(members(tmp_path / "b.zip"))
    for member in members(tmp_path / "b.zip"):
        assert len(figures(member.data(), member.source)) == 9


def book(fill):
    made = openpyxl.Workbook()
    fill(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_cell_is_shown_by_its_format():
    def fill(made):
        sheet = made.active
        sheet.append(["指标", "数", "日期"])
        sheet.append(["比重", 0.123, 45047])
        sheet.append(["产值", 12345.678, 45047.5])
        sheet["B2"].number_format = "0.0%"
        sheet["C2"].number_format = 'yyyy"年"m"月"d"日"'
        sheet["B3"].number_format = '#,##0.00"万元"'
        sheet["C3"].number_format = "yyyy/m/d h:mm"

    assert read(book(fill), name="a.xlsx").text == (
        "指标\t数\t日期\n比重\t12.3%\t2023年5月1日\n产值\t12,345.68万元\t2023/5/1 12:00\n"
    )


def test_an_old_workbook_is_shown_by_its_formats():
    cells = [
        (0x204, struct.pack("<3H", 0, 0, 0) + tiny_sheets.biff("比重")),
        (0x203, struct.pack("<3Hd", 0, 1, 2, 0.123)),
        (0x27E, struct.pack("<3Hi", 0, 2, 3, 45047 << 2 | 2)),
        (0x27E, struct.pack("<3Hi", 0, 3, 0, 12345 << 2 | 3)),
        (0xBD, struct.pack("<3HiHiH", 1, 0, 0, 7 << 2 | 2, 2, 50 << 2 | 3, 1)),
        (0x06, struct.pack("<3HdHIH", 1, 2, 0, 2.5, 0, 0, 0)),
        (0x205, struct.pack("<3HBB", 1, 3, 0, 7, 1)),
    ]
    document = read(tiny_sheets.xls_file({"表": cells}), name="a.xls")
    assert document.text == "比重\t12.3%\t2023-05-01\t123.45\n7\t50.0%\t2.5\n"
    assert document.left_out == {"errors": 1}


def test_hidden_sheets_rows_and_columns_are_left_out_and_counted():
    def fill(made):
        sheet = made.active
        sheet.append(["乡镇", "户数", "藏", "投资"])
        sheet.append(["甲镇", 300, 999, 5])
        sheet.append(["乙镇", 888, 888, 888])
        sheet.append(["丙镇", 100, 999, 7])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["D5"] = "=SUM(D2:D4)"
        made.create_sheet("藏").append(["777"])
        made["藏"].sheet_state = "veryHidden"

    document = read(book(fill), name="a.xlsx")
    assert document.text == "乡镇\t户数\t投资\n甲镇\t300\t5\n丙镇\t100\t7\n"
    assert document.left_out == {
        "hidden sheets": 1,
        "hidden rows": 1,
        "hidden columns": 1,
        "formulas": 1,
    }
    old = tiny_sheets.xls_file(
        {
            "表": [
                (0x208, struct.pack("<3H3HH", 1, 0, 2, 0, 0, 0, 0x20) + bytes(2)),
                (0x7D, struct.pack("<6H", 1, 1, 9, 0, 1, 0)),
                *(
                    (0x203, struct.pack("<3Hd", r, c, 0, 10 * r + c))
                    for r in (0, 1, 2)
                    for c in (0, 1, 2)
                ),
            ],
            "藏": [(0x203, struct.pack("<3Hd", 0, 0, 0, 7))],
        },
        hidden=("藏",),
    )
    document = read(old, name="a.xls")
    assert document.text == "0\t2\n20\t22\n"
    assert document.left_out == {"hidden sheets": 1, "hidden rows": 1, "hidden columns": 1}


def test_sheets_have_their_names_and_tables_their_headers():
    def fill(made):
        made.active.title = "甲表"
        for row in (
            ["乡镇", "户数"],
            ["甲镇", 3],
            [],
            ["乙镇", 4],
            [],
            ["部门", "人数"],
            ["民政局", 9],
        ):
            made.active.append(row)
        made.create_sheet("乙表").append(["只有一句话。"])
        made.create_sheet("空表")

    document = read(book(fill), name="a.xlsx")
    assert document.text == (
        "甲表\n乡镇\t户数\n甲镇\t3\n乙镇\t4\n部门\t人数\n民政局\t9\n乙表\n只有一句话。\n"
    )
    assert [grid.size for grid in document.grids] == [(3, 2), (2, 2)]


def test_a_raised_digit_in_a_workbook_is_no_digit_of_a_number():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rich = '<is><r><t>300</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is>'
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{office}/officeDocument" Target="/XL\\book.xml"/></Relationships>',
        "XL\\book.xml": f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
        "XL\\_rels\\book.xml.rels": f'<Relationships><Relationship Id="s" Type="{office}/worksheet" Target="s.xml"/></Relationships>',
        "xl/workbook.xml": "<no/>",
        "XL\\s.xml": f'<worksheet xmlns="{space}"><sheetData><row><c t="inlineStr">{rich}</c><c><v>5</v></c></row></sheetData></worksheet>',
    }
    assert read(tiny_files.packed(parts), name="a.xlsx").text == "300[1]\t5\n"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (tiny_sheets.ole({"EncryptedPackage": b"x"}), "a.xlsx", "locked with a password"),
        (tiny_sheets.ole({"WordDocument": b"x"}), "a.wps", "WPS Writer"),
        (tiny_sheets.ole({"Workbook": b"x"}), "a.et", "WPS Spreadsheets"),
        (tiny_sheets.ole({"PowerPoint Document": b"x"}), "a.doc", "PowerPoint"),
        (
            tiny_sheets.ole({"Workbook": struct.pack("<HHHHII", 0x809, 8, 0x600, 5, 0, 0)}),
            "a.xls",
            r"no text|broken|shows no",
        ),
        (tiny_files.packed({"xl/workbook.bin": "x"}), "a.xlsx", "binary Excel"),
        (tiny_files.packed({"ppt/presentation.xml": "x"}), "a.pptx", "PowerPoint"),
        (tiny_files.packed({"xl/workbook.xml": "<a"}), "a.xlsx", "broken XML"),
        (tiny_files.packed({"xl/a.xml": "<a/>"}), "a.xlsx", "broken or locked"),
        (b"PK\x03\x04" + b"\x00" * 40, "a.xlsx", "zip archive"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(data, name, why):
    with pytest.raises((UnreadableDocument, EmptyDocument), match=why) as caught:
        read(data, name=name)
    assert str(caught.value).startswith(name)


def test_a_workbook_is_told_by_its_bytes():
    assert read(tiny_sheets.xlsx([], TOWNS), name="a.txt").media_type.endswith(
        "spreadsheetml.sheet"
    )
    assert read(tiny_sheets.xls([], TOWNS), name="a.xlsx").media_type == "application/vnd.ms-excel"
    assert read(tiny_sheets.html([], TOWNS), name="a.xls").media_type == "text/html"


REPEATED = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="9999"><text:p>1</text:p></table:table-cell></table:table-row>'


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (tiny_sheets.ods_file("<table:table/>" * 10_000), "a.ods", "sheets; the limit is 1,000"),
        (
            tiny_sheets.ods_file(f"<table:table>{REPEATED}</table:table>"),
            "a.ods",
            "cells; the limit",
        ),
        (tiny_sheets.xls_file({f"s{n}": [] for n in range(1200)}), "a.xls", "1,200 sheets"),
        (b"1,2,3,4,5,6,7,8,9,10\n" * 100_000, "a.csv", "cells; the limit is 500,000"),
        (b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 300_000, "a.md", "cells; the limit is 500,000"),
    ],
)
def test_too_much_is_refused_by_a_limit(data, name, why):
    with pytest.raises(UnreadableDocument, match=why):
        read(data, name=name)


LONG = "投入5万元  " * 9_000  # its own text is short beside what cells make of it
SPANS = b"<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 3_000


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (
            tiny_sheets.ods_file(
                "<table:table><table:table-row><table:table-cell table:number-columns-repeated="
                f'"16000"><text:p>{LONG}</text:p></table:table-cell></table:table-row></table:table>'
            ),
            "a.ods",
            "characters in its cells; the limit is 20,000,000",
        ),
        (
            tiny_sheets.xls_file(
                {"s": [(0xFD, struct.pack("<3HI", n, 0, 0, 0)) for n in range(20_000)]},
                shared=[(0xFC, struct.pack("<2I", 1, 1) + tiny_sheets.biff("投入5万元  " * 500))],
            ),
            "a.xls",
            "characters in its cells; the limit is 20,000,000",
        ),
        (
            b"<html><body><table>" + SPANS + b"</table>",
            "a.html",
            "cells that are merged; the limit",
        ),
    ],
    ids=["ods", "xls", "html"],
)
def test_what_a_small_file_makes_large_is_refused_before_it_is_made(data, name, why):
    assert len(data) < 1_000_000
    with pytest.raises(UnreadableDocument, match=why):
        read(data, name=name)


def test_a_sheet_of_an_old_workbook_that_has_two_names_is_refused():
    """A thousand names for one sheet cost a thousand times its size."""
    stream = tiny_sheets.xls_file({"甲": [(0x205, bytes(8))], "乙": [(0x205, bytes(8))]})
    first, second = (stream.index(name.encode("utf-16-le")) - 8 for name in "甲乙")
    both = stream[:second] + stream[first : first + 4] + stream[second + 4 :]
    with pytest.raises(UnreadableDocument, match="two of its sheets are one"):
        read(both, name="a.xls")


def test_a_part_that_has_many_names_counts_as_often(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED", 1_000_000)
    rows = random.Random(1).randbytes(30_000).hex()
    rows = f"<worksheet><!--{rows}--><sheetData/></worksheet>"
    one = '<Relationship Id="s{0}" Type="t/worksheet" Target="s.xml"/>'
    sheet = '<sheet name="s{0}" r:id="s{0}" xmlns:r="r"/>'
    listed = "".join(sheet.format(n) for n in range(30))
    told = "".join(one.format(n) for n in range(30))
    package = {
        "xl/workbook.xml": f"<workbook><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{told}</Relationships>",
        "xl/s.xml": rows,
    }
    with pytest.raises(UnreadableDocument, match="bytes unpacked; the limit is 1,000,000"):
        read(tiny_files.packed(package), name="a.xlsx")


def test_a_workbook_of_too_many_cells_is_refused():
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s" Type="{office}/worksheet" Target="s.xml"/></Relationships>',
    }

    def made(rows, merged=""):
        sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{merged}</worksheet>'
        return tiny_files.packed({**parts, "xl/s.xml": sheet})

    with pytest.raises(UnreadableDocument, match=r"cells; the limit is 500,000|each packed one"):
        read(made(row * 1000), name="a.xlsx")
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 1000
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9999"><c r="XA9999"><v>2</v></c></row>'
    with pytest.raises(UnreadableDocument, match="merged; the limit is 500,000"):
        read(made(rows, merged), name="a.xlsx")
    assert limits.SHEETS < 10_000
    bomb = '<!DOCTYPE a [<!ENTITY b "1">]><a>&b;</a>'
    with pytest.raises(UnreadableDocument, match="declares XML entities"):
        read(tiny_files.packed({**parts, "xl/s.xml": bomb}), name="a.xlsx")


CELLS = st.text("甲乙镇户投资万元0123456789.%-,", min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=2, max_size=5))
def test_every_span_of_any_table_is_its_cell(rows):
    width = min(map(len, rows))
    rows = [row[:width] for row in rows]
    for kind in ("html", "docx", "ods", "tsv", "md"):
        document = read(SHEETS[kind]([], rows), name=f"a.{kind}")
        said = [document.text[cell.span.slice] for grid in document.grids for cell in grid.cells]
        assert said == [cell for row in rows for cell in row], kind


def test_a_raised_note_is_no_digit_of_a_cell():
    page = "<html><table><tr><td>乡镇<td>户数<tr><td>甲镇<td>300<sup>1</sup><tr><td>乙镇<td>45①</table>"
    assert [str(value) for value, *_ in figures(page.encode(), "a.html")] == ["300", "45"]


def test_a_cell_of_a_page_may_have_its_unit_in_a_paragraph_of_its_own():
    head = "<tr><td><p>乡镇</p></td><td><p>投资</p><p>(万元)</p></td></tr>"
    row = "<tr><td><p>甲镇</p></td><td><p>300</p></td></tr>"
    page = f"<html><body><table>{head}{row}</table></body></html>"
    assert figures(page.encode(), "a.html") == [(3_000_000, "元", "投资", "甲镇", None)]


def test_a_row_of_a_docx_may_begin_behind_the_first_column():
    def row(*cells, before=0):
        skipped = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
        inner = "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in cells)
        return f"<w:tr>{skipped}{inner}</w:tr>"

    rows = row("乡镇", "投资(万元)", "户数") + row("300", "45", before=1)
    body = f'<w:document xmlns:w="{tiny_files.WORD}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'
    found = figures(tiny_files.packed({"word/document.xml": body}), "a.docx")
    assert [(value, unit) for value, unit, *_ in found] == [(3_000_000, "元"), (45, "户")]


def test_edges_of_cells_that_go_back_say_nothing():
    rows = b"\\trowd\\clmgf\\cellx3000\\clmrg\\cellx1000 1\\cell\\cell\\row" * 2
    [grid] = read(b"{\\rtf1 \\pard " + rows + b"\\pard\\par}", name="a.rtf").grids
    assert [tuple(cell.place) for cell in grid.cells] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_a_merged_cell_of_an_rtf_covers_the_one_it_is_merged_with():
    def row(*cells, looks=("", "", "")):
        edges = "".join(rf"{look}\cellx{n}000" for n, look in enumerate(looks, 1))
        said = "".join("".join(f"\\u{ord(c)}?" for c in cell) + r"\cell " for cell in cells)
        return rf"\trowd{edges}\pard\intbl {said}\row "

    head = row("镇", "收入(万元)", "", looks=("", r"\clmgf", r"\clmrg"))
    rtf = rf"{{\rtf1 {head}{row('', '2019年', '2020年')}{row('甲镇', '30', '40')}}}"
    assert [one[:2] for one in figures(rtf.encode(), "a.rtf")] == [(300_000, "元"), (400_000, "元")]


def test_a_cell_covers_no_row_beyond_its_group():
    def page(head, body):
        head_rows, rows = "<tr>".join(["", *head]), "<tr>".join(["", *body])
        return f"<table><thead>{head_rows}</thead><tbody>{rows}</tbody></table>".encode()

    head = ["<th rowspan=0>乡镇<th rowspan=2>户数<th colspan=2>投资(万元)", "<th>2019年<th>2020年"]
    body = ["<td rowspan=9>甲镇<td>4<td>30<td>40", "<td>5<td>50<td>60"]
    found = figures(page(head, body), "a.html")
    assert [(int(value), unit) for value, unit, *_ in found] == [
        (4, "户"),
        (300_000, "元"),
        (400_000, "元"),
        (5, "户"),
        (500_000, "元"),
        (600_000, "元"),
    ]
    [grid] = read(page(head, body), name="a.html").grids
    assert grid.size == (4, 4)


def test_a_foot_that_is_written_first_is_the_last_row():
    head = "<thead><tr><th>乡镇<th>2019年投资(万元)</thead>"
    foot = "<tfoot><tr><td>合计<td>2050</tfoot>"
    body = "<tbody><tr><td>甲镇<td>1050<tr><td>乙镇<td>1000</tbody>"
    for page in (head + foot + body, foot + body + head, head + body + foot):
        document = read(f"<table>{page}</table>".encode(), name="a.html")
        [grid] = document.grids
        cells = {cell.place: document.text[cell.span.slice] for cell in grid.cells}
        assert [cells[place] for place in sorted(cells)][::2] == ["乡镇", "甲镇", "乙镇", "合计"]
        assert not parse(document).issues
