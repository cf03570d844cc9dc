"""Summary → one HTML page that stands alone: no script, nothing from the network."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from summarizer.render.amount import amount, base_amount
from summarizer.render.outline import by_reason, coverage_line, coverage_parts, marked, outline
from summarizer.render.safe import visible
from summarizer.types import Summary


def render(summary: Summary) -> str:
    """The page; what the document says is escaped, whatever characters it holds."""
    return _template().render(
        summary=summary,
        shown=outline(summary),
        coverage=coverage_line(summary.coverage),
        tallies=tuple(
            (name.capitalize(), by_reason(tallies))
            for name, tallies in coverage_parts(summary.coverage)
        ),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(amount=amount, base=base_amount, marked=marked)
    return environment.get_template("summary.html.jinja")


def _harmless(value: Any) -> Any:
    """Control and bidi characters would act in a browser too."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
