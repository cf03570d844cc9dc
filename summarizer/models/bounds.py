"""What one document may take of a model: tokens and seconds, however many requests that are."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from summarizer.config import Settings
from summarizer.errors import TooCostly
from summarizer.models import Model


def bounded(model: Model, settings: Settings) -> Model:
    """The model for one document: it raises TooCostly instead of asking beyond what is allowed.

    `model` counts in a ledger of its own. Stored answers count the tokens that they cost once, so
    that a replay ends where the run that it replays did.
    """
    began = time.monotonic()

    def create(**request: Any) -> Any:
        used = model.ledger.usage()
        tokens = used.prompt_tokens + used.completion_tokens
        for value, name, what in (
            (tokens, "max_document_tokens", "tokens"),
            (time.monotonic() - began, "max_document_seconds", "seconds"),
        ):
            limit = getattr(settings, name)
            if limit <= value:
                raise TooCostly(
                    f"the document took {value:,.0f} {what}, and {name} is {limit:,.0f}; what it "
                    "asked for is kept with the stored answers"
                )
        return model.create(**request)

    return replace(model, create=create)
