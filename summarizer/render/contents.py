"""What a batch's output holds, a line a document: for finding the one that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from summarizer.render.load import Duplicate, Failure, Stored
from summarizer.render.reader import Reader
from summarizer.render.safe import one_line
from summarizer.types import Summary

_COLUMNS = ("id", "figures", "missed", "issues", "source", "title")


@dataclass(frozen=True, slots=True)
class Row:
    """An input: its document's id, some counts as text, its name, and what there is to say."""

    id: str
    counts: tuple[str, str, str]
    source: str
    title: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.id, *self.counts, self.source, self.title)


def contents(found: Iterable[Stored], reader: Reader) -> str:
    """The list as text: a heading, a line an input in its order, and how many there are."""
    rows, kept = list[Row](), {"ok": 0, "failed": 0, "same": 0}
    for thing in found:
        rows.append(_row(thing, reader))
        kept[_kind(thing)] += 1
    head = tuple(reader.say(f"batch.{name}") for name in _COLUMNS)
    lines = _aligned([head, *(row.cells for row in rows)])
    return "\n".join([*lines, "", reader.say("batch.documents", n=len(rows), **kept)]) + "\n"


def _kind(thing: Stored) -> str:
    if isinstance(thing, Summary):
        return "ok"
    return "failed" if isinstance(thing, Failure) else "same"


def _row(thing: Stored, reader: Reader) -> Row:
    if isinstance(thing, Failure):
        why = reader.tell(one_line(f"{thing.error_type}: {thing.error_message}"))
        return Row("", ("", "", ""), one_line(thing.source), reader.say("batch.failed", why=why))
    if isinstance(thing, Duplicate):
        told = reader.say("batch.same", source=one_line(thing.same_as))
        return Row(thing.document_id, ("", "", ""), one_line(thing.source), told)
    loud = sum(issue.severity != "info" for issue in thing.issues)
    counts = (str(len(thing.figures)), str(len(thing.coverage.missed)), str(loud))
    return Row(
        thing.document.id, counts, one_line(thing.document.source), one_line(thing.title or "")
    )


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns side by side, the counts to the right; the last ends where it ends."""
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    lines = []
    for cells in table:
        parts = [
            _filled(cell, width, is_right=0 < n < 4)
            for n, (cell, width) in enumerate(zip(cells[:-1], widths, strict=False))
        ]
        lines.append("  ".join([*parts, cells[-1]]).rstrip())
    return lines


def _filled(text: str, width: int, *, is_right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return f"{blanks}{text}" if is_right else f"{text}{blanks}"
