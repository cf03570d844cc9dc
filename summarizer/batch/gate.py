"""How many requests are under way: as many as the endpoint takes, found out by asking.

The shape is that of congestion control: twice as many after each clean round until the first
"too many requests", then slowly more; a fifth less at each such answer, at most once a cooldown.
Other faults stop the growth and cut nothing. Who waits for a try of his own holds no place.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from summarizer.errors import ModelError

FIRST = 4  # requests at once, to begin with
MOST = 256  # and at most, however willing the endpoint
CUT = 0.8
GROWTH = 1.05
COOLDOWN = 15.0  # seconds in which one "too many" says the same as ten
PATIENCE = 3600.0  # seconds of pause that an endpoint may ask for; a night is long
BUSY = 0.8  # share of the places that must have been taken for more to make sense


_STOPPING = "the batch is stopping"


class Stopped(ModelError):
    """The batch is stopping: no further request is let out. The document is done another time."""


class BatchGate:
    """The gate of a batch; threads share it. `jobs` fixes its width, 0 lets it adapt."""

    patience = PATIENCE

    def __init__(self, jobs: int = 0, *, first: int = FIRST, most: int = MOST) -> None:
        self._is_adaptive = not jobs
        self._width = jobs or min(first, most)
        self.most = jobs or most
        self._state = threading.Condition()
        self._under_way = 0
        self._peak = 0
        self._clean = 0
        self._was_limited = False
        self._cut_at = float("-inf")
        self._opens_at = 0.0
        self._is_closed = threading.Event()
        self._is_draining = threading.Event()

    @property
    def width(self) -> int:
        """How many may be under way at once just now."""
        return self._width

    @property
    def under_way(self) -> int:
        """How many are."""
        return self._under_way

    @contextmanager
    def passage(self) -> Iterator[None]:
        """Hold a place while a request is under way. Raises Stopped once the gate is closed."""
        self._enter()
        is_clean = False
        try:
            yield
            is_clean = True
        finally:
            self._leave(is_clean=is_clean)

    def slowed(self, seconds: float, *, is_limit: bool) -> None:
        """The endpoint asked for a pause, which holds for everybody."""
        with self._state:
            now = time.monotonic()
            self._opens_at = max(self._opens_at, now + seconds)
            self._clean = 0
            if is_limit and self._is_adaptive and now - self._cut_at >= COOLDOWN:
                self._width = max(1, int(self._width * CUT))
                self._cut_at = now
                self._was_limited = True

    def sleep(self, seconds: float) -> None:
        """Wait between tries, without a place. Raises Stopped when it drains or is closed."""
        if self._is_draining.wait(seconds):
            raise Stopped(_STOPPING)

    @property
    def pause(self) -> float:
        """Seconds until the endpoint wants to be asked again."""
        return max(0.0, self._opens_at - time.monotonic())

    @property
    def is_closed(self) -> bool:
        """True once nothing is let out any more."""
        return self._is_closed.is_set()

    def drain(self) -> None:
        """Let nobody wait any longer: who has to pause, or to try again, gives up."""
        with self._state:
            self._is_draining.set()
            self._state.notify_all()

    def close(self) -> None:
        """Let nothing out any more; what is under way comes back."""
        self._is_closed.set()
        self.drain()

    def check(self) -> None:
        """Raise Stopped if the gate is closed."""
        if self._is_closed.is_set():
            raise Stopped(_STOPPING)

    def _enter(self) -> None:
        with self._state:
            while not self._is_closed.is_set():
                wait = self.pause
                if wait > 0 and self._is_draining.is_set():
                    raise Stopped(_STOPPING)
                if wait <= 0 and self._under_way < self._width:
                    self._under_way += 1
                    self._peak = max(self._peak, self._under_way)
                    return
                self._state.wait(wait if wait > 0 else None)
        self.check()

    def _leave(self, *, is_clean: bool) -> None:
        with self._state:
            self._under_way -= 1
            self._clean = self._clean + 1 if is_clean else 0
            if self._is_adaptive and self._width <= self._clean:
                self._grow()
            self._state.notify()

    def _grow(self) -> None:
        """After a clean round."""
        is_cooling = time.monotonic() - self._cut_at < COOLDOWN
        if self._peak >= BUSY * self._width and not is_cooling:
            wider = int(self._width * GROWTH) + 1 if self._was_limited else self._width * 2
            self._width = min(self.most, wider)
            self._state.notify_all()
        self._clean = 0
        self._peak = self._under_way
