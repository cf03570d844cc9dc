"""The XML inside a DOCX: takes the events of a parser, keeps the lines of text. No tree is built.

What a reader of the document does not see is left out and counted: deleted text, text that moved
away, and text hidden by a property or a style, by white on nothing or a size of a hair.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.tables import Place, Written
from summarizer.errors import UnreadableDocument

TINY = 4  # half points up to which letters are not there to be read
WIDEST = 1_000  # columns that a cell may cover
DEEPEST = 2_000  # elements within each other; Word writes some dozens
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset(("0", "false", "off", "none"))
_GONE = {"del": "deleted", "moveFrom": "moved", "Fallback": ""}  # the last says again what stands
_PAST = frozenset(("rPrChange", "pPrChange", "tcPrChange", "tblPrChange", "sectPrChange"))
_NOT_TEXT = {"instrText": "field codes", "delText": "deleted", "delInstrText": "deleted"}
_COUNTED = {"sym": "symbols", "altChunk": "embedded", "object": "embedded", "numPr": "list numbers"}


class _Events:
    """What all readers of a part do: know the path, refuse what no word processor writes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []

    def _enter(self, tag: str) -> str:
        kind = tag.rpartition(" ")[2]
        self._path.append(kind)
        limits.check(len(self._path), DEEPEST, name=self._name, what="levels of XML")
        return kind

    def _leave(self) -> str:
        return self._path.pop()

    def doctype(self, *_: object) -> None:
        raise UnreadableDocument(f"{self._name} declares XML entities; no word processor does that")


class Counting(_Events):
    """Counts the characters of a part that is left out."""

    characters = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._enter(tag)

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == "t":
            self.characters += len(data)

    def end(self, _tag: str) -> None:
        self._leave()


class Styles(_Events):
    """The ids of styles that hide what they are on, by themselves or by what they are based on."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._style = ""
        self._based: dict[str, str] = {}
        self._hides: dict[str, bool] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "style":
            self._style = _value(attributes, "styleId")
        elif kind == "basedOn":
            self._based[self._style] = _value(attributes)
        elif kind == "vanish" and self._path[-2:-1] == ["rPr"] and not _PAST & {*self._path}:
            self._hides[self._style] = _is_on(attributes)

    def text(self, data: str) -> None:
        """Nothing in a list of styles is a document's text."""

    def end(self, _tag: str) -> None:
        self._leave()

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(style for style in {*self._based, *self._hides} if self._is_hidden(style))

    def _is_hidden(self, style: str) -> bool:
        seen: set[str] = set()
        while style and style not in seen and style not in self._hides:
            seen.add(style)
            style = self._based.get(style, "")
        return self._hides.get(style, False)


@dataclass(slots=True)
class _Look:
    """How a run or a paragraph looks; `hidden` is the kind that leaves it out, or ""."""

    hidden: str = ""
    color: str = ""
    size: int = 99
    is_shaded: bool = False
    vanish: bool | None = None
    styled: bool = False


@dataclass(slots=True)
class _Table:
    """A table while it is read: where its next cell stands, and what its letters stand on."""

    is_styled: bool = False
    is_shaded: bool = False
    row: int = 0
    column: int = 0
    places: list[Place] = field(default_factory=list)

    def widen(self, columns: str) -> None:
        """The cell that was begun covers so many columns."""
        wider = min(WIDEST, max(1, int(columns))) if columns.isdecimal() else 1
        self.places[-1] = self.places[-1]._replace(columns=wider)

    def leave_cell(self) -> None:
        """The next cell stands behind this one."""
        self.column += self.places[-1].columns

    def leave_row(self) -> list[Place]:
        """The places of the row's cells; the next row begins."""
        self.row, self.column = self.row + 1, 0
        places, self.places = self.places, []
        return places


@dataclass(slots=True)
class _State:
    runs: list[_Look] = field(default_factory=list)
    paragraphs: list[_Look] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    on_color: bool = False


class Reader(_Events):
    """The lines of the main part."""

    def __init__(
        self, name: str, most: Limits, hidden_styles: frozenset[str], left_out: Counter[str]
    ) -> None:
        super().__init__(name)
        self.written = Written()
        self._most = most
        self._hidden_styles = hidden_styles
        self._left_out = left_out
        self._line: list[str] = []
        self._cells = self._cells_seen = 0
        self._gone: list[str] = []
        self._past = 0
        self._state = _State()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        state = self._state
        if kind in _PAST:
            self._past += 1
        elif kind in _GONE:
            self._gone.append(_GONE[kind])
        elif kind == "r":
            state.runs.append(_Look())
        elif kind == "p":
            state.paragraphs.append(_Look())
        elif kind == "tbl":
            state.tables.append(_Table())
        elif kind == "tc":
            self._cells += 1
            self._cells_seen += 1
            limits.check(self._cells_seen, self._most.cells, name=self._name, what="table cells")
            self._shade(is_shaded=False)
            if state.tables:
                state.tables[-1].places.append(Place(state.tables[-1].row, state.tables[-1].column))
        elif kind == "background":
            state.on_color = True
        elif not self._past:
            self._property(kind, attributes)

    def _shade(self, *, is_shaded: bool) -> None:
        if self._state.tables:
            self._state.tables[-1].is_shaded = is_shaded

    def _property(self, kind: str, attributes: dict[str, str]) -> None:
        if kind in _COUNTED:
            self._left_out[_COUNTED[kind]] += 1
        within = self._path[-2:-1]
        if within == ["rPr"] and self._path[-3:-2] == ["r"] and self._state.runs:
            self._look(self._state.runs[-1], kind, attributes)
        elif within == ["pPr"] and self._state.paragraphs:
            look = self._state.paragraphs[-1]
            look.is_shaded |= kind == "shd" and _is_color(_value(attributes, "fill"))
            look.styled |= kind == "pStyle" and _value(attributes) in self._hidden_styles
        elif within == ["tblPr"] and kind in ("tblStyle", "shd") and self._state.tables:
            self._state.tables[-1].is_styled = True
        elif within == ["tcPr"] and kind == "shd":
            self._shade(is_shaded=_is_color(_value(attributes, "fill")))
        elif within == ["tcPr"] and self._state.tables and self._state.tables[-1].places:
            table = self._state.tables[-1]
            if kind == "gridSpan":
                table.widen(_value(attributes))
            elif kind == "vMerge" and _value(attributes) != "restart":
                table.places[-1] = table.places[-1]._replace(rows=0)

    def _look(self, look: _Look, kind: str, attributes: dict[str, str]) -> None:
        if kind == "vanish":
            look.vanish = _is_on(attributes)
        elif kind == "rStyle":
            look.styled = _value(attributes) in self._hidden_styles
        elif kind == "color":
            look.color = _value(attributes).upper()
        elif kind == "sz" and _value(attributes).isdecimal():
            look.size = int(_value(attributes)[:6])
        elif kind == "highlight" or (kind == "shd" and _is_color(_value(attributes, "fill"))):
            look.is_shaded = True

    def _hidden(self) -> str:
        """The kind of what hides the text at this place, or ""."""
        if self._gone:
            return self._gone[-1]
        state = self._state
        run = state.runs[-1] if state.runs else _Look()
        paragraph = state.paragraphs[-1] if state.paragraphs else _Look()
        styled = run.styled or paragraph.styled
        if run.vanish if run.vanish is not None else styled:
            return "hidden"
        if run.size <= TINY:
            return "tiny"
        table = state.tables[-1] if state.tables else _Table()
        shaded = run.is_shaded or paragraph.is_shaded or table.is_styled or table.is_shaded
        return "white" if run.color == "FFFFFF" and not shaded and not state.on_color else ""

    def text(self, data: str) -> None:
        kind = self._path[-1] if self._path else ""
        if kind in _NOT_TEXT:
            self._left_out[_NOT_TEXT[kind]] += len(data)
        elif kind == "t":
            hidden = self._hidden()
            if not hidden and not self._gone:
                self._line.append(data.replace("\t", " "))
            elif hidden:
                self._left_out[hidden] += len(data)

    def end(self, _tag: str) -> None:
        kind = self._leave()
        state = self._state
        if kind in _PAST:
            self._past -= 1
        elif kind in _GONE and self._gone:
            self._gone.pop()
        elif kind == "r" and state.runs:
            state.runs.pop()
        elif kind == "tbl" and state.tables:
            state.tables.pop()
        elif kind in _SIGNS and not self._gone and "pPr" not in self._path:
            self._line.append(" " if self._cells else _SIGNS[kind])
        elif kind == "tc":
            self._cells -= 1
            self._line.append("\t")
            if state.tables and state.tables[-1].places:
                state.tables[-1].leave_cell()
        self._end_block(kind)

    def _end_block(self, kind: str) -> None:
        state = self._state
        if kind == "p" and state.paragraphs:
            state.paragraphs.pop()
        if kind == "p" and self._cells and self._line and self._line[-1] != "\t":
            self._line.append(" ")  # two paragraphs of a cell are two words
        elif kind == "tr":
            table = state.tables[-1] if state.tables else _Table()
            self._end_line(table, table.leave_row())
        elif kind == "p" and not self._cells:
            self._end_line(_Table(), [])

    def _end_line(self, table: _Table, places: list[Place]) -> None:
        cells = ["".join(self._line)] if not places else "".join(self._line).split("\t")[:-1]
        self._line = []
        if places and len(cells) == len(places) and len(self._state.tables) == 1:
            texts = (cell.strip(" ") for cell in cells)
            self.written.row(list(zip(texts, places, strict=True)), table=id(table))
        else:
            self.written.line(
                "\t".join(cell.strip(" ") if places else cell for cell in cells).rstrip("\t")
            )
        size = self.written.size
        limits.check(size, self._most.characters, name=self._name, what="characters of text")


def _value(attributes: dict[str, str], name: str = "val") -> str:
    """An attribute of Word's own, whatever prefix its name has."""
    return next((value for key, value in attributes.items() if key.endswith(f" {name}")), "")


def _is_on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in _OFF


def _is_color(fill: str) -> bool:
    return fill.upper() not in ("", "AUTO", "FFFFFF")
