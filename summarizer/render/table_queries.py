"""What to ask of the tables first: three queries for DuckDB that run as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from summarizer.render.tables import RESERVED

AFTER_LISTS = "tallies"  # the table that follows those of items
ADDED = ("money", "count", "area", "length", "mass", "volume")
"""The kinds of amounts that may be added; a percentage, an age, a rate or a duration never is."""

_SUMS = f"""\
SELECT kind, coalesce(base_unit, unit) AS unit, count(*) AS figures,
       sum(CASE WHEN kind IN ({", ".join(map(repr, ADDED))}) AND per IS NULL AND high IS NULL
           THEN coalesce(CAST(base_value AS DECIMAL(38, 6)), CAST(value AS DECIMAL(38, 6)))
           END) AS total
FROM {{figures}} GROUP BY ALL ORDER BY figures DESC LIMIT 20;"""  # noqa: S608 — our own words
_GAPS = """\
SELECT source, title, CAST(quantities AS INTEGER) AS quantities, CAST(missed AS INTEGER) AS missed
FROM {documents} ORDER BY missed DESC, source LIMIT 20;"""
_PROOF = """\
SELECT item.*, proof.quote
FROM {items} AS item JOIN {evidence} AS proof USING (document_id, item_id) LIMIT 20;"""
_ISSUES = """\
SELECT severity, code, count(*) AS how_often FROM {issues} GROUP BY ALL ORDER BY how_often DESC;"""

PLACES = {
    "csv": "'{}.csv'",
    "jsonl": "'{}.jsonl'",
    "parquet": "'{}.parquet'",
    "duckdb": "{}",
}
"""How DuckDB names a table in each format, from within the folder; it reads no workbook."""


def queries(format: str, names: Iterable[str]) -> list[tuple[str, str]]:  # noqa: A002 — the word users know
    """Titles and queries for the tables of a folder, none for a format that DuckDB cannot read.

    >>> [title for title, _ in queries("csv", ["documents", "figures", "issues", "evidence"])]
    ['What is counted, by unit', 'Where numbers were missed', 'What went wrong, by kind']
    """
    if format not in PLACES:
        return []
    lists = takewhile(lambda name: name != AFTER_LISTS, names)
    items = next((name for name in lists if name not in RESERVED), None)
    place = PLACES[format].format
    named = {name: place(name) for name in RESERVED}
    found = [("What is counted, by unit", _SUMS), ("Where numbers were missed", _GAPS)]
    if items is None:
        found.append(("What went wrong, by kind", _ISSUES))
    else:
        named["items"] = place(f'"{items}"' if format == "duckdb" else items)
        found.append((f"The {items} with what proves them", _PROOF))
    return [(title, query.format(**named)) for title, query in found]
