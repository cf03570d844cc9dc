"""One table as a file of every kind that has tables, for tests."""

import csv
import io
import struct
import zipfile
from html import escape

import openpyxl
import tiny_files

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def spanned(rows):
    """The cells of rows with how far each goes: None goes on the left, True goes on above.

    >>> list(spanned([["甲", "乙", None], [True, "1", "2"]]))[0]
    (0, 0, '甲', 2, 1)
    """
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text is None or text is True:
                continue
            wide = tall = 1
            while column + wide < len(cells) and cells[column + wide] is None:
                wide += 1
            while row + tall < len(rows) and rows[row + tall][column] is True:
                tall += 1
            yield row, column, text, tall, wide


def html(above, rows):
    cells = list(spanned(rows))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td rowspan="{tall}" colspan="{wide}">{escape(text)}</td>'
            for at, _, text, tall, wide in cells
            if at == row
        )
        + "</tr>"
        for row in range(len(rows))
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in above)
    return f"<html><body>{lines}<table>{body}</table></body></html>".encode()


def docx(above, rows):
    def run(text):
        return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    def cell(text):
        if text is True:
            return f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{run('')}</w:tc>"
        merged = '<w:vMerge w:val="restart"/>'
        return f"<w:tc><w:tcPr>{{}}{merged}</w:tcPr>{run(text)}</w:tc>"

    table = ""
    for cells in rows:
        table += "<w:tr>"
        for at, text in enumerate(cells):
            if text is None:
                continue
            wide = 1 + sum(1 for _ in _following(cells[at + 1 :]))
            table += cell(text).replace("{}", f'<w:gridSpan w:val="{wide}"/>')
        table += "</w:tr>"
    lines = "".join(map(run, above))
    body = f"<w:body>{lines}<w:tbl>{table}</w:tbl></w:body>"
    return tiny_files.packed(
        {"word/document.xml": f'<w:document xmlns:w="{tiny_files.WORD}">{body}</w:document>'}
    )


def _following(cells):
    for cell in cells:
        if cell is not None:
            return
        yield cell


def xlsx(above, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    for at, line in enumerate(above, 1):
        sheet.cell(at, 1, line)
    for row, column, text, tall, wide in spanned(rows):
        top = len(above) + 1 + row
        sheet.cell(top, column + 1, _value(text))
        if "," in text and "." not in text:
            sheet.cell(top, column + 1).number_format = "#,##0"
        if tall > 1 or wide > 1:
            sheet.merge_cells(
                start_row=top,
                end_row=top + tall - 1,
                start_column=column + 1,
                end_column=column + wide,
            )
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _value(text):
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def ods(above, rows):
    cells = {(row, column): rest for row, column, *rest in spanned(rows)}
    body = "".join(f"<table:table-row>{_ods_cell(line)}</table:table-row>" for line in above)
    for row in range(len(rows)):
        body += "<table:table-row>"
        for column in range(len(rows[row])):
            body += _ods_cell(*cells.get((row, column), (None,)))
        body += "</table:table-row>"
    return ods_file(f'<table:table table:name="表">{body}</table:table>')


def _ods_cell(text, tall=1, wide=1):
    if text is None:
        return "<table:covered-table-cell/>"
    span = f' table:number-rows-spanned="{tall}" table:number-columns-spanned="{wide}"'
    return f"<table:table-cell{span}><text:p>{escape(text)}</text:p></table:table-cell>"


def ods_file(tables, styles=""):
    spaces = " ".join(
        f'xmlns:{one}="{OFFICE}{one}:1.0"' for one in ("office", "table", "text", "style")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f"{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return data.getvalue()


def delimited(above, rows, by=","):
    lines = [[line] for line in above]
    lines += [["" if cell in (None, True) else cell for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=by).writerows(lines)
    return text.getvalue().encode("gb18030")


def markdown(above, rows):
    """With one row of headers, as Markdown has it; a merged cell is said again in each place."""
    flat = [["" if cell in (None, True) else cell for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in flat]
    rule = "|" + "---|" * len(flat[0])
    return "\n".join([*above, "", lines[0], rule, *lines[1:], ""]).encode()


def xls(above, rows):
    records = []
    for row, column, text, tall, wide in [
        *((at, 0, line, 1, 1) for at, line in enumerate(above)),
        *((len(above) + row, *rest) for row, *rest in spanned(rows)),
    ]:
        value = _value(text)
        if isinstance(value, float):
            style = 1 if "," in text and "." not in text else 0
            records.append((0x203, struct.pack("<3Hd", row, column, style, value)))
        elif text:
            records.append((0x204, struct.pack("<3H", row, column, 0) + biff(text)))
        if tall > 1 or wide > 1:
            place = struct.pack("<5H", 1, row, row + tall - 1, column, column + wide - 1)
            records.append((0xE5, place))
    return xls_file({"表": records})


def biff(text):
    """A string of BIFF8, two bytes a character."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


FORMATS = ("General", "#,##0", "0.0%", "yyyy-mm-dd")


def xls_file(sheets, *, formats=FORMATS, hidden=(), shared=()):
    """A workbook of records by sheet; a cell's style is the number of its format.

    `shared` are records that all sheets share.
    """

    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for number, code in enumerate(formats):
        start += record(0x41E, struct.pack("<H", 164 + number) + biff(code))
        start += record(0xE0, struct.pack("<HH", 0, 164 + number) + bytes(16))
    start += b"".join(record(kind, data) for kind, data in shared)
    names = {name: name.encode("utf-16-le") for name in sheets}
    size = len(start) + sum(4 + 8 + len(name) for name in names.values()) + 4
    parts = b""
    for name, records in sheets.items():
        head = struct.pack("<IBBBB", size + len(parts), name in hidden, 0, len(name), 1)
        start += record(0x85, head + names[name])
        parts += record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
        parts += b"".join(record(kind, data) for kind, data in records) + record(0x0A)
    return ole({"Workbook": start + record(0x0A) + parts})


def ole(streams):
    """An OLE2 file; streams are filled up to a size at which they have sectors of their own."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    bodies = {name: data + bytes(-len(data) % sector) for name, data in streams.items()}
    bodies = {name: data + bytes(max(0, 4096 - len(data))) for name, data in bodies.items()}
    entries = -(-(1 + len(bodies)) // 4)
    used = entries + sum(len(data) for data in bodies.values()) // sector
    tables = -(-used // 127) + 1
    table = [0xFFFFFFFD] * tables
    table += [*range(tables + 1, tables + entries), end]
    directory = _entry("Root Entry", 5, end, 0)
    content = b""
    for name, data in bodies.items():
        first, count = len(table), len(data) // sector
        table += [*range(first + 1, first + count), end]
        directory += _entry(name, 2, first, len(data))
        content += data
    directory += bytes(entries * sector - len(directory))
    table += [free] * (tables * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *range(tables), *[free] * (109 - tables))
    return head + struct.pack(f"<{len(table)}I", *table) + directory + content


def _entry(name, kind, start, size):
    title = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", *[0xFFFFFFFF] * 3)
    head = title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, 1) + links
    return head + bytes(36) + struct.pack("<IQ", start, size)[:12]
