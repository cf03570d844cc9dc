"""Requests of several kinds under way at once, each kind in a lane of its own.

All of a kind begin with the same instructions and examples, which an engine with slots reads once
a slot as long as the slot keeps to the kind. So two at once are of two kinds where there are two;
one after the other, and all of the first kind before the second, where one is allowed at a time.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

Asked = TypeVar("Asked")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Lane:
    waiting: deque[tuple[Callable[[], Any], Future[Any]]] = field(default_factory=deque)
    under_way: int = 0


class Lanes:
    """So many workers; each takes the next call of the lane that has the fewest under way.

    >>> with Lanes(2) as lanes:
    ...     evens, odds = lanes.add(str, (2, 4)), lanes.add(str, (1, 3))
    ...     lanes.start()
    ...     [one.result() for one in (*evens, *odds)]
    ['2', '4', '1', '3']
    """

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers)
        self._lanes: list[_Lane] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """What has not begun by now never will."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def add(
        self, call: Callable[[Asked], Result], arguments: Iterable[Asked]
    ) -> list[Future[Result]]:
        """A lane: a call for each argument, whose results come in whatever order."""
        lane, futures = _Lane(), []
        for argument in arguments:
            future: Future[Result] = Future()
            lane.waiting.append((partial(call, argument), future))
            futures.append(future)
        self._lanes.append(lane)
        return futures

    def start(self) -> None:
        """Begin; lanes are added before."""
        for _ in range(sum(len(lane.waiting) for lane in self._lanes)):
            self._pool.submit(self._next)

    def _next(self) -> None:
        with self._lock:
            waiting = (lane for lane in self._lanes if lane.waiting)
            lane = min(waiting, key=lambda lane: lane.under_way)
            call, future = lane.waiting.popleft()
            lane.under_way += 1
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 — raised again where the result is fetched
            self._ended(lane)
            future.set_exception(error)
        else:
            self._ended(lane)
            future.set_result(result)

    def _ended(self, lane: _Lane) -> None:
        with self._lock:
            lane.under_way -= 1
