"""The lexicons beside the rules; the column `origin` says where a row is from."""

from __future__ import annotations

from pathlib import Path

from summarizer.zh.lexicon import table

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon by column name."""
    return table(FOLDER / name)
