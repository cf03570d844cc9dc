"""The command line of the harness: `python -m evals` and `summarizer eval` are this program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import InputError, SummarizerError

app = typer.Typer(
    help="Measure summaries and the quantity grammar against gold.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Dataset = Annotated[str, typer.Option(help="seeds, own, all, or the path of a file or folder.")]
Explain = Annotated[bool, typer.Option("--explain", help="List every fault with its reason.")]


@app.command()
def score(
    summaries: Annotated[list[Path], typer.Argument(help="Summaries in JSON.")],
    *,
    dataset: Dataset = "all",
    explain: Explain = False,
) -> None:
    """Score summaries that exist already; a summary finds its case by the document's id."""
    from .cases import load_cases
    from .explain import headlines, listing
    from .score import score_view, totals
    from .views import load_view

    cases = {case.id: case for case in load_cases(dataset)}
    every = []
    for path in summaries:
        view = load_view(path)
        if view.document not in cases:
            raise InputError(f"{path}: its document {view.source} is not in dataset {dataset!r}")
        case = cases[view.document]
        scores = score_view(case, view)
        every.append(scores)
        say(f"== {case.name}")
        for line in headlines(scores):
            say(line)
        for line in listing(scores, case.text) if explain else ():
            say("  " + line)
    say(f"== all, n={len(every)} documents")
    for line in headlines(totals(every)):
        say(line)


@app.command()
def mentions(*, dataset: Dataset = "seeds", explain: Explain = False) -> None:
    """The grammar alone against gold, no model: figures, units, bounds, spans."""
    from .cases import load_cases
    from .explain import headlines, listing
    from .score import score_mentions, totals

    every = []
    for case in load_cases(dataset):
        scores = score_mentions(case)
        every.append(scores)
        say(f"== {case.name}")
        for line in headlines(scores):
            say(line)
        for line in listing(scores, case.text) if explain else ():
            say("  " + line)
    say(f"== all, n={len(every)} documents")
    for line in headlines(totals(every)):
        say(line)


def say(line: str) -> None:
    """One line on stdout, control characters made visible."""
    sys.stdout.write("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line) + "\n")


def main() -> None:
    """Run the program; exit codes are 0 passed, 1 a gate fell short, 2 usage, 3 not measured."""
    try:
        app()
    except SummarizerError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2 if error.exit_code == 2 else 3)
