"""Who lets requests out: nobody here; a batch has a gate that opens wider and closes."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Gate(Protocol):
    """What an endpoint asks before each request, and tells when it is asked to slow down.

    `patience` is the longest pause in seconds in which a server is obeyed.
    """

    patience: float

    def passage(self) -> AbstractContextManager[None]:
        """Held while a request is under way, not while one waits for its next try."""

    def slowed(self, seconds: float, *, is_limit: bool) -> None:
        """A server asked to wait this long; `is_limit` when it said that there were too many."""

    def sleep(self, seconds: float) -> None:
        """Wait between tries."""


class OpenGate:
    """Everything passes at once."""

    patience = 60.0

    def passage(self) -> AbstractContextManager[None]:
        return nullcontext()

    def slowed(self, seconds: float, *, is_limit: bool) -> None:
        """Nobody else has to know."""

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
