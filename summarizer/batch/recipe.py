"""What makes two results the same: the content, and everything that is done to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version

from summarizer.config import Settings
from summarizer.engine.schema import Schema
from summarizer.resources import resource


@dataclass(frozen=True, slots=True)
class Recipe:
    """How this batch makes a summary. `digest` is over all that can change one.

    `parts` says what went into it, so that a reader of the journal can tell two recipes apart.
    """

    parts: dict[str, str]

    @property
    def digest(self) -> str:
        """Of all parts."""
        return hashlib.sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()[:16]

    def key(self, content: str) -> str:
        """The journal's key of a document; `content` is the hash of its bytes.

        >>> one, other = Recipe({"model": "a"}), Recipe({"model": "b"})
        >>> one.key("00ff") == other.key("00ff")
        False
        """
        return hashlib.sha256(f"{content} {self.digest}".encode()).hexdigest()[:32]

    @property
    def keeps_text(self) -> bool:
        """Whether each summary holds its document's text."""
        return "text" in self.parts


def recipe(
    model_id: str, schema: Schema, settings: Settings, *, with_source: bool = False
) -> Recipe:
    """The recipe of these settings: schema, prompts, strategy, settings, model and program.

    `with_source` is a part only where it is asked for, so that older journals stay good.
    """
    return Recipe(
        ({"text": "kept"} if with_source else {})
        | {
            "schema": f"{schema.id} {schema.hash}",
            "prompts": _prompts(),
            "strategy": settings.strategy,
            "settings": settings.digest(),
            "model": model_id,
            "program": version("report-summarizer"),
        }
    )


def _prompts() -> str:
    """A hash over every template: one that is asked nothing today may be asked tomorrow."""
    whole = hashlib.sha256()
    for path in sorted(resource("prompts").glob("*.jinja")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]
