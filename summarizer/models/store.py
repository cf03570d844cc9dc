"""Answers kept by the hash of what was asked: a cache in use, a cassette in tests and evals.

The key is a hash over everything in a request that can change its answer, and the model's id.
Only answers that finished normally are kept. Neither keys, headers nor URLs are ever written.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from summarizer.errors import ConfigError, StoredAnswerMissing
from summarizer.models import Model
from summarizer.models.answer import Answer, first_tokens
from summarizer.models.ledger import Row, metered, record
from summarizer.models.lock import exclusive
from summarizer.models.untrusted import count, is_too_deep, likelihood

log = logging.getLogger(__name__)

FREE = frozenset({"model", "stream", "stream_options", "timeout", "metadata", "user", "store"})
"""Arguments that do not change the answer (the model's id is in the key by itself)."""

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # ends of lines, halves of characters


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored answer and the request it belongs to, as data that JSON can hold."""

    key: str
    request: dict[str, Any]
    answer: Answer


class Store(Protocol):
    """A place that keeps entries. `where` names it in messages."""

    where: str

    def get(self, key: str) -> Answer | None:
        """The answer of this key, or None."""

    def put(self, entry: Entry) -> None:
        """Keep an answer, in place of an earlier one of the same key."""


def key_of(model_id: str, request: Mapping[str, Any]) -> str:
    """The hash of a request to a model, in hex.

    `metadata={"attempt": "2"}` asks for another answer to the same request.

    >>> one = key_of("local:x", {"messages": [], "timeout": 3, "metadata": {"template": "a.v1"}})
    >>> one == key_of("local:x", {"messages": []}), one == key_of("local:y", {"messages": []})
    (True, False)
    """
    asked = {name: value for name, value in request.items() if name not in FREE}
    attempt = str((request.get("metadata") or {}).get("attempt", ""))
    told = [model_id, asked, *([attempt] if attempt else [])]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def stored(model: Model, store: Store, mode: str = "use") -> Model:
    """The model with its answers kept in `store`.

    `use` answers from the store where it can, `refresh` asks anew and keeps what comes, `replay`
    answers from the store only and raises StoredAnswerMissing, `off` is the bare model.
    """
    if mode == "off":
        return model

    def create(**request: Any) -> Any:
        key = key_of(model.id, request)
        kept = None if mode == "refresh" else store.get(key)
        if kept is not None:
            record(Row(kept.prompt_tokens, kept.completion_tokens, cached=True))
            return Answer.of(*astuple(kept)).completion()
        if mode == "replay":
            raise StoredAnswerMissing(_missing(model.id, store, key, request))
        completion = model.create(**request)
        given = _answer(completion)
        if given is not None:
            store.put(Entry(key, _told(model.id, request), given))
        return completion

    return replace(model, create=metered(create, model.ledger))


class AnswerCache:
    """The live cache: an SQLite file that threads and processes share.

    A file that is no database is set aside with a warning; one that cannot be read or written
    costs the answers' reuse, never the answers.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_usable = True
        self._lock = threading.Lock()
        self.where = str(path)

    def get(self, key: str) -> Answer | None:
        query = "SELECT response FROM cache WHERE key = ?"
        row = self._done(lambda db: db.execute(query, (key,)).fetchone())
        try:
            return _from_json(json.loads(zlib.decompress(row[0]))) if row else None
        except (zlib.error, ValueError, KeyError, TypeError, RecursionError):
            log.warning("%s: a damaged answer is asked for again", self.where)
            return None

    def put(self, entry: Entry) -> None:
        row = (entry.key, time.time(), _packed(entry.request), _packed(_kept(entry.answer)))
        self._done(lambda db: db.execute("INSERT OR REPLACE INTO cache VALUES (?, ?, ?, ?)", row))

    def _done(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `work` gives on a connection of its own; None where there can be none."""
        if not self._is_usable:
            return None
        try:
            with closing(self._connect()) as db, db:
                return work(db)
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            self._is_usable = False
            log.warning("%s cannot be used, answers are not stored: %s", self.where, error)
            return None

    def _connect(self) -> sqlite3.Connection:
        # no two at once make the file, move it aside or switch it to WAL: SQLite refuses the
        # second one, without waiting, as locked
        with self._lock, exclusive(self._path):
            try:
                return self._prepared()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                # of a damaged file even SQLite's own words may be damaged
                known = ("not a database", "malformed", "codec can't decode")
                if not any(word in str(error) for word in known):
                    raise
                aside = self._path.with_suffix(".damaged")
                log.warning("%s is damaged; it is kept as %s", self.where, aside.name)
                self._path.replace(aside)
                return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=30)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute(
                "CREATE TABLE IF NOT EXISTS cache"
                " (key TEXT PRIMARY KEY, created REAL, request BLOB, response BLOB)"
            )
        except (sqlite3.Error, UnicodeDecodeError):
            db.close()
            raise
        return db


class Cassette:
    """A recording in one JSONL file, a line an answer, sorted by key: to be read and diffed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] | None = None
        self.where = str(path)

    def get(self, key: str) -> Answer | None:
        with self._lock:
            if self._entries is None:
                self._entries = self._read()
            entry = self._entries.get(key)
            return entry.answer if entry else None

    def put(self, entry: Entry) -> None:
        """Keep an answer; what other processes wrote meanwhile is kept as well.

        Raises ConfigError when the file cannot be written: a recording that is not kept is none.
        """
        with self._lock, exclusive(self._path):
            self._entries = self._read() | {entry.key: entry}
            lines = (_line(self._entries[key]) for key in sorted(self._entries))
            temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            try:
                temporary.write_text("".join(lines), encoding="utf-8", newline="\n")
                temporary.replace(self._path)
            except OSError as error:
                raise ConfigError(f"{self._path} cannot be written: {error.strerror}") from error

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Entry]:
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").split("\n")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(f"{self._path} cannot be read: {error.strerror}") from error
        entries = {}
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
                entry = Entry(value["key"], value["request"], _from_json(value["answer"]))
            except (ValueError, KeyError, TypeError, RecursionError):
                log.warning("%s: line %d is damaged and left out", self.where, number)
            else:
                entries[entry.key] = entry
        return entries


def _answer(completion: Any) -> Answer | None:
    """The answer to keep, None for one that did not finish normally."""
    choice = completion.choices[0]
    if choice.finish_reason != "stop" or choice.message.content is None:
        return None
    usage = completion.usage
    return Answer.of(
        choice.message.content,
        completion.model,
        usage.prompt_tokens if usage else 0,
        usage.completion_tokens if usage else 0,
        first_tokens(completion.model_dump()) if choice.logprobs else (),
    )


def _kept(answer: Answer) -> dict[str, Any]:
    """An answer as it is kept; what no request asked for is not told."""
    told = asdict(answer)
    return told if answer.first else {k: v for k, v in told.items() if k != "first"}


def _from_json(value: Mapping[str, Any]) -> Answer:
    """Raises KeyError or TypeError for what is no answer."""
    content = value["content"]
    if not isinstance(content, str) or is_too_deep(content):
        raise TypeError("content is no text that a model writes")
    spent = count(value["prompt_tokens"]), count(value["completion_tokens"])
    told = ((str(token), likelihood(one)) for token, one in value.get("first", ()))
    likely = tuple((token, one) for token, one in told if one is not None)
    return Answer(content, str(value["model"]), *spent, likely)


def _packed(value: Any) -> bytes:
    return zlib.compress(_json(value).encode())


def _line(entry: Entry) -> str:
    value = {"key": entry.key, "request": entry.request, "answer": _kept(entry.answer)}
    return _json(value) + "\n"


def _json(value: Any) -> str:
    """Readable JSON on one line that UTF-8 can hold, whatever a model wrote into a string."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _told(model_id: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader wants to know of a request: its template and the last thing said."""
    metadata = request.get("metadata") or {}
    messages = request.get("messages") or [{}]
    return {
        "model": model_id,
        **{name: str(value) for name, value in sorted(metadata.items())},
        "ask": messages[-1].get("content", ""),
    }


def _missing(model_id: str, store: Store, key: str, request: Mapping[str, Any]) -> str:
    template = (request.get("metadata") or {}).get("template", "a request")
    return (
        f"{store.where} holds no answer of {model_id} to {template} ({key[:12]}); "
        "to record it, run once with SUMMARIZER_STORE=use and the model at hand"
    )
