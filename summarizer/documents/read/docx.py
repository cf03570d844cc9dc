"""DOCX → text: paragraphs and tables in order, as a reader would see them.

A DOCX is a zip of XML; what is needed of it is little, so the standard library reads it: the file
is checked before it is unpacked, and no element outlives its line.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from xml.parsers import expat

from summarizer.documents.read.faults import reason
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.package import ZIP_FAULTS, check_archive, parse
from summarizer.documents.read.wordml import Reader
from summarizer.documents.read.wordml_parts import Counting, Styles
from summarizer.documents.tables import Written
from summarizer.errors import EmptyDocument, UnreadableDocument

MAIN = "word/document.xml"
STYLES = "word/styles.xml"
_ASIDE = re.compile(r"word/(header|footer|footnote|endnote|comment)s?\d*\.xml")
_PICTURE = re.compile(r"word/media/[^/]+")


def docx_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The text of a DOCX, a line a paragraph, a line a table row with tabs between cells.

    Deleted and hidden text, headers, notes and comments are left out and counted, by kind. Raises
    UnreadableDocument, EmptyDocument.
    """
    left_out: Counter[str] = Counter()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, name)
            reader = Reader(name, most, _hidden_styles(archive, name), left_out)
            with archive.open(MAIN) as part:
                parse(part, reader)
            _count_aside(archive, name, left_out)
    except expat.ExpatError as error:
        raise UnreadableDocument(f"{name} is a DOCX with broken XML: {error}") from error
    except ZIP_FAULTS as error:
        raise UnreadableDocument(f"{name} is a broken or locked DOCX: {reason(error)}") from error
    except LookupError as error:
        raise UnreadableDocument(
            f"{name} is a DOCX in an encoding unknown here: {error}"
        ) from error
    if not any(line.strip() for line in reader.written.lines):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return reader.written, dict(left_out)


def _hidden_styles(archive: zipfile.ZipFile, name: str) -> frozenset[str]:
    if STYLES not in archive.namelist():
        return frozenset()
    styles = Styles(name)
    with archive.open(STYLES) as part:
        parse(part, styles)
    return styles.hidden


def _count_aside(archive: zipfile.ZipFile, name: str, left_out: Counter[str]) -> None:
    """Characters of headers, footers, notes and comments; pictures, one each."""
    for entry in archive.namelist():
        if match := _ASIDE.fullmatch(entry):
            counting = Counting(name)
            with archive.open(entry) as part:
                parse(part, counting)
            left_out[f"{match[1]}s"] += counting.characters
        left_out["pictures"] += bool(_PICTURE.fullmatch(entry))
    for kind in [kind for kind, count in left_out.items() if not count]:
        del left_out[kind]
