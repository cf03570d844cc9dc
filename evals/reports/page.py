"""`report.html`: one file that opens anywhere, a page a document, no script and no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..explain import listing
from ..gates import Gate
from ..report import Report, Result
from .charts import WIDTH, bars, lines
from .figures import between, faults, harm, parts, value

STATES = {
    "right": ("✓", "found, value equal to gold"),
    "found": ("•", "found; there is no gold"),
    "wrong": ("≠", "found, but unit, bound, span or label differ from gold"),
    "missed": ("○", "in gold, not in the summary"),
    "false": ("✗", "in the summary, not in gold"),
    "differs": ("?", "the regex truth reads it otherwise"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text; `state` is empty between marks."""

    text: str
    state: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document's page."""

    anchor: str
    run: str
    result: Result
    faults: dict[str, int]
    pieces: list[Piece]
    lines: list[str]


def page(report: Report, gates: Sequence[Gate], past: Sequence[Report] = ()) -> str:
    """The page; documents come with the most harmful first."""
    sheets = [
        _sheet(f"d{r}-{i}", run.name, result)
        for r, run in enumerate(report.runs)
        for i, result in enumerate(sorted(run.results, key=harm))
    ]
    return _template().render(
        report=report,
        gates=sorted(gates, key=lambda gate: gate.verdict == "passed"),
        sheets=sheets,
        bars=bars(report),
        lines=lines([*past, report]),
        width=WIDTH,
        states=STATES,
        value=value,
        between=between,
        parts=parts,
    )


def pieces(result: Result) -> list[Piece]:
    """The text cut at its marks, nothing lost.

    >>> from summarizer.types import Span
    >>> from ..report import Mark
    >>> found = Result("a", (), text="投入5万元。", marks=(Mark(Span(2, 5), "right", "50000元"),))
    >>> [(p.text, p.state) for p in pieces(found)]
    [('投入', ''), ('5万元', 'right'), ('。', '')]
    """
    cut, last = [], 0
    for mark in result.marks:
        cut.append(Piece(result.text[last : mark.span.start]))
        cut.append(Piece(result.text[mark.span.slice], mark.state, mark.why))
        last = mark.span.end
    cut.append(Piece(result.text[last:]))
    return [piece for piece in cut if piece.text]


def _sheet(anchor: str, run: str, result: Result) -> Sheet:
    told = list(listing(result.scores, result.text))
    return Sheet(anchor, run, result, faults(result), pieces(result), told)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja")
