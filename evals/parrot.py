"""A model that understands nothing: what it scores is what the rules and the forms score.

It knows the JSON Schema of the answer alone: it says none where it may, lists nothing where it
may, picks the first of several, and where it must write it copies the key it writes under.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from summarizer.models import Model
from summarizer.models.answer import Answer
from summarizer.models.dialect import schema_of

PARROT = "parrot"


def parrot() -> Model:
    """The parrot as a model; it answers at once and is never stored."""

    def create(**request: Any) -> Any:
        schema = schema_of(request) or {}
        return Answer(json.dumps(answer(schema), ensure_ascii=False), PARROT, 0, 0).completion()

    return Model(id=PARROT, create=create)


def answer(schema: Mapping[str, Any]) -> Any:
    """The least that fits a schema, and no word of its own.

    >>> answer({"type": "object", "required": ["80户", "何平"], "properties": {
    ...     "80户": {"type": "string", "minLength": 4},
    ...     "何平": {"anyOf": [{"type": "object"}, {"type": "null"}]}}})
    {'80户': '80户8', '何平': None}
    """
    return _least(schema, "", schema.get("$defs", {}))


def _least(schema: Mapping[str, Any], name: str, defs: Mapping[str, Any]) -> Any:
    """The least that fits; `name` is the nearest key that is in words of the document."""
    if "$ref" in schema:
        return _least(defs[schema["$ref"].rpartition("/")[2]], name, defs)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if ways := schema.get("anyOf") or schema.get("oneOf"):
        none = any(way.get("type") == "null" for way in ways)
        least = min(ways, key=lambda way: len(way.get("required", ())))
        return None if none else _least(least, name, defs)
    return _of_type(schema, name, defs)


def _of_type(schema: Mapping[str, Any], name: str, defs: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        asked, properties = schema.get("required", ()), schema.get("properties", {})
        named = {key: name if name and key.isascii() else key for key in asked}
        return {key: _least(properties.get(key, {}), named[key], defs) for key in asked}
    if kind == "array":
        return [_least(schema.get("items", {}), name, defs)] * schema.get("minItems", 0)
    if kind == "string":
        return (name * schema.get("minLength", 1))[: max(schema.get("minLength", 0), len(name))]
    return {"integer": 1, "number": 0, "boolean": False}.get(str(kind))
