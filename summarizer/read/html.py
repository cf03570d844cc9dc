"""HTML → text: what a reader of the page would see of its main part, a line a block.

Dropped with all they hold: scripts, what is hidden, and the parts a page names as its own (nav,
footer, menus, comments), unless the report's prose is inside. Dropped too are blocks that are
nothing but links. What is left of the page's surroundings is for `summarizer.clean` to set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from summarizer.errors import ConfigError, EmptyDocument
from summarizer.read import limits
from summarizer.read.encoding import Decoded, decode

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_NESTING = re.compile(
    r"<(/?)(?:div|span|table|ul|ol|dl|section|article|main|font|b|i|em|strong|u|center|blockquote)\b",
    re.IGNORECASE,
)
_NEVER = frozenset(
    """
    script style noscript template svg math head iframe object embed select option button
    input textarea canvas audio video map datalist dialog rt rp
    """.split()  # noqa: SIM905 — one glance
)
_PAGE = frozenset(("nav", "footer", "aside", "menu"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|(?:top|main)?menu|(?:bread)?crumbs?|side(?:bar)?|foot(?:er)?|bottom|"
    r"copyright|shar(?:e|ing)|bdshare\w*|social|comments?|pinglun|relat(?:ed|ion)|relevant|"
    r"recommend\w*|pagination|pager|login|tool(?:bar|s)|advert\w*|ads?|banner|popup|cookie\w*|"
    r"qrcode|ewm|hot(?:news)?|rank(?:ing)?|skip\w*|accesskey|(?:friend)?links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0*)?"
    r"(?:px|pt|r?em|%)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{4}",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    """
    address article blockquote body br caption center dd details dir div dl dt fieldset
    figcaption figure form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre
    section summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 — one glance
)
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "title"))
_SENTENCE = re.compile("[，。；！？,;!?]")
_BROKEN = re.compile(
    "(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_SPACE = re.compile("[ \t\r\n\f]+")
_TITLE_ENDS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]{2,}")

LINKED = 0.8  # share of a block's characters in links that makes it a menu
LONGEST_LINK = 60  # characters of a block of links; longer ones may be the report's
OWN = 0.3  # share of a page's prose that no part to be dropped may hold


def decode_html(data: bytes, encoding: str | None) -> Decoded:
    """A page's source; its own word for its charset is a hint."""
    found = _CHARSET.search(data[:8192])
    hint = found[1].decode("ascii", "replace") if found else None
    return decode(data, encoding=encoding, hint=hint)


def html_text(source: str, name: str) -> str:
    """The main text of a page; a table gives a line a row, with tabs between its cells.

    Raises UnreadableDocument for a page nested too deep, EmptyDocument for one without text,
    ConfigError if lxml is missing.
    """
    _check_depth(source, name)
    root = _parse(source, name)
    lines = [line for line in map(_line, _blocks(root, _dropped(root))) if line]
    title = _TITLE_ENDS.split(" ".join((root.findtext(".//title") or "").split()))[0]
    if title and not any(title in line or title.startswith(line) for line in lines):
        lines.insert(0, title)
    if not lines:
        raise EmptyDocument(f"{name} is a page without text of its own")
    return "\n".join(lines) + "\n"


def _check_depth(source: str, name: str) -> None:
    depth = deepest = 0
    for match in _NESTING.finditer(source):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    limits.check(deepest, limits.DEPTH, name=name, what="levels of HTML")


def _parse(source: str, name: str) -> Any:
    try:
        from lxml import etree, html
    except ImportError as error:
        raise ConfigError(
            f"{name} is HTML, which needs lxml: pip install 'report-summarizer[html]'"
        ) from error
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>|\x00", "", source)
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise EmptyDocument(f"{name} is a page without text of its own") from error


def _dropped(root: Any) -> set[Any]:
    """The elements that are hidden or the page's own, as long as most prose is elsewhere."""
    from lxml import etree

    prose = [0]
    suspects = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            prose.append(_sentences(element.text) if element.tag not in _NEVER else 0)
        else:
            within = prose.pop()
            prose[-1] += within + _sentences(element.tail)
            if element.tag not in _NEVER and _is_suspect(element):
                suspects.append((element, within))
    return {element for element, within in suspects if not OWN * prose[0] < within}


def _is_suspect(element: Any) -> bool:
    if element.tag in _PAGE or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if element.tag in ("html", "body"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _NAMED.search(named) is not None


def _sentences(text: str | None) -> int:
    return len(_SENTENCE.findall(text)) if text else 0


class _Block:
    """The text between two breaks, and how much of it is links."""

    __slots__ = ("heading", "linked", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.heading = False

    def add(self, text: str, *, link: bool) -> None:
        self.parts.append(text)
        self.linked += link * len(text.strip())


def _blocks(root: Any, dropped: set[Any]) -> Iterator[_Block]:
    """The page's blocks in order."""
    from lxml import etree

    block = _Block()
    links = cells = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        start = event == "start"
        skipped = start and (tag in _NEVER or element in dropped)
        is_cell = tag in _CELLS and _is_data(element)
        if (tag in _BLOCKS and not cells) or (tag in _CELLS and not is_cell):
            yield block
            block = _Block()
        if skipped:
            walk.skip_subtree()
        elif start and tag not in _NEVER:
            links += tag == "a"
            cells += is_cell
            block.heading |= tag in _HEADINGS
            block.add(("\t" if is_cell else "") + (element.text or ""), link=links > 0)
        if not start:
            if tag not in _NEVER and element not in dropped:
                links -= tag == "a"
                cells -= is_cell
            block.add(
                (" " if cells and tag in _BLOCKS else "") + (element.tail or ""), link=links > 0
            )
    yield block


def _is_data(cell: Any) -> bool:
    """Whether a cell belongs to a table of data; old pages lay themselves out with tables too."""
    if cell.find(".//table") is not None:
        return False
    return len(cell.findall(".//p")) < 2 and len(cell.findall(".//br")) < 3


def _line(block: _Block) -> str:
    """A block's text on one line; nothing if it is but links."""
    cells = "".join(block.parts).strip().split("\t")
    line = "\t".join(_SPACE.sub(" ", _BROKEN.sub("", cell)).strip() for cell in cells).strip()
    is_menu = LINKED * len(line.replace(" ", "")) < block.linked and not block.heading
    return "" if is_menu and len(line) < LONGEST_LINK and not line.endswith("。") else line
