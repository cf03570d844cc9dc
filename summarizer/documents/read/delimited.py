"""CSV and TSV → text: rows with tabs between their cells, and a grid.

The file is no text of its own: 甲镇,300,450 would read as the number 300,450.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.sheets import Sheet, written_sheets
from summarizer.documents.tables import Written
from summarizer.errors import UnreadableDocument

DELIMITERS = ",\t;|，"
_LOOKED_AT = 50  # rows by which the delimiter is told
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def delimited_text(text: str, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The rows of a table in text. Raises UnreadableDocument, EmptyDocument."""
    told = _TOLD.match(text)
    body = text[told.end() :] if told else text
    is_tabbed = name.lower().endswith((".tsv", ".tab"))
    by = told[1] if told else delimiter(body, "\t" + DELIMITERS if is_tabbed else DELIMITERS)
    sheet = Sheet("")
    cells = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=by)):
            cells += len(row)
            limits.check(cells, most.cells, name=name, what="table cells")
            if any(cell.strip() for cell in row):
                sheet.rows[number] = {at: cell for at, cell in enumerate(row) if cell.strip()}
    except csv.Error as error:
        raise UnreadableDocument(f"{name} is a table in text that is broken: {error}") from error
    return written_sheets([sheet], name, most, Counter()), {}


def delimiter(text: str, among: str = DELIMITERS) -> str:
    r"""What divides the cells: the character that gives most rows the same number of them.

    Of those that do as well, the first is meant.

    >>> delimiter('乡镇;投资\n甲镇;"3,500"\n乙镇;"1,260"\n'), delimiter("乡镇\t户数\n甲镇\t1,200\n")
    (';', '\t')
    """
    head = text[:100_000]
    scores: dict[str, float] = {}
    for by in among:
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=by)
            widths = [len(row) for row, _ in zip(reader, range(_LOOKED_AT), strict=False) if row]
        except csv.Error:
            continue
        [(width, rows)] = Counter(widths).most_common(1) or [(1, 0)]
        scores[by] = rows / len(widths) if width > 1 else 0.0
    return max(scores, key=lambda by: scores[by], default=",")
