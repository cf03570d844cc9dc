"""PDF → text: its text layer, page by page. There is no character recognition here.

The file is read in a process of its own, with bounds on time and memory: a PDF can be made to cost
any amount of either, and only a process can be stopped.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument
from summarizer.read import limits

_OBJECT = re.compile(rb"\d\s+obj\b")
_PACKAGE_PARENT = str(Path(__file__).parents[2])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from summarizer.read.pdf import child; child()"
)


class Pages(NamedTuple):
    """The text of all pages, and where each page starts in it."""

    text: str
    starts: tuple[int, ...]


def pdf_pages(data: bytes, name: str) -> Pages:
    """The text layer of a PDF; between pages stands a newline.

    Raises UnreadableDocument for a locked, broken or oversized file, EmptyDocument for one that
    has pictures of text only, ConfigError if pypdf is missing.
    """
    limits.check(len(_OBJECT.findall(data)), limits.OBJECTS, name=name, what="PDF objects")
    answer = _ask(data, name)
    if "missing" in answer:
        raise ConfigError(f"{name} is PDF, which needs pypdf: pip install 'report-summarizer[pdf]'")
    if "error" in answer:
        raise UnreadableDocument(f"{name} cannot be read as PDF: {answer['error']}")
    pages: list[str] = answer["pages"]
    if not any(page.strip() for page in pages):
        raise EmptyDocument(
            f"{name} has {len(pages)} pages and no text layer: it was scanned. "
            "Run character recognition over it first (for example ocrmypdf -l chi_sim)"
        )
    starts = []
    position = 0
    for page in pages:
        starts.append(position)
        position += len(page) + 1
    return Pages("\n".join(pages), tuple(starts))


def _ask(data: bytes, name: str) -> dict[str, list[str]]:
    try:
        done = subprocess.run(  # noqa: S603 — this interpreter, fixed code; the file goes to stdin
            [sys.executable, "-c", _CHILD, _PACKAGE_PARENT],
            input=data,
            capture_output=True,
            timeout=limits.SECONDS,
            check=False,
        )
        answer: dict[str, list[str]] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            f"{name} took longer than {limits.SECONDS} seconds to read; the limit is that"
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"{name} needs more than {limits.MEMORY:,} bytes of memory to read, or is broken"
        ) from error
    return answer


def child() -> None:
    """In the other process: PDF from stdin, JSON to stdout."""
    _bound()
    try:
        answer: dict[str, object] = {"pages": _extract(sys.stdin.buffer.read())}
    except ImportError:
        answer = {"missing": "pypdf"}
    except MemoryError:
        answer = {"error": f"it needs more than {limits.MEMORY:,} bytes of memory"}
    except Exception as error:  # noqa: BLE001 — a broken PDF may fail in any way; the parent says so
        answer = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _extract(data: bytes) -> list[str]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked with a password")
    count = len(reader.pages)
    if count > limits.PAGES:
        raise ValueError(f"it has {count:,} pages; the limit is {limits.PAGES:,}")
    return [page.extract_text() for page in reader.pages]


def _bound() -> None:
    """Memory and processor time that this process may use, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
