"""Keywords of a schema's classes (`key=`, `most=`, `labels=`), held to what they may be."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Parameter, signature
from typing import Any

FIGURES = "figures"
"""What an overview may tell beside the fields and lists of its summary."""


def refuse_unknown(cls: type, unknown: Mapping[str, Any]) -> None:
    """Raise TypeError for a keyword of a class that no base of it takes: kye="who"."""
    if not unknown:
        return
    taken = (vars(base).get("__init_subclass__") for base in cls.__mro__)
    known = {
        name
        for one in taken
        if isinstance(one, classmethod) and one.__func__.__module__.startswith("summarizer.")
        for name, said in signature(one.__func__).parameters.items()
        if said.kind is Parameter.KEYWORD_ONLY
    }
    has = f"it has {', '.join(sorted(known))}" if known else "those of summarizer.fields have some"
    raise TypeError(f"{cls.__name__} has no keyword {min(unknown)!r}; {has}")


def names_of(cls: type, key: Any) -> tuple[str, ...]:
    """The fields that a key names, one or several. Raises TypeError for what is no name."""
    named = (key,) if isinstance(key, str) else key
    if not isinstance(named, tuple | list) or not all(isinstance(n, str) for n in named):
        raise TypeError(
            f"{cls.__name__} is declared with key={key!r}: write the names of its fields, "
            'as in key=("who", "what")'
        )
    return tuple(named)


def refuse_most(cls: type, most: Any) -> None:
    """Raise TypeError for a number of items a sentence that is none."""
    if most is not None and (type(most) is not int or most < 1):
        raise TypeError(
            f"{cls.__name__} is declared with most={most!r}: write how many a sentence may "
            "tell of, 1 or more, or leave it out"
        )


def refuse_switch(cls: type, name: str, said: Any) -> None:
    """Raise TypeError for a switch that is neither on nor off."""
    if said is not None and not isinstance(said, bool):
        raise TypeError(
            f"{cls.__name__} is declared with {name}={said!r}: write {name}=False for none"
        )


def tellable(cls: type, said: Any) -> bool | tuple[str, ...]:
    """What an overview may tell: all, nothing, or the fields, lists and FIGURES that are named.

    Raises TypeError for what is none of these.
    """
    if isinstance(said, bool):
        return said
    named = (said,) if isinstance(said, str) else said
    if isinstance(named, tuple | list) and named and all(isinstance(n, str) and n for n in named):
        return tuple(named)
    raise TypeError(
        f"{cls.__name__} is declared with overview={said!r}: write overview=False for none, or "
        'what it may tell of, as in overview=("projects", "figures")'
    )
