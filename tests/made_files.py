"""Small made files that have what only their kind has, each with the figures that it holds.

Written from what offices' files are like, before any of them was read. The notation of what must
be found is that of data/files/tables.txt.
"""

import io

import openpyxl
import tiny_files
import tiny_offices
import tiny_sheets
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FILES = []


def made(name, told, *, left_out=()):
    """Take a function that makes the bytes of a file as one of the corpus."""

    def taken(make):
        title = make.__name__.replace("_", " ")
        FILES.append((title, name, make, told.strip().split("\n"), left_out))
        return make

    return taken


def page(body):
    return f"<html><body>{body}</body></html>".encode()


@made("a.html", "300 = 3000000 元 | 甲镇 投资 | -\n45 = 45 户 | 甲镇 户数 | -")
def raised_notes_of_a_page():
    return page(
        "<table><tr><th>乡镇</th><th>投资(万元)<sup>1</sup></th><th>户数</th></tr>"
        "<tr><td>甲镇</td><td>300<sup>[2]</sup></td><td>45<sup>①</sup></td></tr></table>"
        "<p>注：<sup>1</sup>不含配套。</p>"
    )


@made(
    "a.html",
    "30 = 30 户 | 甲组 户数 [东村] | -\n40 = 40 户 | 乙组 户数 [东村] | -\n"
    "50 = 50 户 | 丙组 户数 [东村] | -",
)
def a_rowspan_to_the_end_of_the_group():
    return page(
        "<table><thead><tr><th>村</th><th>小组</th><th>户数</th></tr></thead><tbody>"
        "<tr><td rowspan=0>东村</td><td>甲组</td><td>30</td></tr>"
        "<tr><td>乙组</td><td>40</td></tr><tr><td>丙组</td><td>50</td></tr></tbody></table>"
    )


@made("a.html", "30 = 30 公里 | 甲乡 道路 | -\n12 = 12 公里 | 甲乡 道路 | -")
def two_paragraphs_in_a_cell_are_two_numbers():
    return page(
        "<table><tr><td>乡</td><td>道路（公里）</td></tr>"
        "<tr><td>甲乡</td><td><p>30</p><p>12</p></td></tr></table>"
    )


@made("a.html", "1,234,567 = 12345670000 元 | 甲乡 产值 | -")
def a_number_that_wraps_in_a_cell_is_one():
    return page(
        "<table><tr><td>乡</td><td>产值\n（万元）</td></tr>"
        "<tr><td>甲乡</td><td><span>1,234,</span><wbr><span>567</span></td></tr></table>"
    )


@made("a.html", "3/4 = 0.75\n1 200 = 1200 户 | 甲乡 户数 | -")
def mathml_and_a_hard_space_between_thousands():
    return page(
        "<p>约<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>的村通了公路。</p>"
        "<table><tr><td>乡</td><td>户数</td></tr><tr><td>甲乡</td><td>1&nbsp;200</td></tr></table>"
    )


@made(
    "a.html",
    "20 = 20 户 | 合计 户数 | -\n20 = 20 户 | 甲村 户数 | -",
    left_out=("hidden",),
)
def a_hidden_row_and_a_foot_that_is_written_first():
    return page(
        "<table><caption>户数统计</caption><thead><tr><th>村</th><th>户数</th></tr></thead>"
        "<tfoot><tr><td>合计</td><td>20</td></tr></tfoot>"
        "<tbody><tr style='display:none'><td>乙村</td><td>99</td></tr>"
        "<tr><td>甲村</td><td>20</td></tr></tbody></table>"
    )


@made("a.html", "15 = 15 个 | 东区 学校 | -\n7 = 7 个 | 东区 医院 | -")
def a_table_for_the_looks_of_the_page_around_one_of_data():
    return page(
        "<table><tr><td>教育和卫生</td></tr><tr><td><table><tr><td>区</td><td>学校(个)</td>"
        "<td>医院(个)</td></tr><tr><td>东区</td><td>15</td><td>7</td></tr></table></td></tr></table>"
    )


@made("a.html", "45 = 450000 元 | 甲村 投入 | -\n6.5 = 65000 元 | 乙村 投入 | -")
def a_caption_that_has_the_unit():
    return page(
        "<table><caption>各村投入　（单位：万元）</caption><tr><th>村名</th><th>投入</th></tr>"
        "<tr><td>甲村</td><td>45</td></tr><tr><td>乙村</td><td>6.5</td></tr></table>"
    )


def word(body):
    return tiny_files.packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{tiny_files.WORD}" xmlns:m="{MATH}">'
            f"<w:body>{body}</w:body></w:document>"
        }
    )


def run(text, looks=""):
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def word_table(rows):
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in map(word_cells, rows))}</w:tbl>"


def word_cells(cells):
    return "".join(f"<w:tc>{c if c.startswith('<') else paragraph(run(c))}</w:tc>" for c in cells)


RAISED = '<w:vertAlign w:val="superscript"/>'


@made("a.docx", "300 = 3000000 元 | 甲镇 投资 | -\n86.5 = 86.5 m2 | 甲镇 房屋面积 | -")
def raised_notes_and_units_of_a_docx():
    rows = [
        ["乡镇", "投资（万元）", paragraph(run("房屋面积（m"), run("2", RAISED), run("）"))],
        ["甲镇", paragraph(run("300"), run("1", RAISED)), "86.5"],
    ]
    return word(word_table(rows))


@made("a.docx", "450万元 = 4500000 元\n3/4 = 0.75", left_out=("deleted",))
def changes_and_office_math():
    changed = f"<w:del><w:r><w:delText>300</w:delText></w:r></w:del><w:ins>{run('450')}</w:ins>"
    part = "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
    return word(
        paragraph(run("完成投资"), changed, run("万元。"))
        + paragraph(run("全村"), part, run("的户脱贫。"))
    )


@made("a.docx", "12 = 12 | 张三 人口 [家庭] | -\n4,500 = 4500 元 | 张三 人均收入 | -")
def a_table_in_a_content_control():
    rows = [["户主姓名", "家庭人口", "人均收入（元）"], ["张三", "12", "4,500"]]
    return word(f"<w:sdt><w:sdtContent>{word_table(rows)}</w:sdtContent></w:sdt>")


@made("a.docx", "30 = 30 亩 | 甲户 面积 | -\n45 = 45 亩 | 甲户 面积 | -")
def two_paragraphs_in_a_cell_of_a_docx():
    return word(
        word_table([["户", "面积（亩）"], ["甲户", paragraph(run("30")) + paragraph(run("45"))]])
    )


@made("a.docx", "2,345.67 = 23456700 元 | 甲镇 收入 | -")
def a_number_in_many_runs():
    cell = paragraph(run("2"), run(",3", "<w:b/>"), run("45"), run(".6"), run("7"))
    return word(word_table([["乡镇", "收入（万元）"], ["甲镇", cell]]))


def book(*sheets):
    made_book = openpyxl.Workbook()
    made_book.remove(made_book.active)
    for name, rows in sheets:
        sheet = made_book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made_book


def saved(made_book):
    data = io.BytesIO()
    made_book.save(data)
    return data.getvalue()


@made(
    "a.xlsx",
    "12.3% = 12.3 % | 甲镇 增长率 | -\n1,235 = 12350000 元 | 甲镇 产值 | -\n0.5万元 = 5000 元 | 甲镇 补助 | -",
)
def numbers_as_their_formats_show_them():
    made_book = book(
        ("表", [["乡镇", "增长率", "产值（万元）", "补助"], ["甲镇", 0.123, 1234.6, 0.5]])
    )
    for place, form in (("B2", "0.0%"), ("C2", "#,##0"), ("D2", '0.0"万元"')):
        made_book["表"][place].number_format = form
    return saved(made_book)


@made(
    "a.xlsx",
    "45 = 45 户 | 甲村 户数 | -\n60 = 60 亩 | 乙村 耕地 | -",
    left_out=("hidden rows", "hidden sheets"),
)
def sheets_and_what_they_hide():
    made_book = book(
        ("户数", [["村名", "户数"], ["甲村", 45], ["丙村", 99]]),
        ("耕地", [["村名", "耕地（亩）"], ["乙村", 60]]),
        ("底稿", [["村名", "户数"], ["丁村", 777]]),
    )
    made_book["户数"].row_dimensions[3].hidden = True
    made_book["底稿"].sheet_state = "hidden"
    return saved(made_book)


@made("a.xlsx", "120 = 1200000 元 | 甲镇 拨款 | -")
def a_raised_note_in_a_shared_string():
    made_book = book(("表", [["乡镇", "拨款（万元）"], ["甲镇", ""]]))
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
    made_book["表"]["B2"] = CellRichText("120", raised)
    return saved(made_book)


@made("a.xlsx", "3200 = 3200 人 | 甲镇 人口 | 2023-05-01\n2800 = 2800 人 | 乙镇 人口 | 2023-05-01")
def numbers_kept_as_text_and_dates():
    rows = [
        ["乡镇", "统计日期", "人口（人）"],
        ["甲镇", "2023-05-01", "3200"],
        ["乙镇", "2023-05-01", " 2800 "],
    ]
    return saved(book(("表", rows)))


@made("a.ods", "6.1% = 6.1 % | 工业 增长 | -\n88.5 = 8850000000 元 | 工业 增加值 | -")
def a_percent_and_repeated_cells_of_an_ods():
    def cell(text, more=""):
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    head = cell("行业") + cell("增长") + cell("增加值（亿元）")
    row = (
        cell("工业")
        + cell("6.1%", 'office:value-type="percentage" office:value="0.061"')
        + cell("88.5", 'office:value-type="float" office:value="88.5"')
    )
    empty = '<table:table-cell table:number-columns-repeated="1000"/>'
    return tiny_sheets.ods_file(
        '<table:table table:name="表">'
        f"<table:table-row>{head}{empty}</table:table-row>"
        f"<table:table-row>{row}{empty}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="60000">{empty}</table:table-row></table:table>'
    )


@made("a.csv", "1200 = 1200 户 | 甲乡 户数 | -\n35.5 = 355000 元 | 甲乡 投入 | -")
def a_csv_with_a_line_end_in_a_cell():
    return '\ufeff乡镇,"户\n数","投入\n（万元）"\n甲乡,1200,35.5\n'.encode()


@made("a.csv", "1 ! no unit\n200 ! no unit\n35.5 ! no unit")
def a_csv_whose_thousands_are_not_quoted():
    return "乡镇,户数,投入（万元）\n甲乡,1,200,35.5\n".encode("gb18030")


@made("a.csv", "45 = 45 户 | 甲村 户数 | -\n3.5 = 35000 元 | 甲村 投入 | -")
def a_csv_parted_by_semicolons():
    return "村名;户数;投入（万元）\r\n甲村;45;3.5\r\n".encode("gbk")


@made("a.md", "45 = 45 户 | 甲|乙村 户数 | -\n3.5 = 35000 元 | 甲|乙村 投入 | -")
def a_markdown_table_with_marks():
    return (
        "# 情况\n\n| 村名 | **户数** | 投入（万元）[^1] |\n|:---|---:|:--:|\n"
        "| 甲\\|乙村 | **45** | 3.5 |\n\n[^1]: 不含配套\n"
    ).encode()


@made("a.md", "45 = 45 户 | 甲村 户数 | -\n60 = 60 户 | 乙村 户数 | -")
def a_markdown_table_without_outer_bars():
    return "村名 | 户数\n--- | ---:\n甲村 | 45\n乙村 | 60\n".encode()


@made("a.rtf", "300 = 3000000 元 | 甲镇 投资 | -", left_out=("hidden",))
def raised_and_hidden_text_of_an_rtf():
    data = tiny_offices.rtf([], [["乡镇", "投资(万元)"], ["甲镇", "300NOTE"]])
    return data.replace(b"NOTE", b"{\\super 1}{\\v 99}")


@made("a.doc", "惠及45户 = 45 户\n300 = 3000000 元 | 甲镇 投资 | -", left_out=("hidden",))
def hidden_text_of_a_doc():
    import struct

    rows = [["乡镇", "投资(万元)"], ["甲镇", "300"]]
    return tiny_offices.doc(
        ["惠及45户底稿99人。"], rows, [("底稿99人", struct.pack("<HB", 0x83C, 1))]
    )


@made("a.ofd", "500万元 = 5000000 元\n120户 = 120 户")
def lines_of_an_ofd():
    texts = [(20, 40, "惠及120户。", ""), (20, 30, "全年投入500万元，", "")]
    return tiny_offices.ofd([texts])


@made("a.mht", "300 = 3000000 元 | 甲镇 投资 | -")
def a_saved_page_with_a_picture():
    return tiny_offices.mht([], [["乡镇", "投资(万元)"], ["甲镇", "300"]])
