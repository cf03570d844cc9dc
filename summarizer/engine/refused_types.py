"""What a schema's field may not be, each with what to write instead: one line for the author."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.engine.grounding import hides_number
from summarizer.engine.item_list import CITED
from summarizer.engine.refused_marks import refuse_default, refuse_marks
from summarizer.errors import ConfigError
from summarizer.fields import Day, Pick, Quantity
from summarizer.keywords import FIGURES
from summarizer.types import Item

_NUMBERS = (int, float, Decimal, complex)
_DATES = (dt.date, dt.datetime, dt.time, dt.timedelta)
_LEAVES = (str, bool)  # what a type may come down to, beside choices and picks
_UNIONS = (Union, UnionType)
_PICKS = "Quantity, Money, Percent, Count … of summarizer.fields"
_FREE = frozenset({"schema_id"})  # what a schema's author declares anew
_KINDS = {getattr(fields, name) for name in fields.__all__}
_OF_NAMES = {"name": "ProperName", "kind of name": "KindOfName", "role of name": "RoleOfName"}


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a class in a file, as a message names it: `Audit.problem.amount in audit.py`."""

    owner: str
    name: str
    file: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.name} in {self.file}"


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
    if issubclass(model, Item) and CITED in own:
        raise ConfigError(
            f"{model.__name__}.{CITED} in {where} has the name of a key that every answer has: "
            "take another name"
        )
    headline = getattr(model, "__headline__", None)
    if headline is not None and headline not in own:
        raise ConfigError(
            f"{model.__name__} in {where} is declared with headline={headline!r}, "
            "and has no such field"
        )
    overview = getattr(model, "__overview__", True)
    strange = (
        () if isinstance(overview, bool) else [n for n in overview if n not in (*own, FIGURES)]
    )
    if strange:
        raise ConfigError(
            f"{model.__name__} in {where} is declared with an overview of {strange[0]!r}, and has "
            f"no such field: it may tell of {', '.join((*own, FIGURES))}"
        )


def refuse_field(field: Place, info: FieldInfo) -> None:
    """Raise ConfigError for a field that cannot be asked for, or be answered without a proof."""
    _refuse(field, _marked(info))
    refuse_default(str(field), info)


def refuse_own(model: type[BaseModel], where: str) -> None:
    """Raise ConfigError for what a class of the author's own does beside declaring fields."""
    called = model.__name__
    if model.model_config.get("extra") == "allow":
        raise ConfigError(
            f"{called} in {where} takes fields that nobody declared, and nothing proves them: "
            'leave out extra="allow"'
        )
    if issubclass(model, RootModel):
        raise ConfigError(
            f"{called} in {where} is a RootModel: write the type that it holds in its place"
        )
    made = model.__pydantic_decorators__
    computed = {**model.model_computed_fields, **made.field_serializers, **made.model_serializers}
    if computed:
        raise ConfigError(
            f"{called} in {where} computes {min(computed)}, and nothing proves what comes of it: "
            "leave it out, and work it out from the table"
        )
    for name, info in model.model_fields.items():
        if info.alias or info.validation_alias or info.serialization_alias:
            raise ConfigError(
                f"{called}.{name} in {where} has an alias, and a field is asked for by its name: "
                "leave the alias out"
            )


def _refuse(
    field: Place, annotation: Any, *, is_inside: bool = False, within: tuple[type, ...] = ()
) -> None:
    """Raise ConfigError for what no sentence can be held against: numbers, dates, maps, mixtures.

    `within` are the models and the list that it stands in.
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for mark in inner[1:]:
            if is_inside and mark in _OF_NAMES:
                called = _OF_NAMES[mark]
                raise ConfigError(
                    f"{field}: a {called} cannot be optional or nested: write Verbatim, or a "
                    f"{called} as a field of its own"
                )
        refuse_marks(str(field), inner[0], inner[1:])
        _refuse(field, inner[0], is_inside=is_inside, within=within)
    elif origin in _UNIONS:
        _refuse(field, _one_of(field, inner), is_inside=True, within=within)
    elif origin in (list, tuple) or annotation in (list, tuple):
        _refuse(field, _listed(field, annotation, within), is_inside=True, within=(*within, list))
    elif isinstance(annotation, type) and issubclass(annotation, Pick):
        if annotation not in _KINDS:
            raise ConfigError(f"{field} is a {annotation.__name__} of your own: write {_PICKS}")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        _refuse_parts(field, annotation, within)
    elif (choices := _choices(annotation)) is not None:
        _refuse_numbers(field, choices)
    else:
        _refuse_leaf(field, annotation)


def _refuse_leaf(field: Place, annotation: Any) -> None:
    if annotation in _NUMBERS:
        raise ConfigError(
            f"{field} is a number, and a model may write none: write {_PICKS}, "
            "or leave it to the `figures` of an item"
        )
    if annotation in _DATES:
        raise ConfigError(f"{field} is a date that nothing proves: write Day or Period")
    if annotation is NoneType:
        raise ConfigError(f"{field} can say nothing at all: write its type before `| None`")
    if hasattr(annotation, "__supertype__") or hasattr(annotation, "__value__"):
        raise ConfigError(f"{field} is another name of a type: write that type in its place")
    if isinstance(annotation, ForwardRef):
        raise ConfigError(
            f"{field} names {annotation.__forward_arg__!r}, and there is no such type"
        )
    if annotation not in _LEAVES:
        raise ConfigError(
            f"{field} must be text, a choice, a pick, a model, or a list of these; for a map write "
            "a list of a model"
        )


def _one_of(field: Place, inner: tuple[Any, ...]) -> Any:
    """What stands beside None; of several choices all of them. Raises ConfigError for others."""
    rest = [one for one in inner if one is not NoneType]
    if len(rest) == 1:
        return rest[0]
    choices = [_choices(one) for one in rest]
    if all(said is not None for said in choices):
        return Literal[tuple(one for said in choices for one in said or ())]
    for kind in (Day, Quantity):
        if all(isinstance(one, type) and issubclass(one, kind) for one in rest):
            raise ConfigError(
                f"{field} is one pick or another: write {kind.__name__}, which may be either, or a "
                "field for each"
            )
    raise ConfigError(
        f"{field} is one type or another, and what is answered cannot be proved as both: write a "
        "field for each, `… | None`"
    )


def _listed(field: Place, annotation: Any, within: tuple[type, ...]) -> Any:
    """What a list lists. Raises ConfigError for one that cannot be asked for."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if not inner:
        raise ConfigError(f"{field} does not say what it lists: write it, as in list[Verbatim]")
    if origin is tuple and inner[1:] != (Ellipsis,):
        raise ConfigError(f"{field} is a tuple of so many: write list[…], or a field for each")
    if within[-1:] == (list,):
        raise ConfigError(f"{field} is a list of lists: write a list of a model that has a list")
    return inner[0]


def _choices(annotation: Any) -> tuple[Any, ...] | None:
    """The values of a choice; None for what is none."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(member.value for member in annotation)
    return None


def _refuse_numbers(field: Place, choices: tuple[Any, ...]) -> None:
    """Raise ConfigError for choices that are numbers: no text would prove the one that is taken."""
    for choice in choices:
        if not isinstance(choice, str | bool | None) or (
            isinstance(choice, str) and hides_number(choice)
        ):
            raise ConfigError(
                f"{field} hides numbers in its choices: write them in words, or {_PICKS}"
            )


def _refuse_parts(field: Place, model: type[BaseModel], within: tuple[type, ...]) -> None:
    if issubclass(model, Item):
        raise ConfigError(
            f"{field}: items stand in a list of the Summary, written tuple[{model.__name__}, ...] "
            "without `| None`; for parts of a field write a plain pydantic model"
        )
    if model in within:
        raise ConfigError(
            f"{field} is a {model.__name__} inside of a {model.__name__}, which never ends: leave "
            "it out"
        )
    refuse_own(model, str(field))
    for name, nested in model.model_fields.items():
        part = replace(field, name=f"{field.name}.{name}")
        _refuse(part, _marked(nested), is_inside=True, within=(*within, model))
        refuse_default(str(part), nested)


def _marked(info: FieldInfo) -> Any:
    """The annotation of a field with what is said beside it."""
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
