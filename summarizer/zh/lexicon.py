"""The one loader of lexicons: tab-separated files beside the rules that use them."""

from __future__ import annotations

from pathlib import Path


def cells(path: Path, comment: str = "#") -> list[list[str]]:
    """The cells of each row; empty lines, and those that begin as a comment does, are none."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith(comment)]


def table(path: Path, comment: str = "#\t") -> list[dict[str, str]]:
    """The rows of a lexicon that has a header, by column."""
    columns, *rows = cells(path, comment)
    return [dict(zip(columns, row, strict=True)) for row in rows]
