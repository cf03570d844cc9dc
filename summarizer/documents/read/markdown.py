"""The tables of a Markdown text, rows of | above and below a rule; its raw text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.tables import Cell, Grid, Place
from summarizer.types import Span

_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_CELL = re.compile(r"(?:[^|\\]|\\.)*", re.DOTALL)
_MARKS = " \t*_`"
_FENCE = re.compile(r"\s*(```|~~~)")


def markdown_grids(text: str, name: str, most: Limits) -> tuple[Grid, ...]:
    r"""The tables of a text; one in a fenced block is none.

    >>> text = "| 乡镇 | 户数 |\n|---|--:|\n| 甲镇 | **300** |\n"
    >>> [grid] = markdown_grids(text, "a.md", Limits())
    >>> [text[cell.span.slice] for cell in grid.cells]
    ['乡镇', '户数', '甲镇', '300']
    """
    grids = []
    cells = 0
    for rows in _tables(text):
        found = [cell for row, span in enumerate(rows) for cell in _cells(text, span, row)]
        cells += len(found)
        limits.check(cells, most.cells, name=name, what="table cells")
        grids.append(Grid(tuple(found)))
    return tuple(grids)


def _tables(text: str) -> Iterator[list[Span]]:
    """The lines of each table: headers, then rows until a line without |."""
    before: Span | None = None
    rows: list[Span] = []
    is_fenced = False
    start = 0
    for line in text.splitlines(keepends=True):
        said = line.rstrip("\r\n")
        span = Span(start, start + len(said))
        start += len(line)
        is_fenced ^= _FENCE.match(said) is not None
        if rows and "|" in said and not is_fenced:
            rows.append(span)
            continue
        if rows:
            yield rows
        rows = []
        is_rule = "|" in said and "-" in said and _RULE.fullmatch(said) is not None
        if is_rule and before is not None and not is_fenced:
            rows = [before]
        before = span if "|" in said else None
    if rows:
        yield rows


def _cells(text: str, line: Span, row: int) -> Iterator[Cell]:
    """The cells of a row, each without the blanks and marks around it."""
    at, end = line.start, line.end
    said = text[at:end]
    at += len(said) - len(said.lstrip())
    at += text[at : at + 1] == "|"
    end -= len(said) - len(said.rstrip())
    column = 0
    while at < end:
        match = _CELL.match(text, at, end)
        stop = match.end() if match else end
        cell = text[at:stop]
        inner = cell.strip(_MARKS)
        first = at + len(cell) - len(cell.lstrip(_MARKS)) if inner else at
        yield Cell(Place(row, column), Span(first, first + len(inner)))
        column += 1
        at = stop + 1
