"""The one loader of lexicons: tab-separated files beside the rules that use them."""

from __future__ import annotations

import re
from pathlib import Path


def cells(path: Path, comment: str = "#") -> list[list[str]]:
    """The cells of each row; empty lines, and those that begin as a comment does, are none."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith(comment)]


def table(path: Path, comment: str = "#\t") -> list[dict[str, str]]:
    """The rows of a lexicon that has a header, by column."""
    columns, *rows = cells(path, comment)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def by_kind(path: Path) -> dict[str, str]:
    """The words of each kind of a lexicon of `kind, word`, as a pattern: the longest first."""
    words: dict[str, list[str]] = {}
    for kind, word in cells(path, comment="#\t"):
        words.setdefault(kind, []).append(re.escape(word))
    return {kind: "|".join(sorted(some, key=len, reverse=True)) for kind, some in words.items()}
