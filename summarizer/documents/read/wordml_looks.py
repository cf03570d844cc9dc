"""How runs, paragraphs and tables of a DOCX look, as far as it decides what is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarizer.documents.tables import Place

WIDEST = 1_000  # columns that a cell may cover
_OFF = frozenset(("0", "false", "off", "none"))


@dataclass(slots=True)
class Look:
    """How a run or a paragraph looks; `hidden` is the kind that leaves it out, or ""."""

    hidden: str = ""
    color: str = ""
    size: int = 99
    is_shaded: bool = False
    vanish: bool | None = None
    place: str = ""
    styled: bool = False


@dataclass(slots=True)
class Table:
    """A table while it is read: where its next cell stands, and what its letters stand on."""

    number: int = 0
    is_styled: bool = False
    is_shaded: bool = False
    row: int = 0
    column: int = 0
    places: list[Place] = field(default_factory=list)

    def skip(self, columns: str) -> None:
        """The row begins so many columns from the left."""
        self.column += min(WIDEST, int(columns)) if columns.isdecimal() else 0

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
class State:
    runs: list[Look] = field(default_factory=list)
    paragraphs: list[Look] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    on_color: bool = False


def value(attributes: dict[str, str], name: str = "val") -> str:
    """An attribute of Word's own, whatever prefix its name has."""
    return next((value for key, value in attributes.items() if key.endswith(f" {name}")), "")


def is_on(attributes: dict[str, str]) -> bool:
    return value(attributes) not in _OFF


def is_color(fill: str) -> bool:
    return fill.upper() not in ("", "AUTO", "FFFFFF")
