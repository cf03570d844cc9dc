"""One piece over and over: some rounds of it are read, and the others counted."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.documents.clean.alignment import Edit
from summarizer.types import Document, Span
from summarizer.zh.repeats import repeats

REPEATED = "repeated"
_KEPT = 600  # characters that stay, about


def is_repeated(edit: Edit) -> bool:
    """Whether an edit left such rounds out; at its ends another rule may have had a part in it."""
    return REPEATED in edit.rule.split("+")


def repeated(document: Document) -> Iterator[Edit]:
    """Delete what says nothing but the same for thousands of characters, after some rounds of it.

    Cause: a broken template, or a page made to keep a reader busy. Cells of a table stay, whatever
    they hold. The text goes on as if nothing had been there: a round ends where one begins.

    >>> [edit.span for edit in repeated(Document("0" * 16, "x", "甲乙" * 10_000))]
    [Span(start=600, end=19968)]
    """
    tables = [grid.span for grid in document.grids]
    for found in repeats(document.text):
        start = found.start + -(-_KEPT // found.size) * found.size
        span = Span(start, found.stop - (found.stop - start) % found.size)
        if not any(span.overlaps(table) for table in tables):
            yield Edit(span, "", REPEATED)
