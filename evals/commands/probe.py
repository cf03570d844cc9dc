"""`probe`: fit probes to marked documents, or hold them against others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from summarizer.config import Settings
from summarizer.config import settings as read_settings
from summarizer.engine.hooks import Hooks
from summarizer.engine.item_list import ItemList
from summarizer.engine.probe import TAGGER, load_probe, load_tagger, may_have_one, path_of
from summarizer.engine.schema import Schema, load_schema
from summarizer.errors import ConfigError
from summarizer.models.readouts import State

from ..logistic import Fitted, fit
from ..probe import (
    ROLES,
    TAGS,
    Marked,
    fit_tagger,
    held,
    of_names,
    of_sentences,
    offered,
    read_marked,
    readings,
    tagger_worth,
    written,
    wrong,
)
from .measure import say

MEASURES, EXEMPLARS = "做", "榜样"
LEAST = 0.0  # log-odds from which on a sentence or a name tells of an item


def probe(  # noqa: PLR0913 — a parameter is an option
    marked: Annotated[list[Path], typer.Argument(help="Marked documents, or folders of them.")],
    *,
    schema: Annotated[str, typer.Option(help="The schema whose list it is.")] = "report",
    listed: Annotated[str, typer.Option("--list", help="The list.")] = "measures",
    tag: Annotated[
        str, typer.Option(help="What marks its sentences or names. [default: 做, of names 榜样]")
    ] = "",
    to_fit: Annotated[bool, typer.Option("--fit", help="Fit it anew, and write it.")] = False,
    names: Annotated[
        bool, typer.Option("--names", help="The tagger that finds names, not a list's probe.")
    ] = False,
) -> None:
    """Hold a probe against marked documents; with --fit, fit it to them and write it.

    From where on log-odds tell of an item stays as the file says, 0 in a new one. Reads the
    documents with the embedded model, a minute for five of a thousand characters.
    """
    settings = read_settings(schema=schema)
    documents = [read_marked(file) for path in marked for file in _files(path)]
    if names:
        _tagger(documents, settings, to_fit=to_fit)
        return
    loaded = load_schema(schema)
    one = _list_of(loaded, listed)
    place, tag = path_of(loaded, listed), tag or (EXEMPLARS if one.names else MEASURES)
    if tag not in (ROLES if one.names else TAGS):
        raise ConfigError(f"--tag is one of {' '.join(ROLES if one.names else TAGS)}")
    found = [*_told(documents, settings, tag, loaded.hooks if one.names else None)]
    every = [state for several in found for state, _ in several]
    is_one = [so for several in found for _, so in several]
    what = "names" if one.names else "sentences"
    if to_fit:
        [fitted] = fit(every, [[so] for so in is_one])
        about = f"{listed} of {schema}: {len(every)} {what}, {sum(is_one)} of them {tag}"
        least = load_probe(place).least if place.exists() else LEAST
        place.write_text(written(fitted, about, least), encoding="utf-8")
        say(f"{place}: {about}")
        return
    stands = load_probe(place)
    fitted = Fitted(stands.weights, stands.bias)
    for document, several in zip(documents, found, strict=True):
        odds = [fitted.odds(state) for state, _ in several]
        for line in () if one.names else wrong(document, odds, tag, stands.least):
            typer.echo(line)
    worth = held([fitted.odds(state) for state in every], is_one, stands.least)
    typer.echo(
        f"{worth.count} {what}, {worth.marked} of them {tag}: area {worth.area:.3f}, "
        f"right {worth.right:.3f}, found {worth.found:.3f}"
    )


def _told(
    documents: Sequence[Marked], settings: Settings, tag: str, hooks: Hooks | None
) -> list[list[tuple[State, bool]]]:
    """Of each document the states of its sentences, or with hooks of the names that they offer.

    And whether each is one.
    """
    found = []
    for document, read in zip(documents, readings(documents, settings), strict=True):
        if hooks is None:
            found.append(of_sentences(document, read, tag))
        else:
            names, asked = of_names(document, read), offered(document, hooks)
            told = ((one, state) for one, state in names.items() if one.text in asked)
            found.append([(state, one.role == tag) for one, state in told])
        say(f"{document.name}: {len(found[-1])}")
    return found


def _tagger(documents: Sequence[Marked], settings: Settings, *, to_fit: bool) -> None:
    """Fit the tagger that finds names, or hold it against marked documents."""
    read = readings(documents, settings)
    if to_fit:
        told, about = fit_tagger(documents, read)
        TAGGER.write_text(told, encoding="utf-8")
        say(f"{TAGGER}: {about}")
        return
    worth = tagger_worth(documents, read, load_tagger(TAGGER).request({}, []))
    typer.echo(f"{worth.marked} names: right {worth.right:.3f}, found {worth.found:.3f}")


def _list_of(schema: Schema, listed: str) -> ItemList:
    """A list of a schema. Raises ConfigError for one that can have no probe."""
    can = {one.name: one for one in schema.lists if may_have_one(one)}
    if listed not in can:
        told = f"those that can: {', '.join(can)}" if can else "none of its lists can"
        raise ConfigError(f"{schema.name} has no list {listed} that can have a probe; {told}")
    return can[listed]


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.txt")) if path.is_dir() else [path]
