"""Files, stdin and bytes → Document: the raw text that every span counts.

Formats and how they are told stand in `formats.py`, encodings in `encoding.py`, what a file may
cost at most in `limits.py`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path

from summarizer.documents.read import limits
from summarizer.documents.read.faults import reason
from summarizer.documents.read.garbage import garbage
from summarizer.documents.read.limits import Limits
from summarizer.errors import EmptyDocument, SummarizerError, UnreadableDocument
from summarizer.types import Document

__all__ = ["Limits", "read"]


def read(
    source: str | Path | bytes,
    *,
    encoding: str | None = None,
    max_bytes: int | None = None,
    name: str | None = None,
    bounds: Limits | None = None,
) -> Document:
    """A document from a path, from "-" (stdin) or from bytes; `name` is what bytes are called.

    `bounds` are the limits, `max_bytes` is the commonest of them. Raises UnreadableDocument for
    what cannot be opened, decoded or is over a limit, EmptyDocument for what holds no text,
    ConfigError for an unknown `encoding` or a package that is missing.

    >>> read("投入500余万元，惠及群众".encode("gb18030")).encoding
    'gb18030'
    """
    from summarizer.documents.read.formats import File, find_format

    most = bounds or Limits()
    if max_bytes is not None:
        most = replace(most, bytes=max_bytes)
    data = source if isinstance(source, bytes) else _bytes(str(source), most.bytes)
    called = name or (
        "<bytes>" if isinstance(source, bytes) else _NAMES.get(str(source), str(source))
    )
    limits.check(len(data), most.bytes, name=called, what="bytes")
    if not data.strip():
        raise EmptyDocument(f"{called} is empty")
    try:
        form = find_format(data, Path(called).suffix.lower())
        extracted = form.extract(File(data, called, encoding, most))
    except UnreadableDocument as error:
        raise _named(error, called) from error
    except SummarizerError:
        raise
    except Exception as error:
        raise UnreadableDocument(f"{called} cannot be read: {reason(error)}") from error
    text, halves = _LONE.subn("\ufffd", extracted.text)
    _check_text(text, called, most)
    if not encoding and (why := garbage(text)):
        raise UnreadableDocument(f"{called} is no text that can be read: {why}")
    return Document(
        id=hashlib.sha256(data).hexdigest()[:16],
        source=called.encode("utf-8", "backslashreplace").decode(),  # a name need not be UTF-8
        text=text,
        encoding=extracted.encoding,
        media_type=form.media_type,
        replaced=extracted.replaced + halves,
        pages=extracted.pages,
        left_out=extracted.left_out,
        grids=extracted.grids,
        boxes=extracted.boxes,
        recognised=extracted.recognised,
    )


_LONE = re.compile("[\ud800-\udfff]")  # half of a character: a broken map of a PDF, UTF-7
_NAMES = {"-": "<stdin>"}


def _bytes(source: str, max_bytes: int) -> bytes:
    """At most one byte more than allowed: enough to know that there are too many."""
    if source == "-":
        if sys.stdin is None:
            raise UnreadableDocument("- is standard input, and that is closed")
        return sys.stdin.buffer.read(max_bytes + 1)
    path = Path(source)
    try:
        if path.is_file():
            limits.check(path.stat().st_size, max_bytes, name=source, what="bytes")
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except IsADirectoryError as error:
        raise UnreadableDocument(
            f"{source} is a folder; `summarizer batch` reads folders"
        ) from error
    except FileNotFoundError as error:
        raise UnreadableDocument(f"{source} does not exist") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableDocument(f"{source} cannot be read: {reason}") from error


def _named(error: UnreadableDocument, name: str) -> UnreadableDocument:
    message = str(error)
    return (
        error
        if message.startswith(name)
        else UnreadableDocument(f"{name} cannot be read: {message}")
    )


def _check_text(text: str, name: str, most: Limits) -> None:
    if not text.strip():
        raise EmptyDocument(f"{name} holds no text")
    limits.check(len(text), most.characters, name=name, what="characters of text")
    start = 0
    while len(text) - start > limits.LINE:  # only a text that long can have a line that long
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        limits.check(end - start, limits.LINE, name=name, what="characters in one line")
        start = end + 1
