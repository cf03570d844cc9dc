"""Ctrl-C that is not the end of the program at once: on a batch, and while a pager runs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.batch.runner import Stop

INTERRUPTED = "interrupted"


@contextmanager
def draining(stop: Stop, say: Callable[[str], None]) -> Iterator[None]:
    """While this is open, SIGINT and SIGTERM set `stop`; a second one raises KeyboardInterrupt.

    So what is in work is finished first, and whoever will not wait presses it twice.
    """

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if stop.reason == INTERRUPTED:
            raise KeyboardInterrupt
        stop.reason = stop.reason or INTERRUPTED
        say("stopping: the documents in work are finished first; once more ends it at once")

    with _heard_by(heard, signal.SIGINT, signal.SIGTERM):
        yield


@contextmanager
def noting() -> Iterator[list[int]]:
    """While this is open, Ctrl-C raises nothing: its signals are in the list that is given.

    For a process that is waited for: where KeyboardInterrupt is raised at the moment the process
    ends, `subprocess.Popen.wait` has asked for its exit code and lost it, and tells of 0.
    """
    heard: list[int] = []
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is for the process, too
        yield heard
        return
    with _heard_by(lambda number, _frame: heard.append(number), signal.SIGINT):
        yield heard


@contextmanager
def _heard_by(
    handler: Callable[[int, FrameType | None], None], *signals: signal.Signals
) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in signals}
    try:
        yield
    finally:
        for number, usual in before.items():
            signal.signal(number, usual)
