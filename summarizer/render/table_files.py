"""Tables as files in a folder: a file a table, and a README that says what the columns mean."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from summarizer.errors import ConfigError
from summarizer.render.markdown import escape
from summarizer.render.tables import Row, Table, csv_line, json_line, rows, tables
from summarizer.types import Summary


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table becomes text: what stands first in its file, and a row."""

    name: str
    about: str
    encoding: str
    head: Callable[[Table], str]
    line: Callable[[Row], str]


TABLE_FORMATS = {
    f.name: f
    for f in (
        TableFormat(
            "csv",
            "for spreadsheets: UTF-8 with a mark that they know it by, formulas defused",
            "utf-8-sig",
            lambda table: csv_line(column.name for column in table.columns),
            lambda row: csv_line(row.values()),
        ),
        TableFormat(
            "jsonl", "a JSON object a line, decimals as strings", "utf-8", lambda _: "", json_line
        ),
    )
}


def write_tables(summaries: Iterable[Summary], folder: Path, format: str = "csv") -> Counter[str]:  # noqa: A002 — the word users know
    """Write every table of the summaries into a folder; how many rows each has.

    Summaries are taken one by one. Each file is whole or not there: it is written beside its name
    and renamed when all are done. Raises ConfigError for an unknown format, for no summary, and
    for summaries of several schemas.
    """
    if format not in TABLE_FORMATS:
        raise ConfigError(f"there is no format {format!r}; there are: {', '.join(TABLE_FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(folder, TABLE_FORMATS[format])
    with writer.open_files:
        try:
            for summary in summaries:
                writer.add(summary)
            writer.finish()
        finally:
            for part in writer.parts:
                part.unlink(missing_ok=True)
    return writer.counts


class _Writer:
    """Open files, one a table, that appear under their names when all is written."""

    def __init__(self, folder: Path, form: TableFormat) -> None:
        self.counts: Counter[str] = Counter()
        self.open_files = ExitStack()
        self.parts: dict[Path, Path] = {}
        self._folder, self._form = folder, form
        self._schema: type[Summary] | None = None
        self._tables: dict[str, Table] = {}
        self._files: dict[str, IO[str]] = {}

    def add(self, summary: Summary) -> None:
        if self._schema is None:
            self._begin(type(summary))
        if type(summary) is not self._schema:
            raise ConfigError("the summaries follow several schemas; export each on its own")
        for name, row in rows(summary, self._tables):
            self._files[name].write(self._form.line(row))
            self.counts[name] += 1

    def finish(self) -> None:
        if self._schema is None:
            raise ConfigError("there is no summary to make tables of")
        readme = self._open("README.md")
        readme.write(_readme(self._tables.values(), self._form))
        self.open_files.close()
        for part, path in self.parts.items():
            part.replace(path)

    def _begin(self, schema: type[Summary]) -> None:
        self._schema, self._tables = schema, tables(schema)
        for name, table in self._tables.items():
            self._files[name] = self._open(f"{name}.{self._form.name}")
            self._files[name].write(self._form.head(table))
            self.counts[name] = 0

    def _open(self, name: str) -> IO[str]:
        path = self._folder / name
        part = path.with_name(f".{name}.{os.getpid()}.part")
        self.parts[part] = path
        encoding = self._form.encoding if path.suffix != ".md" else "utf-8"
        return self.open_files.enter_context(part.open("w", encoding=encoding, newline=""))


def _readme(described: Iterable[Table], form: TableFormat) -> str:
    lines = ["# Tables", "", f"Format: {form.name}, {form.about}.", ""]
    lines.append("`document_id` joins all tables; `item_id` and `figure_id` count in a document.")
    for table in described:
        lines += ["", f"## {table.name}", "", escape(table.about), ""]
        lines += ["| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| {c.name} | {c.kind} | {escape(c.about)} |" for c in table.columns]
    return "\n".join(lines) + "\n"
