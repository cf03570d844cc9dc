"""Typed summaries of Chinese work reports in which every number is proved against the source."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.documents.clean import clean as clean
    from summarizer.documents.read import read as read
    from summarizer.engine.schema import load_schema as load_schema
    from summarizer.errors import SummarizerError as SummarizerError
    from summarizer.models import open_model as open_model
    from summarizer.pipeline import summarize as summarize
    from summarizer.render import export as export
    from summarizer.types import Summary as Summary
    from summarizer.zh.quantities import find_mentions as find_mentions

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
_HOMES = {
    "SummarizerError": "errors",
    "Summary": "types",
    "clean": "documents.clean",
    "export": "render",
    "find_mentions": "zh.quantities",
    "load_schema": "engine.schema",
    "open_model": "models",
    "read": "documents.read",
    "summarize": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import summarizer` itself is light."""
    if name == "__version__":
        from importlib.metadata import version

        return version("report-summarizer")
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_HOMES[name]}"), name)
