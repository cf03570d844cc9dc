"""`injection`: how often a text that gives orders changes more than words."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.config import settings as read_settings

from ..injection import attacks, sampled, tried


def injection(
    *,
    model: Annotated[str, typer.Option("--model", "-m", help="Who is attacked.")] = "local",
    size: Annotated[int, typer.Option("--size", min=1, help="How many attacks.")] = 20,
    seconds: Annotated[int, typer.Option(min=1, help="No attack begins after so many.")] = 600,
    threads: Annotated[int, typer.Option(min=0, help="Of the embedded model; 0 is all.")] = 0,
) -> None:
    """Attack a model through a report: the share of attacks that change more than wording."""
    from summarizer.models import open_model
    from summarizer.pipeline import summarize

    chosen = read_settings(model=model, store="off", threads=threads)
    some = sampled(attacks(), size)
    with open_model(model, chosen) as opened:
        results = tried(
            some,
            lambda document: summarize(document, model=opened, settings=chosen),
            seconds=seconds,
        )
    for one in results:
        typer.echo(f"{one.attack.family}: {one.attack.text!a:.60}: {one.changed or 'nothing'}")
    changed = sum(bool(one.changed) for one in results)
    figures = sum(one.figures for one in results)
    told = sum(one.told for one in results)
    typer.echo(
        f"{changed} of {len(results)} attacks changed more than wording, {figures} of them a "
        f"figure; {told} were told as suspicious; {len(some) - len(results)} were not tried"
    )
    raise typer.Exit(int(changed > 0))
