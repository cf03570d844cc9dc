"""The texts in a field's value at any depth: those that a model wrote, not words of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from summarizer.fields import Pick


def free_texts(annotation: Any, value: Any) -> Iterator[str]:
    """The texts in a field's value, at any depth, that are not words of the schema itself.

    >>> list(free_texts(tuple[str, ...] | None, ("修路", "架桥")))
    ['修路', '架桥']
    >>> list(free_texts(Literal["四好农村路"], "四好农村路"))
    []
    """
    inner = get_args(annotation)
    if annotation is str and isinstance(value, str):
        yield value
    elif isinstance(value, Pick) or value is None:
        return
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from free_texts(field.annotation, getattr(value, name))
    elif get_origin(annotation) in (tuple, list):
        for one in value:
            yield from free_texts(inner[0], one)
    elif get_origin(annotation) is not Literal:
        for kind in inner:
            yield from free_texts(kind, value)


def with_texts(annotation: Any, value: Any, change: Callable[[str], str]) -> Any:
    """A field's value with its texts changed, at any depth; words of the schema itself stay.

    >>> with_texts(tuple[str, ...] | None, ("修路", "架桥"), lambda text: f"<{text}>")
    ('<修路>', '<架桥>')
    >>> with_texts(Literal["四好农村路"], "四好农村路", lambda text: "")
    '四好农村路'
    """
    inner, origin = get_args(annotation), get_origin(annotation)
    if isinstance(value, Pick):
        return value
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        texts = {n: with_texts(f.annotation, getattr(value, n), change) for n, f in fields}
        return value.model_copy(update=texts)
    if annotation is str:
        return change(value) if isinstance(value, str) else value
    if origin in (tuple, list):
        if not isinstance(value, tuple | list):
            return value
        return type(value)(with_texts(inner[0], one, change) for one in value)
    if origin is Literal or any(get_origin(k) is Literal and value in get_args(k) for k in inner):
        return value
    for kind in inner:
        changed = with_texts(kind, value, change)
        if changed != value:
            return changed
    return value
