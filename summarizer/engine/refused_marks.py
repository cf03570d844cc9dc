"""What may not be said of a schema's field beside its type: bounds, defaults, hints; one line each.

All of it would load, and then fail at the first document, or stand in a summary without a proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import PlainSerializer, SerializeAsAny, WrapSerializer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from summarizer.engine.field_types import is_of_type, type_of
from summarizer.engine.standing import leaves
from summarizer.errors import ConfigError
from summarizer.fields import Hints

_OF_NUMBERS = ("gt", "ge", "lt", "le", "multiple_of", "max_digits", "decimal_places")
_OF_TEXTS = ("pattern", "strip_whitespace", "to_lower", "to_upper")
_OF_LENGTH = ("min_length", "max_length")
_SERIALIZERS = (PlainSerializer, WrapSerializer, SerializeAsAny)
MOST_YEARS = 99  # a hint that is further from the report's year is a year itself


def refuse_marks(field: str, annotation: Any, marks: Sequence[Any]) -> None:
    """Raise ConfigError for bounds that a value of the type cannot have, and for wrong hints."""
    core = _core(annotation)
    is_text, is_list = core is str, get_origin(core) in (list, tuple)
    for mark in _single(marks):
        if isinstance(mark, _SERIALIZERS):
            raise ConfigError(
                f"{field} is written in another form than it was proved in: leave the serializer "
                "out"
            )
        if isinstance(mark, Hints):
            refuse_hints(field, mark)
            continue
        if bound := _bound(mark, _OF_NUMBERS):
            raise ConfigError(
                f"{field} is declared with {bound}, and no field is a number that a model writes: "
                "leave it out, and filter the table"
            )
        if not is_text and (bound := _bound(mark, _OF_TEXTS)):
            raise ConfigError(f"{field} is declared with {bound}, and is no text: leave it out")
        if not (is_text or is_list) and (bound := _bound(mark, _OF_LENGTH)):
            raise ConfigError(
                f"{field} is declared with {bound}, and is neither text nor a list: leave it out"
            )


def refuse_hints(field: str, said: Hints) -> None:
    """Raise ConfigError for hints that mean nothing: `year="去年"`, `year=2024`, `goal="yes"`."""
    year, goal = said.year, said.goal
    if year is not None and (type(year) is not int or abs(year) > MOST_YEARS):
        raise ConfigError(
            f"{field} is declared with year={year!r}, and year counts from the report's year: "
            "write -1 for the year before, 0 for its own"
        )
    if goal is not None and not isinstance(goal, bool):
        raise ConfigError(
            f"{field} is declared with goal={goal!r}: write True for a plan's number, False for "
            "none"
        )
    for name, word in (("where", said.where), ("unit", said.unit)):
        if word is not None and not (isinstance(word, str) and word.strip()):
            raise ConfigError(f"{field} is declared with {name}={word!r}: write one word as a text")


def refuse_default(field: str, info: FieldInfo) -> None:
    """Raise ConfigError for a default that would be a value without a proof: any but an empty one.

    A text and a choice, true and false are answers as well as a number is.
    """
    try:
        default = info.get_default(call_default_factory=True)
    except Exception as error:
        raise ConfigError(
            f"{field} has a default that cannot be made alone: write `= None`, or ask(…)"
        ) from error
    if default is PydanticUndefined or default is None:
        return
    tree = type_of(info)
    if not is_of_type(tree, default) or any(value != "" for _, _, value in leaves(tree, default)):
        raise ConfigError(f"{field} has a default that no text proves: write `= None`, or ask(…)")


def _single(marks: Iterable[Any]) -> Iterator[Any]:
    """The marks one by one, those inside a `Field(…)` too."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from _single(mark.metadata)
        else:
            yield mark


def _bound(mark: Any, names: Iterable[str]) -> str:
    """The first of some bounds that a mark sets, as it was written."""
    if callable(mark) or isinstance(mark, str):
        return ""
    said = {name: getattr(mark, name, None) for name in names}
    return next((f"{name}={value!r}" for name, value in said.items() if value is not None), "")


def _core(annotation: Any) -> Any:
    """The type without `| None` and without marks."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _core(inner[0])
    rest = [one for one in inner if one is not NoneType]
    if origin in (Union, UnionType) and len(rest) == 1:
        return _core(rest[0])
    return annotation
