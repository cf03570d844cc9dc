"""What can be used from here, looked up without loading, hashing or asking anything."""

from __future__ import annotations

import importlib.metadata
from dataclasses import asdict, dataclass
from typing import Any

from summarizer.config import Settings, api_key, redacted
from summarizer.errors import ConfigError
from summarizer.models import threads, weights
from summarizer.models.address import KEYLESS, Address


@dataclass(frozen=True, slots=True)
class Place:
    """A line of `summarizer models list`."""

    name: str
    is_usable: bool
    state: str
    where: str

    def cells(self) -> tuple[str, ...]:
        """The same for a line of tab-separated values."""
        return (self.name, "yes" if self.is_usable else "no", self.state, self.where)

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        fields = asdict(self)
        return {"name": fields.pop("name"), "usable": fields.pop("is_usable"), **fields}


def places(settings: Settings) -> list[Place]:
    """The embedded model with what it needs, then the endpoint."""
    engine = _engine()
    sources = weights.sources(settings)
    has_file = any(source.usable for source in sources if source.kind != "hub")
    can_run = engine.is_usable and has_file
    embedded = Place(
        "local",
        can_run,
        "ready" if can_run else "not ready: see the lines below",
        weights.EMBEDDED.file,
    )
    below = [Place(f"local {s.kind}", s.usable, s.state, s.where) for s in sources]
    return [embedded, engine, _threads(settings), *below, _endpoint(settings)]


def _engine() -> Place:
    try:
        version = importlib.metadata.version("xllamacpp")
    except importlib.metadata.PackageNotFoundError:
        return Place("local engine", False, "absent", "pip install 'report-summarizer[local]'")
    return Place("local engine", True, version, "xllamacpp")


def _threads(settings: Settings) -> Place:
    """What the engine would be loaded with now, and why."""
    choice = threads.as_set(settings.threads) if settings.threads else threads.choose()
    return Place("local threads", True, f"{choice.threads} of {choice.cores} cores", choice.why)


def _endpoint(settings: Settings) -> Place:
    if not settings.base_url and not api_key():
        return Place("endpoint", False, "not set up", "set OPENAI_API_KEY, or OPENAI_BASE_URL")
    try:
        address = Address.of(settings)
    except ConfigError as error:
        return Place("endpoint", False, redacted(str(error)), redacted(settings.base_url))
    key = "without a key" if address.key == KEYLESS else "with OPENAI_API_KEY"
    return Place("endpoint", True, key, address.url)
