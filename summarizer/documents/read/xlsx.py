"""XLSX → text: the cells of each sheet as they are shown, in lines and grids.

Formulas give the value that was kept with them. What is hidden is left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal, InvalidOperation

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.number_formats import BUILT_IN, LONGEST, shown
from summarizer.documents.read.package import Events, Package, opened
from summarizer.documents.read.raised import raised
from summarizer.documents.read.sheets import Sheet, written_sheets
from summarizer.documents.tables import Place, Written

_USUAL = "xl/workbook.xml"
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PICTURE = re.compile(r"(?:.*/)?(media|charts|comments)/?[^/]*\.\w+")
_COUNTED = {"media": "pictures", "charts": "charts", "comments": "comments"}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_OFF = frozenset(("", "0", "false"))


def xlsx_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of an XLSX, sheet by sheet, and what was left out, by kind.

    Raises UnreadableDocument, EmptyDocument.
    """
    left_out: Counter[str] = Counter()
    with opened(data, name, "an XLSX") as package:
        main = package.main(_USUAL)
        book = _Workbook(name)
        package.parse(main, book)
        relations = package.relations(main)
        kinds = {relation.kind: relation.target for relation in relations.values()}
        strings, styles = _Strings(name), _Formats(name)
        for kind, events in (("sharedStrings", strings), ("styles", styles)):
            if package.find(kinds.get(kind, "")):
                package.parse(kinds[kind], events)
        budget = Counter[str]()
        sheets = []
        limits.check(len(book.sheets), limits.SHEETS, name=name, what="sheets")
        for title, id_, is_hidden in book.sheets:
            relation = relations.get(id_)
            if relation is None or relation.kind != "worksheet":
                left_out["charts"] += relation is not None
                continue
            reader = _SheetReader(name, most, budget, (strings, styles, book))
            package.parse(relation.target, reader)
            reader.sheet.name, reader.sheet.is_hidden = title, is_hidden
            left_out.update(reader.left_out)
            sheets.append(reader.sheet)
        _count_parts(package, left_out)
    written = written_sheets(sheets, name, most, left_out)
    return written, {kind: count for kind, count in left_out.items() if count}


def _count_parts(package: Package, left_out: Counter[str]) -> None:
    for part in package.parts:
        match = _PICTURE.fullmatch(part)
        if match:
            left_out[_COUNTED[match[1]]] += 1


class _Workbook(Events):
    """The sheets: name, relation, hidden; and from which year days are counted."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            id_ = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), id_, is_hidden))
        elif kind == "workbookPr":
            self.since_1904 = attributes.get("date1904", "") not in _OFF


class _Formats(Events):
    """The format of each style of cells."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._codes = dict(BUILT_IN)
        self.codes: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "numFmt":
            code = attributes.get("formatCode", "")[:LONGEST]
            self._codes[_number(attributes.get("numFmtId"))] = code
        elif kind == "xf" and self._path[-2:-1] == ["cellXfs"]:
            self.codes.append(self._codes.get(_number(attributes.get("numFmtId")), "General"))


class _RichText(Events):
    """Texts of runs, of which some are raised; readings above characters are none."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._parts: list[str] = []
        self._is_raised = False
        self._readings = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "r":
            self._is_raised = False
        elif kind == "rPh":
            self._readings += 1
        elif kind == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == "t" and not self._readings:
            before = "".join(self._parts[-2:])
            self._parts.append(raised(data, before) if self._is_raised else data)

    def end(self, _tag: str) -> None:
        kind = self._leave()
        if kind == "rPh":
            self._readings -= 1
        elif kind in ("r", "si", "is"):
            self._is_raised = False

    def _taken(self) -> str:
        text = "".join(self._parts)
        self._parts = []
        return text


class _Strings(_RichText):
    """The texts that cells share."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.texts: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag.rpartition(" ")[2] == "si":
            self.texts.append(self._taken())


class _SheetReader(_RichText):
    """The cells of a sheet."""

    def __init__(
        self,
        name: str,
        most: Limits,
        budget: Counter[str],
        book: tuple[_Strings, _Formats, _Workbook],
    ) -> None:
        super().__init__(name)
        self._most = most
        self._budget = budget
        self._strings, self._formats, self._book = book
        self.sheet = Sheet("")
        self.left_out: Counter[str] = Counter()
        self._row, self._column = -1, -1
        self._type = self._style = ""
        self._value: list[str] = []
        self._has_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        kind = self._path[-1]
        if kind == "c":
            self._begin_cell(attributes)
        elif kind == "f":
            self._has_formula = True
        elif kind == "row":
            row = attributes.get("r", "")
            self._row = int(row) - 1 if row.isdecimal() and len(row) < 8 else self._row + 1
            self._column = -1
            if attributes.get("hidden", "") not in _OFF:
                self.sheet.hidden_rows.add(self._row)
        elif kind == "col" and attributes.get("hidden", "") not in _OFF:
            first, last = _number(attributes.get("min")) - 1, _number(attributes.get("max"))
            hidden = range(max(0, first), min(last, _LAST_COLUMN))
            self._spend("hidden", "hidden columns", limits.COLUMNS, len(hidden))
            self.sheet.hidden_columns.update(hidden)
        elif kind == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _spend(self, kind: str, what: str, most: int, count: int = 1) -> None:
        self._budget[kind] += count
        limits.check(self._budget[kind], most, name=self._name, what=what)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _place(attributes.get("r", ""))
        if place is not None:
            self._row, self._column = place
        else:
            self._column += 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value, self._parts, self._has_formula = [], [], False

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last)
        if start is None or end is None:
            return
        rows, columns = end[0] - start[0] + 1, end[1] - start[1] + 1
        self._spend("merged", "merged cells", limits.MERGED)
        if rows > 0 < columns:
            self.sheet.merged.append(Place(*start, rows, columns))

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == "v":
            self._value.append(data)
        else:
            super().text(data)

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag.rpartition(" ")[2] != "c":
            return
        text = self._shown()
        if text.strip():
            self._spend("cells", "table cells", self._most.cells)
            self.sheet.rows.setdefault(self._row, {})[self._column] = text

    def _shown(self) -> str:
        """What a cell is shown as."""
        said, kind = "".join(self._value).strip(), self._type
        if kind == "inlineStr":
            return self._taken()
        if not said:
            self.left_out["formulas"] += self._has_formula
            return ""
        if kind == "s":
            number = _number(said, -1)
            known = 0 <= number < len(self._strings.texts)
            return self._strings.texts[number] if known else ""
        if kind == "e":
            self.left_out["errors"] += 1
            return ""
        if kind == "b":
            return "TRUE" if said == "1" else "FALSE"
        if kind == "str":
            return "".join(self._value)
        return self._numeral(said)

    def _numeral(self, said: str) -> str:
        number = _number(self._style)
        code = self._formats.codes[number] if number < len(self._formats.codes) else "General"
        try:
            if self._type == "d":
                moment = datetime.fromisoformat(said)
                return f"{moment:%Y-%m-%d}" + f"{moment: %H:%M}" * (moment.hour + moment.minute > 0)
            value = Decimal(said)
            if not value.is_finite() or value.adjusted() > 400:
                return said
            return shown(value, code, since_1904=self._book.since_1904)
        except (InvalidOperation, ValueError):
            return said


def _number(said: str | None, otherwise: int = 0) -> int:
    said = (said or "").strip()
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 10 else otherwise


def _place(reference: str) -> tuple[int, int] | None:
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if 0 < row <= _LAST_ROW and column <= _LAST_COLUMN else None
