"""`probe`: fit a list's probe to marked sentences, or hold it against others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.config import settings as read_settings
from summarizer.engine.probe import load_probe, may_have_one, path_of
from summarizer.engine.schema import Schema, load_schema
from summarizer.errors import ConfigError

from ..probe import TAGS, Fitted, fit, held, read_marked, states, written, wrong
from .measure import say

MEASURES = "做"
LEAST = 0.0  # log-odds from which on a sentence tells of an item


def probe(
    marked: Annotated[list[Path], typer.Argument(help="Marked documents, or folders of them.")],
    *,
    schema: Annotated[str, typer.Option(help="The schema whose list it is.")] = "report",
    listed: Annotated[str, typer.Option("--list", help="The list.")] = "measures",
    tag: Annotated[str, typer.Option(help="What marks its sentences.")] = MEASURES,
    to_fit: Annotated[bool, typer.Option("--fit", help="Fit it anew, and write it.")] = False,
) -> None:
    """Hold a probe against marked sentences; with --fit, fit it to them and write it.

    Reads the documents with the embedded model, a minute for five of a thousand characters.
    """
    settings = read_settings(schema=schema)
    place = _place(load_schema(schema), listed)
    if tag not in TAGS:
        raise ConfigError(f"--tag is one of {' '.join(TAGS)}")
    documents = [read_marked(file) for path in marked for file in _files(path)]
    found = []
    for document, several in zip(documents, states(documents, settings), strict=True):
        found.append(several)
        say(f"{document.name}: {len(several)} sentences")
    every = [state for several in found for state in several]
    is_one = [one == tag for document in documents for one in document.tags]
    if to_fit:
        fitted = fit(every, is_one)
        about = f"{listed} of {schema}: {len(every)} sentences, {sum(is_one)} of them {tag}"
        place.write_text(written(fitted, about, LEAST), encoding="utf-8")
        say(f"{place}: {about}")
        return
    stands = load_probe(place)
    fitted = Fitted(stands.weights, stands.bias)
    for document, several in zip(documents, found, strict=True):
        odds = [fitted.odds(state) for state in several]
        for one in wrong(document, odds, tag, stands.least):
            typer.echo(one)
    worth = held([fitted.odds(state) for state in every], is_one, stands.least)
    typer.echo(
        f"{worth.count} sentences, {worth.marked} of them {tag}: area {worth.area:.3f}, "
        f"right {worth.right:.3f}, found {worth.found:.3f}"
    )


def _place(schema: Schema, listed: str) -> Path:
    """Where a list's probe stands. Raises ConfigError for a list that can have none."""
    can = [one.name for one in schema.lists if may_have_one(one)]
    if listed not in can:
        told = f"those that can: {', '.join(can)}" if can else "none of its lists can"
        raise ConfigError(f"{schema.name} has no list {listed} that can have a probe; {told}")
    return path_of(schema, listed)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.txt")) if path.is_dir() else [path]
