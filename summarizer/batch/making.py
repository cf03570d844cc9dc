"""The one thing that is done to each document, whichever engine runs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from summarizer.batch.causes import Verdict, judge
from summarizer.batch.gate import BatchGate
from summarizer.batch.record import Outcome, failed, succeeded
from summarizer.batch.sources import Source
from summarizer.config import Settings
from summarizer.models import Model
from summarizer.models.ledger import Counts, metered
from summarizer.pipeline import summarize
from summarizer.read import read
from summarizer.schema import Schema


@dataclass(frozen=True, slots=True)
class Made:
    """A document after one attempt; `error` is what went wrong, to be judged by `verdict`."""

    outcome: Outcome
    verdict: Verdict | None = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a document's summary. Threads share it."""

    model: Model
    schema: Schema
    settings: Settings

    @property
    def is_local(self) -> bool:
        """True for a model in this process: it does one document at a time."""
        return self.model.id.startswith("local:")

    def make(self, source: Source, attempt: int = 1) -> Made:
        """One attempt at one document. Never raises: what goes wrong is part of the result."""
        model = self.model.counting()
        was_read = False
        try:
            data = source.data(self.settings.max_bytes)
            document = read(data, name=source.name, max_bytes=self.settings.max_bytes)
            was_read = True
            summary = summarize(document, model=model, schema=self.schema, settings=self.settings)
        except BaseException as error:  # noqa: BLE001 — one bad document never costs the batch
            verdict = judge(error, was_read=was_read, is_local=self.is_local)
            outcome = failed(error, source.name, attempt, model.ledger.usage())
            return Made(outcome, verdict, error)
        return Made(succeeded(summary, source.name, attempt))


def watched(model: Model, gate: BatchGate, spending: Counts) -> Model:
    """The model with its answers counted in `spending`, asked no more once the gate is closed."""

    def create(**request: Any) -> Any:
        gate.check()
        return model.create(**request)

    return replace(model, create=metered(create, spending))
