"""Quantities in Chinese text: each numeral gets a kind, each quantity a value, a unit, a bound.

The rules are imported when the first text is searched: who needs but the units needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.zh.quantities.finding import find_mentions as find_mentions
    from summarizer.zh.quantities.finding import iter_mentions as iter_mentions

__all__ = ["find_mentions", "iter_mentions"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("summarizer.zh.quantities.finding"), name)
