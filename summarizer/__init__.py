"""Typed summaries of Chinese work reports in which every number is proved against the source."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.clean import clean as clean
    from summarizer.errors import SummarizerError as SummarizerError
    from summarizer.mentions import find_mentions as find_mentions
    from summarizer.models import open_model as open_model
    from summarizer.pipeline import summarize as summarize
    from summarizer.read import read as read
    from summarizer.render import export as export
    from summarizer.schema import load_schema as load_schema
    from summarizer.types import Summary as Summary

__all__ = [
    "SummarizerError",
    "Summary",
    "clean",
    "export",
    "find_mentions",
    "load_schema",
    "open_model",
    "read",
    "summarize",
]
_HOMES = dict(
    zip(
        __all__,
        ["errors", "types", "clean", "render", "mentions", "schema", "models", "read", "pipeline"],
        strict=True,
    )
)


class _Package(ModuleType):
    """`summarizer.clean` is the function although a subpackage has the same name.

    The import system binds a subpackage on its parent when it is first loaded; here the public
    function is bound instead. `from summarizer.clean import …` still reaches the subpackage.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and name in _HOMES:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import summarizer` itself is light."""
    if name == "__version__":
        from importlib.metadata import version

        return version("report-summarizer")
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_HOMES[name]}"), name)
