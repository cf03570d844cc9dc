"""`planted`: wrong picks put in the place of right ones."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.errors import ConfigError

from ..cases import load_cases
from ..planted import Planted, plant
from .measure import Dataset, say


def planted(
    *,
    schema: Annotated[str, typer.Option(help="The schema with picks.")],
    dataset: Dataset,
) -> None:
    """Put every other number of its kind into every field: who sees it, what is refused.

    Asks no model. Exit code 1: a scorer let one pass.
    """
    every = Planted()
    cases = [case for case in load_cases(dataset) if case.wanted]
    if not cases:
        raise ConfigError(f"dataset {dataset!r} has no gold of a schema with picks")
    for case in cases:
        every.take(plant(case, schema))
    typer.echo(f"{every.count} wrong picks in {len(cases)} documents")
    typer.echo(f"{every.count - len(every.unseen)} caught by a scorer")
    typer.echo(f"{every.refused.total()} refused by the product's rules")
    for why, count in every.refused.most_common():
        typer.echo(f"  {count:4} {why}")
    for one in every.unseen:
        say(f"unseen: {one}")
    if every.unseen:
        raise typer.Exit(1)
