"""A model that understands nothing: what it scores is what the rules and the forms score.

It knows the JSON Schema of the answer alone: it says none where it may, lists nothing where it
may, picks the first of several, and where it must write it copies the key it writes under.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.models import Model
from summarizer.models.answer import Answer
from summarizer.models.dialect import schema_of

PARROT = "parrot"


def parrot() -> Model:
    """The parrot as a model; it answers at once and is never stored."""
    return _model(PARROT, answer)


def mute() -> Model:
    """A parrot that writes nothing: every word of its answers is empty, and so refused."""
    return _model("mute", lambda schema: answer(schema, words=False))


def _model(name: str, said: Callable[[Mapping[str, Any]], Any]) -> Model:
    def create(**request: Any) -> Any:
        content = json.dumps(said(schema_of(request) or {}), ensure_ascii=False)
        return Answer(content, name, 0, 0).completion()

    return Model(id=name, create=create)


def answer(schema: Mapping[str, Any], *, words: bool = True) -> Any:
    """The least that fits a schema, and no word of its own; without `words` none at all.

    >>> answer({"type": "object", "required": ["80户", "何平"], "properties": {
    ...     "80户": {"type": "string", "minLength": 4},
    ...     "何平": {"anyOf": [{"type": "object"}, {"type": "null"}]}}})
    {'80户': '80户8', '何平': None}
    """
    return _Least(schema.get("$defs", {}), words=words).of(schema, "")


@dataclass(frozen=True, slots=True)
class _Least:
    """The least that fits; `name` is the nearest key that is in words of the document."""

    defs: Mapping[str, Any]
    words: bool

    def of(self, schema: Mapping[str, Any], name: str) -> Any:
        if "$ref" in schema:
            return self.of(self.defs[schema["$ref"].rpartition("/")[2]], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        if ways := schema.get("anyOf") or schema.get("oneOf"):
            none = any(way.get("type") == "null" for way in ways)
            least = min(ways, key=lambda way: len(way.get("required", ())))
            return None if none else self.of(least, name)
        return self._of_type(schema, name)

    def _of_type(self, schema: Mapping[str, Any], name: str) -> Any:
        kind = schema.get("type")
        if kind == "object":
            asked, properties = schema.get("required", ()), schema.get("properties", {})
            named = {key: name if name and key.isascii() else key for key in asked}
            return {key: self.of(properties.get(key, {}), named[key]) for key in asked}
        if kind == "array":
            return [self.of(schema.get("items", {}), name)] * schema.get("minItems", 0)
        if kind == "string":
            least = schema.get("minLength", 0)
            return (name * max(1, least))[: max(least, len(name))] if self.words else ""
        return {"integer": 1, "number": 0, "boolean": False}.get(str(kind))
