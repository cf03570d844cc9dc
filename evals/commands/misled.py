"""`misled`: errors planted into summaries, and how soon the doubts lead to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from summarizer.documents.parsed import ParsedDocument, parse
from summarizer.documents.read import read
from summarizer.engine.schema import load_schema
from summarizer.render.load import load
from summarizer.types import Summary

from ..answers import Variant, opened
from ..cases import load_cases
from ..misled import documents, mislead
from .measure import Dataset, say

FLOOR = 0.8  # of the planted errors in the first fifth of what is shown


def misled(
    *,
    dataset: Dataset = "all",
    count: Annotated[int, typer.Option(min=1, help="Documents to plant errors into.")] = 10,
) -> None:
    """Plant errors of six kinds, and count those in the first fifth of what is shown.

    Summaries are replayed from stored answers. Exit code 1: fewer than 0.8 of all are shown so
    soon.
    """
    schema = load_schema("report")
    found = mislead(documents(_summaries(dataset), schema, count))
    for kind, planted in found.planted.items():
        typer.echo(f"{kind:8} {found.soon[kind]:3} of {planted}")
    typer.echo(f"{found.share:.2f} of {found.planted.total()} in the first fifth")
    for one in found.late:
        say(f"late: {one}")
    if found.share < FLOOR:
        raise typer.Exit(1)


def _summaries(dataset: str) -> Iterator[tuple[str, Summary, ParsedDocument]]:
    with opened(Variant()) as session:
        for case in load_cases(dataset):
            (summary,) = load(json.dumps(session.summarize(case.path)))
            yield case.name, summary, parse(read(case.path))
