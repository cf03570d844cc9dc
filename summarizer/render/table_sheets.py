"""Tables as one Excel workbook, a sheet a table. No text in it is ever run as a formula."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from summarizer.render.columns import Column, Kind
from summarizer.render.safe import visible
from summarizer.render.tables import FORMULA, Row, Table

_DIGITS = 15  # significant digits that a spreadsheet keeps of a number
_LONGEST = 32_767  # characters of a cell
_ROWS = 1_048_576
_TITLE = 31
_NOTE = 1000  # characters of a note
_OF_KIND: dict[Kind, int] = {"text": 12, "integer": 10, "decimal": 16, "real": 10, "boolean": 8}
_WIDTHS = {
    "document_id": 18,
    "source": 36,
    "same_as": 36,
    "title": 36,
    "label": 30,
    "subject": 18,
    "deed": 40,
    "overview": 60,
    "quote": 60,
    "message": 60,
    "error_message": 60,
    "reason": 36,
}
"""Characters of the columns that hold more or fewer than their kind."""


class SheetSink:
    """One file `tables.xlsx`, written row by row."""

    def __init__(self, part: Callable[[str], Path]) -> None:
        from openpyxl import Workbook

        self._path = part("tables.xlsx")
        self._book = Workbook(write_only=True)
        self._counts: dict[str, int] = {}
        self._sheets: dict[str, Any] = {}
        self._is_open = False

    def begin(self, described: Mapping[str, Table]) -> None:
        from openpyxl.utils import get_column_letter

        self._is_open = True
        for name, table in described.items():
            sheet = self._sheets[name] = self._book.create_sheet(
                _title(name, self._book.sheetnames)
            )
            sheet.freeze_panes = "A2"
            for number, column in enumerate(table.columns, 1):
                letter = get_column_letter(number)
                sheet.column_dimensions[letter].width = _width(column)
            sheet.append([_heading(sheet, column) for column in table.columns])
            self._counts[name] = 1

    def add(self, name: str, row: Row) -> None:
        self._counts[name] += 1
        if self._counts[name] > _ROWS:
            raise ConfigError(f"a sheet holds {_ROWS:,} rows, and {name} has more; use parquet")
        sheet = self._sheets[name]
        with _full_disks():
            sheet.append([_cell(sheet, value) for value in row.values()])

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            with _full_disks():
                self._book.save(self._path)


def _width(column: Column) -> int:
    """How wide a column is, in characters: as its name, and as its kind of value needs.

    >>> from summarizer.render.columns import FIGURE
    >>> {c.name: _width(c) for c in FIGURE if c.name in ("label", "unit", "value", "quote")}
    {'label': 30, 'value': 16, 'unit': 12, 'quote': 60}
    """
    return max(_WIDTHS.get(column.name, _OF_KIND[column.kind]), len(column.name) + 2)


def _heading(sheet: Any, column: Column) -> Any:
    """The column's name in bold, with what it means as a note."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, column.name)
    cell.font = Font(bold=True)
    if column.about:
        cell.comment = Comment(visible(column.about)[:_NOTE], "summarizer")
    return cell


def _title(name: str, taken: Sequence[str]) -> str:
    """A sheet's title: the table's name, cut to what a spreadsheet shows, and no other's.

    >>> _title("documents", ()), _title("a" * 40, ("a" * 31,))
    ('documents', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa~2')
    """
    titles = [name[:_TITLE], *(f"{name[: _TITLE - 3]}~{n}" for n in range(2, 99))]
    return next(title for title in titles if title not in taken)


@contextmanager
def _full_disks() -> Iterator[None]:
    """Errors of the writer of XML as the errors of the disk that they are: IO_ENOSPC."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "SerialisationError":  # of lxml, which need not be installed
            raise
        code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(code, os.strerror(code)) from error


def _cell(sheet: Any, value: Any) -> Any:
    """A number stays a number where a spreadsheet keeps all its digits; else it is a text."""
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _DIGITS:
        value = f"{value:f}"
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, visible(value)[:_LONGEST])
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True
    return cell
