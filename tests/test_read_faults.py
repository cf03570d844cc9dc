"""Damaged files: whatever they do is an InputError with one useful line, never another exception."""

import io
import random
import subprocess
import sys
import zipfile
from contextlib import suppress

import pytest
import tiny_files
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutated

from summarizer.documents.read import Limits, read
from summarizer.documents.read.archive import members
from summarizer.errors import ConfigError, InputError, UnreadableDocument

TEXT = "石泉乡2020年工作总结\n投入500余万元，惠及197户。\n户\t197\n"
HEAD = f'<w:document xmlns:w="{tiny_files.WORD}"><w:body>'
TAIL = "</w:body></w:document>"


def fails(data, **options):
    """The one line that says why the bytes cannot be read."""
    with pytest.raises(InputError) as caught:
        read(data, **options)
    message = str(caught.value)
    assert message
    assert message.isprintable(), message
    assert len(message) < 600
    return message


def read_or_refused(data, name):
    try:
        read(data, name=name)
    except InputError as error:
        message = str(error)
        assert message.isprintable(), message


def archive_read_or_refused(path):
    try:
        for member in members(path):
            read_or_refused(member.data(), "a.txt")
    except InputError as error:
        message = str(error)
        assert message.isprintable(), message


@pytest.mark.parametrize("piece", [b"<!---->", b"<!-- a -->\n", b"<!--", b"<?xml ?>", b"<", b" "])
def test_what_looks_like_the_start_of_html_is_told_at_once(piece):
    """210 bytes took for ever; a child is stopped after a minute, and needs a second."""
    code = (
        "import sys; from summarizer.errors import InputError; from summarizer.documents.read import read\n"
        "for n in (30, 3_000, 300_000):\n"
        "    try: read(sys.argv[1].encode() * n + b'x')\n"
        "    except InputError: pass"
    )
    command = [sys.executable, "-c", code, piece.decode()]
    assert subprocess.run(command, timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("seed", range(4))
def test_mutations_of_a_docx(seed):
    rng = random.Random(seed)
    original = tiny_files.docx(TEXT)
    for _ in range(50):
        read_or_refused(mutated(original, rng), "a.docx")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 108))
def test_many_mutations_of_a_docx(seed):
    rng = random.Random(seed)
    original = tiny_files.docx(TEXT)
    for _ in range(250):
        read_or_refused(mutated(original, rng), "a.docx")


METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def archive(method):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        packed.writestr("2020/总结.txt", TEXT.encode("gb18030"))
        packed.writestr("b.txt", TEXT * 3)
    return data.getvalue()


@pytest.mark.parametrize("method", METHODS)
def test_mutations_of_an_archive(tmp_path, method):
    rng = random.Random(method)
    original = archive(method)
    for k in range(50):
        path = tmp_path / f"{k}.zip"
        path.write_bytes(mutated(original, rng))
        archive_read_or_refused(path)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_many_mutations_of_an_archive(tmp_path, method):
    rng = random.Random(100 + method)
    original = archive(method)
    for k in range(500):
        path = tmp_path / f"{k}.zip"
        path.write_bytes(mutated(original, rng))
        archive_read_or_refused(path)


def test_mutations_of_a_page():
    rng = random.Random(0)
    original = tiny_files.html(TEXT, title="总结").encode("gb18030")
    for _ in range(150):
        read_or_refused(mutated(original, rng), "a.html")


def test_mutations_of_a_pdf():
    """Few, because each is a process."""
    rng = random.Random(0)
    original = tiny_files.pdf(TEXT)
    for _ in range(6):
        read_or_refused(mutated(original, rng), "a.pdf")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for name in ("a.txt", "a.html"):
        read_or_refused(data, name)


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ('<?xml version="1.0" encoding="no-such-thing"?>', "unknown"),
        ('<?xml version="1.0" encoding="gb18030"?>', "multi-byte"),
        ('<?xml version="1.0" encoding="utf-16"?>', "XML"),
        ("\x00\x01", "XML"),
    ],
)
def test_a_docx_in_an_encoding_that_is_none(declared, why):
    body = declared + HEAD + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + TAIL
    assert why in fails(tiny_files.packed({"word/document.xml": body}), name="a.docx")


def test_deep_xml_is_refused_by_a_stated_limit():
    body = HEAD + "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000 + TAIL
    data = tiny_files.packed({"word/document.xml": body})
    assert "levels of XML; the limit is 2,000" in fails(data, name="a.docx")


@pytest.mark.parametrize("part", ["word/styles.xml", "word/footnotes.xml", "word/header1.xml"])
def test_a_broken_part_beside_the_text_is_told(part):
    body = HEAD + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + TAIL
    for content in ("<a", '<!DOCTYPE x [<!ENTITY a "b">]><a/>', "<a>" * 3_000):
        fails(tiny_files.packed({"word/document.xml": body, part: content}), name="a.docx")


@pytest.mark.parametrize(
    "codec", ["idna", "punycode", "utf-7", "unicode_escape", "utf-32", "cp037"]
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_encoding_of_the_caller_is_obeyed_or_refused(codec):
    for data in (b"\xff\xfe\x80abc", b"+2AA-a", rb"\ud800a", "投入500万元".encode(), b"a--"):
        with suppress(ConfigError, InputError):
            read(data, encoding=codec).text.encode()


def test_a_map_of_a_pdf_that_yields_half_a_character():
    """A lone surrogate can be neither written nor sent; it stands as U+FFFD and is counted."""
    whole = tiny_files.pdf("投入500万元，惠及甲户")
    objects = whole.split(b"endobj\n")
    font = next(k for k, part in enumerate(objects) if b"/ToUnicode" in part)
    name = objects[font].split(b"/ToUnicode ")[1].split(b" ")[0]
    number = next(k for k, part in enumerate(objects) if part.startswith(name + b" 0 obj"))
    broken = tiny_files.stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "1 beginbfchar <7532> <D800> endbfchar\n"
        + "\n".join(
            f"1 beginbfchar <{ord(c):04X}> <{ord(c):04X}> endbfchar" for c in "投入500万元惠及户，"
        )
        + "\nendcmap end end"
    )
    bodies = [part.split(b" obj\n", 1)[-1].rstrip(b"\n") for part in objects[:-1]]
    bodies[number] = broken
    document = read(tiny_files.assembled(bodies), name="a.pdf")
    document.text.encode()
    assert "\ufffd" in document.text
    assert document.replaced == document.text.count("\ufffd")


LOST = {
    "saved twice": "锟斤拷" * 40,
    "memory": "烫烫烫烫烫烫烫烫烫烫屯屯屯屯屯屯屯屯屯屯" * 3,
    "lost": "投入\ufffd\ufffd\ufffd万元\ufffd\ufffd" * 20,
    "no map": "\ue001\ue002\ue003\ue004" * 20,
    "no map either": "(cid:1234)(cid:99)" * 20,
    "misread as Latin-1": "投入500万元，惠及197户，村民都说好。".encode().decode("latin-1") * 3
    + "å好",
    "misread as GBK": "我们村在党委领导下开展工作，投入500万元。".encode().decode("gbk", "ignore")
    * 3,
}


@pytest.mark.parametrize("text", LOST.values(), ids=LOST)
def test_a_text_that_is_no_text(text):
    assert "is no text that can be read: " in fails(text.encode())


def test_a_text_that_lost_a_little_is_read():
    assert "锟斤拷" in read(("投入500万元，惠及197户。" * 20 + "锟斤拷").encode()).text


BOUNDS = {
    "bytes": (b"a" * 11, {"max_bytes": 10}, "11 bytes; the limit is 10"),
    "characters": ("户" * 11, {"bounds": Limits(characters=10)}, "11 characters of text"),
    "cells": (
        "<html><table><tr>" + "<td>1</td>" * 11 + "</tr></table>",
        {"bounds": Limits(cells=10)},
        "11 table cells; the limit is 10",
    ),
    "cells of a DOCX": (
        tiny_files.docx("\t".join("1" * 11)),
        {"bounds": Limits(cells=10), "name": "a.docx"},
        "11 table cells; the limit is 10",
    ),
    "characters of a DOCX": (
        tiny_files.docx("户" * 11),
        {"bounds": Limits(characters=10), "name": "a.docx"},
        "characters of text; the limit is 10",
    ),
    "pages": (
        tiny_files.pdf("户\n" * 90),
        {"bounds": Limits(pages=2), "name": "a.pdf"},
        "3 pages; the limit is 2",
    ),
}


@pytest.mark.parametrize(("data", "options", "why"), BOUNDS.values(), ids=BOUNDS)
def test_each_limit_is_a_setting_and_is_reached(data, options, why):
    assert why in fails(data.encode() if isinstance(data, str) else data, **options)


def test_members_of_an_archive_have_a_limit(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(archive(zipfile.ZIP_DEFLATED))
    assert len(members(path, 2)) == 2
    with pytest.raises(UnreadableDocument, match="2 files inside; the limit is 1"):
        members(path, 1)
