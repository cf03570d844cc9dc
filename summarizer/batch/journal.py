"""What is done, in an SQLite file beside the output: committed before it is told.

A summary stays in the journal under the hash of its content and its recipe. The inputs of a run
point at it by that key, so that a second run finds what is done, and the output is a projection:
the records of this run's inputs, in their order.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from summarizer.batch import queries
from summarizer.batch.recipe import Recipe
from summarizer.batch.record import Outcome, renamed
from summarizer.batch.sources import Source
from summarizer.errors import ConfigError, SummarizerError
from summarizer.provenance import Usage

_PAGE = 200
_MOST = 10**15  # of a count: the sum over all documents still fits SQLite's integers


@dataclass(frozen=True, slots=True)
class Pending:
    """A document to do: its key, and where it is."""

    key: str
    source: Source


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the inputs are: `documents` counts each content once."""

    inputs: int
    documents: int
    ok: int
    failed: int

    @property
    def open(self) -> int:
        """Documents that are neither done nor failed."""
        return self.documents - self.ok - self.failed


@dataclass(frozen=True, slots=True)
class Cause:
    """Documents that failed alike: the error's type, how many, one of them, and all their names."""

    failure: str
    count: int
    example: str
    message: str
    names: tuple[str, ...]


class Journal:
    """The open journal; for one thread. Every method raises SummarizerError when it cannot.

    Without a path it is in memory only, for a look at what would be done.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.run = 0
        with self._told():
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def begin(
        self, recipe: Recipe, inputs: Iterable[tuple[str, Source]], *, fresh: bool = False
    ) -> None:
        """Start a run on these inputs, or nothing if they raise; `fresh` forgets every result."""
        with self._told(), self._written():
            self._take(inputs)
            if fresh:
                self._db.execute("DELETE FROM documents")
            row = (time.time(), json.dumps(recipe.parts, ensure_ascii=False, sort_keys=True))
            self.run = int(
                self._db.execute("INSERT INTO runs (started, recipe) VALUES (?, ?)", row).lastrowid
                or 0
            )

    def take(self, inputs: Iterable[tuple[str, Source]]) -> None:
        """The inputs with their keys, in order, in place of an earlier run's."""
        with self._told(), self._written():
            self._take(inputs)

    def _take(self, inputs: Iterable[tuple[str, Source]]) -> None:
        rows = (
            (number, key, os.fsencode(s.path), s.entry, s.name, s.fault)
            for number, (key, s) in enumerate(inputs, 1)
        )
        self._db.execute("DELETE FROM inputs")
        self._db.executemany(
            "INSERT INTO inputs (position, key, path, entry, name, fault)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._db.execute(
            "UPDATE inputs SET is_first = 1 WHERE position IN"
            " (SELECT MIN(position) FROM inputs GROUP BY key)"
        )

    def copy_results(self, path: Path) -> None:
        """Take over from another journal what is done, without the records; none is no error."""
        if not path.is_file():
            return
        columns = (
            "key, state, run, finished, attempts, failure, message, NULL, requests, reasks, cached,"
            " prompt_tokens, completion_tokens, seconds"
        )
        self._path = path  # what messages are about
        with self._told():
            self._db.execute("ATTACH ? AS other", (str(path),))
            self._check_format("other.meta")
            self._db.execute(f"INSERT INTO documents SELECT {columns} FROM other.documents")  # noqa: S608 — our own names
            self._db.execute("DETACH other")

    def pending(self, *, retry_failed: bool = False) -> Iterator[Pending]:
        """What is to be done, in order; read in pages, so that results may be kept meanwhile."""
        last = 0
        while True:
            with self._told():
                asked = (last, self.run, retry_failed, _PAGE)
                rows = self._db.execute(queries.PENDING, asked).fetchall()
            for last, key, path, entry, name, fault in rows:  # noqa: B007 — read by the next page
                source = Source(Path(os.fsdecode(path)), entry, name, fault)
                yield Pending(key, source)
            if not rows:
                return

    def keep(self, outcomes: Iterable[tuple[str, Outcome]]) -> None:
        """Results by key, in one transaction: when this returns, they outlive a power cut."""
        rows = [self._row(key, outcome) for key, outcome in outcomes]
        with self._told(), self._written():
            places = ", ".join("?" * 14)
            self._db.executemany(f"INSERT OR REPLACE INTO documents VALUES ({places})", rows)  # noqa: S608 — question marks

    def _row(self, key: str, o: Outcome) -> tuple[object, ...]:
        """A result as columns hold it: one that does not fit never costs the others their place."""
        counts = (
            *(o.usage.requests, o.usage.reasks, o.usage.cached),
            *(o.usage.prompt_tokens, o.usage.completion_tokens),
        )
        return (
            *(key, "failed" if o.failure else "ok", self.run, time.time(), o.attempts),
            *(o.failure, o.message),
            zlib.compress(o.record.encode("utf-8", "backslashreplace")),
            *(min(count, _MOST) for count in counts),
            o.usage.seconds,
        )

    def records(self) -> Iterator[str]:
        """The records of this run's inputs that are done, in order, a line each without its end."""
        with self._told():
            for name, record, same in self._db.execute(queries.RECORDS):
                try:
                    yield renamed(zlib.decompress(record).decode(), name, json.loads(same))
                except (zlib.error, ValueError, LookupError, TypeError) as error:
                    raise SummarizerError(
                        f"the journal {self._path}: its record of {name} is damaged; "
                        "--fresh makes all anew"
                    ) from error

    def tally(self) -> Tally:
        with self._told():
            found = self._db.execute(queries.COUNTS).fetchone()
        return Tally(*(value or 0 for value in found))

    def causes(self) -> list[Cause]:
        """Failures of this run's inputs by the type of their error, the most frequent first."""
        with self._told():
            rows = self._db.execute(queries.FAILURES)
            return [
                Cause(failure, count, example, message, tuple(json.loads(names)))
                for failure, count, example, message, names in rows
            ]

    def usage(self) -> Usage:
        """What the summaries of this run's inputs cost when they were made."""
        with self._told():
            found = [value or 0 for value in self._db.execute(queries.USAGE).fetchone()]
        names = ("requests", "reasks", "cached", "prompt_tokens", "completion_tokens", "seconds")
        return Usage.model_validate(dict(zip(names, found, strict=True)))

    def mean(self) -> tuple[int, float, float, float, float] | None:
        """Summaries made without the store, and what one took: requests, tokens, seconds."""
        with self._told():
            found = self._db.execute(queries.MEAN).fetchone()
        return (found[0], *found[1:]) if found[0] else None

    def written(self, count: int | None = None) -> int:
        """How many records the output holds; `count` notes it."""
        found = self.note("written", None if count is None else str(count))
        return int(found) if found.isdecimal() else 0

    def note(self, name: str, value: str | None = None) -> str:
        """A word to remember between runs; `value` sets it."""
        with self._told():
            if value is not None:
                self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
            found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(queries.TABLES)
        self._db.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (queries.FORMAT,))
        self._check_format("meta")

    def _check_format(self, meta: str) -> None:
        query = f"SELECT value FROM {meta} WHERE name = 'format'"  # noqa: S608 — our own names
        (found,) = self._db.execute(query).fetchone() or ("none",)
        if found != queries.FORMAT:
            raise ConfigError(
                f"{self._path} was written by another version of this program (its format is "
                f"{found}, ours {queries.FORMAT}); finish with that version or name another output"
            )

    @contextmanager
    def _written(self) -> Iterator[None]:
        """A transaction. What SQLite cannot write any more is rolled back."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = (
                "move it away to start anew"
                if isinstance(error, sqlite3.DatabaseError)
                and ("not a database" in str(error) or "malformed" in str(error))
                else "what was kept before is safe; mend this and run the same command again"
            )
            raise SummarizerError(f"the journal {self._path}: {error}; {advice}") from error
        except UnicodeDecodeError as error:  # of a damaged file even SQLite's own words may be
            raise SummarizerError(
                f"the journal {self._path} is damaged; move it away to start anew"
            ) from error
