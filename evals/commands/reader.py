"""`reader DIR`: a careful reader in the place of a model."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import ConfigError

from ..reader import Reader
from .measure import say


def reader(
    folder: Annotated[Path, typer.Argument(help="Where requests lie and answers are written.")],
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Refuse what has no answer yet, with 503.")
    ] = False,
) -> None:
    """Serve the OpenAI protocol on this machine, answered by files that somebody writes.

    Each request lies in the folder as <digest>.request.md; its answer is <digest>.answer.json.
    Ctrl-C ends it; answers stay, and are sent at once the next time.
    """
    try:
        server = Reader(folder, port, waits=not no_wait, tell=say)
    except OSError as error:
        raise ConfigError(f"cannot listen on port {port} or use {folder}: {error}") from error
    try:
        with server:
            typer.echo(server.base_url)
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        say("the reader has gone home; its answers stay")
