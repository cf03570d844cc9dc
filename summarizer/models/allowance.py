"""What one call to an endpoint may take in all: seconds, over all tries, and bytes of an answer.

A timeout is about silence: a server that sends a blank a minute never meets it. Here everything is
counted that a call spends asking and waiting; what is left is the longest that its next try gets.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

LARGEST = 50_000_000  # bytes of one answer; the longest that we ask for has some 100,000

_under_way: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


class Allowance:
    """The seconds of one call; for the one thread that makes it.

    >>> allowance = Allowance(600)
    >>> allowance.spend(90)
    >>> allowance.left
    510
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.left = seconds
        self._began = 0.0

    def spend(self, seconds: float) -> None:
        """Count seconds that were waited."""
        self.left -= seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the seconds of a try; what comes in meanwhile is read under its guard."""
        token = _under_way.set(self)
        self._began = time.monotonic()
        try:
            yield
        finally:
            _under_way.reset(token)
            self.spend(time.monotonic() - self._began)

    def is_used_up(self) -> bool:
        """Whether the try under way has taken all that was left."""
        return self.left <= time.monotonic() - self._began


def guard(response: httpx2.Response) -> None:
    """A hook for the client: the body of this response is read within the allowance, or not."""
    allowance = _under_way.get()
    if allowance is not None:
        response.stream = _guarded(response, allowance)


def _guarded(response: httpx2.Response, allowance: Allowance) -> httpx2.SyncByteStream:
    import httpx2

    assert isinstance(response.stream, httpx2.SyncByteStream)
    source: httpx2.SyncByteStream = response.stream

    class Guarded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for part in source:
                size += len(part)
                if allowance.is_used_up():
                    raise httpx2.ReadTimeout("the answer drips in", request=response.request)
                if size > LARGEST:
                    raise httpx2.DecodingError("the answer has no end", request=response.request)
                yield part

        def close(self) -> None:
            source.close()

    return Guarded()
