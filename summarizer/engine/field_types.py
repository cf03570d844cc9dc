"""What a field's annotation comes down to: a pick, words of the source, free text, a choice, parts.

A schema's author writes `Money | None`, `list[Verbatim]` or a model of these; everything that asks
for fields, checks and proves them reads the tree that is made of it here, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.fields import Day, Hints, Pick, Quantity, Unit, hints
from summarizer.zh.script import fold


@dataclass(frozen=True)
class FieldType:
    """A node: of a list `inner`, of a model `parts`, else the class or the choices in `leaf`.

    `marks` are what `Annotated` and `Field` say of it.
    """

    leaf: Any
    marks: tuple[Any, ...] = ()
    is_optional: bool = False
    inner: FieldType | None = None
    parts: Mapping[str, FieldType] = field(default_factory=dict)

    @property
    def pick(self) -> type[Pick] | None:
        """The class of a pick, for a node that is one."""
        return self.leaf if isinstance(self.leaf, type) and issubclass(self.leaf, Pick) else None

    @property
    def unit(self) -> str | None:
        """The unit that a pick must have: `Count["人"]`."""
        named = next((mark.name for mark in self.marks if isinstance(mark, Unit)), None)
        unit = named or hints(self.marks).unit
        return fold(unit) if unit else None

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that it may be one of; none where it is no choice."""
        return tuple(said for one in self.members if isinstance(said := _told(one), str))

    @property
    def members(self) -> tuple[Any, ...]:
        """The values of a choice as Python has them; of a union of choices those of all."""
        return tuple(_members(self.leaf))

    @property
    def is_verbatim(self) -> bool:
        """Whether it is words of the source, letter for letter."""
        return "verbatim" in self.marks

    @property
    def picks(self) -> list[FieldType]:
        """The picks in it, at any depth."""
        if self.pick is not None:
            return [self]
        below = [self.inner] if self.inner is not None else list(self.parts.values())
        return [pick for node in below for pick in node.picks]

    @property
    def is_bare(self) -> bool:
        """Whether it is picks and nothing else: one, or a list of them."""
        return self.pick is not None or (self.inner is not None and self.inner.is_bare)


def type_of(info: FieldInfo) -> FieldType:
    """The tree of a field.

    >>> from summarizer.fields import Money
    >>> tree = type_of(FieldInfo(annotation=list[Money] | None))
    >>> tree.is_optional, tree.inner.pick
    (True, <class 'summarizer.fields.Money'>)
    """
    tree = node(info.annotation, tuple(info.metadata))
    said = hints(info.metadata)
    if tree.inner is not None and said != Hints():
        tree = replace(tree, inner=replace(tree.inner, marks=(*tree.inner.marks, said)))
    return tree


def node(annotation: Any, marks: tuple[Any, ...] = ()) -> FieldType:
    """The tree of an annotation."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return node(inner[0], (*marks, *inner[1:]))
    if origin in (Union, UnionType):
        rest = [one for one in inner if one is not NoneType]
        if len(rest) == 1:
            return replace(node(rest[0], marks), is_optional=True)
        return FieldType(Union[tuple(rest)], marks, is_optional=len(rest) < len(inner))  # noqa: UP007 — at run time
    if origin is list or (origin is tuple and inner[1:] == (Ellipsis,)):
        return FieldType(origin, marks, inner=node(inner[0]))
    if origin is Literal and None in inner:
        return FieldType(annotation, marks, is_optional=True)
    if is_model(annotation):
        parts = {name: type_of(info) for name, info in annotation.model_fields.items()}
        return FieldType(annotation, marks, parts=parts)
    return FieldType(annotation, marks)


def leaf(tree: FieldType) -> FieldType:
    """The node that a list is of, at whatever depth; else the node itself."""
    return tree if tree.inner is None else leaf(tree.inner)


def is_model(annotation: Any) -> bool:
    """Whether an annotation is a model of an author's own, with parts, and no pick."""
    return (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and not issubclass(annotation, Pick)
    )


def is_of_type(tree: FieldType, value: Any) -> bool:
    """Whether a value is what the type says, or nothing: a validator may give anything back."""
    if value is None:
        return True
    if tree.inner is not None:
        inner = tree.inner
        return isinstance(value, tuple | list) and all(is_of_type(inner, one) for one in value)
    if tree.members:
        allowed = (said for one in tree.members for said in (one, _told(one)))
        return any(type(value) is type(one) and value == one for one in allowed)
    if not isinstance(tree.leaf, type) or not isinstance(value, tree.leaf):
        return False
    return all(is_of_type(part, getattr(value, name)) for name, part in tree.parts.items())


def _members(leaf: Any) -> Iterator[Any]:
    if get_origin(leaf) is Literal:
        yield from get_args(leaf)
    elif get_origin(leaf) in (Union, UnionType):
        for one in get_args(leaf):
            yield from _members(one)
    elif isinstance(leaf, type) and issubclass(leaf, Enum):
        yield from leaf


def _told(member: Any) -> Any:
    return member.value if isinstance(member, Enum) else member


def picks_in(value: Any) -> Iterator[Pick]:
    """The picks in a field's value, at any depth."""
    if isinstance(value, Pick):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from picks_in(one)
    elif isinstance(value, Mapping):
        yield from picks_in([*value.values()])
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from picks_in(getattr(value, name))


def typed_picks(tree: FieldType, value: Any) -> Iterator[tuple[FieldType, Pick]]:
    """The picks in a field's value, each with the node that it is of."""
    if isinstance(value, Pick):
        yield tree, value
    elif tree.inner is not None and isinstance(value, tuple | list):
        for one in value:
            yield from typed_picks(tree.inner, one)
    elif isinstance(value, BaseModel):
        for name, part in tree.parts.items():
            yield from typed_picks(part, getattr(value, name))


def verbatim_words(tree: FieldType, value: Any) -> Iterator[str]:
    """The words in a field's value that must stand in the source letter for letter."""
    if value is None:
        return
    if tree.inner is not None:
        for one in value if isinstance(value, tuple | list) else ():
            yield from verbatim_words(tree.inner, one)
    elif tree.parts:
        for name, part in tree.parts.items():
            inside = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
            yield from verbatim_words(part, inside)
    elif tree.is_verbatim and isinstance(value, str):
        yield value


def is_of_dates(tree: FieldType) -> bool:
    """Whether a pick is of a date."""
    return tree.pick is not None and issubclass(tree.pick, Day)


def is_same_value(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same: picks by what they are, texts in either script.

    Where a pick stands does not matter; 5万元 and 不超过5万元 are two.
    """
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    if isinstance(value, Quantity):
        in_base = value.base_value is not None and value.high is None
        amount = value.base_value if in_base else value.value
        unit = value.base_unit if in_base else value.unit
        return amount, value.high, unit, value.per, value.bound
    if isinstance(value, Day):
        return (value.start, value.end, value.bound) if value.start else fold(value.text)
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    if isinstance(value, BaseModel):
        return [_said(getattr(value, name)) for name in type(value).model_fields]
    return value
