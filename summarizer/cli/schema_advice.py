"""What is unwise in a schema that loads, in plain words for its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo

from summarizer.engine.field_types import FieldType, type_of
from summarizer.engine.schema import Schema

MOST_FIELDS = 12  # of an item: a model that must answer more in one breath slips


def advice(schema: Schema) -> Iterator[str]:
    """Each thing that an author may want to change, on a line of its own."""
    if not (schema.model.__doc__ or "").strip():
        yield f"{schema.model.__name__} has no docstring: say what the document is, and what counts"
    yield from _of_fields(schema.model.__name__, {n: f.info for n, f in schema.fields.items()})
    for listed in schema.lists:
        name = listed.item.__name__
        if not (listed.item.__doc__ or "").strip():
            yield f"{name} has no docstring: say what counts as one, and what does not"
        if len(listed.asked) > MOST_FIELDS:
            yield f"{name} has {len(listed.asked)} fields: two lists of fewer are answered better"
        if not listed.item.__key__:
            yield (
                f"{name} has no key: two of them are one only when all they say agrees; "
                f'key="{next(iter(listed.fields), "name")}" would merge those of one '
                f"{next(iter(listed.fields), 'name')}"
            )
        yield from _of_fields(name, listed.asked)


def _of_fields(where: str, fields: Mapping[str, FieldInfo]) -> Iterator[str]:
    for name, info in fields.items():
        tree = type_of(info)
        if not (info.description or "").strip():
            yield f"{where}.{name} has no description: the model sees its name alone"
        if tree.leaf is str and not tree.is_verbatim and not _has_limit(info):
            yield f"{where}.{name} is text without a limit: add max_length=30, or take Verbatim"
        if _is_choice(tree) and not tree.is_optional and not _has_way_out(tree):
            yield f"{where}.{name} is a choice without a way out: add 其他, or `| None`"


def _has_limit(info: FieldInfo) -> bool:
    return any(hasattr(mark, "max_length") for mark in info.metadata)


def _is_choice(tree: FieldType) -> bool:
    leaf: Any = tree.leaf
    return get_origin(leaf) is Literal or (isinstance(leaf, type) and issubclass(leaf, Enum))


def _has_way_out(tree: FieldType) -> bool:
    choices = getattr(tree.leaf, "__args__", None) or [one.value for one in tree.leaf]
    return any(str(choice) in _OTHERS for choice in choices)


_OTHERS = ("其他", "其它", "无", "未说明", "不明", "other", "none", "unknown")
