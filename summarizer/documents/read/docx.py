"""DOCX → text: paragraphs and tables in order, as a reader would see them.

A DOCX is a zip of XML; what is needed of it is little, so the standard library reads it: the file
is checked before it is unpacked, and no element outlives its line.
"""

from __future__ import annotations

import re
from collections import Counter

from summarizer.documents.read.limits import Limits
from summarizer.documents.read.package import Package, opened
from summarizer.documents.read.wordml import Reader
from summarizer.documents.read.wordml_parts import Counting, Styles
from summarizer.documents.tables import Written
from summarizer.errors import EmptyDocument

_USUAL = "word/document.xml"
_ASIDE = re.compile(r"(?:.*/)?(header|footer|footnote|endnote|comment)s?\d*\.xml")
_PICTURE = re.compile(r"(?:.*/)?media/[^/]+")


def docx_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of a DOCX, a line a paragraph, a line a table row with tabs between cells.

    Deleted and hidden text, headers, notes and comments are left out and counted, by kind. Raises
    UnreadableDocument, EmptyDocument.
    """
    left_out: Counter[str] = Counter()
    with opened(data, name, "a DOCX") as package:
        main = package.main(_USUAL)
        styles = Styles(name)
        listed = [one.target for one in package.relations(main).values() if one.kind == "styles"]
        for part in listed or ["word/styles.xml"]:
            if package.find(part):
                package.parse(part, styles)
        reader = Reader(name, most, styles, left_out)
        package.parse(main, reader)
        _count_aside(package, left_out)
    if not any(line.strip() for line in reader.written.lines):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return reader.written, {kind: count for kind, count in left_out.items() if count}


def _count_aside(package: Package, left_out: Counter[str]) -> None:
    """Characters of headers, footers, notes and comments; pictures, one each."""
    for part in package.parts:
        if match := _ASIDE.fullmatch(part):
            counting = Counting(package.name)
            package.parse(part, counting)
            left_out[f"{match[1]}s"] += counting.characters
        left_out["pictures"] += bool(_PICTURE.fullmatch(part))
