"""Heads of requests, read once and kept in files.

All requests of a kind begin with the same instruction and examples, hundreds of tokens that take
the embedded model seconds to read, in every process anew. What llama.cpp has made of them can be
written to a file (28 kB a token) and taken back in milliseconds.

A head is what a template says before it comes to the document, as who asks tells (`head_of`). It
is kept when it is met a second time, by itself: nothing of a document is in the file. llama.cpp
ends the process over a damaged file, so a file is kept only if it is as long as llama.cpp says,
bears the checksum of what is in it in its name, and is read only if that still holds.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

log = logging.getLogger(__name__)

SHORTEST = 200  # characters, about as many tokens; a shorter head is read as quickly
FRAME = 5  # tokens that a message takes beside its words
KEPT_MIB = 512  # of all files together; those unused for longest go
MARKS = 1000  # of heads met once; an empty file each
WAIT = 60  # seconds for llama.cpp to write or read a file
_STATE, _MARK = ".state", ".met"

Messages = list[dict[str, Any]]

_head: ContextVar[int] = ContextVar("head", default=0)


@contextmanager
def head_of(messages: int) -> Iterator[None]:
    """Within, the first so many messages of a request are the template's, and no document's."""
    before = _head.set(messages)
    try:
        yield
    finally:
        _head.reset(before)


class Heads:
    """llama.cpp's server with one slot, as it is; its heads are kept in a folder.

    `engine` tells what the files are good for: another model or version has its own.
    """

    def __init__(self, server: Any, folder: Path, engine: str, key: str) -> None:
        self._server = server
        self._folder = folder
        self._engine = engine
        self._key = key
        self._slot: str | None = None  # the head that is in the slot
        self._works = True  # until a file could not be written or read
        self._unfit: set[str] = set()  # heads that the server does not read by themselves
        self._turn = threading.Lock()

    @property
    def listening_address(self) -> str:
        """Where the server listens."""
        return str(self._server.listening_address)

    def handle_chat_completions(self, request: dict[str, Any]) -> Any:
        """What the server answers; its head is taken from a file where there is one."""
        with self._turn:
            head = request["messages"][: _head.get()]
            before, self._slot = self._slot, None
            if self._works and not _length(head) < SHORTEST:
                try:
                    self._slot = self._prepare(head, before)
                except (OSError, HTTPException, ValueError) as error:
                    self._works = False
                    log.info("heads are not kept: %s", error)
            return self._server.handle_chat_completions(request)

    def handle_pieces(self, request: dict[str, Any]) -> Any:
        """What the server makes of pieces; it needs the slot, so no head is in it afterwards."""
        with self._turn:
            self._slot = None
            return self._server.handle_pieces(request)

    def _prepare(self, head: Messages, before: str | None) -> str | None:
        """Have the head read from its file or kept, and its name; `before` is in the slot yet."""
        name = hashlib.sha256(f"{self._engine}\n{json.dumps(head)}".encode()).hexdigest()[:32]
        if name in self._unfit:
            return None
        known = next(iter(self._folder.glob(f"{name}.*{_STATE}")), None)
        if known is not None:
            if name != before:
                self._take(known)
        elif (mark := self._folder / f"{name}{_MARK}").exists():
            mark.unlink(missing_ok=True)
            self._keep(head, name)
        else:
            mark.touch()
        return name

    def _take(self, file: Path) -> None:
        """Have the server read a file, if it is what was written; else it goes."""
        try:
            if _checksum(file) == file.name.split(".")[1]:
                self._ask("restore", file.name)
                os.utime(file)
                return
        except FileNotFoundError:  # another process made room
            return
        except HTTPException as error:
            log.info("%s: %s", file.name, error)
        log.warning("%s is of no use and goes", file.name)
        file.unlink(missing_ok=True)

    def _keep(self, head: Messages, name: str) -> None:
        """Have the server read a head by itself and write what it made of it."""
        if not self._reads(head):
            self._unfit.add(name)
            return
        draft = self._folder / f"{name}.{os.getpid()}"
        try:
            written = self._ask("save", draft.name).get("n_written")
            if draft.stat().st_size != written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            draft.replace(self._folder / f"{name}.{_checksum(draft)}{_STATE}")
        finally:
            draft.unlink(missing_ok=True)
        _make_room(self._folder)

    def _reads(self, head: Messages) -> bool:
        """Whether a head could be read alone: some templates want words of a user, some room."""
        request = {"messages": head, "max_tokens": 1, "temperature": 0}
        try:
            raw = self._server.handle_chat_completions(request)
        except (ValueError, RuntimeError):
            return False
        return isinstance(raw, dict) and not raw.get("error")

    def _ask(self, action: str, filename: str) -> dict[str, Any]:
        connection = HTTPConnection(urlsplit(self.listening_address).netloc, timeout=WAIT)
        with closing(connection):
            headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
            body = json.dumps({"filename": filename})
            connection.request("POST", f"/slots/0?action={action}", body, headers)
            answer = connection.getresponse()
            told = answer.read()
            if not answer.status < 300:
                raise HTTPException(f"{action}: {answer.status} {told[:200]!r}")
            return dict(json.loads(told))


def folder_for(cache: Path) -> Path | None:
    """The folder of heads in a cache folder, for this user alone; None where none can be made."""
    folder = cache / "heads"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _length(head: Messages) -> int:
    return sum(FRAME + len(str(message.get("content") or "")) for message in head)


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:32]


def _make_room(folder: Path) -> None:
    """Delete what was unused for longest, beyond what may be kept."""
    room = KEPT_MIB << 20
    for file, size in _latest_first(folder, _STATE):
        room -= size
        if room < 0:
            file.unlink(missing_ok=True)
    for mark, _ in _latest_first(folder, _MARK)[MARKS:]:
        mark.unlink(missing_ok=True)


def _latest_first(folder: Path, suffix: str) -> list[tuple[Path, int]]:
    found: list[tuple[float, Path, int]] = []
    for file in folder.glob(f"*{suffix}"):
        with suppress(OSError):  # another process made room
            stat = file.stat()
            found.append((stat.st_mtime, file, stat.st_size))
    return [(file, size) for _, file, size in sorted(found, reverse=True)]
