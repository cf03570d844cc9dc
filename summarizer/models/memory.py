"""What was learned about endpoints, kept in the process and in the cache folder."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

from summarizer.models.dialect import FORMS, Dialect

log = logging.getLogger(__name__)

_known: dict[tuple[Path, str], Dialect] = {}
_lock = threading.Lock()


class Memory:
    """The dialect of one model at one endpoint; `key` is its URL and name."""

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = key

    @property
    def dialect(self) -> Dialect:
        """What is known: in this process, else in the file, else the top of the ladder."""
        with _lock:
            place = (self._file, self._key)
            if place not in _known:
                _known[place] = _dialect(_read(self._file).get(self._key))
            return _known[place]

    def keep(self, dialect: Dialect, *, for_good: bool = True) -> None:
        """Remember, in the file too if it is `for_good`: what was guessed is for this process.

        A cache folder that cannot be written costs a later process its lessons.
        """
        with _lock:
            if _known.get((self._file, self._key)) == dialect:
                return
            _known[(self._file, self._key)] = dialect
            if not for_good:
                return
            known = _read(self._file) | {self._key: dataclasses.asdict(dialect)}
            temporary = self._file.with_name(f".{self._file.name}.{os.getpid()}")
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
                temporary.replace(self._file)
            except OSError as error:
                log.warning("%s cannot be written: %s", self._file, error.strerror)


def _read(file: Path) -> dict[str, Any]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or torn: the lessons are learned again
        return {}
    return known if isinstance(known, dict) else {}


def _dialect(saved: Any) -> Dialect:
    if not isinstance(saved, dict) or saved.get("form") not in FORMS:
        return Dialect()
    try:
        return Dialect(**{**saved, "dropped": tuple(saved.get("dropped", ()))})
    except TypeError:  # written by another version
        return Dialect()
