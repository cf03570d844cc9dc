"""Progress on standard error: there on a terminal only, gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.pipeline import Step

WORDS = {
    "read": "Reading",
    "clean": "Cleaning",
    "mentions": "Finding numbers",
    "figures": "Naming figures",
    "items": "Finding items",
    "overview": "Writing the overview",
    "verify": "Verifying",
}


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[Step], None] | None]:
    """A function to tell of each step, or None where nobody watches."""
    if quiet or not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(WORDS["read"], total=None)

        def step(now: Step) -> None:
            words = WORDS.get(now.name, now.name)
            bar.update(task, description=words, completed=now.done, total=now.total or None)

        yield step
