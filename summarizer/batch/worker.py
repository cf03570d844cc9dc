"""What an actor of Ray does with a document, and what it is told from afar.

A process is one core and does many documents at once, in threads, as the engine of one machine
does. Documents come and go as pickled values in rows of one column: whoever can put a row into the
cluster can run any code there anyhow.
"""

from __future__ import annotations

import os
import pickle
import platform
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from summarizer.batch.causes import judge
from summarizer.batch.gate import BatchGate, Stopped
from summarizer.batch.journal import Pending
from summarizer.batch.making import Made, Maker, watched
from summarizer.batch.recipe import Recipe, recipe
from summarizer.batch.record import failed
from summarizer.config import Settings
from summarizer.engine.schema import Schema, load_schema
from summarizer.errors import ConfigError, ModelUnavailable, SummarizerError
from summarizer.models import Model, open_model
from summarizer.models.ledger import Row
from summarizer.provenance import Usage

DATA = "row"
"""The only column of what goes through Ray."""

Word = Literal["", "drain", "close"]
"""What the workers are told: nothing, to begin no document, to let no request out either."""

_LISTENS = 0.5  # seconds between two looks at what the driver says
_DEATHS = 4  # so many workers may die under a document before it is left alone


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make: which, and which attempt this is."""

    task: Pending
    attempt: int

    def row(self) -> dict[str, bytes]:
        return {DATA: pickle.dumps(self)}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A document that was made: its key, what became of it, and which answers that took."""

    key: str
    made: Made
    answers: tuple[Row, ...]

    def row(self) -> dict[str, bytes]:
        return {DATA: pickle.dumps(self)}


def opened(row: dict[str, Any]) -> Any:
    """The order or delivery in a row."""
    return pickle.loads(row[DATA])  # noqa: S301 — ours, from our own cluster


def read_order(row: dict[str, Any], most: int) -> dict[str, bytes]:
    """The order with its document's bytes; runs beside the driver, where the files are."""
    order: Order = opened(row)
    source = order.task.source.read_now(most)
    return replace(order, task=replace(order.task, source=source)).row()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What every worker is given: how to make a summary, and how many documents at once.

    `key` opens the endpoint and is not shown. `asked` asks the desk beside the driver; `jobs` 0
    lets the worker find out how many requests the endpoint takes, up to `most`.
    """

    settings: Settings
    made_so: Recipe
    asked: Callable[[str], tuple[Word, int]]
    key: str = field(default="", repr=False)
    jobs: int = 0
    most: int = 64
    workers: int = 1
    documents: int = 1


class Desk:
    """An actor beside the driver: what workers are to know, and what has become of them.

    >>> desk = Desk()
    >>> desk.asked("a"), desk.asked("a"), desk.asked("")
    (('', 1), ('', 2), ('', 0))
    >>> desk.say("drain"), desk.asked("b")
    ({'a'}, ('drain', 0))
    """

    def __init__(self) -> None:
        self._word: Word = ""
        self._begun: Counter[str] = Counter()

    def say(self, word: Word) -> set[str]:
        """The word from now on; the keys of the documents that were begun."""
        self._word = word
        return set(self._begun)

    def asked(self, key: str) -> tuple[Word, int]:
        """The word, and how often the document with this key was begun, if there is one."""
        if key and not self._word:
            self._begun[key] += 1
        return self._word, self._begun.get(key, 0)


class Worker:
    """An actor. Each call is one document; calls come from several threads."""

    def __init__(self, crew: Crew) -> None:
        if crew.key:  # where `config.api_key` looks for it
            os.environ["OPENAI_API_KEY"] = crew.key
        self._crew = crew
        self._gate = BatchGate(crew.jobs, most=crew.most)
        self._useless: SummarizerError | None = None
        try:
            self._schema, self._model = _equipped(crew, self._gate)
        except SummarizerError as error:  # told with the first document; Ray would try again
            self._useless = error
        threading.Thread(target=self._listen, daemon=True).start()

    def __call__(self, row: dict[str, Any]) -> dict[str, bytes]:
        order: Order = opened(row)
        answers: list[Row] = []
        word, begun = self._crew.asked(order.task.key)
        error = self._useless
        if word:
            error = Stopped("the batch is stopping")
        elif begun > _DEATHS:
            error = SummarizerError(f"the worker died under it, {_DEATHS} times; is it too large?")
        if error is not None:
            verdict = judge(error, was_read=True, is_local=True)
            lost = failed(error, order.task.source.name, order.attempt, Usage())
            return Delivery(order.task.key, Made(lost, verdict, error), ()).row()
        return Delivery(order.task.key, self._made(order, answers), tuple(answers)).row()

    def _made(self, order: Order, answers: list[Row]) -> Made:
        counted = watched(self._model, self._gate, _Answers(answers))
        maker = Maker(counted, self._schema, self._crew.settings, self._crew.made_so)
        made = maker.make(order.task, order.attempt)
        told = made.error if isinstance(made.error, SummarizerError) else None
        return replace(made, error=told)  # errors of others do not always survive pickling

    def _listen(self) -> None:
        """In a thread of its own, as long as the driver is there."""
        while True:
            time.sleep(_LISTENS)
            word = self._crew.asked("")[0]
            if word == "close":
                self._gate.close()
            elif word:
                self._gate.drain()


@dataclass(frozen=True, slots=True)
class _Answers:
    """A ledger that keeps the rows, for the driver to count."""

    rows: list[Row]

    def add(self, row: Row) -> None:
        self.rows.append(row)


def _equipped(crew: Crew, gate: BatchGate) -> tuple[Schema, Model]:
    """Schema and model of a worker. Raises SummarizerError, above all for another program."""
    schema = load_schema(crew.settings.schema)
    try:
        model = open_model(settings=crew.settings, gate=gate)
    except ModelUnavailable as error:
        raise ConfigError(f"on {platform.node()}: {error}") from error
    kept = crew.made_so.keeps_text
    here = recipe(model.id, schema, crew.settings, with_source=kept).parts
    differing = [name for name, part in crew.made_so.parts.items() if here.get(name) != part]
    if differing:
        raise ConfigError(
            f"the node {platform.node()} would make other summaries, for its "
            f"{' and '.join(differing)} differ; install the same version on every node"
        )
    return schema, model
