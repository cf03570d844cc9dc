"""What a leading model answers about a passage: its JSON Schema, and the answer taken in loosely.

Shapes that recur stand once, under `$defs`. Nothing but the marked quantities is a required key,
and each of those may be refused; every list may be empty and every fact null.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, create_model

from summarizer.engine.answers import CITED, keyed
from summarizer.engine.field_shapes import FieldShapes, asked_fields
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.schema import Schema

FIGURES = "figures"
SKIP = "skip"
FACTS = ("title", "place", "period", "publisher")
LONGEST_LABEL = 60
_TEXT = {"type": "string"}
_FACT = {"anyOf": [_TEXT, {"type": "null"}]}
_MAYBE = {"$ref": "#/$defs/fact"}
_FIGURE: dict[str, Any] = {
    "anyOf": [
        {
            "type": "object",
            "properties": {
                "label": {"type": "string", "maxLength": LONGEST_LABEL},
                "subject": _MAYBE,
                "period": _MAYBE,
            },
            "required": ["label"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {SKIP: _TEXT},
            "required": [SKIP],
            "additionalProperties": False,
        },
    ]
}
_LABEL_ONLY: dict[str, Any] = {
    "anyOf": [{"type": "string", "maxLength": LONGEST_LABEL}, _FIGURE["anyOf"][1]]
}


class _Loose(BaseModel):
    """An answer that is checked part by part afterwards; pydantic cannot show shapes by name."""

    model_config = ConfigDict(extra="allow")

    shape: ClassVar[dict[str, Any]] = {}

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        """The shape that is asked for."""
        return copy.deepcopy(cls.shape)


def answer_model(
    schema: Schema, passage: MarkedPassage, *, attribution: bool, with_lists: bool = True
) -> type[BaseModel]:
    """The answer to a passage: a figure or a refusal for each quantity, items, and the facts."""
    shapes: dict[str, Any] = {}
    if passage.keys and schema.asks_labels:
        shapes[FIGURES] = keyed({key: _ref("figure") for key in passage.keys})
    for listed in asked_lists(schema, passage) if with_lists else ():
        shapes[listed.name] = {"type": "array", "items": _ref(listed.item.__name__)}
    shapes |= {field.name: _ref(own_shape(schema, field.name)) for field in _own(schema, passage)}
    if passage.opens:
        shapes |= dict.fromkeys(FACTS, _MAYBE)
    return loose_model("Reading", shapes, definitions(schema, passage, attribution=attribution))


def correction_model(
    schema: Schema, passage: MarkedPassage, wanted: Iterable[tuple[str, str]], *, attribution: bool
) -> type[BaseModel]:
    """The answer to what was refused, by its name: the same shape again, or null for none.

    `wanted` are the names with the shape of each.
    """
    shapes = {key: {"anyOf": [_ref(shape), {"type": "null"}]} for key, shape in wanted}
    defs = definitions(schema, passage, attribution=attribution)
    return loose_model("Correction", {"corrected": keyed(shapes)}, defs)


def more_model(listed: ItemList, passage: MarkedPassage, most: int) -> type[BaseModel]:
    """The answer to what else a list has: no more items than are asked for at once."""
    fields = FieldShapes(passage)
    item = {listed.item.__name__: _item(listed, passage, fields)}
    shape = {"type": "array", "items": _ref(listed.item.__name__), "maxItems": most}
    return loose_model("More", {listed.name: shape}, item | _recurring(passage) | fields.defs)


def asked_lists(schema: Schema, passage: MarkedPassage) -> list[ItemList]:
    """The lists that a passage can have items of: all, unless it has headings only."""
    return list(schema.lists) if passage.body else []


def definitions(
    schema: Schema, passage: MarkedPassage, *, attribution: bool
) -> dict[str, dict[str, Any]]:
    """The shapes that recur: a figure, a fact, an item of each list, its sentences and counts."""
    fields = FieldShapes(passage)
    items = {listed.item.__name__: _item(listed, passage, fields) for listed in schema.lists}
    own = {own_shape(schema, f.name): fields.own(f) for f in _own(schema, passage)}
    shapes = {
        "figure": _FIGURE if attribution else _LABEL_ONLY,
        "fact": _FACT,
        **_recurring(passage),
    }
    return shapes | items | own | fields.defs


def _recurring(passage: MarkedPassage) -> dict[str, dict[str, Any]]:
    """What items of every list have: the sentences they cite, the quantities that are theirs."""
    number = {"type": "integer", "minimum": 1, "maximum": len(passage.body)}
    ids = {"type": "string", "enum": list(passage.mentions)}
    return {
        CITED: {"type": "array", "items": number, "minItems": 1},
        FIGURES: {"type": "array", "items": ids},
    }


def own_shape(schema: Schema, name: str) -> str:
    """What the shape of a field of the summary is called."""
    return f"own{list(schema.fields).index(name) + 1}"


def _own(schema: Schema, passage: MarkedPassage) -> list[OwnField]:
    return asked_fields(passage, schema.fields)


def _item(listed: ItemList, passage: MarkedPassage, fields: FieldShapes) -> dict[str, Any]:
    """An item: all its fields, the sentences that say it, the quantities that are its own."""
    shape = keyed({name: fields.field(field) for name, field in listed.fields.items()})
    shape["properties"][CITED] = _ref(CITED)
    shape["required"] = [*shape["required"], CITED]
    if passage.mentions:
        shape["properties"][FIGURES] = _ref(FIGURES)
    return shape


def _needed(shapes: Any, defs: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The definitions that these shapes refer to, and those refer to.

    >>> _needed([_ref("a")], {"a": {"items": _ref("b")}, "b": {}, "c": {}})
    {'a': {'items': {'$ref': '#/$defs/b'}}, 'b': {}}
    """
    found, more = set[str](), _named(shapes)
    while more := more - found:
        found |= more
        more = set().union(*(_named(defs[name]) for name in more))
    return {name: shape for name, shape in defs.items() if name in found}


def _named(shape: Any) -> set[str]:
    """The definitions that a shape refers to itself."""
    if isinstance(shape, dict) and isinstance(name := shape.get("$ref"), str):
        return {name.rpartition("/")[2]}
    parts = shape.values() if isinstance(shape, dict) else shape if isinstance(shape, list) else ()
    return set().union(*map(_named, parts))


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def loose_model(name: str, shapes: dict[str, Any], defs: dict[str, Any]) -> type[BaseModel]:
    """A model that takes anything under its keys and shows these shapes to whoever answers."""
    fields: dict[str, Any] = dict.fromkeys(shapes, (Any, None))
    model = create_model(name, __base__=_Loose, **fields)
    whole = keyed(shapes)
    model.shape = whole | {"title": name, "$defs": _needed(whole, defs)}
    return model
