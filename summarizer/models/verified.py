"""Which files were checked: `verified.json`, so that a gigabyte is not hashed at every start.

A note holds for as long as the file's size and modification time are what they were.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


def holds(folder: Path, path: Path, sha256: str) -> bool:
    """True if `folder` has a note that this file, unchanged since, had this checksum."""
    if not path.is_file():
        return False
    return _notes(folder).get(str(path.resolve())) == _stamp(path, sha256)


def note(folder: Path, path: Path, sha256: str) -> None:
    """Remember a check. A folder that cannot be written only costs the next start its time."""
    notes = _notes(folder) | {str(path.resolve()): _stamp(path, sha256)}
    file = folder / "verified.json"
    temporary = file.with_name(f".verified.{os.getpid()}.json")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(notes, indent=1, sort_keys=True), encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        log.warning("%s cannot be written: %s", file, error.strerror)


def _stamp(path: Path, sha256: str) -> dict[str, int | str]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": sha256}


def _notes(folder: Path) -> dict[str, object]:
    try:
        notes = json.loads((folder / "verified.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or torn: then the file is hashed again
        return {}
    return notes if isinstance(notes, dict) else {}
