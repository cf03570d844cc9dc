"""DOCX → text: paragraphs and tables in order, as a reader would see them.

A DOCX is a zip of XML; what is needed of it is little, so the standard library reads it: the file
is checked before it is unpacked, and no element outlives its line.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat

from summarizer.errors import EmptyDocument, UnreadableDocument
from summarizer.read import limits

MAIN = "word/document.xml"
_BLOCK = 1 << 16


def docx_text(data: bytes, name: str) -> str:
    """The text of a DOCX, a line a paragraph, a line a table row with tabs between cells.

    Deleted and hidden text is left out. Raises UnreadableDocument, EmptyDocument.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, name)
            with archive.open(MAIN) as part:
                lines = _lines(part, name)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableDocument(f"{name} is a broken or locked DOCX: {error}") from error
    except expat.ExpatError as error:
        raise UnreadableDocument(f"{name} is a DOCX with broken XML: {error}") from error
    if not any(line.strip() for line in lines):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return "\n".join(lines) + "\n"


def check_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Raise UnreadableDocument for an archive that would unpack beyond the limits."""
    entries = archive.infolist()
    limits.check(len(entries), limits.ENTRIES, name=name, what="files inside")
    unpacked = sum(entry.file_size for entry in entries)
    limits.check(unpacked, limits.UNPACKED, name=name, what="bytes unpacked")
    for entry in entries:
        packed_well(entry, name)


def packed_well(entry: zipfile.ZipInfo, name: str) -> None:
    """Raise UnreadableDocument for a part that would unpack beyond the limits."""
    limits.check(entry.file_size, limits.UNPACKED, name=name, what="bytes unpacked")
    times = entry.file_size // max(1, entry.compress_size)
    if entry.file_size > (1 << 20):
        limits.check(times, limits.RATIO, name=name, what="bytes for each packed one")


def _lines(part: IO[bytes], name: str) -> list[str]:
    reader = _Reader(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    while block := part.read(_BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)
    return reader.lines


class _Reader:
    """Takes the events of an XML parser, keeps the lines of text. No tree is ever built."""

    def __init__(self, name: str) -> None:
        self.lines: list[str] = []
        self._name = name
        self._line: list[str] = []
        self._size = 0
        self._cells = 0
        self._within = {"t": False, "vanish": False, "Fallback": False}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "r":
            self._within["vanish"] = False
        if kind in self._within:
            off = (value for key, value in attributes.items() if key.endswith(" val"))
            self._within[kind] = next(off, "1") not in ("0", "false", "off")
        elif kind == "tc":
            self._cells += 1

    def text(self, data: str) -> None:
        if self._within["t"] and not self._within["vanish"] and not self._within["Fallback"]:
            self._line.append(data)

    def end(self, tag: str) -> None:
        kind = tag.rpartition(" ")[2]
        if kind in ("t", "Fallback"):
            self._within[kind] = False
        elif kind in _SIGNS:
            self._line.append(_SIGNS[kind])
        elif kind == "tc":
            self._cells -= 1
            self._line.append("\t")
        elif kind == "tr" or (kind == "p" and not self._cells):
            self._end_line()

    def doctype(self, *_: object) -> None:
        raise UnreadableDocument(f"{self._name} declares XML entities; no word processor does that")

    def _end_line(self) -> None:
        line = "".join(self._line).rstrip("\t")
        self._line = []
        self.lines.append(line)
        self._size += len(line) + 1
        limits.check(self._size, limits.CHARACTERS, name=self._name, what="characters of text")


_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
