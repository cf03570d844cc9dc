"""ODS → text: the file keeps what each cell shows, so that is taken."""

from __future__ import annotations

from collections import Counter

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.package import Events, local, opened
from summarizer.documents.read.sheets import Sheet, written_sheets
from summarizer.documents.tables import Place, Written

MAIN = "content.xml"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_ASIDE = {"annotation": "comments", "tracked-changes": "deleted", "shapes": "pictures"}
_HIDDEN = frozenset(("collapse", "filter"))


def ods_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of an ODS, sheet by sheet, and what was left out, by kind.

    Raises UnreadableDocument, EmptyDocument.
    """
    with opened(data, name, "an ODS") as package:
        reader = _Reader(name, most)
        package.parse(MAIN, reader)
        reader.left_out["pictures"] += sum(part.startswith("Pictures/") for part in package.parts)
    written = written_sheets(reader.sheets, name, most, reader.left_out)
    return written, {kind: count for kind, count in reader.left_out.items() if count}


class _Reader(Events):
    """The cells of all sheets."""

    def __init__(self, name: str, most: Limits) -> None:
        super().__init__(name)
        self._most = most
        self.sheets: list[Sheet] = []
        self.left_out: Counter[str] = Counter()
        self._budget: Counter[str] = Counter()
        self._hidden_tables: set[str] = set()
        self._style = ""
        self._row = self._column = self._columns = 0
        self._row_repeated = self._cell_repeated = 1
        self._is_hidden_row = False
        self._span = (1, 1)
        self._parts: list[str] = []
        self._aside: list[str] = []
        self._value = ""
        self._cells: list[tuple[int, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind in _ASIDE:
            self._aside.append(kind)
        elif self._aside:
            return
        elif kind == "style":
            self._style = local(attributes, "name")
        elif kind == "table-properties" and local(attributes, "display") == "false":
            self._hidden_tables.add(self._style)
        elif kind == "table":
            self._begin_table(attributes)
        elif not self.sheets:
            return
        elif kind == "table-column":
            self._begin_column(attributes)
        elif kind == "table-row":
            self._row_repeated = _count(local(attributes, "number-rows-repeated"), _LAST_ROW)
            self._is_hidden_row = local(attributes, "visibility") in _HIDDEN
            self._column, self._cells = 0, []
        elif kind in _CELLS:
            self._begin_cell(attributes)
        elif kind in ("s", "tab", "line-break") or (kind == "p" and self._parts):
            self._parts.append("\n" if kind in ("p", "line-break") else " ")

    def _begin_table(self, attributes: dict[str, str]) -> None:
        is_hidden = local(attributes, "style-name") in self._hidden_tables
        self.sheets.append(Sheet(local(attributes, "name"), is_hidden=is_hidden))
        limits.check(len(self.sheets), limits.SHEETS, name=self._name, what="sheets")
        self._row = self._columns = 0

    def _begin_column(self, attributes: dict[str, str]) -> None:
        count = _count(local(attributes, "number-columns-repeated"), _LAST_COLUMN)
        if local(attributes, "visibility") in _HIDDEN:
            hidden = range(self._columns, min(self._columns + count, _LAST_COLUMN))
            self._spend("hidden", "hidden columns", limits.COLUMNS, len(hidden))
            self.sheets[-1].hidden_columns.update(hidden)
        self._columns += count

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell_repeated = _count(local(attributes, "number-columns-repeated"), _LAST_COLUMN)
        rows = _count(local(attributes, "number-rows-spanned"), _LAST_ROW)
        self._span = (rows, _count(local(attributes, "number-columns-spanned"), _LAST_COLUMN))
        self._parts = []
        is_percent = local(attributes, "value-type") == "percentage"
        self._value = "" if is_percent else local(attributes, "value")

    def text(self, data: str) -> None:
        if self._aside:
            self.left_out[_ASIDE[self._aside[-1]]] += len(data.strip())
        elif "p" in self._path[-4:] and not {"ruby-text"} & {*self._path[-2:]}:
            self._parts.append(data)

    def end(self, _tag: str) -> None:
        kind = self._leave()
        if kind in _ASIDE and self._aside:
            self._aside.pop()
        elif self._aside or not self.sheets:
            return
        elif kind in _CELLS:
            self._end_cell(is_covered=kind != "table-cell")
        elif kind == "table-row":
            self._end_row()

    def _end_cell(self, *, is_covered: bool) -> None:
        text = "".join(self._parts).strip() or self._value
        self._parts, self._value = [], ""
        if text and not is_covered:
            self._spend("cells", "table cells", self._most.cells, self._cell_repeated)
            for at in range(self._column, self._column + self._cell_repeated):
                self._cells.append((at, text))
        if self._span != (1, 1):
            self._spend("merged", "merged cells", limits.MERGED)
            self.sheets[-1].merged.append(Place(self._row, self._column, *self._span))
        self._column += self._cell_repeated

    def _end_row(self) -> None:
        sheet = self.sheets[-1]
        if self._cells:
            more = (self._row_repeated - 1) * len(self._cells)
            self._spend("cells", "table cells", self._most.cells, more)
            for row in range(self._row, self._row + self._row_repeated):
                sheet.rows[row] = dict(self._cells)
        if self._is_hidden_row:
            hidden = range(self._row, min(self._row + self._row_repeated, _LAST_ROW))
            self._spend("rows", "hidden rows", limits.ROWS, len(hidden))
            sheet.hidden_rows.update(hidden)
        self._row += self._row_repeated
        self._cells = []

    def _spend(self, kind: str, what: str, most: int, count: int = 1) -> None:
        self._budget[kind] += count
        limits.check(self._budget[kind], most, name=self._name, what=what)


def _count(said: str, most: int) -> int:
    return min(most, max(1, int(said[:9]))) if said.isdecimal() and said.isascii() else 1
