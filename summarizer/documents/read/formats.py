"""The inventory of formats: how each is told, and how its text is had."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from summarizer.documents.read.delimited import delimited_text
from summarizer.documents.read.doc import doc_text
from summarizer.documents.read.docx import docx_text
from summarizer.documents.read.encoding import decode
from summarizer.documents.read.html import decode_html, html_text
from summarizer.documents.read.inside import REFUSED, inside
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.markdown import markdown_grids
from summarizer.documents.read.mht import is_mht, page_of
from summarizer.documents.read.ods import ods_text
from summarizer.documents.read.ofd import ofd_text
from summarizer.documents.read.pdf import pdf_pages
from summarizer.documents.read.rtf import rtf_text
from summarizer.documents.read.xls import xls_text
from summarizer.documents.read.xlsx import xlsx_text
from summarizer.documents.tables import Grid, Written
from summarizer.errors import UnreadableDocument
from summarizer.types import Box

Read = tuple[Written, dict[str, int]]


class File(NamedTuple):
    """What a reader is given: the bytes, what they are called, and what they may cost."""

    data: bytes
    name: str
    encoding: str | None
    limits: Limits


class Extracted(NamedTuple):
    """The raw text that spans count, how its bytes were read, and where a PDF's pages start.

    `boxes` say where each line of a PDF begins, and where on its page it stands;
    `left_out` says what of the file is not in the text, by kind; `grids` are the tables in it;
    `recognised` are the pages whose text was recognised in a picture.
    """

    text: str
    encoding: str
    replaced: int = 0
    pages: tuple[int, ...] = ()
    left_out: Mapping[str, int] = {}
    grids: tuple[Grid, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()
    recognised: tuple[int, ...] = ()


class Format(NamedTuple):
    """A format: suffixes of its files, the look of its bytes, and its reader.

    `matches` sees the first 4,096 bytes, or is what a container of that kind holds (`inside.py`);
    None means that only the suffix tells it.
    """

    media_type: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool] | str | None
    extract: Callable[[File], Extracted]


def find_format(data: bytes, suffix: str) -> Format:
    """The format of a file: its bytes decide, then its suffix; what is neither is plain text.

    Raises UnreadableDocument for formats that are known and not read.

    >>> find_format(b"%PDF-1.7 ...", ".txt").media_type
    'application/pdf'
    """
    head = data[:4096]
    held = inside(data, suffix)
    for form in FORMATS:
        if (
            form.matches == held
            if isinstance(form.matches, str)
            else form.matches and form.matches(head)
        ):
            return form
    if held in REFUSED:
        raise UnreadableDocument(REFUSED[held])
    for look, advice in _REFUSED:
        if look.match(head):
            raise UnreadableDocument(advice)
    return next((form for form in FORMATS if suffix in form.suffixes), TEXT)


def _plain(file: File) -> Extracted:
    return Extracted(*decode(file.data, encoding=file.encoding))


def _html(file: File, told: str | None = None) -> Extracted:
    decoded = decode_html(file.data, file.encoding, told)
    written, left_out = html_text(decoded.text, file.name, file.limits)
    encoding, replaced = decoded.encoding, decoded.replaced
    return Extracted(written.text, encoding, replaced, (), left_out, written.grids)


def _mht(file: File) -> Extracted:
    page, told, left_out = page_of(file.data, file.name)
    found = _html(file._replace(data=page), told)
    return found._replace(left_out={**Counter(found.left_out) + left_out})


def _ofd(file: File) -> Extracted:
    text, pages, left_out = ofd_text(file.data, file.name, file.limits)
    return Extracted(text, "utf-8", 0, pages, left_out)


def _markdown(file: File) -> Extracted:
    plain = _plain(file)
    return plain._replace(grids=markdown_grids(plain.text, file.name, file.limits))


def _delimited(file: File) -> Extracted:
    decoded = decode(file.data, encoding=file.encoding)
    written, left_out = delimited_text(decoded.text, file.name, file.limits)
    return Extracted(written.text, decoded.encoding, decoded.replaced, (), left_out, written.grids)


def _packed(file: File, text: Callable[[bytes, str, Limits], Read]) -> Extracted:
    written, left_out = text(file.data, file.name, file.limits)
    return Extracted(written.text, "utf-8", left_out=left_out, grids=written.grids)


def _pdf(file: File) -> Extracted:
    read = pdf_pages(file.data, file.name, file.limits)
    text, grids = read.written.text, read.written.grids
    replaced = text.count("\ufffd")
    told = read.starts, read.left_out, grids, read.boxes, read.recognised
    return Extracted(text, "utf-8", replaced, *told)


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_rtf(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"{\\rtf")


def _is_html(head: bytes) -> bool:
    return _HTML.match(head.replace(b"\x00", b"")) is not None


_HTML = re.compile(  # atomic and possessive: what was taken is never tried in another way
    rb"[^\w<]{0,8}+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_REFUSED = (
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF"),
        "it is a picture or a recording",
    ),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!"), "it is a packed file; unpack it first"),
)

TEXT = Format("text/plain", (".txt", ".text", ""), None, _plain)
FORMATS: tuple[Format, ...] = (
    Format("application/pdf", (".pdf",), _is_pdf, _pdf),
    Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
        "docx",
        lambda file: _packed(file, docx_text),
    ),
    Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx", ".xlsm"),
        "xlsx",
        lambda file: _packed(file, xlsx_text),
    ),
    Format("application/msword", (".doc",), "doc", lambda file: _packed(file, doc_text)),
    Format("application/vnd.ms-excel", (".xls",), "xls", lambda file: _packed(file, xls_text)),
    Format(
        "application/vnd.oasis.opendocument.spreadsheet",
        (".ods",),
        "ods",
        lambda file: _packed(file, ods_text),
    ),
    Format("application/ofd", (".ofd",), "ofd", _ofd),
    Format("application/rtf", (".rtf",), _is_rtf, lambda file: _packed(file, rtf_text)),
    Format("multipart/related", (".mht", ".mhtml"), is_mht, _mht),
    Format("text/html", (".html", ".htm", ".xhtml", ".shtml"), _is_html, _html),
    Format("text/markdown", (".md", ".markdown"), None, _markdown),
    Format("text/csv", (".csv",), None, _delimited),
    Format("text/tab-separated-values", (".tsv", ".tab"), None, _delimited),
    TEXT,
)
SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes if suffix)
"""Suffixes of files that a batch takes from a folder or an archive."""
