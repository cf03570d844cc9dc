"""Text boxes of a DOCX: what they hold waits until the paragraph that they hang on has ended."""

from __future__ import annotations

from summarizer.documents.read.wordml_looks import State, Table
from summarizer.documents.tables import Place

Block = str | list[tuple[str, Place]]
Held = tuple[State, list[str], int]


class Boxes:
    """The paragraphs that are open around text boxes, and what the boxes held."""

    def __init__(self) -> None:
        self._open: list[Held] = []
        self._kept: list[tuple[Block, Table]] = []

    @property
    def is_open(self) -> bool:
        """Whether a box is open."""
        return bool(self._open)

    def enter(self, held: Held) -> Held:
        """A box begins: its lines, tables and looks are its own."""
        self._open.append(held)
        return State(on_color=held[0].on_color), [], 0

    def leave(self, line: list[str]) -> Held:
        """A box ends: what was open around it goes on."""
        if line:
            self.keep("".join(line), Table())
        return self._open.pop() if self._open else (State(), [], 0)

    def keep(self, block: Block, table: Table) -> None:
        """A line or a row inside a box."""
        self._kept.append((block, table))

    def taken(self) -> list[tuple[Block, Table]]:
        """What boxes held, once."""
        kept, self._kept = self._kept, []
        return kept
