"""`annotate FILE.toml`: gold from a marked-up text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..annotate import write


def annotate(
    files: Annotated[list[Path], typer.Argument(help="Marked-up texts; see docs/evals.md.")],
) -> None:
    """Write the text and the gold of marked-up files beside them."""
    for file in files:
        write(file)
        typer.echo(f"{file.with_suffix('.txt')} {file.with_suffix('.json')}")
