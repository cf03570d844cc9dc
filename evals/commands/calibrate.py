"""`calibrate`: how far the confidence of labels can be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import InputError

from ..calibrate import Judged, curve, fitted, judged
from ..cases import load_cases
from ..lists import SCHEMA
from ..views import load_views
from .measure import say


def calibrate(
    summaries: Annotated[list[Path], typer.Argument(help="Summaries in JSON, or a batch's lines.")],
    *,
    dataset: Annotated[list[str], typer.Option(help="Where their gold is; several.")],
    fit: Annotated[bool, typer.Option("--fit", help="Print weights fitted on them, too.")] = False,
) -> None:
    """Hold the confidence of labels against gold, by fifths from the least sure on."""
    cases = {case.id: case for name in dataset for case in load_cases(name) if case.gold}
    every: list[Judged] = []
    for seen in (view for path in summaries for view in load_views(path)):
        if seen.document not in cases:
            raise InputError(f"{seen.source} is in no dataset with gold")
        every += judged(cases[seen.document], seen.given, SCHEMA)
    if not every:
        raise InputError("no label of these summaries has one in gold")
    found = curve(every)
    say(f"{len(every)} labels, {sum(not one.right for one in every)} of them wrong")
    for part in found.parts:
        say(f"sure {part.sure:.2f}  right {part.right / part.count:.2f} ({part.count})")
    say(f"wrong ones in the least sure fifth {found.found:.2f}")
    say(f"expected calibration error {found.error:.3f}")
    for sign, weight in sorted(fitted(every).items()) if fit else ():
        typer.echo(f"{sign}\t{weight:.2f}")
