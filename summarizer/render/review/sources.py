"""The text that a summary is about: kept in it, or read again from where it came from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from summarizer.documents.parsed import ParsedDocument, parse
from summarizer.documents.read import Limits, read
from summarizer.errors import ConfigError, InputError
from summarizer.types import Document, Summary


def parsed_source(summary: Summary, folder: Path = Path()) -> ParsedDocument | None:
    """The document of a summary, parsed again; None where its text is not to be had.

    A file is read where `document.source` says, else beside the summary (`folder`), and counts only
    if its id is the summary's: another text would prove nothing. A text that the summary holds
    counts if its quotes stand in it.
    """
    info = summary.document
    if info.text is not None:
        text = Document(info.id, info.source, info.text, info.encoding, info.media_type)
        text = replace(text, left_out=info.left_out, recognised=info.recognised)
        return parse(text) if _stands(summary, info.text) else None
    for path in dict.fromkeys((Path(info.source), folder / Path(info.source).name)):
        document = _read(path, info.encoding, Limits(ocr=bool(info.recognised)))
        if document is not None and document.id == info.id and _stands(summary, document.text):
            return parse(document)
    return None


def _read(path: Path, encoding: str, bounds: Limits) -> Document | None:
    if not path.is_file():
        return None
    for name in (None, encoding):
        try:
            return read(path, encoding=name, bounds=bounds)
        except (InputError, ConfigError):
            continue
    return None


def _stands(summary: Summary, text: str) -> bool:
    return all(text[f.evidence.span.slice] == f.evidence.quote for f in summary.figures)
