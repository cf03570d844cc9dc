"""XLS (BIFF8 and BIFF5) → text: the cells of each sheet as they are shown, in lines and grids.

A workbook is a row of records. What a cell shows is told by its format, which libraries that give
values leave out; so the records that cells need are read here, and all others are passed over.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.biff_strings import Strings, long_string, short_string
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.number_formats import BUILT_IN, LONGEST, shown
from summarizer.documents.read.ole import Ole
from summarizer.documents.read.sheets import Sheet, written_sheets
from summarizer.documents.tables import Place, Written
from summarizer.errors import UnreadableDocument

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_SHEET, _FORMAT, _XF, _SST, _DATES, _PASSWORD, _CODEPAGE = 0x85, 0x41E, 0xE0, 0xFC, 0x22, 0x2F, 0x42
_NUMBER, _RK, _MANY_RK, _FORMULA, _STRING = 0x203, 0x27E, 0xBD, 0x06, 0x207
_LABEL, _RICH_LABEL, _SHARED_LABEL, _BOOLEAN = 0x204, 0xD6, 0xFD, 0x205
_ROW, _COLUMNS, _MERGED, _NOTE = 0x208, 0x7D, 0xE5, 0x1C
_CELLS = frozenset((_NUMBER, _RK, _FORMULA, _LABEL, _RICH_LABEL, _SHARED_LABEL, _BOOLEAN, _MANY_RK))
_WIDEST = 256


class _Record(NamedTuple):
    kind: int
    data: bytes


class _Listed(NamedTuple):
    """A sheet as the workbook lists it: its name, where its records begin, whether it is hidden."""

    title: str
    place: int
    is_hidden: bool


def xls_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of an XLS, sheet by sheet, and what was left out, by kind.

    Raises UnreadableDocument, EmptyDocument.
    """
    ole = Ole(data, name)
    stream = ole.stream("Workbook" if "Workbook" in ole.names else "Book")
    left_out: Counter[str] = Counter()
    try:
        book = _Book(stream, name)
        limits.check(len(book.sheets), limits.SHEETS, name=name, what="sheets")
        places = sorted({sheet.place for sheet in book.sheets})
        if len(places) < len(book.sheets):
            raise UnreadableDocument(f"{name} is a broken XLS: two of its sheets are one")
        ends = dict(pairwise([*places, len(stream)]))
        budget: Counter[str] = Counter()
        sheets = [
            _Reader(book, budget, left_out, (name, most)).read(sheet, ends[sheet.place])
            for sheet in book.sheets
        ]
    except (struct.error, IndexError) as error:
        raise UnreadableDocument(f"{name} is a broken XLS: {error}") from error
    written = written_sheets(sheets, name, most, left_out)
    return written, {kind: count for kind, count in left_out.items() if count}


def _records(stream: bytes, at: int = 0, end: int | None = None) -> Iterator[_Record]:
    """The records from a place on, to the end of their part; charts inside are passed over."""
    depth = 0
    end = len(stream) if end is None else end
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield _Record(kind, stream[at + 4 : at + 4 + size])
        elif depth < 1:
            return
        at += 4 + size


class _Book:
    """What all sheets share: texts, formats, from which year days are counted."""

    def __init__(self, stream: bytes, name: str) -> None:
        self.stream = stream
        self.sheets: list[_Listed] = []
        self.codepage = "cp936"
        self.since_1904 = False
        self.texts: list[str] = []
        self._codes = dict(BUILT_IN)
        self._styles: list[int] = []
        self.is_biff8 = True
        shared: list[bytes] = []
        before = 0
        for kind, data in _records(stream):
            if kind == _BOF:
                self.is_biff8 = struct.unpack_from("<H", data)[0] >= 0x600
            elif kind == _PASSWORD:
                raise UnreadableDocument(f"{name} is locked with a password")
            elif kind == _SST or (kind == _CONTINUE and before == _SST):
                shared.append(data)
                kind = _SST  # noqa: PLW2901 — what continues it is it
            else:
                self._take(kind, data)
            before = kind
        if shared:
            self.texts = Strings(shared).read()

    def _take(self, kind: int, data: bytes) -> None:
        if kind == _SHEET:
            offset, visibility, of = struct.unpack_from("<IBB", data)
            if not of:  # no chart, no macros
                title = short_string(data[6:], self.codepage if not self.is_biff8 else "")
                self.sheets.append(_Listed(title, offset, visibility & 3 > 0))
        elif kind == _FORMAT:
            code = long_string(data[2:]) if self.is_biff8 else short_string(data[2:], self.codepage)
            self._codes[struct.unpack_from("<H", data)[0]] = code[:LONGEST]
        elif kind == _XF:
            self._styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _DATES:
            self.since_1904 = data[:1] == b"\x01"
        elif kind == _CODEPAGE:
            number = struct.unpack_from("<H", data)[0]
            self.codepage = {936: "gb18030", 950: "big5hkscs", 1252: "cp1252"}.get(
                number, "gb18030"
            )

    def shown(self, value: float, style: int) -> str:
        """What a number is shown as."""
        known = style < len(self._styles)
        code = self._codes.get(self._styles[style], "General") if known else "General"
        exact = Decimal(repr(value))
        return shown(exact, code, since_1904=self.since_1904) if exact.is_finite() else ""


class _Reader:
    """The cells of a sheet."""

    def __init__(
        self, book: _Book, budget: Counter[str], left_out: Counter[str], of: tuple[str, Limits]
    ) -> None:
        self._book, self._budget, self._left_out = book, budget, left_out
        self._name, self._most = of
        self._sheet = Sheet("")
        self._awaits: tuple[int, int] | None = None  # the formula whose text comes next

    def read(self, listed: _Listed, end: int) -> Sheet:
        """A sheet; its records end where the next one's begin, if not before."""
        self._sheet = Sheet(listed.title, is_hidden=listed.is_hidden)
        for kind, data in _records(self._book.stream, listed.place, end):
            if kind in _CELLS:
                self._cell(kind, data)
            elif kind == _STRING and self._awaits:
                self._set(*self._awaits, self._text(data))
                self._awaits = None
            elif kind == _ROW:
                if struct.unpack_from("<H", data, 12)[0] & 0x20:
                    self._sheet.hidden_rows.add(struct.unpack_from("<H", data)[0])
            elif kind == _COLUMNS:
                first, last, _, _, options = struct.unpack_from("<5H", data)
                if options & 1:
                    self._sheet.hidden_columns.update(range(first, min(last + 1, _WIDEST)))
            elif kind == _MERGED:
                self._merge(data)
            elif kind == _NOTE:
                self._left_out["comments"] += 1
        return self._sheet

    def _merge(self, data: bytes) -> None:
        for at in range(2, len(data) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", data, at)
            self._spend("merged", "merged cells", limits.MERGED)
            if top <= bottom and left <= right:
                self._sheet.merged.append(Place(top, left, bottom - top + 1, right - left + 1))

    def _cell(self, kind: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        if kind == _NUMBER:
            self._set(row, column, self._book.shown(struct.unpack_from("<d", data, 6)[0], style))
        elif kind == _RK:
            self._set(row, column, self._book.shown(_rk(data[6:10]), style))
        elif kind == _MANY_RK:
            for at in range(4, len(data) - 7, 6):
                style = struct.unpack_from("<H", data, at)[0]
                text = self._book.shown(_rk(data[at + 2 : at + 6]), style)
                self._set(row, column + (at - 4) // 6, text)
        elif kind == _FORMULA:
            self._formula((row, column), style, data[6:14])
        elif kind == _SHARED_LABEL:
            number = struct.unpack_from("<I", data, 6)[0]
            self._set(row, column, self._book.texts[number])
        elif kind in (_LABEL, _RICH_LABEL):
            self._set(row, column, self._text(data[6:]))
        elif data[7]:
            self._left_out["errors"] += 1
        else:
            self._set(row, column, "TRUE" if data[6] else "FALSE")

    def _formula(self, at: tuple[int, int], style: int, result: bytes) -> None:
        """The value that was kept: a number, or one of the kinds that a broken number tells."""
        if result[6:8] != b"\xff\xff":
            self._set(*at, self._book.shown(struct.unpack("<d", result)[0], style))
        elif result[0] == 0:
            self._awaits = at
        elif result[0] == 1:
            self._set(*at, "TRUE" if result[2] else "FALSE")
        elif result[0] == 2:
            self._left_out["errors"] += 1

    def _text(self, data: bytes) -> str:
        if self._book.is_biff8:
            return long_string(data)
        size = struct.unpack_from("<H", data)[0]
        return data[2 : 2 + size].decode(self._book.codepage, "replace")

    def _set(self, row: int, column: int, text: str) -> None:
        if text.strip():
            self._spend("cells", "table cells", self._most.cells)
            self._sheet.rows.setdefault(row, {})[column] = text

    def _spend(self, kind: str, what: str, most: int) -> None:
        self._budget[kind] += 1
        limits.check(self._budget[kind], most, name=self._name, what=what)


def _rk(data: bytes) -> float:
    """A number in four bytes: half of a float or 30 bits, maybe a hundredth."""
    number = struct.unpack("<i", data)[0]
    value = (
        float(number >> 2)
        if number & 2
        else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", number & 0xFFFFFFFC))[0]
    )
    return float(value / 100 if number & 1 else value)
