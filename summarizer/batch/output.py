"""The output: whole or not there, in input order; and the lock that keeps a second run away."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from summarizer.errors import ConfigError, SummarizerError
from summarizer.files import beside


def journal_path(out: Path) -> Path:
    """Where the journal of an output lies.

    >>> journal_path(Path("data/reports.jsonl")).name
    'reports.jsonl.journal'
    """
    return beside(out, ".journal")


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep every other run away from an output. Raises ConfigError if one is at it.

    The lock is the kernel's: it is gone when its process is, however that ended.
    """
    path = beside(out, ".lock", before=".")
    try:
        file = path.open("a", encoding="ascii")
    except OSError as error:
        raise SummarizerError(f"cannot write {str(out)!r}: {error.strerror or error}") from error
    with file:
        _lock(file, out)
        yield


def write_whole(records: Iterable[str], out: Path) -> int:
    """Write the records beside the output, then put them in its place; how many they are.

    Raises SummarizerError when there is no room; the old output is then still there.
    """
    part = beside(out, f".{os.getpid()}.part", before=".")
    count = 0
    try:
        try:
            with part.open("wb") as file:
                for record in records:
                    file.write(f"{record}\n".encode())
                    count += 1
                file.flush()
                os.fsync(file.fileno())
            part.replace(out)
            _sync_folder(out.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(out, error) from error
    return count


class Live:
    """The output while the batch runs: a line is appended, in one write, as its result comes.

    Raises SummarizerError for a file that cannot be written.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        try:
            self._fd = os.open(out, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise _cannot_write(out, error) from error

    def add(self, record: str) -> None:
        """Append a record. Raises SummarizerError."""
        line = memoryview(f"{record}\n".encode())
        try:
            while line:
                line = line[os.write(self._fd, line) :]
        except OSError as error:
            raise _cannot_write(self._out, error) from error

    def close(self) -> None:
        os.close(self._fd)


def _lock(file: IO[str], out: Path) -> None:
    if importlib.util.find_spec("fcntl") is None:  # Windows: nobody is kept away
        return
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ConfigError(
            f"another run is writing {str(out)!r}; wait for it, or name another output"
        ) from error
    except OSError as error:
        raise SummarizerError(f"cannot lock {str(out)!r}: {error.strerror or error}") from error


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _cannot_write(path: Path, error: OSError) -> SummarizerError:
    return SummarizerError(
        f"cannot write {str(path)!r}: {error.strerror or error}; what is done is in the journal, "
        "run the same command again when there is room"
    )
