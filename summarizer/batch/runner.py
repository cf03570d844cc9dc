"""Many documents at once: threads that make, one that keeps the journal.

`Runner.run` is the engine of one machine. What it does with what was made (keep it, try again, stop
the batch) other engines use as well, from the thread that holds the journal.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Protocol

from summarizer.batch.budget import Spending
from summarizer.batch.causes import ATTEMPTS
from summarizer.batch.gate import BatchGate
from summarizer.batch.journal import Journal, Pending, Tally
from summarizer.batch.making import Made, Maker
from summarizer.batch.output import Live
from summarizer.batch.record import Outcome, failed
from summarizer.errors import ModelError, NothingAnswered
from summarizer.provenance import Usage

_TICK = 0.2  # seconds between looks at the clock and at the user
_SPARE = 3  # so many more documents than places may fail in a row before the endpoint is gone


Arrival = tuple[Pending, int, Made]
"""A document, which attempt at it this was, and what became of it."""


class Watcher(Protocol):
    """Who looks on: the command line's progress, or nobody."""

    def started(self, tally: Tally, spending: Spending) -> None:
        """The inputs are listed and the work begins."""

    def kept(self, outcome: Outcome) -> None:
        """A document is done or failed, and in the journal."""

    def tick(self, in_flight: int, pause: float = 0.0) -> None:
        """Time passes; `pause` are the seconds that the endpoint wants to be left alone."""


@dataclass(slots=True)
class Stop:
    """Why a run is to end early. `reason` is for the user; `error` ends the command with it."""

    reason: str = ""
    error: BaseException | None = None

    def __bool__(self) -> bool:
        return bool(self.reason)


@dataclass(slots=True)
class Runner:
    """One pass over what is pending. Only the thread that calls `run` touches the journal.

    Whoever makes documents puts them on `ready`.
    """

    journal: Journal
    maker: Maker
    gate: BatchGate
    spending: Spending
    watcher: Watcher
    stop: Stop
    live: Live | None = None
    made: int = 0
    ready: SimpleQueue[Arrival] = field(default_factory=SimpleQueue)
    _again: deque[tuple[Pending, int]] = field(default_factory=deque)
    _in_flight: int = 0
    _gone: int = 0
    _is_answered: bool = False
    _no_answer: ModelError | None = None

    @property
    def unanswered(self) -> ModelError | None:
        """Why there is no answer, if documents were asked about and none of them got one."""
        return None if self._is_answered else self._no_answer

    def run(self, pending: Iterator[Pending], documents_at_once: int | None = None) -> None:
        """Make what is pending; ends when all is settled, or early when `stop` says so.

        `documents_at_once` limits the documents in work, for a model that takes one at a time;
        else there are as many as the gate is wide.
        """
        most = documents_at_once or self.gate.most
        pool = ThreadPoolExecutor(most, thread_name_prefix="document")
        try:
            while True:
                width = documents_at_once or self.gate.width
                while not self.stop and self._in_flight < width:
                    task = self.take(pending)
                    if task is None:
                        break
                    pool.submit(self._work, *task)
                if not self._in_flight:
                    return
                self.settle(self.arrived())
        finally:
            if self._in_flight:  # by an error: what is in work would go on asking
                self.gate.close()
            pool.shutdown(wait=False, cancel_futures=True)

    def end(self, reason: str, error: BaseException | None = None) -> None:
        """Stop soon, without letting another request out."""
        if not self.stop:
            self.stop.reason, self.stop.error = reason, error
        self.gate.close()

    def take(self, pending: Iterator[Pending]) -> tuple[Pending, int] | None:
        """A document that was not tried yet; when there is none, one for another try."""
        fresh = next(pending, None)
        if fresh is None and not self._again:
            return None
        self._in_flight += 1
        return (fresh, 1) if fresh is not None else self._again.popleft()

    def put_back(self, task: Pending, attempt: int) -> None:
        """A document that `take` gave and that got lost on its way: the attempt does not count."""
        self._in_flight -= 1
        self._again.append((task, attempt))

    def _work(self, task: Pending, attempt: int) -> None:
        """In a thread of the pool. Whatever happens there is told: the runner waits for it."""
        try:
            made = self.maker.make(task, attempt)
        except BaseException as error:  # noqa: BLE001 — a thread that dies in silence is waited for
            made = Made(failed(error, task.source.name, attempt, Usage()), "failed", error)
        self.ready.put((task, attempt, made))

    def arrived(self) -> list[Arrival]:
        """What has come back; waits a little for the first."""
        try:
            found = [self.ready.get(timeout=_TICK)]
        except Empty:
            return []
        while not self.ready.empty():
            found.append(self.ready.get())
        return found

    def settle(self, arrived: list[Arrival]) -> None:
        """Keep what is final in one transaction, put the rest where it belongs, look at the clock.

        Each document that `take` gave is to come back once.
        """
        final: list[tuple[str, Outcome]] = []
        for task, attempt, made in arrived:
            self._in_flight -= 1
            self._heed(attempt, made)
            if made.verdict in (None, "failed") or (
                made.verdict == "again" and attempt >= ATTEMPTS and not self.stop
            ):
                final.append((task.key, made.outcome))
            elif made.verdict == "again" and not self.stop:
                self._again.append((task, attempt + 1))
        if final:
            self.journal.keep(final)
        self.made += len(final)
        for _, outcome in final:
            if self.live:
                self.live.add(outcome.record)
            self.watcher.kept(outcome)
        over = self.spending.over()
        if over:
            self.end(over)
        if self.stop:
            self.gate.drain()
        self.watcher.tick(self._in_flight, self.gate.pause)

    def _heed(self, attempt: int, made: Made) -> None:
        """Stop at an error that every document would meet, or that one after the other meets.

        Documents are too few for that where an endpoint has not answered anything yet: there two
        that failed for the last time are enough.
        """
        answers = made.outcome.usage.requests + made.outcome.usage.cached
        error = made.error if made.verdict == "again" else None
        if isinstance(error, NothingAnswered) or (isinstance(error, ModelError) and not answers):
            self._no_answer = self._no_answer or error
        else:
            self._is_answered |= bool(answers)
        if made.verdict is None:
            self._gone = 0
        elif made.verdict == "stop":
            self.end("the model cannot be used", made.error)
        elif made.verdict == "again":
            self._gone += attempt == 1
            is_mute = attempt >= ATTEMPTS and self._gone > 1 and not self.spending.requests
            if is_mute or self._gone >= 2 * self.gate.width + _SPARE:
                self.end("the model answers no more", made.error)
