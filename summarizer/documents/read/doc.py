"""DOC (Word 97 to 2003) → text: paragraphs and tables in order, as a reader would see them.

The text lies in pieces, its looks in pages of runs. Field codes, hidden and deleted text are left
out and counted; so are headers, notes and text boxes, which lie behind the main text.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.cell_lines import PART, one_line
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.ole import Ole
from summarizer.documents.read.raised import lowered, raised
from summarizer.documents.read.row_edges import FROM_ABOVE, ON_LEFT, Row, write_rows
from summarizer.documents.tables import Written
from summarizer.errors import EmptyDocument, UnreadableDocument

_PAGE = 512
_ENCRYPTED, _SECOND_TABLE = 0x100, 0x200
_CHARACTERS, _PARAGRAPHS, _PIECES = 0xFA, 0x102, 0x1A2  # where the places of tables stand
_LENGTHS = ("footnotes", "headers", "", "comments", "endnotes", "text boxes")  # behind the main
_DELETED, _HIDDEN, _RAISED, _ROW_END, _CELLS = 0x0800, 0x083C, 0x2A48, 0x2417, 0xD608
_IN_TABLE = 0x2416
_ON = (b"\x01", b"\x81")
_GONE = {_DELETED: "deleted", _HIDDEN: "hidden"}
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)  # bytes behind a property, by its upper bits; -1: the next says
_SIGNS = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}


class _Piece(NamedTuple):
    """Characters from one place of the file on, and how many bytes each has."""

    start: int
    length: int
    offset: int
    width: int


class _Looks(NamedTuple):
    """Where runs begin in the file, and the properties of each."""

    starts: list[int]
    properties: list[dict[int, bytes]]

    def at(self, offset: int) -> dict[int, bytes]:
        number = bisect_right(self.starts, offset) - 1
        return self.properties[number] if number >= 0 else {}


def doc_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of a DOC, a line a paragraph, a line a table row with tabs between cells.

    Raises UnreadableDocument, EmptyDocument.
    """
    ole = Ole(data, name)
    try:
        main = ole.stream("WordDocument")
        magic, version = struct.unpack_from("<HH", main)
        flags = struct.unpack_from("<H", main, 10)[0]
        if magic != 0xA5EC or version < 0xC1:
            raise UnreadableDocument(f"{name} is of Word 95 or older; save it as .docx")
        if flags & _ENCRYPTED:
            raise UnreadableDocument(f"{name} is locked with a password")
        table = ole.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        reader = _Reader(main, table, name, most)
        reader.read()
    except (struct.error, IndexError, KeyError) as error:
        raise UnreadableDocument(f"{name} is a broken DOC: {error}") from error
    if not any(line.strip() for line in reader.written.lines):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return reader.written, {kind: count for kind, count in reader.left_out.items() if count}


class _Reader:
    """The lines of the main text."""

    def __init__(self, main: bytes, table: bytes, name: str, most: Limits) -> None:
        self._main, self._table, self._name, self._most = main, table, name, most
        self.written = Written()
        self.left_out: Counter[str] = Counter()
        self._line: list[str] = []
        self._row: list[str] = []
        self._fields: list[bool] = []  # of each open field: whether its result has begun
        self._rows: list[Row] = []
        self._tables = self._cells = 0
        self._look: dict[int, bytes] = {}

    def read(self) -> None:
        """Write the main text; count the others."""
        first, *others = struct.unpack_from("<I4x6I", self._main, 0x4C)
        for kind, count in zip(_LENGTHS, others, strict=False):
            if kind:
                self.left_out[kind] += count
        characters = _looks(self._main, self._plc(_CHARACTERS), is_run=True)
        paragraphs = _looks(self._main, self._plc(_PARAGRAPHS), is_run=False)
        for piece in self._pieces(first):
            text = self._main[piece.offset : piece.offset + piece.length * piece.width]
            said = text.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
            for number, character in enumerate(said):
                offset = piece.offset + number * piece.width
                self._look = characters.at(offset)
                if character == "\x07":
                    self._mark(paragraphs.at(offset))
                elif character == "\r" and paragraphs.at(offset).get(_IN_TABLE) == b"\x01":
                    self._line.append(PART)  # a cell of several paragraphs
                else:
                    self._take(character)
        self._end_table()
        if self._line or self._row:
            self._end_line()

    def _plc(self, at: int) -> bytes:
        offset, size = struct.unpack_from("<II", self._main, at)
        return self._table[offset : offset + size]

    def _pieces(self, length: int) -> Iterator[_Piece]:
        """The pieces of the main text, in order."""
        data, at = self._plc(_PIECES), 0
        while data[at : at + 1] == b"\x01":  # properties that pieces share
            at += 3 + struct.unpack_from("<H", data, at + 1)[0]
        size = struct.unpack_from("<I", data, at + 1)[0]
        count = (size - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", data, at + 5)
        limits.check(length, self._most.characters, name=self._name, what="characters of text")
        for number in range(count):
            place = struct.unpack_from("<I", data, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            end = min(starts[number + 1], length)
            width = 1 if place & 0x40000000 else 2
            offset = (place & 0x3FFFFFFF) // (2 if width == 1 else 1)
            if starts[number] < end:
                yield _Piece(starts[number], end - starts[number], offset, width)

    def _take(self, character: str) -> None:
        if character == "\x13":
            self._fields.append(False)
        elif character == "\x14" and self._fields:
            self._fields[-1] = True
        elif character == "\x15" and self._fields:
            self._fields.pop()
        elif not all(self._fields):
            self.left_out["field codes"] += 1
        elif kind := next(
            (kind for code, kind in _GONE.items() if self._look.get(code) in _ON), ""
        ):
            self.left_out[kind] += 1
        elif character == "\r":
            self._end_paragraph()
        elif character in "\x01\x08":
            self.left_out["pictures"] += 1
        elif character in _SIGNS:
            self._line.append(PART if self._row and character == "\x0b" else _SIGNS[character])
        elif character == "\t" or not character < " ":
            self._line.append(self._set(" " if character == "\t" else character))

    def _set(self, character: str) -> str:
        """A character, raised or set low."""
        before = "".join(self._line[-4:])
        how = self._look.get(_RAISED)
        if how == b"\x01":
            return raised(character, before)
        return lowered(character, before) if how == b"\x02" else character

    def _mark(self, look: dict[int, bytes]) -> None:
        """The end of a cell, or of a row."""
        if look.get(_ROW_END) == b"\x01":
            texts = [one_line(cell) for cell in self._row]
            self._rows.append(_row(texts, look.get(_CELLS, b"")))
            self._row, self._line = [], []
            return
        self._cells += 1
        limits.check(self._cells, self._most.cells, name=self._name, what="table cells")
        self._row.append("".join(self._line))
        self._line = []

    def _end_paragraph(self) -> None:
        self._end_table()
        self._end_line()

    def _end_line(self) -> None:
        text = "\t".join((*self._row, "".join(self._line)))
        for line in text.replace(PART, " ").split("\n"):
            self.written.line(line)
        self._line, self._row = [], []

    def _end_table(self) -> None:
        """Write the rows that were read, all at once: their edges tell the columns."""
        if self._rows:
            write_rows(self.written, self._rows, self._tables)
            self._rows, self._tables = [], self._tables + 1


def _looks(main: bytes, plc: bytes, *, is_run: bool) -> _Looks:
    """The runs of all pages that a table of places names."""
    count = (len(plc) - 4) // 8
    found: list[tuple[int, dict[int, bytes]]] = []
    for number in range(max(0, count)):
        page = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
        data = main[page * _PAGE : (page + 1) * _PAGE]
        if len(data) == _PAGE:
            found += _page(data, is_run=is_run)
    found.sort(key=lambda one: one[0])
    return _Looks([start for start, _ in found], [look for _, look in found])


def _page(data: bytes, *, is_run: bool) -> Iterator[tuple[int, dict[int, bytes]]]:
    count = data[-1]
    step = 1 if is_run else 13
    for number in range(count):
        place = 4 * (count + 1) + step * number
        if place >= _PAGE - 1:
            return
        at = 2 * data[place]
        start = struct.unpack_from("<I", data, 4 * number)[0]
        yield start, _properties((_run if is_run else _paragraph)(data, at)) if at else {}


def _run(data: bytes, at: int) -> bytes:
    return data[at + 1 : at + 1 + data[at]]


def _paragraph(data: bytes, at: int) -> bytes:
    size = 2 * data[at] - 1 if data[at] else 2 * data[at + 1]
    start = at + 1 if data[at] else at + 2
    return data[start + 2 : start + size]


def _properties(data: bytes) -> dict[int, bytes]:
    """The properties of a run by their codes."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(data):
        code = struct.unpack_from("<H", data, at)[0]
        size = _SIZES[code >> 13]
        if code == _CELLS:
            size = 1 + struct.unpack_from("<H", data, at + 2)[0] if at + 4 <= len(data) else 2
        elif size < 0:
            size = 1 + data[at + 2]
        found[code] = data[at + 2 : at + 2 + size]
        at += 2 + size
    return found


def _row(texts: list[str], told: bytes) -> Row:
    """A row with what its properties tell of its cells: edges, then twenty bytes for each."""
    count = len(texts)
    if len(told) < 3 + 2 * (count + 1) or told[2] != count:
        return Row(texts)
    edges = struct.unpack_from(f"<{count + 1}h", told, 3)
    flags = told[3 + 2 * (count + 1) :: 20][:count]
    merged = (
        ON_LEFT if flag & 2 else FROM_ABOVE if flag & 0x20 and not flag & 0x40 else ""
        for flag in flags
    )
    return Row(texts, edges, tuple(merged))
