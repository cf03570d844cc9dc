"""Formats: the same report in any of them gives the same figures, and spans count its text."""

import ast
import io
import re
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import tiny_files
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents.clean import clean
from summarizer.documents.read import (
    account,
    doc,
    docx,
    html_parts,
    ods,
    pdf,
    read,
    rtf,
    wordml,
    xlsx,
)
from summarizer.documents.read.archive import members
from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument
from summarizer.types import Span
from summarizer.zh.quantities import find_mentions

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
PAGE = (Path(__file__).parent / "data" / "read" / "county_page.html").read_text(encoding="utf-8")


def figures(document):
    """The quantities of what goes to the model, value for value, in order."""
    cleaned = clean(document)
    kept = [r.span for r in cleaned.regions if r.kind in ("body", "heading")]
    return [
        (m.text, m.quantity.value, m.quantity.unit, m.quantity.bound)
        for m in find_mentions(cleaned)
        if m.quantity and any(span.covers(m.at) for span in kept)
    ]


def in_every_form(text):
    yield "utf-8-sig", text.encode("utf-8-sig"), "a.txt"
    yield "utf-16", text.encode("utf-16"), "a.txt"
    yield "utf-16-le", text.encode("utf-16-le"), "a.txt"
    yield "gb18030", text.encode("gb18030"), "a.txt"
    with suppress(UnicodeEncodeError):  # simplified characters and no-break spaces are not in it
        yield "big5hkscs", text.encode("big5hkscs"), "a.txt"
    yield "crlf", text.replace("\n", "\r\n").encode(), "a.txt"
    yield "html", tiny_files.html(text).encode(), "a.html"
    wrong = tiny_files.html(text, charset="big5")
    yield "html with a wrong charset", wrong.encode("gb18030"), "a.html"
    yield "docx", tiny_files.docx(text), "a.docx"
    yield "pdf", tiny_files.pdf(text), "a.pdf"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_a_report_gives_the_same_figures_in_every_form(seed):
    text = seed.read_text(encoding="utf-8")
    expected = figures(read(seed))
    assert len(expected) > 15
    for form, data, name in in_every_form(text):
        assert figures(read(data, name=name)) == expected, form


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_spans_of_every_form_count_its_raw_text(seed):
    for form, data, name in in_every_form(seed.read_text(encoding="utf-8")):
        document = read(data, name=name)
        cleaned = clean(document)
        for edit in cleaned.edits:
            assert document.text[edit.span.slice], form
        for region in cleaned.regions:
            raw = cleaned.to_raw(region.span)
            assert cleaned.to_clean(raw).covers(region.span), form
            if not any(edit.span.overlaps(raw) for edit in cleaned.edits):
                assert document.text[raw.slice] == cleaned.text[region.span.slice], form


def test_an_html_page_gives_its_main_text():
    document = read(PAGE.encode("gb18030"), name="page.html")
    assert document.media_type == "text/html"
    expected = (Path(__file__).parent / "data" / "read" / "county_page.txt").read_text("utf-8")
    assert document.text == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<html><body>投入<b>500</b>余<i>万元</i></body></html>", "投入500余万元\n"),
        ("<!doctype html><p>一<p>二<br>三<div>四</div>五", "一\n二\n三\n四\n五\n"),
        ("<html><p>推动\n  工作,use the\n  web</p>", "推动工作,use the web\n"),
        ("<html><p>面积5000m<sup>2</sup></p>", "面积5000m2\n"),
        (
            "<html><p>惠及300<sup>1</sup>户,<sup><a href='#'>[2]</a></sup>共3×10<sup>4</sup>亩</p>",
            "惠及300[1]户,[2]共3×10⁴亩\n",
        ),
        ("<html><p>CO<sub>2</sub>减少300<sub>1</sub></p>", "CO2减少300₁\n"),
        (
            "<html><p>占<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>,1<math><mfrac><mn>1</mn><mn>2</mn></mfrac><annotation>99</annotation></math></p>",
            "占3/4,1 1/2\n",
        ),
        (
            "<html><pre>甲镇  300\n乙<b>镇\n450</b>\n\n丙</pre>丁</html>",
            "甲镇 300\n乙镇\n450\n丙\n丁\n",
        ),
        ("<html><body><p>甲。</body></html><p>乙。</p></html>丙", "甲。\n乙。\n丙\n"),
        (
            '<html><p>甲,乙,丙。</p><div class="rank"><table><tr><td>甲镇<td>300</table></div><div class="rank"><table><tr><td><a>新闻</a><td>3</table></div>',
            "甲,乙,丙。\n甲镇\t300\n",
        ),
        ("<html><ruby>垚<rp>(</rp><rt>yáo</rt><rp>)</rp></ruby>村</html>", "垚村\n"),
        ("<html><table><tr><td>户</td><td>197</td></tr></table>", "户\t197\n"),
        ("<html><table><tr><td><p>甲。</p><p>乙。</p></td></tr></table>", "甲。\n乙。\n"),
        (
            "<html><table><tr><td>甲。<br><br>乙。<br><br>丙。</td></tr></table>",
            "甲。\n乙。\n丙。\n",
        ),
        ("<html><body><form><p>甲。</p><select><option>乙</select></form>", "甲。\n"),
        ("<html><body><p hidden>投入9万元</p><p>实</p></body>", "实\n"),
        ("<html><title>总结_某县政府网</title><p>投入9万元。</p>", "总结\n投入9万元。\n"),
        ("<html><title>总结-某县</title><h1>总结</h1><p>投入9万元。</p>", "总结\n投入9万元。\n"),
        ('<html><ul><li><a href="#">新闻</a></li></ul><p>正文<a>详见</a>。</p>', "正文详见。\n"),
        ('<html><div class="nav"><p>甲,乙,丙。</p></div><p>丁。</p>', "甲,乙,丙。\n丁。\n"),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>甲。</p></html>",
            "甲。\n",
        ),
    ],
)
def test_html(source, text):
    assert read(source.encode(), name="a.html").text == text


def test_a_page_that_a_script_would_write_is_refused():
    page = b"<html><title>x</title><body><div id='app'>...</div><script src=a.js>1</script></html>"
    with pytest.raises(UnreadableDocument, match="a script would write"):
        read(page, name="a.html")


def test_docx_keeps_order_and_leaves_out_what_is_hidden():
    body = (
        "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>户</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>19</w:t></w:r></w:p><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>露</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
    )
    document = f'<w:document xmlns:w="{tiny_files.WORD}"><w:body>{body}</w:body></w:document>'
    data = tiny_files.packed({"word/document.xml": document})
    assert read(data).text == "一 二\n三\n户\t19  7\n露\n增\n"


def test_a_pdf_knows_where_its_pages_start():
    lines = [f"第{k}段,投入{k}万元。" for k in range(1, 46)]
    document = read(tiny_files.pdf("\n".join(lines)))
    assert document.media_type == "application/pdf"
    assert document.pages == (0, document.text.index("第31段"))


def test_a_scanned_pdf_is_told_from_an_empty_file():
    with pytest.raises(EmptyDocument, match="no text layer: it was scanned"):
        read(tiny_files.pdf(""))


@given(st.text(st.characters(categories=("Lo", "Nd", "Po")), min_size=1, max_size=80))
def test_any_text_survives_a_docx(text):
    assert read(tiny_files.docx(text)).text == text + "\n"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "broken Office file"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "picture"),
        (b"\x1f\x8b\x08\x00", "a.txt", "unpack it"),
        (b"PK\x03\x04" + b"\x00" * 40, "a.zip", "batch"),
        (bytes(range(256)) * 8, "a.bin", "no text"),
        (b"%PDF-1.7 nothing", "a.pdf", "cannot be read as PDF"),
        (b"PK\x03\x04[Content_Types].xml", "a.docx", "broken"),
    ],
)
def test_what_is_no_report_is_refused_by_name(data, name, why):
    with pytest.raises(UnreadableDocument, match=why) as caught:
        read(data, name=name)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize(("package", "name"), [("lxml", "html"), ("pypdfium2", "pdf")])
def test_a_missing_package_is_named(monkeypatch, package, name):
    if package == "pypdfium2":
        child = "import sys; sys.modules['pypdfium2'] = None\n" + pdf._CHILD
        monkeypatch.setattr(pdf, "_CHILD", child)
        data = tiny_files.pdf("投入")
    else:
        monkeypatch.setitem(sys.modules, package, None)
        data = b"<html><p>x</p></html>"
    with pytest.raises(ConfigError, match=f"report-summarizer\\[{name}\\]"):
        read(data, name=f"a.{name}")


def test_files_and_stdin(tmp_path, monkeypatch):
    path = tmp_path / "报告.txt"
    path.write_bytes("投入500余万元\r\n".encode())
    document = read(path)
    assert (document.source, document.text) == (str(path), "投入500余万元\r\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert read("-").id == document.id
    for wrong, why in [
        (tmp_path, "folder"),
        (tmp_path / "no.txt", "does not exist"),
        ("a\0b", "read"),
    ]:
        with pytest.raises(UnreadableDocument, match=why):
            read(wrong)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    with pytest.raises(EmptyDocument):
        read(tmp_path / "empty.txt")


def test_an_archive_lists_its_documents(tmp_path):
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2020/b.txt", "投入500万元")
        archive.writestr("2020/a.docx", tiny_files.docx("投入300万元"))
        archive.writestr("报告.md", "# 报告")
        for other in ("x.exe", ".hidden.txt", "__MACOSX/a.txt"):
            archive.writestr(other, "x")
    found = members(path)
    assert [m.source for m in found] == [
        f"{path}/{n}" for n in ("2020/a.docx", "2020/b.txt", "报告.md")
    ]
    assert [read(m.data(), name=m.source).text[:7] for m in found[:2]] == [
        "投入300万元",
        "投入500万元",
    ]


def test_an_archive_with_gbk_names(tmp_path):
    path = tmp_path / "old.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("报告.txt".encode("gbk").decode("cp437"))
        entry.flag_bits = 0
        archive.writestr(entry, "投入500万元")
    [member] = members(path)
    assert read(member.data(), name=member.source).text == "投入500万元"


def test_span_of_a_page():
    document = read(tiny_files.docx("投入500\u200b余万元,惠及197户。"))
    cleaned = clean(document)
    [first, *_] = [m for m in find_mentions(cleaned) if m.quantity]
    assert document.text[first.span.slice] == "500\u200b余万元"
    assert cleaned.to_clean(first.span) == Span(2, 8)


NAMED_BY = {  # kinds that a table or a function names, by how the code counts them
    "fault": {"tiny", "slanted"},
    "_ASIDE[self._aside[-1]]": ods._ASIDE.values(),
    "_COUNTED[kind]": wordml._COUNTED.values(),
    "_COUNTED[match[1]]": xlsx._COUNTED.values(),
    "_NOT_TEXT[kind]": wordml._NOT_TEXT.values(),
    "dropped.get(element) or NEVER[tag]": {*html_parts.NEVER.values(), "surroundings"},
    "f'{match[1]}s'": [f"{part}s" for part in re.findall(r"\w{5,}", docx._ASIDE.pattern)],
    "hidden": {"hidden", "tiny", "white", "off-screen", *wordml._GONE.values()},
    "kind": {*rtf._ASIDE.values(), *doc._LENGTHS, *doc._GONE.values()},
}


def kinds_of(source):
    """The kinds of what is left out that a module counts."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Subscript))
    for node in nodes:
        said = node.slice
        if isinstance(node.ctx, ast.Load) or not ast.unparse(node.value).endswith("left_out"):
            continue
        yield from [said.value] if isinstance(said, ast.Constant) else NAMED_BY[ast.unparse(said)]


def test_every_kind_of_what_is_left_out_is_listed():
    sources = sorted(Path(ods.__file__).parent.glob("*.py"))
    counted = {kind for path in sources for kind in kinds_of(path.read_text(encoding="utf-8"))}
    page = (Path(__file__).parent.parent / "docs" / "cleaning.md").read_text(encoding="utf-8")
    table = page.partition("| kind | what one is | in |")[2].partition("\n\n")[0]
    listed = re.findall(r"`([^`]+)`", " ".join(re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)))
    assert sorted(listed) == sorted(counted - {""}) == sorted(account.kinds())
    rows = dict(re.findall(r"^\| `(.+?)`.*? \| (.+?) \|", table, re.MULTILINE))
    assert {kind: account.kinds()[kind] for kind in rows} == rows
