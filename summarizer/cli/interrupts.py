"""Ctrl-C on a batch: at first what is in work is finished, the second time it ends at once."""

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
    """While this is open, SIGINT and SIGTERM set `stop`; a second one raises KeyboardInterrupt."""

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if stop.reason == INTERRUPTED:
            raise KeyboardInterrupt
        stop.reason = stop.reason or INTERRUPTED
        say("stopping: the documents in work are finished first; once more ends it at once")

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
