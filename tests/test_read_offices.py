"""Files of old and Chinese office programs: DOC, RTF, MHT, OFD."""

import struct

import pytest
import tiny_files
import tiny_offices
import tiny_sheets
from test_read_tables import ABOVE, ROWS, TOWNS, figures

from summarizer.documents.read import read
from summarizer.errors import EmptyDocument, UnreadableDocument

MAKERS = {"doc": tiny_offices.doc, "rtf": tiny_offices.rtf, "mht": tiny_offices.mht}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_table_gives_the_figures_that_it_gives_in_a_page(kind):
    for above, rows in ((ABOVE, ROWS), (ABOVE[:1], TOWNS)):
        found = figures(MAKERS[kind](above, rows), f"a.{kind}")
        assert found == figures(tiny_sheets.html(above, rows), "a.html")


def test_a_doc_leaves_out_what_is_hidden_and_keeps_notes_apart():
    hidden, deleted = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0800, 1)
    up = struct.pack("<HB", 0x2A48, 1)
    data = tiny_offices.doc(
        ["投入\x13 HYPERLINK x\x14500\x15万元藏删，惠及300①户。", "面积50m②。"],
        [],
        [("藏", hidden), ("删", deleted), ("①", up), ("②", up)],
    )
    document = read(
        data.replace("①".encode("utf-16-le"), b"1\0").replace("②".encode("utf-16-le"), b"2\0"),
        name="a.wrong",
    )
    assert document.text == "投入500万元，惠及300[1]户。\n面积50m2。\n"
    assert document.left_out == {"field codes": 12, "hidden": 1, "deleted": 1}
    assert document.media_type == "application/msword"


def test_a_doc_with_one_byte_a_character():
    data = tiny_offices.doc(["ab12"], [])
    data = data.replace("ab12\r".encode("utf-16-le"), b"ab12\r".ljust(10, b"\0"))
    narrow = struct.pack("<HIH", 0, 0x40000000 | 2 * 2048, 0)
    data = data.replace(struct.pack("<HIH", 0, 2048, 0), narrow)
    assert read(data, name="a.doc").text == "ab12\n"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1\ansicpg936 \'cd\'b6\'c8\'eb500\'cd\'f2\'d4\'aa\par}", "投入500万元\n"),
        (rb"{\rtf1\ansicpg936{\fonttbl{\f1\fcharset136 x;}}\f1\'a7\'eb\'a4J500\par}", "投入500\n"),
        (rb"{\rtf1 \uc1\u-10179?\u-9216?a\uc0\u19975 b}", "\U0001f400a万b\n"),
        (
            rb"{\rtf1 300{\super 1}\u19975?m{\super 2}\par 3\u215?10{\super 4}}",
            "300[1]万m2\n3×10⁴\n",
        ),
        (
            rb"{\rtf1 a{\v 9}{\deleted 8}{\*\x 7}{\header 6}{\field{\*\fldinst 5}{\fldrslt b}}}",
            "ab\n",
        ),
        (rb"{\rtf1 a\bin3 }}}b\line c\~d}", "ab\nc d\n"),
        (rb"{\rtf1 a\{b\}\\c}", "a{b}\\c\n"),
    ],
)
def test_rtf(source, text):
    assert read(source, name="a.doc").text == text


def test_an_mht_gives_its_page_and_counts_its_pictures():
    document = read(tiny_offices.mht(["投入500万元。"], [["户", "197"]]), name="a.doc")
    assert document.text == "投入500万元。\n户\t197\n"
    assert document.media_type == "multipart/related"
    assert document.left_out == {"pictures": 1}


def test_an_mht_with_a_kind_of_many_words_is_refused():
    """The standard library reads the words of a part's kind in the square of their number."""
    words = b";".join(b" a*%d=x" % n for n in range(2_000))
    data = tiny_offices.mht(ABOVE, ROWS).replace(b"Content-Type: text/html;", b"%b%b;" % (
        b"content-type:\r\n text/html;", words,
    ))  # fmt: skip
    with pytest.raises(UnreadableDocument, match="bytes in a part's Content-Type; the limit is"):
        read(data, name="a.mht")


def test_an_ofd_gives_lines_by_the_places_of_its_texts():
    pages = [
        [
            (10, 30, "惠及197户。", ""),
            (26, 20, "500万元", ""),
            (10, 20, "投入资金", ""),
            (60, 20, "一般", ""),
            (10, 40, "藏", 'Visible="false"'),
        ],
        [(10, 10, "第二页", "")],
    ]
    document = read(tiny_offices.ofd(pages), name="a.bin")
    assert document.text == "投入资金500万元 一般\n惠及197户。\n第二页\n"
    assert document.pages == (0, document.text.index("第二页"))
    assert document.left_out == {"pictures": 2, "hidden": 1}


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (
            tiny_files.packed({"OFD.xml": "<a><DocRoot>x.xml</DocRoot></a>"}),
            "a.ofd",
            "broken or locked",
        ),
        (tiny_files.packed({"OFD.xml": "<!DOCTYPE a []><a/>"}), "a.ofd", "XML entities"),
        (tiny_files.packed({"OFD.xml": "<a/>"}), "a.ofd", "no text"),
        (b"{\\rtf1" + b"{" * 2000, "a.rtf", "levels of RTF; the limit is 1,000"),
        (b"{\\rtf1 {\\pict 00}}", "a.rtf", "no text"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + b"--a\n" * 9000,
            "a.mht",
            "parts; the limit",
        ),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n",
            "a.eml",
            "without a page",
        ),
        (
            tiny_sheets.ole({"WordDocument": b"\xec\xa5\xc1\0" + bytes(6) + b"\0\x01"}),
            "a.doc",
            "password",
        ),
        (tiny_sheets.ole({"WordDocument": b"\xec\xa5\x65\0"}), "a.doc", "Word 95"),
        (tiny_sheets.ole({"WordDocument": b"\xec\xa5\xc1\0"}), "a.doc", "broken DOC"),
        (tiny_sheets.ole({"CONTENTS": b"x"}), "a.wps", "WPS Writer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "broken Office file"),
    ],
)
def test_what_cannot_be_read_is_refused_by_what_it_is(data, name, why):
    with pytest.raises((UnreadableDocument, EmptyDocument), match=why) as caught:
        read(data, name=name)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
