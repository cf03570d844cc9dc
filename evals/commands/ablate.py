"""`ablate`: what each part of the product contributes, and each family of its rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer.errors import ConfigError

from .. import ablate as parts
from ..answers import CASSETTES, Summarize, Variant, opened, summarizer
from ..cases import Case, load_cases
from ..lists import lists_of
from ..parrot import PARROT, parrot
from ..reports.ablation import families, table
from ..suites import scored, summarized
from .measure import NOT_MEASURED, Cassettes, Given, pairs, say

Datasets = Annotated[
    list[str],
    typer.Option("--dataset", help="seeds, own, all, or a path; several: each by itself."),
]


def ablate(  # noqa: PLR0913 — a parameter is an option
    *,
    dataset: Datasets = ["seeds"],  # noqa: B006 — typer reads it, nobody changes it
    by_family: Annotated[
        bool, typer.Option("--families", help="Without one family of rules after the other.")
    ] = False,
    model: Annotated[
        str, typer.Option("--model", "-m", help="Whose stored answers: local, reader; or parrot.")
    ] = "",
    given: Given = [],  # noqa: B006 — same
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file for the same as JSON.")
    ] = None,
    cassettes: Cassettes = CASSETTES,
) -> None:
    """What each part contributes: tables in Markdown, from stored answers or a parrot's.

    With --families nobody need have answered: the parrot stands in for the model, because without
    a family other requests are sent than those whose answers are stored.
    """
    who = model or (PARROT if by_family else "local")
    variant = Variant(who, cassettes=cassettes, given=pairs(given))
    measure = _families if by_family else _columns
    written: dict[str, Any] = {}
    for name in dataset:
        cases = [case for case in load_cases(name) if case.gold]
        if not cases:
            raise ConfigError(f"dataset {name!r} has no gold to hold anything against")
        say(f"{name}: {len(cases)} documents with gold")
        typer.echo(f"## {name}, {len(cases)} documents\n")
        written[name] = measure(cases, variant)
        typer.echo("")
    if out:
        out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _columns(cases: Sequence[Case], variant: Variant) -> Any:
    """The four columns, printed; as data."""
    if variant.model == PARROT:
        raise ConfigError("the parrot is a column already; --model says whose answers are stored")
    measured = summarized(cases, variant, say)
    if measured.obstacle:
        say(f"not measured: {measured.obstacle}")
        raise typer.Exit(NOT_MEASURED)
    columns = measured.run.columns
    typer.echo("\n".join(table(columns)))
    return {column.name: column.parts for column in columns}


def _families(cases: Sequence[Case], variant: Variant) -> Any:
    """Every family's differences, printed; as data."""
    if variant.model == PARROT:
        chosen = Variant("local", given=variant.given).settings
        return _without(cases, summarizer(parrot(), chosen), chosen.schema)
    with opened(variant) as session:
        return _without(cases, session.again, variant.settings.schema)


def _without(cases: Sequence[Case], make: Summarize, schema: str) -> Any:
    names = parts.rows(lists_of(schema))
    found = list(parts.without(make, partial(scored, cases, schema=schema), names, say))
    typer.echo("\n".join(families(found, names)))
    return [
        {
            "group": one.family.group,
            "family": one.family.name,
            "changed": None if one.missing else one.changed,
            "differences": {
                d.metric: [d.full, d.change, d.interval, d.of] for d in one.differences
            },
        }
        for one in found
    ]
