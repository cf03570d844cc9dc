"""Tables as text files: CSV for spreadsheets, a JSON object a line for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from summarizer.render.tables import Row, Table, csv_line, json_line


@dataclass(frozen=True, slots=True)
class Lines:
    """How a table becomes text: its file's encoding, what stands first in it, and a row."""

    suffix: str
    encoding: str
    head: Callable[[Table], str]
    line: Callable[[Row], str]


CSV = Lines(
    "csv",
    "utf-8-sig",
    lambda table: csv_line(column.name for column in table.columns),
    lambda row: csv_line(row.values()),
)
JSONL = Lines("jsonl", "utf-8", lambda _: "", json_line)


class TextSink:
    """A text file a table, written row by row."""

    def __init__(self, part: Callable[[str], Path], lines: Lines) -> None:
        self._part, self._lines = part, lines
        self._open = ExitStack()
        self._files: dict[str, IO[str]] = {}

    def begin(self, described: Mapping[str, Table]) -> None:
        for name, table in described.items():
            path = self._part(f"{name}.{self._lines.suffix}")
            file = path.open("w", encoding=self._lines.encoding, newline="")
            self._files[name] = self._open.enter_context(file)
            file.write(self._lines.head(table))

    def add(self, name: str, row: Row) -> None:
        self._files[name].write(self._lines.line(row))

    def close(self) -> None:
        self._open.close()


def csv_sink(part: Callable[[str], Path]) -> TextSink:
    return TextSink(part, CSV)


def jsonl_sink(part: Callable[[str], Path]) -> TextSink:
    return TextSink(part, JSONL)
