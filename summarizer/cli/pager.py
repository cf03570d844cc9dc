"""A long text on a terminal, a screen at a time."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import subprocess
import threading
from typing import IO

from summarizer.cli.interrupts import noting
from summarizer.cli.output import write
from summarizer.config import in_ci, pager_command, pager_environment


def show_paged(text: str) -> None:
    """Write a text to the terminal, through the user's pager where it is longer than the screen."""
    command = None if in_ci() or _fits(text) else _pager()
    if command is None or not _paged(command, text):
        write(text)


def _paged(command: list[str], text: str) -> bool:
    """Whether the pager took the text; what it does of Ctrl-C is its own, and we wait for it.

    Raises KeyboardInterrupt where that ended it.
    """
    with noting() as interrupted:
        try:
            running = subprocess.Popen(  # noqa: S603 — the user's own program
                command, stdin=subprocess.PIPE, env=pager_environment()
            )
        except OSError:
            if interrupted:
                raise KeyboardInterrupt from None
            return False
        given = (running.stdin, text.encode("utf-8", "backslashreplace"))
        threading.Thread(target=_feed, args=given, daemon=True).start()
        failed = running.wait() != 0
    if failed and interrupted:
        raise KeyboardInterrupt
    return not failed


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), pipe:  # a pager may end before it has read all
        pipe.write(data)


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
    return [program, *command[1:]]
