"""Summary → one HTML page that stands alone: no script, nothing from the network."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from summarizer.render.amount import amount, base_amount
from summarizer.render.outline import (
    coverage_line,
    issue_line,
    marked,
    outline,
    reasons_shown,
)
from summarizer.render.reader import ENGLISH, Reader
from summarizer.render.safe import visible
from summarizer.types import Summary


def render(summary: Summary, reader: Reader = ENGLISH) -> str:
    """The page; what the document says is escaped, whatever characters it holds."""
    return _template().render(
        summary=summary,
        shown=outline(summary, reader),
        reader=reader,
        say=reader.say,
        coverage=coverage_line(summary.coverage, reader),
        tallies=groupby(reasons_shown(summary.coverage, reader), lambda told: told[0].capitalize()),
        issue_line=issue_line,
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
