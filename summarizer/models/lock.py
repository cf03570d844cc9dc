"""One process at a time: a lock file beside what it guards, released when its process ends."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold `.NAME.lock` beside `path`, waiting for whoever holds it now. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        if importlib.util.find_spec("fcntl") is not None:  # not on Windows
            import fcntl

            fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield
