"""What answers cost, counted where they are made: one row for each answer that came back.

A model counts in its own ledger. `metered(create, ledger)` counts in a further one, so that a
document of a batch knows its own cost although many share the model.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from summarizer.errors import AnswerRejected, ModelError, NothingAnswered
from summarizer.provenance import Usage

_open: ContextVar[tuple[Counts, ...]] = ContextVar("ledgers", default=())


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: made now (a truncated one costs too), or from the store (`cached`).

    A stored answer counts the tokens that it cost when it was made, so that a replay tells the
    same as the run it replays; `requests` and `seconds` tell what was spent now.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    cached: bool = False


class Counts(Protocol):
    """Whatever wants to hear of each answer, from the thread that asked."""

    def add(self, row: Row) -> None: ...


@dataclass(slots=True)
class Ledger:
    """Counters that threads share.

    >>> ledger = Ledger()
    >>> ledger.add(Row(prompt_tokens=90, completion_tokens=10, seconds=0.5))
    >>> ledger.add(Row(prompt_tokens=50, completion_tokens=8, cached=True))
    >>> usage = ledger.usage()
    >>> usage.requests, usage.cached, usage.prompt_tokens, usage.seconds
    (1, 1, 140, 0.5)
    """

    asked: int = 0
    answered: int = 0
    first_fault: ModelError | None = None
    _usage: Usage = field(default_factory=Usage)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, row: Row) -> None:
        with self._lock:
            was = self._usage
            self._usage = was.model_copy(
                update={
                    "requests": was.requests + (not row.cached),
                    "cached": was.cached + row.cached,
                    "prompt_tokens": was.prompt_tokens + row.prompt_tokens,
                    "completion_tokens": was.completion_tokens + row.completion_tokens,
                    "seconds": round(was.seconds + row.seconds, 6),
                }
            )

    def reasked(self, times: int) -> None:
        """Count requests, already counted as such, that only repeated a question."""
        with self._lock:
            self._usage = self._usage.model_copy(update={"reasks": self._usage.reasks + times})

    def heard(self, fault: ModelError | None) -> None:
        """Count a request that came back: with an answer, or with the reason why there is none."""
        with self._lock:
            self.asked += 1
            self.answered += fault is None
            self.first_fault = self.first_fault or fault

    def expect_answers(self) -> None:
        """Raise NothingAnswered if requests were made and not one of them was answered."""
        if self.asked and not self.answered:
            raise NothingAnswered(
                f"not one of {self.asked} requests was answered; the first: {self.first_fault}"
            ) from self.first_fault

    def usage(self) -> Usage:
        """The sums up to now."""
        return self._usage


def record(row: Row) -> None:
    """Enter a row in every ledger that counts the request under way in this thread."""
    for ledger in _open.get():
        ledger.add(row)


def metered(create: Callable[..., Any], ledger: Counts) -> Callable[..., Any]:
    """`create`, with each row that it records counted in `ledger` too (once, however wrapped)."""

    def counted(**request: Any) -> Any:
        if any(known is ledger for known in _open.get()):
            return create(**request)
        token = _open.set((*_open.get(), ledger))
        fault: ModelError | None = None
        try:
            completion = create(**request)
        except ModelError as error:
            fault = error
            raise
        else:
            fault = _said_nothing(completion)
            return completion
        finally:
            _open.reset(token)
            is_judged = request.get("logprobs") or request.get("pieces")
            if isinstance(ledger, Ledger) and not is_judged:
                ledger.heard(fault)  # what is only judged is no answer that a summary rests on

    return counted


def _said_nothing(completion: Any) -> ModelError | None:
    """Why a completion is no answer though it came: there is not a character in it."""
    choices = getattr(completion, "choices", None)
    said = choices[0].message.content if choices else None
    return AnswerRejected("the answer is empty") if said is not None and not said.strip() else None
