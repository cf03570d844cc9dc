"""A long text on a terminal, a screen at a time."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from summarizer.cli.output import write
from summarizer.config import in_ci, pager_command

_LESS = "-FRX"  # leave at once what fits, show colours, keep the text on the screen afterwards


def show_paged(text: str) -> None:
    """Write a text to the terminal, through the user's pager where it is longer than the screen."""
    command = None if in_ci() or _fits(text) else _pager()
    if command is None:
        write(text)
        return
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE) as running:  # noqa: S603 — the user's own program
            running.communicate(text.encode("utf-8", "backslashreplace"))
    except OSError:
        write(text)


def _fits(text: str) -> bool:
    return text.count("\n") < shutil.get_terminal_size().lines


def _pager() -> list[str] | None:
    """The program and its arguments; None where there is none, or the user wants none."""
    try:
        command = shlex.split(pager_command())
    except ValueError:
        return None
    program = shutil.which(command[0]) if command else None
    if program is None:
        return None
    return [program, *command[1:], *([_LESS] if command == ["less"] else [])]
