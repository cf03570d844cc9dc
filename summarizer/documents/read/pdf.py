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
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.faults import reason
from summarizer.documents.read.limits import Limits
from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument

_OBJECT = re.compile(rb"\d\s+obj\b")
_LONE = re.compile("[\ud800-\udfff]")  # what a broken map makes of half of a character
_PACKAGE_PARENT = str(Path(__file__).parents[3])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from summarizer.documents.read.pdf import child; child()"
)


class Pages(NamedTuple):
    """The text of all pages, where each page starts in it, and what was left out, by kind."""

    text: str
    starts: tuple[int, ...]
    left_out: Mapping[str, int]


def pdf_pages(data: bytes, name: str, most: Limits) -> Pages:
    """The text layer of a PDF; between pages stands a newline.

    Raises UnreadableDocument for a locked, broken or oversized file, EmptyDocument for one that
    has pictures of text only, ConfigError if pypdf is missing.
    """
    objects = sum(1 for _ in _OBJECT.finditer(data))
    limits.check(objects, limits.OBJECTS, name=name, what="PDF objects")
    answer = _ask(data, name, most)
    if "missing" in answer:
        raise ConfigError(f"{name} is PDF, which needs pypdf: pip install 'report-summarizer[pdf]'")
    if "error" in answer:
        raise UnreadableDocument(f"{name} cannot be read as PDF: {answer['error']}")
    pages: list[str] = [_LONE.sub("\ufffd", page) for page in answer["pages"]]
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
    return Pages("\n".join(pages), tuple(starts), answer["left_out"])


def _ask(data: bytes, name: str, most: Limits) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 — this interpreter, fixed code; the file goes to stdin
            [sys.executable, "-c", _CHILD, _PACKAGE_PARENT, str(most.pages)],
            input=data,
            capture_output=True,
            timeout=limits.SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
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
        pages, left_out = _extract(sys.stdin.buffer.read(), int(sys.argv[2]))
        answer: dict[str, object] = {"pages": pages, "left_out": left_out}
    except ImportError:
        answer = {"missing": "pypdf"}
    except MemoryError:
        answer = {"error": f"it needs more than {limits.MEMORY:,} bytes of memory"}
    except Exception as error:  # noqa: BLE001 — a broken PDF may fail in any way; the parent says so
        answer = {"error": reason(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _extract(data: bytes, most: int) -> tuple[list[str], dict[str, int]]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked with a password")
    count = len(reader.pages)
    if count > most:
        raise ValueError(f"it has {count:,} pages; the limit is {most:,}")
    left_out: Counter[str] = Counter()
    pages = []
    for page in reader.pages:
        pages.append(page.extract_text())
        left_out += _beside_text(page)
    return pages, dict(left_out)


def _beside_text(page: Any) -> Counter[str]:
    """Pictures, notes and form fields of a page, one each: they are no part of its text layer."""
    found: Counter[str] = Counter()
    try:
        resources = page.get("/Resources", {}).get_object()
        objects = resources.get("/XObject", {}).get_object()
        for name in objects:
            found["pictures"] += objects[name].get_object().get("/Subtype") == "/Image"
        for note in page.get("/Annots", ()):
            kind = note.get_object().get("/Subtype")
            found["form fields"] += kind == "/Widget"
            found["notes"] += kind not in ("/Widget", "/Link", "/Popup")
    except (AttributeError, KeyError, TypeError, ValueError):
        return found  # a broken list of what is no text costs no text
    return found


def _bound() -> None:
    """Memory and processor time that this process may use, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
