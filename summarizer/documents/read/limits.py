"""What a file may cost at most. Beyond it, reading stops with an error that names the limit."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.config import Settings
from summarizer.errors import UnreadableDocument

BYTES = 20_000_000
"""Largest file, unless the caller says otherwise."""
CHARACTERS = 20_000_000
"""Most characters of text that a file may turn out to hold."""
LINE = 2_000_000
"""Longest line of a text, in characters."""
DEPTH = 500
"""Deepest nesting of an HTML page."""
CELLS = 500_000
"""Most table cells of a page, a DOCX or a workbook."""
UNPACKED = 100_000_000
"""Most bytes that a packed document or one of an archive may unpack to."""
RATIO = 200
"""Most times that a packed file may grow."""
ENTRIES = 2_000
"""Most files in a DOCX, a workbook or an OFD."""
MEMBERS = 200_000
"""Most files in an archive of documents."""
SHEETS = 1_000
"""Most sheets of a workbook."""
MERGED = 100_000
"""Most merged cells of a workbook."""
ROWS = 2_000_000
"""Most rows that a workbook may hide."""
COLUMNS = 1_000_000
"""Most columns that a workbook may hide."""
STREAMS = 10_000
"""Most streams of an old Office file."""
PAGES = 2_000
"""Most pages of a PDF."""
OBJECTS = 200_000
"""Most objects of a PDF."""
SECONDS = 60
"""Longest time that a PDF may take."""
MEMORY = 1_000_000_000
"""Most bytes of memory that a PDF may take."""
OCR_SECONDS = 1_800
"""Longest time that a PDF may take whose pages are recognised."""
OCR_MEMORY = 4_000_000_000
"""Most bytes of memory that such a PDF may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a document that are settings; the others above are fixed.

    `ocr`: how far reading goes, too, is one: whether the text of pictures is recognised.
    """

    bytes: int = BYTES
    characters: int = CHARACTERS
    pages: int = PAGES
    cells: int = CELLS
    ocr: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As the settings say."""
        return cls(
            bytes=settings.max_bytes,
            characters=settings.max_characters,
            pages=settings.max_pages,
            cells=settings.max_cells,
            ocr=settings.ocr == "on",
        )


def check(value: float, limit: float, *, name: str, what: str) -> None:
    """Raise UnreadableDocument if a file's value is over a limit.

    >>> check(3, 2, name="a.zip", what="files")
    Traceback (most recent call last):
        ...
    summarizer.errors.UnreadableDocument: a.zip has 3 files; the limit is 2
    """
    if limit < value:
        raise UnreadableDocument(f"{name} has {value:,} {what}; the limit is {limit:,}")
