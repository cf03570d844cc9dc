"""PDF → text: its text layer, page by page. There is no character recognition here.

The file is read in a process of its own, with bounds on time and memory: a PDF can be made to cost
any amount of either, and only a process can be stopped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.faults import reason
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.pdf_layout import Char
from summarizer.documents.read.pdf_lines import drawn_lines
from summarizer.documents.read.pdf_pages import Item, read_items, shown, without_running
from summarizer.documents.tables import Place, Written
from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument
from summarizer.types import Box

_OBJECT = re.compile(rb"\d\s+obj\b")
_HAIR = 0.01  # points
_UNKNOWN = "\ufffd"
_LONE = re.compile("[\ud800-\udfff]")  # what a broken map makes of half of a character
_PACKAGE_PARENT = str(Path(__file__).parents[3])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from summarizer.documents.read.pdf import child; child()"
)


class Pages(NamedTuple):
    """The text of all pages, where each page starts in it, and what was left out, by kind.

    `boxes` say where each line begins, and where it stands on its page.
    """

    written: Written
    starts: tuple[int, ...]
    left_out: Mapping[str, int]
    boxes: tuple[tuple[int, Box], ...]


def pdf_pages(data: bytes, name: str, most: Limits) -> Pages:
    """The text layer of a PDF, line by line as a reader sees it, tables as grids.

    Heads, feet and page numbers that run along, and the marks of notes, are left out and counted.
    Raises UnreadableDocument for a locked, broken or oversized file, EmptyDocument for one that
    has pictures of text only, ConfigError if pypdfium2 is missing.
    """
    objects = sum(1 for _ in _OBJECT.finditer(data))
    limits.check(objects, limits.OBJECTS, name=name, what="PDF objects")
    answer = _ask(data, name, most)
    if "missing" in answer:
        raise ConfigError(
            f"{name} is PDF, which needs pypdfium2: pip install 'report-summarizer[pdf]'"
        )
    if "error" in answer:
        raise UnreadableDocument(f"{name} cannot be read as PDF: {answer['error']}")
    pages: list[list[Any]] = answer["pages"]
    if not any(pages):
        raise EmptyDocument(
            f"{name} has {len(pages)} pages and no text layer: it was scanned. "
            "Run character recognition over it first (for example ocrmypdf -l chi_sim)"
        )
    written, starts, boxes = Written(), [], []
    for page in pages:
        goes_on = bool(page) and _goes_on(page[0][1])
        starts.append(written.size - goes_on)
        for box, line in page:
            boxes.append((written.size - _goes_on(line), tuple(box)))
            _write(written, line)
    return Pages(written, tuple(starts), answer["left_out"], tuple(boxes))


def _goes_on(line: Any) -> bool:
    """Whether a line is the rest of the one before."""
    return isinstance(line, list) and isinstance(line[0], str)


def _write(written: Written, line: Any) -> None:
    """Write a line as pdf_pages.shown has it."""
    if isinstance(line, str):
        written.line(_LONE.sub("\ufffd", line))
    elif _goes_on(line):
        written.go_on(_LONE.sub("\ufffd", line[0]))
    else:
        table, row, cells = line
        places = (
            (_LONE.sub("\ufffd", text), Place(row, first, down, over))
            for text, first, over, down in cells
        )
        written.row(list(places), table=table)


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
        answer = {"missing": "pypdfium2"}
    except MemoryError:
        answer = {"error": f"it needs more than {limits.MEMORY:,} bytes of memory"}
    except Exception as error:  # noqa: BLE001 — a broken PDF may fail in any way; the parent says so
        answer = {"error": reason(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _extract(data: bytes, most: int) -> tuple[list[list[Any]], dict[str, int]]:
    """Of each page its lines: a text, or a row of a table with its number and its cells."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    if count > most:
        raise ValueError(f"it has {count:,} pages; the limit is {most:,}")
    left_out: Counter[str] = Counter()
    pages: list[list[Item]] = []
    for number in range(count):
        page = document[number]
        read = read_items(_chars(page), *drawn_lines(page))
        pages.append(read.items)
        left_out["notes"] += read.notes
        left_out += _beside_text(page)
        page.close()
    kept, left_out["running lines"] = without_running(pages)
    return shown(kept), {kind: count for kind, count in left_out.items() if count}


def _chars(page: Any) -> Iterator[Char]:
    """The characters of a page that its author wrote, with their boxes."""
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    half: Char | None = None  # the first half of a character of two units
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        unknown = not code or raw.FPDFText_HasUnicodeMapError(text, index) == 1
        char = Char(_UNKNOWN if unknown else chr(code), box.left, box.bottom, box.right, box.top)
        if half is not None and 0xDC00 <= code < 0xE000:
            pair = (half.text + chr(code)).encode("utf-16", "surrogatepass")
            char, half = half._replace(text=pair.decode("utf-16", "replace")), None
        if half is not None:
            yield half._replace(text=_UNKNOWN)
        half = char if 0xD800 <= code < 0xDC00 else None
        if half is None:
            yield char
    if half is not None:
        yield half._replace(text=_UNKNOWN)
    text.close()


def _beside_text(page: Any) -> Counter[str]:
    """Pictures, notes and form fields of a page, one each: they are no part of its text layer."""
    from pypdfium2 import raw

    left_out: Counter[str] = Counter()
    left_out["pictures"] += sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    texts = [*page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    bounds = (text.get_bounds() for text in texts)  # a font that is not there has no widths
    left_out["text without width"] += sum(right - left < _HAIR for left, _, right, _ in bounds)
    unseen = raw.FPDF_TEXTRENDERMODE_INVISIBLE  # what character recognition lays over a picture
    is_unseen = any(raw.FPDFTextObj_GetTextRenderMode(text.raw) == unseen for text in texts)
    left_out["scans"] += bool(left_out["pictures"]) and is_unseen
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        left_out["form fields"] += kind == raw.FPDF_ANNOT_WIDGET
        silent = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
        left_out["annotations"] += kind not in silent
        raw.FPDFPage_CloseAnnot(note)
    return left_out


def _bound() -> None:
    """Memory and processor time that this process may use, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
