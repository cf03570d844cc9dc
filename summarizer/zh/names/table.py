"""Tables beside the rules: tab-separated, a header, a column `origin` for where a row is from."""

from __future__ import annotations

from pathlib import Path

from summarizer.zh.lexicon import table

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon by column name."""
    return table(FOLDER / name)


def words(name: str, column: str, value: str) -> frozenset[str]:
    """The first column of the rows that have `value` in `column`."""
    return frozenset(next(iter(row.values())) for row in rows(name) if row[column] == value)
