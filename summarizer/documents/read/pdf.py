"""PDF → text: its text layer, page by page; where asked for, pictures of pages by recognition.

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
from summarizer.documents.read.pdf_pages import Item, Read, read_items, shown, without_running
from summarizer.documents.read.pdf_pictures import (
    THREADS,
    Recognised,
    Recogniser,
    beside,
    is_picture,
)
from summarizer.documents.read.pdf_turns import Turn, quarters, turn_of
from summarizer.documents.tables import Place, Written
from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument
from summarizer.types import Box

_OBJECT = re.compile(rb"\d\s+obj\b")
_HAIR = 0.01  # points
TINY = 2.0  # points of a character that is too small to be seen
_UNKNOWN = "\ufffd"
_LONE = re.compile("[\ud800-\udfff]")  # what a broken map makes of half of a character
_MISSING = {"pdf": "is PDF, which needs pypdfium2", "ocr": "was scanned, and --ocr needs RapidOCR"}
"""What is missing without an extra."""
_PACKAGE_PARENT = str(Path(__file__).parents[3])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from summarizer.documents.read.pdf import child; child()"
)


class Pages(NamedTuple):
    """The text of all pages, where each page starts in it, and what was left out, by kind.

    `boxes` say where each line begins, and where it stands on its page; `recognised` are the pages,
    from 1, whose text was recognised in a picture.
    """

    written: Written
    starts: tuple[int, ...]
    left_out: Mapping[str, int]
    boxes: tuple[tuple[int, Box], ...]
    recognised: tuple[int, ...]


def pdf_pages(data: bytes, name: str, most: Limits) -> Pages:
    """The text layer of a PDF, line by line as a reader sees it, tables as grids.

    Heads, feet and page numbers that run along, and the marks of notes, are left out and counted,
    and so are pages that are pictures, unless they are to be recognised. Raises UnreadableDocument
    for a locked, broken or oversized file, EmptyDocument for one that has pictures of text only,
    ConfigError if pypdfium2 or RapidOCR is missing.
    """
    objects = sum(1 for _ in _OBJECT.finditer(data))
    limits.check(objects, limits.OBJECTS, name=name, what="PDF objects")
    answer = _ask(data, name, most)
    if missing := answer.get("missing"):
        raise ConfigError(f"{name} {_MISSING[missing]}: pip install 'report-summarizer[{missing}]'")
    if "error" in answer:
        raise UnreadableDocument(f"{name} cannot be read as PDF: {answer['error']}")
    pages: list[list[Any]] = answer["pages"]
    if not any(pages):
        what = "nothing was recognised on them" if most.ocr else "`--ocr` recognises its text"
        raise EmptyDocument(
            f"{name} has {len(pages)} pages and no text layer: it was scanned; {what}"
        )
    written, starts, boxes = Written(), [], []
    for page in pages:
        goes_on = bool(page) and _goes_on(page[0][1])
        starts.append(written.size - goes_on)
        for box, line in page:
            boxes.append((written.size - _goes_on(line), tuple(box)))
            _write(written, line)
    recognised = tuple(answer["recognised"])
    return Pages(written, tuple(starts), answer["left_out"], tuple(boxes), recognised)


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
    seconds, memory = _bounds(ocr=most.ocr)
    told = [_PACKAGE_PARENT, str(most.pages), "ocr" if most.ocr else ""]
    try:
        done = subprocess.run(  # noqa: S603 — this interpreter, fixed code; the file goes to stdin
            [sys.executable, "-c", _CHILD, *told],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            f"{name} took longer than {seconds:,} seconds to read; the limit is that"
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"{name} needs more than {memory:,} bytes of memory to read, or is broken"
        ) from error
    return answer


def child() -> None:
    """In the other process: PDF from stdin, JSON to stdout."""
    ocr = sys.argv[3] == "ocr"
    seconds, memory = _bounds(ocr=ocr)
    _bound(seconds * (THREADS if ocr else 1), memory)
    answer: dict[str, object]
    try:
        answer = _extract(sys.stdin.buffer.read(), int(sys.argv[2]), ocr=ocr)
    except ImportError as error:
        answer = {"missing": "pdf" if str(error.name).startswith("pypdfium2") else "ocr"}
    except MemoryError:
        answer = {"error": f"it needs more than {memory:,} bytes of memory"}
    except Exception as error:  # noqa: BLE001 — a broken PDF may fail in any way; the parent says so
        answer = {"error": reason(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _extract(data: bytes, most: int, *, ocr: bool) -> dict[str, object]:
    """Of each page its lines: a text, or a row of a table with its number and its cells.

    With them what was left out, and which pages were recognised.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    if count > most:
        raise ValueError(f"it has {count:,} pages; the limit is {most:,}")
    left_out: Counter[str] = Counter()
    pages: list[list[Item]] = []
    recogniser: Recogniser | None = None
    recognised: list[int] = []
    for number in range(count):
        page = document[number]
        turn = turn_of(page)
        chars = list(_chars(page, turn, left_out))
        read: Read | None = None
        if is_picture(page, chars):
            if ocr:
                recogniser = recogniser or Recogniser()
                found = recogniser.read(page)
                left_out["unclear"] += found.unclear
                read = _with_seen(page, turn, chars, found)
                recognised += [number + 1] * (read is not None)
            left_out["unread pages"] += read is None
        read = read or read_items(chars, *drawn_lines(page, turn))
        pages.append(read.items)
        left_out["notes"] += read.notes
        left_out += _beside_text(page)
        page.close()
    kept, left_out["running lines"] = without_running(pages)
    told = {kind: count for kind, count in left_out.items() if count}
    return {"pages": shown(kept), "left_out": told, "recognised": recognised}


def _with_seen(page: Any, turn: Turn, own: list[Char], found: Recognised) -> Read | None:
    """A page with what was recognised on it; None where that is nothing but its own characters.

    Its own that lie in another way than what is recognised, such as a stamp of the file's sender
    across a turned page, are read apart and follow it.
    """
    there = turn._replace(quarters=found.quarters)
    lies_so = there == turn
    seen = beside(found.chars, own if lies_so else list(_chars(page, there, Counter())))
    if not seen:
        return None
    read = read_items([*own, *seen] if lies_so else seen, *drawn_lines(page, there))
    if lies_so:
        return read
    rest = read_items(own, (), ())
    return Read([*read.items, *rest.items], read.notes + rest.notes)


def _chars(page: Any, turn: Turn, left_out: Counter[str]) -> Iterator[Char]:
    """The characters of a page that its author wrote, with their boxes as the page is read.

    What lies across it, such as a watermark, and what nobody can see for its size is left out.
    """
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
        place = turn.box(box.left, box.bottom, box.right, box.top)
        char = Char(_UNKNOWN if unknown else chr(code), *place)
        if fault := _unseen(char, raw.FPDFText_GetCharAngle(text, index)):
            left_out[fault] += bool(char.text.strip())
            continue
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


def _unseen(char: Char, angle: float) -> str:
    """Why a character is left out, if it is: nobody reads it with the line that it stands in."""
    if char.height < TINY and char.right - char.left < TINY:
        return "tiny"
    return "slanted" if quarters(angle) < 0 else ""


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


def _bounds(*, ocr: bool) -> tuple[int, int]:
    """Seconds and bytes of memory that a file may cost."""
    if ocr:
        return limits.OCR_SECONDS, limits.OCR_MEMORY
    return limits.SECONDS, limits.MEMORY


def _bound(seconds: int, memory: int) -> None:
    """Memory and processor time that this process may use, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
