"""What a container holds: a zip is looked into, and so is an old Office file.

The name of a file says little: a .doc is often a page or an RTF, a .xls a table of HTML.
"""

from __future__ import annotations

import io
import zipfile

from summarizer.documents.read.ole import MAGIC, Ole
from summarizer.documents.read.package import ZIP_FAULTS
from summarizer.errors import UnreadableDocument

_LOOKED_AT = 100_000  # bytes of a part that tells what the others are
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARTS = (  # the part that tells a kind, in this order
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("ofd.xml", "ofd"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
)
_MEDIA = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_KINGSOFT = {".wps": "wps", ".et": "et", ".dps": "dps"}

REFUSED = {
    "zip": "it is a zip archive; `summarizer batch` reads the files inside",
    "ole": "it is an old Office file of a kind unknown here; save it as .docx, .xlsx or .txt",
    "ppt": "it is an old PowerPoint file; save it as .docx or .txt",
    "pptx": "it is a PowerPoint file; save its text as .docx or .txt",
    "xlsb": "it is a binary Excel workbook; save it as .xlsx",
    "odt": "it is an OpenDocument text; save it as .docx or .txt",
    "odp": "it is an OpenDocument presentation; save its text as .docx or .txt",
    "epub": "it is an EPUB book; save its text as .docx, .html or .txt",
    "wps": "it is a file of WPS Writer; save it as .docx",
    "et": "it is a workbook of WPS Spreadsheets; save it as .xlsx",
    "dps": "it is a presentation of WPS; save its text as .docx or .txt",
    "locked": "it is locked with a password; save it without one",
}
"""What is told of the kinds that are known and not read."""


def inside(data: bytes, suffix: str) -> str:
    """What a zip or an OLE2 file is; "" for any other.

    >>> inside(b"%PDF-1.7", ".zip")
    ''
    """
    if data.startswith(MAGIC[:4]):
        return _of_streams(data, suffix)
    if data.startswith(_ZIP):
        return _of_parts(data)
    return ""


def _of_streams(data: bytes, suffix: str) -> str:
    if suffix in _KINGSOFT:
        return _KINGSOFT[suffix]
    try:
        names = Ole(data, "it").names
    except UnreadableDocument:
        return {".doc": "doc", ".xls": "xls"}.get(suffix, "ole")
    return next((kind for stream, kind in _STREAMS if stream in names), "ole")


def _of_parts(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()]
            media, types = (
                _head(archive, names, part) for part in ("mimetype", "[content_types].xml")
            )
    except ZIP_FAULTS:
        head = data[:4096]
        return "docx" if b"word/" in head or b"[Content_Types]" in head else "zip"
    if (known := media.decode("ascii", "replace").strip()) in _MEDIA:
        return _MEDIA[known]
    for part_name, kind in _PARTS:
        if any(name.startswith(part_name) for name in names):
            return kind
    for mark, kind in ((b"wordprocessingml", "docx"), (b"spreadsheetml", "xlsx")):
        if mark in types:
            return kind
    return "zip"


def _head(archive: zipfile.ZipFile, names: list[str], part: str) -> bytes:
    if part not in names:
        return b""
    with archive.open(archive.infolist()[names.index(part)]) as data:
        return data.read(_LOOKED_AT)
