"""Lexicons: tab-separated files beside the rules; the column `origin` says where a row is from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a lexicon by column name; empty lines and lines with `#` are comments."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    columns = lines[0].split("\t")
    for line in lines[1:]:
        if line and not line.startswith("#\t"):
            yield dict(zip(columns, line.split("\t"), strict=True))
