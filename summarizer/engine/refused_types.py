"""What a schema's field may not be, each with what to write instead: one line for the author."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from summarizer import fields
from summarizer.errors import ConfigError
from summarizer.fields import Pick
from summarizer.types import Item

_NUMBERS = (int, float, Decimal, complex)
_DATES = (dt.date, dt.datetime, dt.time, dt.timedelta)
_LEAVES = (str, bool, NoneType, Ellipsis)  # what a type may come down to, beside choices
_NESTS = (tuple, list, Union, UnionType, Annotated)
_PICKS = "Quantity, Money, Percent, Count … of summarizer.fields"
_FREE = frozenset({"schema_id"})  # what a schema's author declares anew
_OF_NAMES = ("name", "kind of name", "role of name")


def refuse_names(model: type[BaseModel], where: str) -> None:
    """Raise ConfigError for an item or a summary that lacks fields or takes the name of ours."""
    base: type[BaseModel] = fields.Item if issubclass(model, Item) else fields.Summary
    own = [name for name in model.model_fields if name not in base.model_fields]
    if issubclass(model, Item) and not own:
        raise ConfigError(
            f"{model.__name__} in {where} has no fields: write what is wanted of each, "
            'such as name: Verbatim = ask("…")'
        )
    taken = set(vars(model).get("__annotations__", ())) & (set(base.model_fields) - _FREE)
    if taken:
        raise ConfigError(
            f"{model.__name__}.{min(taken)} in {where} has the name of a field that every "
            f"{base.__name__} has: take another name"
        )
    headline = getattr(model, "__headline__", None)
    if headline is not None and headline not in own:
        raise ConfigError(
            f"{model.__name__} in {where} is declared with headline={headline!r}, "
            "and has no such field"
        )


def refuse(field: str, annotation: Any, *, is_inside: bool = False) -> None:
    """Raise ConfigError for what no sentence can be held against: numbers, dates, maps, marks."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _NUMBERS:
        raise ConfigError(
            f"{field} is a number, and a model may write none: write {_PICKS}, "
            "or leave it to the `figures` of an item"
        )
    if annotation in _DATES:
        raise ConfigError(f"{field} is a date that nothing proves: write Day or Period")
    if isinstance(annotation, type) and issubclass(annotation, Pick):
        return
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        _refuse_numbers(field, [member.value for member in annotation])
    elif origin is Literal:
        _refuse_numbers(field, inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        _refuse_parts(field, annotation)
    elif annotation not in _LEAVES and origin not in _NESTS:
        raise ConfigError(
            f"{field} must be text, a choice, a pick, a model, or a list of these; for a map write "
            "a list of a model"
        )
    if origin is Annotated and is_inside and any(mark in _OF_NAMES for mark in inner[1:]):
        raise ConfigError(
            f"{field}: a ProperName cannot be optional or nested: write Verbatim, or a ProperName "
            "as a field of its own"
        )
    _refuse_mixtures(field, annotation)
    if origin is Annotated:
        refuse(field, inner[0], is_inside=is_inside)
    elif origin in _NESTS:
        for one in inner:
            refuse(field, one, is_inside=True)


def _refuse_numbers(field: str, choices: Any) -> None:
    if any(not isinstance(choice, str | bool | None) for choice in choices):
        raise ConfigError(f"{field} hides numbers in its choices: write them in words, or {_PICKS}")


def _refuse_parts(field: str, model: type[BaseModel]) -> None:
    if issubclass(model, Item):
        raise ConfigError(
            f"{field}: items stand in a list of the Summary, written tuple[{model.__name__}, ...] "
            "without `| None`; for parts of a field write a plain pydantic model"
        )
    for name, nested in model.model_fields.items():
        annotation: Any = nested.annotation
        if nested.metadata:
            annotation = Annotated[(nested.annotation, *nested.metadata)]
        refuse(f"{field}.{name}", annotation, is_inside=True)


def _refuse_mixtures(field: str, annotation: Any) -> None:
    """A pick may be null or in a list; nothing else may stand beside it."""
    if get_origin(annotation) is tuple and get_args(annotation)[1:] != (Ellipsis,):
        if any(_holds_pick(one) for one in get_args(annotation)):
            raise ConfigError(f"{field} is a tuple of picks: write list[…], or a field for each")
        return
    if get_origin(annotation) not in (Union, UnionType):
        return
    rest = [one for one in get_args(annotation) if one is not NoneType]
    if len(rest) > 1 and any(_holds_pick(one) for one in rest):
        raise ConfigError(f"{field} is a pick or something else: write two fields, each `… | None`")


def _holds_pick(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Pick):
        return True
    return any(_holds_pick(one) for one in get_args(annotation))
