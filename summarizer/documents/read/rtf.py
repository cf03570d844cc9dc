"""RTF → text: paragraphs and tables in order, as a reader would see them.

Words of control and groups; of the hundreds of words, those are known that say what a character
is, what is hidden, and where a paragraph, a cell or a row ends. All others are passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from summarizer.documents.read import limits
from summarizer.documents.read.cell_lines import PART, one_line
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.raised import lowered, raised
from summarizer.documents.read.row_edges import FROM_ABOVE, ON_LEFT, Row, write_rows
from summarizer.documents.tables import Written
from summarizer.errors import EmptyDocument

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?\x20?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)|\\"
)
_DEEPEST = 1_000  # groups within each other
_CODECS = {
    *((n, f"cp{n}") for n in (1250, 1251, 1252, 1253, 1254, 932, 949)),
    (936, "gb18030"),
    (950, "big5hkscs"),
    (65001, "utf-8"),
}
_CODEPAGES = dict(_CODECS)
_CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 0: "cp1252"}
_ASIDE = {
    **dict.fromkeys(("colortbl", "stylesheet", "info", "listtable", "themedata", "xmlnstbl"), ""),
    **dict.fromkeys(("pict", "nonshppict"), "pictures"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "headers"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footers"),
    **dict.fromkeys(("object", "objdata"), "embedded"),
    "footnote": "footnotes",
    "annotation": "comments",
    "fldinst": "field codes",
    "datafield": "field codes",
}
_WHOLE = ("pictures", "embedded")  # counted one each, not by their characters
_SIGNS = {
    "tab": " ", "line": "\n", "page": "\n", "sect": "\n", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": " ", "enspace": " ",
}  # fmt: skip
_ESCAPED = {"\\": "\\", "{": "{", "}": "}", "~": " ", "_": "-", "\n": "\n", "\r": "\n"}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until a group ends. `aside` is the kind of what is no text here."""

    aside: str | None = None
    hidden: str = ""
    place: str = ""
    fallback: int = 1
    codec: str = ""
    font: int = -1
    in_fonts: bool = False


@dataclass(slots=True)
class _Table:
    """The rows that were read, and what the next one's properties say."""

    rows: list[Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    how: str = ""
    left: int = 0
    is_in: bool = False


def rtf_text(data: bytes, name: str, most: Limits) -> tuple[Written, dict[str, int]]:
    r"""The text of an RTF, and what was left out, by kind.

    >>> data = rb"{\rtf1\ansicpg936 \'cd\'b6\'c8\'eb500\u20313?\v 9\v0\'d4\'aa\par}"
    >>> rtf_text(data, "a.rtf", Limits())[0].text
    '投入500余元\n'

    Raises UnreadableDocument, EmptyDocument.
    """
    reader = _Reader(name, most)
    reader.read(data)
    if not any(line.strip() for line in reader.written.lines):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return reader.written, {kind: n for kind, n in reader.left_out.items() if n and kind}


class _Reader:
    """The lines of an RTF."""

    def __init__(self, name: str, most: Limits) -> None:
        self._name, self._most = name, most
        self.written = Written()
        self.left_out: Counter[str] = Counter()
        self._state = _State()
        self._stack: list[_State] = []
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._line: list[str] = []
        self._table = _Table()
        self._tables = self._cells = self._skip = 0
        self._starred = False

    def read(self, data: bytes) -> None:
        """Write all lines."""
        at = 0
        while match := _TOKEN.match(data, at):
            at = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if brace:
                self._group(is_start=brace == b"{")
            elif word:
                value = int(number) if number else None
                if word == b"bin":
                    at += max(0, value or 0)
                self._word(word.decode("ascii"), value)
            elif code:
                self._take(bytes.fromhex(code.decode("ascii")))
            elif sign == b"*":
                self._starred = True
            elif sign:
                self._say(_ESCAPED.get(sign.decode("latin-1"), ""))
            elif plain:
                self._take(plain)
        self._flush()
        self._end_table()
        if self._line:
            self._table.is_in = False
            self._end_paragraph()

    def _group(self, *, is_start: bool) -> None:
        self._flush()
        if is_start:
            self._stack.append(self._state)
            limits.check(len(self._stack), _DEEPEST, name=self._name, what="levels of RTF")
        elif self._stack:
            self._state = self._stack.pop()
        self._starred, self._skip = False, 0

    def _word(self, word: str, value: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "u" and value is not None:
            self._flush()
            self._say(chr(value % 0x10000))
            self._skip = self._state.fallback
            return
        self._flush()
        self._skip = 0
        if word in _ASIDE or (starred and word not in ("shpinst", "shptxt")):
            kind = _ASIDE.get(word, "")
            self._state = replace(self._state, aside=self._state.aside or kind)
            self.left_out[kind] += kind in _WHOLE
        elif word == "fonttbl":
            self._state = replace(self._state, aside="", in_fonts=True)
        elif self._state.aside is None:
            if not self._character(word, value):
                self._block(word, value)
        elif self._state.in_fonts:
            self._font(word, value)

    def _font(self, word: str, value: int | None) -> None:
        if word == "f" and value is not None:
            self._state = replace(self._state, font=value)
        elif word == "fcharset" and value in _CHARSETS:
            self._fonts[self._state.font] = _CHARSETS[value]

    def _character(self, word: str, value: int | None) -> bool:
        """Whether a word was one of characters."""
        is_on = value != 0
        if word in _SIGNS:
            self._say(PART if self._table.is_in and word in ("line", "page") else _SIGNS[word])
        elif word in ("v", "deleted"):
            kind = "hidden" if word == "v" else "deleted"
            self._state = replace(self._state, hidden=kind if is_on else "")
        elif word in ("super", "sub", "nosupersub"):
            place = "" if word == "nosupersub" or not is_on else word
            self._state = replace(self._state, place=place)
        elif word == "plain":
            self._state = replace(self._state, hidden="", place="", codec="")
        elif word == "f":
            self._state = replace(self._state, codec=self._fonts.get(value or 0, ""))
        elif word == "uc":
            self._state = replace(self._state, fallback=max(0, min(value or 0, 9)))
        elif word == "ansicpg":
            self._codec = _CODEPAGES.get(value or 0, self._codec)
        else:
            return False
        return True

    def _block(self, word: str, value: int | None) -> None:
        table = self._table
        if word == "par":
            self._end_paragraph()
        elif word == "pard":
            table.is_in = False
        elif word == "intbl":
            table.is_in = True
        elif word == "trowd":
            table.edges, table.merged, table.how, table.left = [], [], "", 0
        elif word == "trleft":
            table.left = value or 0
        elif word in ("clvmrg", "clmrg"):
            table.how = FROM_ABOVE if word == "clvmrg" else ON_LEFT
        elif word == "cellx":
            table.edges.append(value or 0)
            table.merged.append(table.how)
            table.how = ""
        elif word in ("cell", "nestcell"):
            self._end_cell(is_nested=word == "nestcell")
        elif word == "row":
            texts = [one_line(cell) for cell in table.cells]
            left = min(table.left, *table.edges) if table.edges else 0
            table.rows.append(Row(texts, (left, *table.edges), tuple(table.merged)))
            table.cells = []

    def _end_cell(self, *, is_nested: bool) -> None:
        self._cells += 1
        limits.check(self._cells, self._most.cells, name=self._name, what="table cells")
        if is_nested:
            self._line.append(" ")
        else:
            self._table.cells.append(_whole(self._line))
            self._line = []

    def _take(self, data: bytes) -> None:
        """Bytes of text, but for those that stand for a character which was told."""
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._say(data.decode(self._state.codec or self._codec, "replace"))

    def _say(self, text: str) -> None:
        self._flush()
        state = self._state
        if state.aside is not None or state.hidden:
            kind = state.aside or state.hidden
            self.left_out[kind] += len(text) * (kind not in _WHOLE)
        elif state.place:
            before = "".join(self._line[-4:])
            self._line.append((raised if state.place == "super" else lowered)(text, before))
        else:
            self._line.append(text)

    def _end_paragraph(self) -> None:
        self._flush()
        if self._table.is_in or self._table.cells:
            self._line.append(PART)  # a cell of several paragraphs
            return
        self._end_table()
        for line in _whole(self._line).replace(PART, " ").split("\n"):
            self.written.line(line)
        self._line = []
        limits.check(
            self.written.size, self._most.characters, name=self._name, what="characters of text"
        )

    def _end_table(self) -> None:
        if self._table.rows:
            write_rows(self.written, self._table.rows, self._tables)
            self._table.rows, self._tables = [], self._tables + 1


def _whole(parts: list[str]) -> str:
    """The text of parts; characters that came in two halves are joined."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
