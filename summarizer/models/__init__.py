"""The one seam to any language model: `create(**request) -> ChatCompletion`, OpenAI's shape.

`open_model("local")` is the embedded model, `open_model("qwen3", settings)` a name at an
OpenAI-compatible endpoint. Callers always ask in one way, `response_format` with a JSON Schema
(instructor's `JSON_SCHEMA` mode); an endpoint that wants it another way is spoken to in its own
dialect behind the seam, so that stored answers do not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from summarizer.config import Settings
from summarizer.config import settings as read_settings
from summarizer.models.ledger import Ledger, metered

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from summarizer.models.endpoint import Endpoint
    from summarizer.models.gate import Gate
    from summarizer.models.local import Local
    from summarizer.models.weights import Progress

JSON_SCHEMA = "json_schema_mode"  # the value of instructor.Mode.JSON_SCHEMA, without its import


def _nothing() -> None:
    """Close what holds nothing."""


@dataclass(frozen=True)
class Model:
    """Something that answers.

    `create` takes OpenAI's chat completion arguments and is safe to call from `parallel` threads
    at once; `mode` is how instructor is to ask; `ledger` counts what the answers cost.
    """

    id: str
    create: Callable[..., ChatCompletion]
    mode: str = JSON_SCHEMA
    ledger: Ledger = field(default_factory=Ledger)
    parallel: int = 1
    close: Callable[[], None] = _nothing

    def counting(self) -> Model:
        """The same model with a fresh ledger of its own; this one's goes on counting as well."""
        ledger = Ledger()
        return replace(self, create=metered(self.create, ledger), ledger=ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_model(
    spec: str = "",
    settings: Settings | None = None,
    *,
    base_url: str | None = None,
    progress: Progress | None = None,
    gate: Gate | None = None,
) -> Model:
    """The model that `spec` names, with its answers stored as `settings.store` says.

    `local`, `local:PATH.gguf`, or a model's name at `base_url`; empty means `settings.model`.
    `progress(done, total)` is told when the embedded model's file is put together; `gate` lets
    each request to an endpoint out.

    Raises ConfigError for a missing key, a bad URL or a missing file.
    """
    settings = settings or read_settings()
    if base_url is not None:
        settings = replace(settings, base_url=base_url)
    model = _bare(spec or settings.model, settings, progress, gate)
    if settings.store == "off":
        return model
    from summarizer.models.store import AnswerCache, stored

    return stored(model, AnswerCache(settings.cache / "answers.sqlite"), settings.store)


def known_id(spec: str) -> str:
    """The id of the model that `spec` names, as far as that tells it without a look at a file.

    >>> known_id("local"), known_id("qwen3")
    ('local:qwen2.5-coder-1.5b-instruct-q4_k_m', 'qwen3')
    """
    from summarizer.models.weights import EMBEDDED

    kind, _, path = spec.partition(":")
    if kind == "local" and Path(path or EMBEDDED.file).name == EMBEDDED.file:
        return f"local:{Path(EMBEDDED.file).stem}"
    return spec


def _bare(spec: str, settings: Settings, progress: Progress | None, gate: Gate | None) -> Model:
    if spec == "local" or spec.startswith("local:"):
        from summarizer.models.local import Local

        given = spec.partition(":")[2]
        return _model(
            Local(Path(given).expanduser() if given else None, settings, progress), settings
        )
    from summarizer.models.endpoint import Endpoint

    endpoint = Endpoint(spec, settings, gate=gate)
    if settings.store != "replay":
        _ = endpoint.address  # a missing key is told before any work is done
    return _model(endpoint, settings)


def _model(source: Local | Endpoint, settings: Settings) -> Model:
    ledger = Ledger()
    return Model(
        id=source.id,
        create=metered(source.create, ledger),
        ledger=ledger,
        parallel=settings.parallel or source.parallel,
        close=source.close,
    )
