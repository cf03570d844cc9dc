"""Names of files that lie beside another one: parts while they are written, locks, journals."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

_LONGEST = 240  # bytes of a name; file systems take 255, and SQLite adds endings of its own


def beside(path: Path, ending: str, *, before: str = "") -> Path:
    """The path of a file beside `path` that is called after it.

    A name that would be too long for a file system is cut, and made its own by a hash.

    >>> beside(Path("data/reports.jsonl"), ".lock", before=".").name
    '.reports.jsonl.lock'
    >>> len(os.fsencode(beside(Path("县" * 80), ".lock", before=".").name)) <= 240
    True
    """
    name = os.fsencode(path.name)
    room = _LONGEST - len(before) - len(ending)
    if len(name) <= room:
        return path.with_name(f"{before}{path.name}{ending}")
    mark = f"~{hashlib.sha256(name).hexdigest()[:12]}"
    cut = name[: room - len(mark)].decode("utf-8", "ignore")
    return path.with_name(f"{before}{cut}{mark}{ending}")


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts names as people do: 2.txt before 10.txt.

    >>> sorted(["10.txt", "2.txt", "a1", "1.txt"], key=natural)
    ['1.txt', '2.txt', '10.txt', 'a1']
    """
    parts = re.split(r"([0-9]+)", name)
    return [(int(part), "") if n % 2 else (-1, part) for n, part in enumerate(parts)] + [(-1, name)]
