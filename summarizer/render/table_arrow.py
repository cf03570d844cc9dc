"""Tables with types: a Parquet file a table, or one DuckDB file that holds them all.

A decimal column is DECIMAL(38, 12), which every reader knows: 26 digits before the point, 12 after.
A number that does not fit exactly is an error, never rounded.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from summarizer.render.columns import Kind
from summarizer.render.tables import Row, Table

DIGITS, PLACES = 38, 12
_ROWS = 2000  # rows that are held before they are written
_SQL: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": f"DECIMAL({DIGITS}, {PLACES})",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
}


class _Batches:
    """Rows of each table, gathered into arrow tables that `write(name, table)` takes."""

    def __init__(self, described: Mapping[str, Table], write: Callable[[str, Any], None]) -> None:
        self._described, self._write = described, write
        self._rows: dict[str, list[Row]] = {name: [] for name in described}
        self.schemas = {name: _schema(table) for name, table in described.items()}

    def add(self, name: str, row: Row) -> None:
        for column in self._described[name].columns:
            if column.kind == "decimal":
                _check(row[column.name], f"{name}.{column.name}")
        self._rows[name].append(row)
        if len(self._rows[name]) >= _ROWS:
            self.flush(name)

    def flush(self, name: str) -> None:
        import pyarrow as pa

        rows, self._rows[name] = self._rows[name], []
        self._write(name, pa.Table.from_pylist(rows, schema=self.schemas[name]))


class ParquetSink:
    """A Parquet file a table; what a column means is in its metadata."""

    def __init__(self, part: Callable[[str], Path]) -> None:
        self._part = part
        self._writers: dict[str, Any] = {}
        self._batches: _Batches | None = None

    def begin(self, described: Mapping[str, Table]) -> None:
        from pyarrow.parquet import ParquetWriter

        self._batches = _Batches(described, lambda name, rows: self._writers[name].write(rows))
        for name, schema in self._batches.schemas.items():
            path = self._part(f"{name}.parquet")
            self._writers[name] = ParquetWriter(path, schema, compression="zstd")

    def add(self, name: str, row: Row) -> None:
        assert self._batches is not None, "begin() comes first"
        self._batches.add(name, row)

    def close(self) -> None:
        for name, writer in self._writers.items():
            if self._batches is not None:
                self._batches.flush(name)
            writer.close()
        self._writers.clear()


class DuckdbSink:
    """One file `tables.duckdb`; what tables and columns mean are their comments."""

    def __init__(self, part: Callable[[str], Path]) -> None:
        import duckdb

        path = part("tables.duckdb")
        path.unlink(missing_ok=True)
        self._log = path.with_name(f"{path.name}.wal")
        with _full_disks():
            self._db = duckdb.connect(str(path))
        self._batches: _Batches | None = None

    def begin(self, described: Mapping[str, Table]) -> None:
        self._batches = _Batches(described, self._insert)
        with _full_disks():
            for name, table in described.items():
                self._create(name, table)

    def _create(self, name: str, table: Table) -> None:
        columns = ", ".join(f"{_name(c.name)} {_SQL[c.kind]}" for c in table.columns)
        self._db.execute(f"CREATE TABLE {_name(name)} ({columns})")
        self._db.execute(f"COMMENT ON TABLE {_name(name)} IS {_text(table.about)}")
        for c in table.columns:
            place = f"{_name(name)}.{_name(c.name)}"
            self._db.execute(f"COMMENT ON COLUMN {place} IS {_text(c.about)}")

    def add(self, name: str, row: Row) -> None:
        assert self._batches is not None, "begin() comes first"
        self._batches.add(name, row)

    def close(self) -> None:
        """Write all out. Closing alone would say nothing of a disk that is full."""
        try:
            with _full_disks():
                if self._batches is not None:
                    for name in self._batches.schemas:
                        self._batches.flush(name)
                    self._batches = None
                    self._db.execute("CHECKPOINT")
        finally:
            self._db.close()
            self._log.unlink(missing_ok=True)

    def _insert(self, name: str, rows: Any) -> None:
        self._db.register("rows_to_add", rows)
        with _full_disks():
            self._db.execute(f"INSERT INTO {_name(name)} SELECT * FROM rows_to_add")  # noqa: S608 — quoted
        self._db.unregister("rows_to_add")


@contextmanager
def _full_disks() -> Iterator[None]:
    """Errors of DuckDB about a file as errors of the disk."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise OSError(errno.EIO, str(error).rpartition(": ")[2]) from error


def _schema(table: Table) -> Any:
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(DIGITS, PLACES),
        "real": pa.float64(),
        "boolean": pa.bool_(),
    }
    return pa.schema(
        [pa.field(c.name, kinds[c.kind], metadata={"description": c.about}) for c in table.columns]
    )


def _check(value: Decimal | None, where: str) -> None:
    """Raise ConfigError for a number that the column would have to round."""
    if value is None:
        return
    _, digits, exponent = value.normalize().as_tuple()
    places = -int(exponent)
    if places > PLACES or len(digits) - places > DIGITS - PLACES:
        raise ConfigError(
            f"{where}: {value} does not fit DECIMAL({DIGITS}, {PLACES}) exactly; "
            "--format csv keeps every number"
        )


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
