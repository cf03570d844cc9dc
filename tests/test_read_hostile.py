"""Files made to cost more than they should: refused by stated limits, in bounded memory and steps."""

import io
import resource
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
import tiny_files
from counting import growth

from summarizer.documents.clean import clean
from summarizer.documents.read import limits, pdf, read
from summarizer.documents.read.archive import members
from summarizer.errors import InputError, UnreadableDocument

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def _bounded():
    """Peak memory of this process grows by less than 300 MB, whatever the file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 300 * MEGABYTE


def refused(data, why, **options):
    with pytest.raises(UnreadableDocument, match=why) as caught:
        read(data, **options)
    assert "\n" not in str(caught.value)


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * MEGABYTE)
    with pytest.raises(UnreadableDocument, match="50,000,000 bytes; the limit is 20,000,000"):
        read(path)


def test_an_endless_file_is_refused():
    if Path("/dev/zero").exists():
        with pytest.raises(InputError, match="the limit is 1,000,000"):
            read("/dev/zero", max_bytes=MEGABYTE)


def test_a_very_long_line_is_refused():
    line = b"a" * (limits.LINE + 1)
    refused(line, "characters in one line", max_bytes=300 * MEGABYTE)
    refused(b"a\n" + line + b"\nb", "characters in one line")


def test_a_docx_that_unpacks_to_gigabytes():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b"a" * MEGABYTE)
    assert len(data.getvalue()) < MEGABYTE
    refused(data.getvalue(), "bytes unpacked; the limit is 100,000,000", name="a.docx")


def test_a_docx_that_lies_about_its_size():
    packed = bytearray(tiny_files.packed({"word/document.xml": "<w:t>" + "a" * 30 * MEGABYTE}))
    refused(bytes(packed), "bytes for each packed one; the limit is 200", name="a.docx")


def test_a_docx_with_many_files():
    data = tiny_files.packed({f"word/{k}.xml": "" for k in range(limits.ENTRIES)})
    refused(data, "files inside", name="a.docx")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_an_entity_bomb(declared):
    body = f'{declared}<w:document xmlns:w="{tiny_files.WORD}"><w:t>&b;</w:t></w:document>'
    refused(tiny_files.packed({"word/document.xml": body}), "declares XML entities", name="a.docx")


def test_a_docx_nested_deep():
    deep = "<w:p>" * 200_000
    body = f'<w:document xmlns:w="{tiny_files.WORD}">{deep}<w:t>x</w:t></w:document>'
    refused(tiny_files.packed({"word/document.xml": body}), "a.docx", name="a.docx")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_html_nested_ten_thousand_deep(tag):
    refused(f"<html>{f'<{tag}>' * 10_000}x".encode(), "levels of HTML; the limit is 500")


def test_html_with_an_entity_bomb():
    page = '<!DOCTYPE html [<!ENTITY a "投入999万元"><!ENTITY b "&a;&a;&a;">]><html><p>甲&b;乙</p></html>'
    assert "999万元999" not in read(page.encode()).text


def test_html_of_very_many_tags():
    text = read(b"<html><body>" + b"<p>a<br>" * 100_000).text
    assert text.count("a") == 100_000
    assert growth(lambda n: read(b"<html><body>" + b"<p>a<br>" * n), 1000, 4000) < 1.5


def test_a_pdf_with_a_million_objects():
    data = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<<>>\nendobj\n" % k for k in range(400_000))
    refused(data, "PDF objects; the limit is 200,000", name="a.pdf")


def test_a_pdf_stream_that_unpacks_to_gigabytes():
    packer = zlib.compressobj(9)
    chunk = b"(a) Tj " * 150_000
    bomb = b"".join(packer.compress(chunk) for _ in range(400)) + packer.flush()
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>",
        f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n".encode()
        + bomb
        + b"\nendstream",
    ]
    with pytest.raises(InputError):
        read(tiny_files.assembled(objects), name="a.pdf")


def test_a_pdf_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 1)
    monkeypatch.setattr(pdf, "_CHILD", "import time; time.sleep(20)")
    refused(tiny_files.pdf("x"), "longer than 1 seconds", name="a.pdf")


def test_a_pdf_that_takes_too_much_memory(monkeypatch):
    monkeypatch.setattr(pdf, "_CHILD", "import sys; sys.exit(137)")
    refused(tiny_files.pdf("x"), "memory", name="a.pdf")


def test_a_pdf_with_too_many_pages():
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 3000 /Kids [{'3 0 R ' * 3000}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    refused(tiny_files.assembled(objects), "3,000 pages; the limit is 2,000", name="a.pdf")


@pytest.mark.parametrize("name", ["../x.txt", "/x.txt", "a/../../x.txt", "..\\x.txt", "C:\\x.txt"])
def test_an_archive_with_names_that_leave_it(tmp_path, name):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(UnreadableDocument, match="unsafe name"):
        members(path)


def test_a_member_that_unpacks_to_too_much_costs_itself_only(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 40 * MEGABYTE, zipfile.ZIP_DEFLATED)
        archive.writestr("good.txt", "投入500万元", zipfile.ZIP_DEFLATED)
    bomb, good = members(path)
    with pytest.raises(UnreadableDocument, match="bytes for each packed one"):
        bomb.data()
    assert good.data().decode() == "投入500万元"


def test_an_archive_of_thousands_of_documents(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(3000):
            archive.writestr(f"{k:04}.txt", f"投入{k}万元")
    found = members(path)
    assert len(found) == 3000
    assert found[-1].data().decode() == "投入2999万元"


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "(a",
        "?a)",
        "&",
        "<",
        "<p ",
        "{",
        "{{",
        " ",
        "  \n",
        "\n,",
        "摘要:",
        "一 ",
        "来源:",
        "首页 ",
        "|",
        "鎮(zhèn",
        "2020年",
        "版权",
        "。",
    ],
)
def test_cleaning_takes_no_more_than_linear_steps(piece):
    clean(piece * (200_000 // len(piece)))
    assert growth(lambda n: clean(piece * (n // len(piece))), 4000, 16_000) < 1.5


def test_the_pdf_child_cannot_take_more_memory_than_it_may():
    code = "from summarizer.documents.read.pdf import _bound; _bound(); bytearray(3_000_000_000)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0


def _sheets(count):
    listed = "".join(f'<sheet name="s{n}" r:id="s{n}" xmlns:r="r"/>' for n in range(count))
    return tiny_files.packed({"xl/workbook.xml": f"<workbook><sheets>{listed}</sheets></workbook>"})


def test_a_workbook_of_ten_thousand_sheets():
    refused(_sheets(10_000), "sheets; the limit is 1,000", name="a.xlsx")


def test_a_page_of_a_million_cells():
    page = b"<html><body><table>" + b"<tr><td>1</td><td>2</td></tr>" * 500_000
    refused(page, "table cells; the limit is 500,000", name="a.html")


def test_a_pdf_of_ten_thousand_pages():
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 10000 /Kids [{'3 0 R ' * 10_000}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    refused(tiny_files.assembled(objects), "10,000 pages; the limit is 2,000", name="a.pdf")


def test_tables_of_a_docx_nested_ten_thousand_deep():
    deep = "<w:tbl><w:tr><w:tc>" * 10_000
    body = f'<w:document xmlns:w="{tiny_files.WORD}"><w:body>{deep}<w:p/></w:body></w:document>'
    refused(tiny_files.packed({"word/document.xml": body}), "levels of XML", name="a.docx")


@pytest.mark.parametrize(
    ("name", "part"), [("a.xlsx", "xl/workbook.xml"), ("a.ods", "content.xml")]
)
def test_an_entity_bomb_in_a_workbook(name, part):
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"} if ".ods" in name else {}
    refused(tiny_files.packed({**parts, part: bomb}), "declares XML entities", name=name)


def test_lines_of_a_page_that_are_a_picture_are_no_table():
    drawn = " ".join(f"40 {n % 800} 500 0.5 re S" for n in range(30_000))
    page = [drawn, (50, 700, 12, "投入500万元")]
    assert read(tiny_files.placed_pdf([page]), name="a.pdf").text == "投入500万元\n"


def test_squared_paper_is_no_table():
    drawn = " ".join(
        f"{40 + n} 0 m {40 + n} 800 l S 0 {n * 1.5} m 550 {n * 1.5} l S" for n in range(0, 500, 3)
    )
    page = [drawn, (50, 700, 12, "投入500万元")]
    assert read(tiny_files.placed_pdf([page]), name="a.pdf").text == "投入500万元\n"
    wide = " ".join(f"{40 + n} 0 m {40 + n} 800 l S" for n in range(0, 120, 12))
    wide += " ".join(f" 0 {n} m 550 {n} l S" for n in range(0, 800, 100))
    page = [wide, (40, 705, 12, "投入500万元")]
    assert read(tiny_files.placed_pdf([page]), name="a.pdf").text == "投入500万元\n"
