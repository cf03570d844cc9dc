"""Sheets of cells → lines and grids, as a reader of the sheet sees them.

Hidden rows and columns are left out and counted. A row with one filled cell before a table, a title
or a unit, is a line of text. An empty row ends a table if headers follow, else it only parts rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.cell_lines import PART, one_line
from summarizer.documents.read.limits import Limits
from summarizer.documents.tables import Place, Written
from summarizer.errors import EmptyDocument

_NUMBER = re.compile(r"[-−+▲△¥$]?\s?\d[\d,.]*\s?[%‰]?")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Sheet:
    """A sheet's cells as they are shown, by row and column, from 0.

    `merged` are ranges of cells that are one.
    """

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Place] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False


class _Box(NamedTuple):
    """A cell with its text, and the first row and column that it does not cover."""

    text: str
    bottom: int
    right: int


Boxes = dict[int, dict[int, _Box]]


def written_sheets(
    sheets: Sequence[Sheet], name: str, most: Limits, left_out: Counter[str]
) -> Written:
    """The text of sheets; a sheet's name is a line where there are several.

    Raises UnreadableDocument for too many of anything, EmptyDocument where nothing is shown.
    """
    limits.check(len(sheets), limits.SHEETS, name=name, what="sheets")
    cells = sum(len(row) for sheet in sheets for row in sheet.rows.values())
    limits.check(cells, most.cells, name=name, what="table cells")
    said = sum(
        len(text) for sheet in sheets for row in sheet.rows.values() for text in row.values()
    )
    limits.check(said, most.characters, name=name, what="characters in its cells")
    left_out["hidden sheets"] += sum(sheet.is_hidden and bool(sheet.rows) for sheet in sheets)
    shown = [
        (sheet, _boxes(sheet, name, most, left_out)) for sheet in sheets if not sheet.is_hidden
    ]
    shown = [(sheet, boxes) for sheet, boxes in shown if boxes]
    if not shown:
        raise EmptyDocument(f"{name} shows no text in any of its sheets")
    written = Written()
    for number, (sheet, boxes) in enumerate(shown):
        if len(shown) > 1:
            written.line(_SPACE.sub(" ", sheet.name).strip())
        for at, block in enumerate(_blocks(boxes, sorted(sheet.hidden_rows))):
            _write(written, block, (number, at))
        limits.check(written.size, most.characters, name=name, what="characters of text")
    return written


def _boxes(sheet: Sheet, name: str, most: Limits, left_out: Counter[str]) -> Boxes:
    """The cells that are seen; a merged one at the first of its rows and columns that is."""
    boxes: Boxes = {}
    covered: set[tuple[int, int]] = set()
    for box, rows, columns in _merged(sheet, name, most):
        covered.update((row, c) for row in rows for c in columns if c in sheet.rows.get(row, ()))
        row = next((row for row in rows if row not in sheet.hidden_rows), None)
        column = next((c for c in columns if c not in sheet.hidden_columns), None)
        if box.text and row is not None and column is not None:
            boxes.setdefault(row, {})[column] = box
    gone_rows, gone_columns = set(), set()
    for row, cells in sheet.rows.items():
        for column, said in cells.items():
            text = _shown(said)
            if not text or (row, column) in covered:
                continue
            if row in sheet.hidden_rows:
                gone_rows.add(row)
            elif column in sheet.hidden_columns:
                gone_columns.add(column)
            else:
                boxes.setdefault(row, {})[column] = _Box(text, row + 1, column + 1)
    left_out["hidden rows"] += len(gone_rows)
    left_out["hidden columns"] += len(gone_columns)
    return boxes


def _shown(said: str) -> str:
    """A cell's text on one line."""
    return one_line(said.replace("\n", PART))


def _merged(sheet: Sheet, name: str, most: Limits) -> Iterator[tuple[_Box, range, range]]:
    """The merged cells with their rows and columns, as far as the sheet has any."""
    bottom = max(sheet.rows, default=-1) + 1
    right = max((max(cells) for cells in sheet.rows.values() if cells), default=-1) + 1
    places = 0
    for row, column, rows, columns in sheet.merged:
        text = _shown(sheet.rows.get(row, {}).get(column, ""))
        box = _Box(text, min(row + rows, bottom), min(column + columns, right))
        down, along = range(row, box.bottom), range(column, box.right)
        places += len(down) * len(along)
        limits.check(places, most.cells, name=name, what="table cells that are merged")
        yield box, down, along


def _blocks(boxes: Boxes, hidden: Sequence[int]) -> Iterator[Boxes]:
    """The tables of a sheet, one below the other."""
    block: Boxes = {}
    end = -1
    numbers = sorted(boxes)
    for at, row in enumerate(numbers):
        gap = row - end - (bisect_left(hidden, row) - bisect_left(hidden, end))
        if block and gap > 0 and _heads(boxes, numbers[at:]):
            yield block
            block = {}
        block[row] = boxes[row]
        end = max(end, *(box.bottom for box in boxes[row].values()))
    if block:
        yield block


def _heads(boxes: Boxes, numbers: Sequence[int]) -> bool:
    """Whether rows begin a table of their own: with headers, of more than one cell, no number."""
    for row in numbers:
        texts = [box.text for box in boxes[row].values()]
        if any(_NUMBER.fullmatch(text) for text in texts):
            return False
        if len(texts) > 1:
            return True
    return True


def _write(written: Written, block: Boxes, table: object) -> None:
    """A table's rows; what stands alone before and behind it are lines."""
    numbers = sorted(block)
    used = sorted({column for cells in block.values() if len(cells) > 1 for column in cells})
    inner = [row for row in numbers if _is_row(block[row], used)]
    covered: dict[int, int] = {}  # column → the first row that no merged cell covers
    for down, row in enumerate(numbers):
        if not inner or row < inner[0] or row > inner[-1]:
            written.line(" ".join(box.text for _, box in sorted(block[row].items())))
            continue
        first = bisect_left(numbers, inner[0])
        cells = []
        for right, column in enumerate(used):
            box = block[row].get(column)
            if box is None and covered.get(column, 0) > row:
                continue
            columns, rows = 1, 1
            if box is not None:
                columns = max(1, bisect_left(used, box.right) - right)
                rows = max(1, bisect_left(numbers, box.bottom) - down)
                covered |= dict.fromkeys(used[right : right + columns], box.bottom)
            cells.append((box.text if box else "", Place(down - first, right, rows, columns)))
        written.row(cells, table=table)


def _is_row(cells: Mapping[int, _Box], used: Sequence[int]) -> bool:
    """Whether cells are a table's row: several, or a header over some columns but the first."""
    if len(cells) != 1:
        return True
    [(column, box)] = cells.items()
    return bool(used) and used[0] < column and box.right > column + 1 and "单位" not in box.text
