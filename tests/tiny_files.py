"""Small files of every format, made from a text, for tests."""

import io
import zipfile
from html import escape
from zlib import compress

WIDTH = 76  # columns of a PDF line
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def html(text, title="", charset="utf-8"):
    """A page with a menu, a path, scripts, hidden text and a footer around the text."""
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{escape(title)}</title>
<script>var a = "投入999万元，惠及888户。";</script></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/a">投入777万元,修路</a></li></ul></div>
<div class="main"><div id="content">{paragraphs}</div>
<p style="display:none">投入666万元，惠及555户。</p><!-- 投入444万元。 --></div>
<div class="footer">主办：某某政府 电话：12345 ICP备12345678号</div></body></html>"""


def docx(text):
    """A DOCX of the text, a paragraph a line; a line with tabs becomes a table row."""

    def run(words):
        return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'

    def block(line):
        if "\t" not in line:
            return f"<w:p>{run(line)}</w:p>"
        cells = "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in line.split("\t"))
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"

    body = "".join(map(block, text.split("\n")))
    return packed(
        {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    )


def packed(members):
    """A zip of names and contents, with what makes it an Office file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def pdf(text):
    """A PDF with a text layer, hard-wrapped; 30 lines a page."""
    lines = [part for line in text.split("\n") for part in wrapped(line)]
    pages = [lines[k : k + 30] for k in range(0, len(lines), 30)] or [[]]
    return placed_pdf(
        [[(50, 780 - 24 * n, 12, line) for n, line in enumerate(page)] for page in pages]
    )


def placed_pdf(pages, rotated=0):
    """A PDF whose pages have texts at places: x and y from the lower left corner, size, words.

    `rotated` are the degrees by which a viewer turns its pages, clockwise.

    A fifth says how its letters lie, as a matrix has it: 0 1 -1 0 is on its side. What is a string among them is drawn, as a page's content has it: 50 700 m 90 700 l S.
    """
    drawn = [" ".join(one for one in page if isinstance(one, str)) for page in pages]
    pages = [[one for one in page if not isinstance(one, str)] for page in pages]
    characters = sorted({c for page in pages for one in page for c in one[3]})
    cmap = "\n".join(
        f"1 beginbfchar <{ord(c):04X}> <{c.encode('utf-16-be').hex().upper()}> endbfchar"
        for c in characters
    )
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{cmap}\nendcmap end end"
    )
    font = 3 + 2 * len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{3 + 2 * k} 0 R' for k in range(len(pages)))}] >>",
    ]
    for k, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotated} "
            f"/Contents {4 + 2 * k} 0 R /Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        shown = "".join(
            f"/F1 {size} Tf {' '.join(turned) or '1 0 0 1'} {x} {y} Tm <{''.join(f'{ord(c):04X}' for c in words)}> Tj\n"
            for x, y, size, words, *turned in page
        )
        objects.append(stream(f"{drawn[k]}\nBT\n{shown}ET"))
    objects += [
        (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
            f"/DescendantFonts [{font + 1} 0 R] /ToUnicode {font + 2} 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        stream(to_unicode),
    ]
    return assembled(objects)


def wrapped(line):
    """A line in pieces of the page's width; what is not ASCII is two columns wide."""
    width = 0
    piece = ""
    for character in line:
        width += 1 if character.isascii() else 2
        if width > WIDTH:
            yield piece
            width, piece = (1 if character.isascii() else 2), ""
        piece += character
    if piece:
        yield piece


def stream(content):
    data = compress(content.encode("latin-1"))
    head = f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode()
    return head + data + b"\nendstream"


def assembled(objects):
    """Objects, numbered from 1, as a file with a table of where they are."""
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        body = content if isinstance(content, bytes) else content.encode()
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode()
    return bytes(data)
