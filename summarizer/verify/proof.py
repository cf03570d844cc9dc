"""The last look at a summary, by itself and the raw text alone: whether the invariants hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.grounding import stray_numbers
from summarizer.schema import Schema
from summarizer.script import fold
from summarizer.types import Evidence, Figure, Issue, Item, Summary


def prove(summary: Summary, schema: Schema, text: str, cleaned: str = "") -> list[Issue]:
    """What does not hold, as issues of severity `error`; empty for a sound summary.

    Evidence must be the source's own words, figures must stand in their evidence, items may name
    only figures that exist, no text may hold a number that the source lacks, and coverage must add
    up. `text` is the raw text; a number also stands in the source if it does in the `cleaned` one,
    where 50<U+200B>0 is 500 by an edit that is told.
    """
    issues: list[Issue] = []
    items = [item for listed in schema.lists for item in getattr(summary, listed.name)]
    for ref, evidence in _evidence(summary.figures, items):
        if text[evidence.span.slice] != evidence.quote:
            issues.append(_issue("span_broken", "the quote is not what stands at its span", ref))
    for figure in summary.figures:
        if not figure.evidence.span.covers(figure.span):
            issues.append(_issue("figure_outside", "the figure is not in its evidence", figure.id))
    known = {figure.id for figure in summary.figures}
    for item in items:
        if not set(item.figures) <= known:
            issues.append(
                _issue("figure_unknown", "the item names a figure there is none of", item.id)
            )
    for ref, words in _texts(summary, schema):
        strays = stray_numbers(words, text) and stray_numbers(words, cleaned or text)
        if strays:
            issues.append(_issue("number_invented", f"{', '.join(strays)} not in the source", ref))
    for ref, period in _periods(summary):
        if any(run not in text and run not in cleaned for run in re.findall(r"[0-9]+", period)):
            issues.append(_issue("number_invented", f"{period} not in the source", ref))
    c = summary.coverage
    if c.found != c.figures + c.merged + len(c.set_aside) + len(c.missed):
        issues.append(_issue("coverage_broken", "coverage does not add up", None))
    return issues


def _evidence(figures: tuple[Figure, ...], items: list[Item]) -> Iterator[tuple[str, Evidence]]:
    for figure in figures:
        yield figure.id, figure.evidence
    for item in items:
        for evidence in item.evidence:
            yield item.id, evidence


def _texts(summary: Summary, schema: Schema) -> Iterator[tuple[str, str]]:
    """Every free text of a summary with what it belongs to."""
    for name in ("title", "place", "overview", "publisher"):
        yield name, getattr(summary, name) or ""
    for figure in summary.figures:
        yield figure.id, fold(figure.label + " " + (figure.subject or ""))
    for listed in schema.lists:
        for item in getattr(summary, listed.name):
            for name in listed.verbatim:
                yield item.id, getattr(item, name)
            for words in listed.texts(item):
                yield item.id, words


def _periods(summary: Summary) -> Iterator[tuple[str, str]]:
    """Every period: its year may stand in a date of another form, 2022年 in 2022.5.20."""
    yield "period", summary.period or ""
    for figure in summary.figures:
        yield figure.id, figure.period or ""


def _issue(code: str, message: str, ref: str | None) -> Issue:
    return Issue(code=code, severity="error", message=message, ref=ref)
