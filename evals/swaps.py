"""The product with some of its functions swapped for others, in this process and for a while.

A function is named by the last part of its module's name and its own, so that it is found wherever
the module lies; it is swapped in every module that imported it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import summarizer
from summarizer.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Swap:
    """A function of the product, `module` being the end of its module's name, and another.

    `instead` takes the function itself first, then what it is called with.
    """

    module: str
    function: str
    instead: Callable[..., Any]


@contextmanager
def swapped(swaps: Sequence[Swap]) -> Iterator[None]:
    """Every swap made, and undone at the end. Raises ConfigError for a function that is gone."""
    with ExitStack() as undo:
        for swap in swaps:
            undo.enter_context(_swapped(swap))
        yield


def original(swap: Swap) -> Callable[..., Any]:
    """The function that a swap takes the place of. Raises ConfigError when there is none."""
    found: dict[int, Callable[..., Any]] = {
        id(function): function
        for module in _modules(swap.module)
        if callable(function := getattr(module, swap.function, None))
        and function.__module__ == module.__name__
    }
    if len(found) != 1:
        raise ConfigError(
            f"{len(found)} modules {swap.module} of the product have {swap.function}(); "
            "evals/families.py names what it switches off"
        )
    return next(iter(found.values()))


@contextmanager
def _swapped(swap: Swap) -> Iterator[None]:
    function = original(swap)

    def instead(*args: Any, **named: Any) -> Any:
        return swap.instead(function, *args, **named)

    places = [
        (module, name)
        for module in _loaded()
        for name, value in list(vars(module).items())
        if value is function
    ]
    _forget(function)
    for module, name in places:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, function)
        _forget(function)


def _forget(function: Callable[..., Any]) -> None:
    """Empty the memories of the function's package: they hold what it has said before."""
    package = function.__module__.rpartition(".")[0]
    for module in _loaded():
        if module.__name__.startswith(f"{package}."):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def _loaded() -> list[ModuleType]:
    """The modules of the product that are loaded, the evals not among them."""
    prefix, evals = f"{summarizer.__name__}.", __package__ or ""
    return [
        module
        for name, module in list(sys.modules.items())
        if module is not None and name.startswith(prefix) and not f"{name}.".startswith(f"{evals}.")
    ]


def _modules(tail: str) -> list[ModuleType]:
    """The modules of the product whose name ends so; a schema's is there once it is loaded."""
    names = {name for name in _names() if name.endswith(f".{tail}")}
    loaded = {module.__name__ for module in _loaded() if module.__name__.endswith(f".{tail}")}
    return [importlib.import_module(name) for name in sorted(names | loaded)]


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    prefix, evals = f"{summarizer.__name__}.", __package__ or ""
    walked = pkgutil.walk_packages(summarizer.__path__, prefix)
    return tuple(one.name for one in walked if not f"{one.name}.".startswith(f"{evals}."))
