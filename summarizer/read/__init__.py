"""Files, stdin and bytes → Document: the raw text that every span counts."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from summarizer.errors import EmptyDocument, UnreadableDocument
from summarizer.types import Document

MAX_BYTES = 20_000_000


def read(
    source: str | Path | bytes, *, encoding: str | None = None, max_bytes: int = MAX_BYTES
) -> Document:
    """A document from a path, from "-" (stdin) or from bytes.

    Raises UnreadableDocument for what cannot be opened or decoded, EmptyDocument for nothing.

    >>> read("投入500余万元".encode("utf-8")).text
    '投入500余万元'
    """
    name, data = _bytes(source, max_bytes)
    text = data.decode(encoding or "utf-8-sig", "replace")
    if not text.strip():
        raise EmptyDocument(f"{name} holds no text")
    return Document(
        id=hashlib.sha256(data).hexdigest()[:16],
        source=name,
        text=text,
        encoding=encoding or "utf-8",
        replaced=text.count("\ufffd"),
    )


def _bytes(source: str | Path | bytes, max_bytes: int) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "<bytes>", source
    if str(source) == "-":
        return "<stdin>", sys.stdin.buffer.read(max_bytes + 1)
    try:
        return str(source), Path(source).read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{source} cannot be read: {error.strerror}") from error
