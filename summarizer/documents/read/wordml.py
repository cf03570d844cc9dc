"""The XML inside a DOCX: takes the events of a parser, keeps the lines of text. No tree is built.

What a reader of the document does not see is left out and counted: deleted text, text that moved
away, and text hidden by a property or a style, by white on nothing or a size of a hair. A text box
stands behind the paragraph that it hangs on.
"""

from __future__ import annotations

from collections import Counter

from summarizer.documents.read import limits
from summarizer.documents.read.cell_lines import PART, one_line
from summarizer.documents.read.formulas import OfficeMath
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.package import Events
from summarizer.documents.read.raised import lowered, raised
from summarizer.documents.read.symbols import symbol
from summarizer.documents.read.wordml_boxes import Block, Boxes
from summarizer.documents.read.wordml_looks import Look, State, Table, is_color, is_on, value
from summarizer.documents.read.wordml_parts import Styles
from summarizer.documents.tables import Place, Written

TINY = 4  # half points up to which letters are not there to be read
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_IN_CELL = {"br": PART, "cr": PART, "noBreakHyphen": "-"}
_GONE = {
    "del": "deleted",
    "moveFrom": "moved",
    "rt": "readings",
    "Fallback": "",  # says again what stands
}
_BOX = "txbxContent"
_PAST = frozenset(("rPrChange", "pPrChange", "tcPrChange", "tblPrChange", "sectPrChange"))
_NOT_TEXT = {"instrText": "field codes", "delText": "deleted", "delInstrText": "deleted"}
_COUNTED = {"altChunk": "embedded", "object": "embedded", "numPr": "list numbers"}


class Reader(Events):
    """The lines of the main part."""

    def __init__(self, name: str, most: Limits, styles: Styles, left_out: Counter[str]) -> None:
        super().__init__(name)
        self.written = Written()
        self._most = most
        self._hidden_styles, self._raised_styles = styles.hidden, styles.raised
        self._left_out = left_out
        self._line: list[str] = []
        self._cells = self._cells_seen = 0
        self._gone: list[str] = []
        self._past = self._tables = 0
        self._state = State()
        self._math = OfficeMath()
        self._boxes = Boxes()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        state = self._state
        if _is_math(tag):
            self._math.start(kind, self._line)
        elif kind in _PAST:
            self._past += 1
        elif kind in _GONE:
            self._gone.append(_GONE[kind])
        elif kind == "r":
            state.runs.append(Look())
        elif kind == "p":
            state.paragraphs.append(Look())
        elif kind == "tbl":
            self._tables += 1
            state.tables.append(Table(number=self._tables))
        elif kind == _BOX:
            self._state, self._line, self._cells = self._boxes.enter(
                (self._state, self._line, self._cells)
            )
        elif kind == "tc":
            self._cells += 1
            self._cells_seen += 1
            if self._most.cells < self._cells_seen:
                limits.check(
                    self._cells_seen, self._most.cells, name=self._name, what="table cells"
                )
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
        elif kind == "sym":
            self._say(symbol(value(attributes, "font"), value(attributes, "char")))
        within = self._path[-2] if len(self._path) > 1 else ""
        if within == "rPr" and self._path[-3:-2] == ["r"] and self._state.runs:
            self._look(self._state.runs[-1], kind, attributes)
        elif within == "pPr" and self._state.paragraphs:
            look = self._state.paragraphs[-1]
            look.is_shaded |= kind == "shd" and is_color(value(attributes, "fill"))
            look.styled |= kind == "pStyle" and value(attributes) in self._hidden_styles
        elif within == "tblPr" and kind in ("tblStyle", "shd") and self._state.tables:
            self._state.tables[-1].is_styled = True
        elif within == "trPr" and kind == "gridBefore" and self._state.tables:
            self._state.tables[-1].skip(value(attributes))
        elif within == "tcPr" and kind == "shd":
            self._shade(is_shaded=is_color(value(attributes, "fill")))
        elif within == "tcPr" and self._state.tables and self._state.tables[-1].places:
            table = self._state.tables[-1]
            if kind == "gridSpan":
                table.widen(value(attributes))
            elif kind == "vMerge" and value(attributes) != "restart":
                table.places[-1] = table.places[-1]._replace(rows=0)

    def _look(self, look: Look, kind: str, attributes: dict[str, str]) -> None:
        if kind == "vanish":
            look.vanish = is_on(attributes)
        elif kind == "rStyle":
            look.styled = value(attributes) in self._hidden_styles
            look.place = look.place or self._raised_styles.get(value(attributes), "")
        elif kind == "vertAlign":
            look.place = value(attributes)
        elif kind == "color":
            look.color = value(attributes).upper()
        elif kind == "sz" and value(attributes).isdecimal():
            look.size = int(value(attributes)[:6])
        elif kind == "highlight" or (kind == "shd" and is_color(value(attributes, "fill"))):
            look.is_shaded = True

    def _hidden(self) -> str:
        """The kind of what hides the text at this place, or ""."""
        if self._gone:
            return self._gone[-1]
        state = self._state
        run = state.runs[-1] if state.runs else Look()
        paragraph = state.paragraphs[-1] if state.paragraphs else Look()
        styled = run.styled or paragraph.styled
        if run.vanish if run.vanish is not None else styled:
            return "hidden"
        if run.size <= TINY:
            return "tiny"
        table = state.tables[-1] if state.tables else Table()
        shaded = run.is_shaded or paragraph.is_shaded or table.is_styled or table.is_shaded
        return "white" if run.color == "FFFFFF" and not shaded and not state.on_color else ""

    def text(self, data: str) -> None:
        kind = self._path[-1] if self._path else ""
        if kind in _NOT_TEXT:
            self._left_out[_NOT_TEXT[kind]] += len(data)
        elif kind == "t":
            self._say(data.replace("\t", " "))

    def _say(self, text: str) -> None:
        """Characters of a run; those raised or set low are no digits of a number before them."""
        hidden = self._hidden()
        if not text:
            self._left_out["symbols"] += not hidden and not self._gone
        elif hidden:
            self._left_out[hidden] += len(text)
        elif not self._gone:
            place = self._state.runs[-1].place if self._state.runs else ""
            before = "".join(self._line[-8:])
            if place == "superscript":
                text = raised(text, before)
            elif place == "subscript":
                text = lowered(text, before)
            self._line.append(text)

    def end(self, tag: str) -> None:
        kind = self._leave()
        state = self._state
        if _is_math(tag):
            self._math.end(kind, self._line)
        if kind in _PAST:
            self._past -= 1
        elif kind in _GONE and self._gone:
            self._gone.pop()
        elif kind == "r" and state.runs:
            state.runs.pop()
        elif kind == "tbl" and state.tables:
            state.tables.pop()
        elif kind == _BOX:
            self._state, self._line, self._cells = self._boxes.leave(self._line)
        elif kind in _SIGNS and not self._gone and "pPr" not in self._path:
            self._line.append(_IN_CELL.get(kind, " ") if self._cells else _SIGNS[kind])
        elif kind == "tc":
            self._cells -= 1
            self._line.append("\t")
            if state.tables and state.tables[-1].places:
                state.tables[-1].leave_cell()
        if kind in ("p", "tr"):
            self._end_block(kind)

    def _end_block(self, kind: str) -> None:
        state = self._state
        if kind == "p" and state.paragraphs:
            state.paragraphs.pop()
        if kind == "p" and self._cells and self._line and self._line[-1] != "\t":
            self._line.append(PART)  # two paragraphs of a cell are two words
        elif kind == "tr":
            table = state.tables[-1] if state.tables else Table()
            self._end_line(table, table.leave_row())
        elif kind == "p" and not self._cells:
            self._end_line(Table(), [])

    def _end_line(self, table: Table, places: list[Place]) -> None:
        cells = ["".join(self._line)] if not places else "".join(self._line).split("\t")[:-1]
        self._line = []
        if places and len(cells) == len(places) and len(self._state.tables) == 1:
            texts = map(one_line, cells)
            self._write(list(zip(texts, places, strict=True)), table)
        else:
            self._write(
                "\t".join(
                    one_line(cell) if places or PART in cell else cell for cell in cells
                ).rstrip("\t"),
                table,
            )
        if not self._boxes.is_open:
            for block, of in self._boxes.taken():
                self._write(block, of)
        size = self.written.size
        limits.check(size, self._most.characters, name=self._name, what="characters of text")

    def _write(self, block: Block, table: Table) -> None:
        """Write a line or a row; what is in a text box waits for the end of its paragraph."""
        if self._boxes.is_open:
            if not self._gone:  # a box that stands twice, in two ways of drawing it
                self._boxes.keep(block, table)
        elif isinstance(block, str):
            self.written.line(block)
        else:
            self.written.row(block, table=table.number)


def _is_math(tag: str) -> bool:
    return "officeDocument" in tag and tag.partition(" ")[0].endswith("/math")
