"""`score`, `mentions`, `compare`: what judges things that exist already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import InputError
from summarizer.render.find_schema import schema_of

from ..cases import Case, load_cases
from ..compare import compare as changes
from ..explain import headlines, listing
from ..lists import SCHEMA, lists_of
from ..report import load
from ..reports.table import show_changes
from ..score import score_mentions, score_view, totals
from ..scores import Score
from ..views import SummaryView, load_views
from .measure import Dataset, console

Explain = Annotated[bool, typer.Option("--explain", help="List every fault with its reason.")]


def score(
    summaries: Annotated[list[Path], typer.Argument(help="Summaries in JSON.")],
    *,
    dataset: Dataset = "all",
    schema: Annotated[str, typer.Option(help="What they follow. [default: as they say]")] = "",
    explain: Explain = False,
) -> None:
    """Score summaries that exist already; a summary finds its case by the document's id."""
    cases = {case.id: case for case in load_cases(dataset)}
    every = []
    for path, view in [(file, view) for file in summaries for view in load_views(file)]:
        if view.document not in cases:
            raise InputError(f"{path}: its document {view.source} is not in dataset {dataset!r}")
        case, name = cases[view.document], schema or _said(view, path)
        every.append(score_view(case, view, lists_of(name), name))
        _tell(case, every[-1], explain=explain)
    _total(every)


def _said(view: SummaryView, path: Path) -> str:
    """The schema that a summary names; that of reports where it names none."""
    id_ = view.given.get("schema_id")
    if not isinstance(id_, str):
        return SCHEMA
    found = schema_of(id_, str(path))
    return found.name if found.is_shipped else str(found.path)


def mentions(*, dataset: Dataset = "seeds", explain: Explain = False) -> None:
    """The grammar alone against gold, no model: figures, units, bounds, spans."""
    every = []
    for case in load_cases(dataset):
        every.append(score_mentions(case))
        _tell(case, every[-1], explain=explain)
    _total(every)


def compare(
    before: Annotated[Path, typer.Argument(help="A report.json or its folder.")],
    after: Annotated[Path, typer.Argument(help="Another.")],
) -> None:
    """Two reports side by side, paired by document, with intervals of the differences."""
    for title, changed in changes(load(before), load(after)):
        show_changes(title, changed, console())


def _tell(case: Case, scores: Sequence[Score], *, explain: bool) -> None:
    _say(f"== {case.name}")
    for line in headlines(scores):
        _say(line)
    for line in listing(scores, case.text) if explain else ():
        _say("  " + line)


def _total(every: Sequence[Iterable[Score]]) -> None:
    _say(f"== all, n={len(every)} documents")
    for line in headlines(totals(every)):
        _say(line)


def _say(line: str) -> None:
    from summarizer.render.safe import visible

    typer.echo(visible(line.replace("\n", " ")))
