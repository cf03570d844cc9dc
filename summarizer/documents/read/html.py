"""HTML → text: what a reader of the page would see of its main part, a line a block.

Dropped with all they hold: scripts, what is hidden, and the parts a page names as its own (nav,
footer, menus, comments), unless the report's prose is inside. Dropped too are blocks that are
nothing but links. What is left of the page's surroundings `summarizer.documents.clean` sets aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.documents.read import limits
from summarizer.documents.read.cell_lines import PART, one_line
from summarizer.documents.read.encoding import Decoded, decode
from summarizer.documents.read.html_marks import write_marks
from summarizer.documents.read.html_parts import NEVER, dropped_parts
from summarizer.documents.read.html_tables import CELLS, Seat, seats
from summarizer.documents.read.limits import Limits
from summarizer.documents.tables import Written
from summarizer.errors import ConfigError, EmptyDocument, UnreadableDocument

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_NESTING = re.compile(
    r"<(/?)(?:div|span|table|ul|ol|dl|section|article|main|font|b|i|em|strong|u|center|blockquote)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    """
    address article blockquote body br caption center dd details dir div dl dt fieldset
    figcaption figure form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre
    section summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 — one glance
)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "title"))
_BROKEN = re.compile(
    "(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_NO_TEXT = re.compile(  # what follows the first </html> is of the page, too
    r"^\s*<\?xml[^>]{0,200}\?>|[\x00\x1e\x1f]|</(?:html|body)\s{0,9}>", re.IGNORECASE
)
_SPACE = re.compile("[ \t\r\n\f]+")
_TITLE_ENDS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]{2,}")

_WRITTEN = re.compile(
    r"""<[a-z-]{1,20}\s[^>]{0,200}?id\s*=\s*["']?(?:app|root|__next|__nuxt|main-app)["'\s>]""",
    re.IGNORECASE,
)  # where the programs that write pages put what they write
LEAST = 60  # characters without which such a page has no text yet
_CELL_MARK = "\x1f"  # stands before a cell's text, where no page has it
LINKED = 0.8  # share of a block's characters in links that makes it a menu
LONGEST_LINK = 60  # characters of a block of links; longer ones may be the report's


def decode_html(data: bytes, encoding: str | None, told: str | None = None) -> Decoded:
    """A page's source; its own word for its charset is a hint, else the one `told` with it."""
    found = _CHARSET.search(data[:8192])
    hint = found[1].decode("ascii", "replace") if found else told
    return decode(data, encoding=encoding, hint=hint)


def html_text(source: str, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    """The main text of a page; a table gives a line a row, with tabs between its cells.

    With it goes what was left out, characters by kind. Raises UnreadableDocument for a page nested
    too deep or with too many cells, EmptyDocument for one without text, ConfigError if lxml is
    missing.
    """
    _check_depth(source, name)
    count = sum(1 for _ in _CELL.finditer(source))
    limits.check(count, most.cells, name=name, what="table cells")
    left_out = Counter({"comments": _commented(source)})
    root = _parse(source, name)
    kept: list[tuple[list[str], list[Seat]]] = []
    seated = seats(root, name, most)
    for block in _blocks(root, dropped_parts(root), seated, left_out):
        cells, is_menu = _line(block)
        if is_menu:
            left_out["links"] += len("\t".join(cells).strip())
        elif any(cells):
            kept.append((cells, block.seats))
    shown = sum(len(cell) for cells, _ in kept for cell in cells)
    if shown < LEAST and left_out["code"] and _WRITTEN.search(source):
        raise UnreadableDocument(
            f"{name} is a page whose text a script would write; save it from a browser, or as .pdf"
        )
    if not kept and not _title(root):
        raise EmptyDocument(f"{name} is a page without text of its own")
    return _written(kept, _title(root)), {kind: n for kind, n in left_out.items() if n}


def _title(root: Any) -> str:
    """The page's own title, without the names of its site."""
    return _TITLE_ENDS.split(" ".join((root.findtext(".//title") or "").split()))[0]


def _written(kept: Sequence[tuple[list[str], list[Seat]]], title: str) -> Written:
    """The lines of a page, its title first where none of them has it."""
    lines = ("\t".join(cells).strip() for cells, _ in kept)
    written = Written()
    if title and not any(title in line or title.startswith(line) for line in lines):
        written.line(title)
    for cells, seats_of in kept:
        if len(seats_of) == len(cells):
            places = (seat.place for seat in seats_of)
            written.row(list(zip(cells, places, strict=True)), table=seats_of[0].table)
        else:
            written.line("\t".join(cells).strip())
    return written


def _commented(source: str) -> int:
    """Characters in comments."""
    total = at = 0
    while (start := source.find("<!--", at)) >= 0:
        end = source.find("-->", start)
        at = len(source) if end < 0 else end
        total += at - start - len("<!--")
    return total


def _check_depth(source: str, name: str) -> None:
    depth = deepest = 0
    for match in _NESTING.finditer(source):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    limits.check(deepest, limits.DEPTH, name=name, what="levels of HTML")


def _parse(source: str, name: str) -> Any:
    try:
        from lxml import etree
    except ImportError as error:
        raise ConfigError(
            f"{name} is HTML, which needs lxml: pip install 'report-summarizer[html]'"
        ) from error
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    text = _NO_TEXT.sub("", source)
    try:
        root = etree.fromstring(text, parser)
    except (etree.ParseError, ValueError):
        root = None
    if root is None:
        raise EmptyDocument(f"{name} is a page without text of its own")
    write_marks(root)
    return root


class _Block:
    """The text between two breaks, and how much of it is links."""

    __slots__ = ("heading", "linked", "parts", "seats")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.seats: list[Seat] = []
        self.linked = 0
        self.heading = False

    def add(self, text: str, *, link: bool) -> None:
        self.parts.append(text)
        if link:
            self.linked += len(text.strip())


def _blocks(
    root: Any, dropped: Mapping[Any, str], seated: Mapping[Any, Seat], left_out: Counter[str]
) -> Iterator[_Block]:
    """The page's blocks in order; what is left out between them is counted."""
    from lxml import etree

    block = _Block()
    links = cells = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        start = event == "start"
        skipped = tag in NEVER or element in dropped
        is_cell = element in seated
        if (tag in _BLOCKS and not cells) or (tag in CELLS and not is_cell):
            yield block
            block = _Block()
        if start and skipped:
            left_out[dropped.get(element) or NEVER[tag]] += _size(element)
            walk.skip_subtree()
        elif start:
            left_out["pictures"] += tag == "img"
            links += tag == "a"
            cells += is_cell
            block.heading |= tag in _HEADINGS
            if is_cell:
                block.seats.append(seated[element])
            mark = _CELL_MARK if is_cell else PART if cells and tag in _BLOCKS else ""
            block.add(mark + (element.text or ""), link=links > 0)
        else:
            if not skipped:
                links -= tag == "a"
                cells -= is_cell
            block.add(
                (PART if cells and tag in _BLOCKS else "") + (element.tail or ""), link=links > 0
            )
    yield block


def _size(element: Any) -> int:
    """How much an element holds: characters of text and of a field's value; a frame counts one."""
    held = "".join(element.itertext()) + (element.get("value") or "")
    return len("".join(held.split())) or element.tag in ("iframe", "svg")


def _line(block: _Block) -> tuple[list[str], bool]:
    """A block's text on one line, cell by cell, and whether it is but links."""
    said = "".join(block.parts)
    if block.seats:
        first, *cells = (one_line(_BROKEN.sub("", c)) for c in said.split(_CELL_MARK))
        cells[0] = f"{first} {cells[0]}".strip()
    else:
        cells = [
            _SPACE.sub(" ", _BROKEN.sub("", part)).strip() for part in said.strip().split("\t")
        ]
    line = "\t".join(cells).strip()
    is_menu = LINKED * len(line.replace(" ", "")) < block.linked and not block.heading
    return cells, is_menu and len(line) < LONGEST_LINK and not line.endswith("。")
