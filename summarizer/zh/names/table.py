"""Tables beside the rules: tab-separated, a header, a column `origin` for where a row is from."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon by column name."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


def words(name: str, column: str, value: str) -> frozenset[str]:
    """The first column of the rows that have `value` in `column`."""
    return frozenset(next(iter(row.values())) for row in rows(name) if row[column] == value)
