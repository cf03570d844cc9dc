"""The one thing that is done to each document, whichever engine runs it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from summarizer.batch.causes import Verdict, judge
from summarizer.batch.gate import BatchGate
from summarizer.batch.journal import Pending
from summarizer.batch.recipe import Recipe
from summarizer.batch.record import Outcome, failed, succeeded
from summarizer.config import Settings
from summarizer.documents.read import Limits, read
from summarizer.engine.schema import Schema
from summarizer.errors import UnreadableDocument
from summarizer.models import Model
from summarizer.models.ledger import Counts, metered
from summarizer.pipeline import summarize, with_source


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
    made_so: Recipe

    @property
    def is_local(self) -> bool:
        """True for a model in this process: it does one document at a time."""
        return self.model.id.startswith("local:")

    def make(self, task: Pending, attempt: int = 1) -> Made:
        """One attempt at one document. Never raises: what goes wrong is part of the result."""
        name = task.source.name
        model = self.model.counting()
        was_read = False
        try:
            data = task.source.data(self.settings.max_bytes)
            if self.made_so.key(hashlib.sha256(data).hexdigest()) != task.key:
                raise UnreadableDocument(f"{name} was changed during the run; run again")  # noqa: TRY301 — one place for all
            document = read(data, name=name, bounds=Limits.of(self.settings))
            was_read = True
            summary = summarize(document, model=model, schema=self.schema, settings=self.settings)
            if self.made_so.keeps_text:
                summary = with_source(summary, document)
            return Made(succeeded(summary, name, attempt))
        except BaseException as error:  # noqa: BLE001 — one bad document never costs the batch
            verdict = judge(error, was_read=was_read, is_local=self.is_local)
            outcome = failed(error, name, attempt, model.ledger.usage())
            return Made(outcome, verdict, error)


def watched(model: Model, gate: BatchGate, spending: Counts) -> Model:
    """The model with its answers counted in `spending`, asked no more once the gate is closed."""

    def create(**request: Any) -> Any:
        gate.check()
        return model.create(**request)

    return replace(model, create=metered(create, spending))
