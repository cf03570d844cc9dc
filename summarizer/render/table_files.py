"""Tables as files in a folder: a file a table, and a README that says what the columns mean."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from summarizer.errors import ConfigError
from summarizer.render.load import Duplicate, Failure, Stored
from summarizer.render.markdown import escape
from summarizer.render.table_formats import TABLE_FORMATS, Sink, TableFormat
from summarizer.render.table_queries import queries
from summarizer.render.tables import Table, other_row, rows, tables
from summarizer.types import Summary


def write_tables(
    found: Iterable[Stored],
    folder: Path,
    format: str = "csv",  # noqa: A002 — the word users know
) -> Counter[str]:
    """Write every table of the summaries into a folder; how many rows each has.

    Summaries, and what stands for one that failed, are taken one by one. Each file is whole or not
    there: it is written beside its name and renamed when all are done. Raises ConfigError for an
    unknown format or one whose package is missing, for no summary, and for summaries of several
    schemas.
    """
    if format not in TABLE_FORMATS:
        raise ConfigError(f"there is no format {format!r}; there are: {', '.join(TABLE_FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(folder, TABLE_FORMATS[format])
    try:
        writer.write(found)
    finally:
        for part in writer.parts:
            part.unlink(missing_ok=True)
    return writer.counts


class _Writer:
    """Files that appear under their names when all is written."""

    def __init__(self, folder: Path, form: TableFormat) -> None:
        self.counts: Counter[str] = Counter()
        self.parts: dict[Path, Path] = {}
        self._folder, self._form = folder, form
        self._schema: type[Summary] | None = None
        self._tables: dict[str, Table] = {}
        self._others: list[Failure | Duplicate] = []  # until a summary told which tables there are

    def write(self, found: Iterable[Stored]) -> None:
        sink = self._form.open(self._part)
        try:
            for thing in found:
                if isinstance(thing, Summary):
                    self._add(thing, sink)
                else:
                    self._others.append(thing)
                if self._schema is not None:
                    self._add_others(sink)
        finally:
            sink.close()
        if self._schema is None:
            raise ConfigError(f"there is no summary to make tables of{_why(self._others)}")
        readme = _readme(self._tables.values(), self._form)
        self._part("README.md").write_text(readme, encoding="utf-8", newline="")
        for part, path in self.parts.items():
            part.replace(path)

    def _add(self, summary: Summary, sink: Sink) -> None:
        if self._schema is None:
            self._schema, self._tables = type(summary), tables(type(summary))
            self.counts.update(dict.fromkeys(self._tables, 0))
            sink.begin(self._tables)
        if type(summary) is not self._schema:
            raise ConfigError("the summaries follow several schemas; export each on its own")
        for name, row in rows(summary, self._tables):
            sink.add(name, row)
            self.counts[name] += 1

    def _add_others(self, sink: Sink) -> None:
        for thing in self._others:
            name, row = other_row(thing, self._tables)
            sink.add(name, row)
            self.counts[name] += 1
        self._others.clear()

    def _part(self, name: str) -> Path:
        path = self._folder / name
        part = path.with_name(f".{name}.{os.getpid()}.part")
        self.parts[part] = path
        return part


def _why(others: list[Failure | Duplicate]) -> str:
    failed = [one for one in others if isinstance(one, Failure)]
    if not failed:
        return ""
    first = failed[0]
    return f"; {len(failed)} documents failed, the first: {first.error_type}: {first.error_message}"


def _readme(described: Iterable[Table], form: TableFormat) -> str:
    described = list(described)
    lines = ["# Tables", "", f"Format: {form.name}, {form.about}.", ""]
    lines.append("`document_id` joins the tables; `item_id` and `figure_id` count in a document.")
    lines.append("Every input is a row of `documents`, of `failures` if it has no summary, or of")
    lines.append("`duplicates` if it has the content of another.")
    for table in described:
        lines += ["", f"## {table.name}", "", escape(table.about), ""]
        lines += ["| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| {c.name} | {c.kind} | {escape(c.about)} |" for c in table.columns]
    asked = queries(form.name, [table.name for table in described])
    if asked:
        where = "`duckdb tables.duckdb`" if form.name == "duckdb" else "`duckdb` in this folder"
        lines += ["", "## Queries", "", f"For {where}; each runs as it stands."]
    for title, query in asked:
        lines += ["", f"{title}:", "", "```sql", query, "```"]
    return "\n".join(lines) + "\n"
