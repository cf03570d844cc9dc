"""The JSON Schema of fields with picks: a key of the passage's places of the kind, or null."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from summarizer.engine.answers import CITED, inlined, keyed, shape_of
from summarizer.engine.field_types import FieldType, type_of
from summarizer.engine.item_list import OwnField
from summarizer.engine.marked import MarkedPassage

VALUE = "value"
NULL: dict[str, Any] = {"type": "null"}


class FieldShapes:
    """Shapes for one passage; lists of keys that recur stand once, in `defs`."""

    def __init__(self, passage: MarkedPassage) -> None:
        self._passage = passage
        self._names: dict[tuple[str, ...], str] = {}

    @property
    def defs(self) -> dict[str, dict[str, Any]]:
        """The lists of keys, by their names."""
        return {n: {"type": "string", "enum": list(keys)} for keys, n in self._names.items()}

    def field(self, info: FieldInfo) -> dict[str, Any]:
        """A field of an item."""
        tree = type_of(info)
        if not tree.picks:
            return shape_of(info)
        about = {"description": info.description} if info.description else {}
        return self._of(tree) | about

    def own(self, field: OwnField) -> dict[str, Any]:
        """A field of the summary: keys for picks, else a value with the sentences that say it."""
        if field.type.is_bare:
            return self._of(field.type)
        number = {"type": "integer", "minimum": 1, "maximum": len(self._passage.body)}
        cited = {"type": "array", "items": number, "minItems": 1}
        said = keyed({VALUE: self.field(field.info), CITED: cited})
        return {"anyOf": [said, NULL]}

    def _of(self, tree: FieldType) -> dict[str, Any]:
        if tree.pick is not None:
            return self._keys(tree)
        if not tree.picks:
            annotated: Any = Annotated[(tree.leaf, *tree.marks)] if tree.marks else tree.leaf
            return _maybe(tree, inlined(TypeAdapter(annotated).json_schema()))
        if tree.inner is not None:
            inner = self._of(tree.inner)
            if inner == NULL:
                return {"type": "array", "items": NULL, "maxItems": 0}
            return _maybe(tree, {"type": "array", "items": inner})
        return _maybe(tree, keyed({name: self._of(part) for name, part in tree.parts.items()}))

    def _keys(self, tree: FieldType) -> dict[str, Any]:
        """One of the keys of the kind, or null: no passage has a place for every field."""
        keys = tuple(self._passage.pick_keys(tree))
        if not keys:
            return NULL
        name = self._names.setdefault(keys, f"keys{len(self._names) + 1}")
        return {"anyOf": [{"$ref": f"#/$defs/{name}"}, NULL]}


def asked_fields(passage: MarkedPassage, fields: dict[str, OwnField]) -> list[OwnField]:
    """The fields of the summary that a passage can say: those of picks need a place of the kind.

    Of words a sentence is cited, which a passage of headings alone has none of.
    """
    return [
        field
        for field in fields.values()
        if (
            any(passage.pick_keys(tree) for tree in field.type.picks)
            if field.type.is_bare
            else passage.body
        )
    ]


def _maybe(tree: FieldType, shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, NULL]} if tree.is_optional else shape
