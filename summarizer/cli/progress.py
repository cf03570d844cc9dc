"""Progress on standard error: a bar on a terminal, gone when the work is done; and the preview.

The preview is a line for each figure and item as it is found: above the bar on a terminal, plain
lines anywhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from summarizer.cli.language import told

if TYPE_CHECKING:
    from summarizer.pipeline import Step
    from summarizer.types import Figure, Item

Watcher = Callable[["Step"], None]

WORDS = {
    "read": "Reading",
    "clean": "Cleaning",
    "mentions": "Finding numbers",
    "passages": "Reading passages",
    "figures": "Naming figures",
    "judged": "Judging what may be an item",
    "items": "Finding items",
    "overview": "Writing the overview",
    "verify": "Verifying",
}


@contextmanager
def shown(*, quiet: bool, preview: bool = False) -> Iterator[Watcher | None]:
    """A function to tell of each step, or None where nobody watches."""
    if sys.stderr is None or (quiet and not preview):
        yield None
    elif quiet or not sys.stderr.isatty():
        yield _plain if preview else None
    else:
        with _bar(preview=preview) as step:
            yield step


def line_of(found: Figure | Item) -> str:
    """A figure or an item as one line of visible characters, whatever the document holds."""
    from summarizer.render.amount import figure_line
    from summarizer.render.outline import item_line
    from summarizer.types import Figure

    return figure_line(found) if isinstance(found, Figure) else item_line(found)


def _plain(now: Step) -> None:
    """Tell what was found, and nothing else. Whoever has stopped listening costs no summary."""
    try:
        for one in now.found:
            print(line_of(one), file=sys.stderr, flush=True)
    except OSError:
        return


@contextmanager
def _bar(*, preview: bool) -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, emoji=False), transient=True) as bar:
        task = bar.add_task(told(WORDS["read"]), total=None)

        def step(now: Step) -> None:
            words = told(WORDS.get(now.name, now.name))
            bar.update(task, description=words, completed=now.done, total=now.total or None)
            for one in now.found if preview else ():
                bar.console.print(line_of(one), markup=False, highlight=False, soft_wrap=True)

        yield step
