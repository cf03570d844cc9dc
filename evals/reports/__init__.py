"""A report written for its readers: `WRITERS` maps a file's name to what makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from ..gates import Gate
from ..report import Report, dump
from .junit import junit
from .markdown import markdown
from .page import page

Writer: TypeAlias = Callable[[Report, Sequence[Gate], Sequence[Report]], str]

WRITERS: dict[str, Writer] = {
    "report.json": lambda report, _gates, _past: dump(report),
    "report.md": lambda report, gates, _past: markdown(report, gates),
    "junit.xml": lambda report, gates, _past: junit(report, gates),
    "report.html": page,
}


def write(
    report: Report, gates: Sequence[Gate], folder: Path, past: Sequence[Report] = ()
) -> list[Path]:
    """Write every form into a folder, which is made if need be; the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, form in WRITERS.items():
        path = folder / name
        path.write_text(form(report, gates, past), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths
