"""The inventory of table formats: each says what it is for and where its sink is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summarizer.errors import ConfigError

if TYPE_CHECKING:
    from summarizer.render.tables import Row, Table


class Sink(Protocol):
    """What takes the rows. It is made with a function that gives the path to write a file to."""

    def begin(self, described: Mapping[str, Table]) -> None:
        """The tables that will come."""

    def add(self, name: str, row: Row) -> None:
        """A row of a table."""

    def close(self) -> None:
        """Write what is held and close the files; called once, whatever has happened."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How tables become files. `sink` is where its maker is, as "module:name"."""

    name: str
    about: str
    sink: str

    def open(self, part: Callable[[str], Path]) -> Sink:
        """A sink. Raises ConfigError where the extra `tables` is missing."""
        module, _, name = self.sink.partition(":")
        try:
            made: Sink = getattr(import_module(f"summarizer.render.{module}"), name)(part)
        except ModuleNotFoundError as error:
            raise ConfigError(
                f"the format {self.name} needs the package {error.name}: "
                "pip install 'report-summarizer[tables]'"
            ) from error
        return made


TABLE_FORMATS = {
    f.name: f
    for f in (
        TableFormat(
            "csv",
            "for spreadsheets: UTF-8 with a mark that they know it by, formulas defused",
            "table_text:csv_sink",
        ),
        TableFormat("jsonl", "a JSON object a line, decimals as strings", "table_text:jsonl_sink"),
        TableFormat(
            "parquet", "typed columns, decimals as DECIMAL(38, 12)", "table_arrow:ParquetSink"
        ),
        TableFormat("xlsx", "one workbook, a sheet a table", "table_sheets:SheetSink"),
        TableFormat(
            "duckdb",
            "one database file, decimals as DECIMAL(38, 12)",
            "table_arrow:DuckdbSink",
        ),
    )
}
