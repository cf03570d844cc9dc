"""The overview of a summary: sentences of the report, or the model's where it writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.documents.hostile import suspicious
from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.prompt import Template
from summarizer.engine.told import Told
from summarizer.engine.written import Facts, write_overview
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue, Span
from summarizer.zh import excerpts, placeholders
from summarizer.zh.excerpts import Reporter
from summarizer.zh.segment import Sentence


def overview_of(
    told: Told,
    about: dict[str, Any],
    parsed: ParsedDocument,
    asker: StructuredCaller,
    template: Template,
) -> tuple[str, list[Issue]]:
    """Sentences of the report, or the model's with its numbers filled in where it writes them."""
    facts = Facts.of(about, told)
    own = parsed.facts
    reporter = Reporter.of(own.title, own.place, own.publisher, own.period)
    only = _saying(told.places, parsed)
    extract = excerpts.overview_of(_for_readers(parsed), reporter, only)
    if asker.policy.overview != "written" or not (facts.figures or facts.items):
        return extract, []
    try:
        written = write_overview(facts, asker, template)
        return placeholders.fill(written, facts.figures), []
    except (AnswerRejected, AnswerTruncated) as error:
        message = f"sentences of the report, the model could not write it: {error}"
        return extract, [Issue(code="overview_extracted", severity="info", message=message)]


def _for_readers(parsed: ParsedDocument) -> list[Sentence]:
    """The sentences but those that speak to a model and not to a reader."""
    hostile = [span for span, _ in suspicious(parsed.text.text)]
    return [s for s in parsed.sentences if not any(span.overlaps(s.span) for span in hostile)]


def _saying(places: Sequence[Span] | None, parsed: ParsedDocument) -> set[int] | None:
    """The numbers of the sentences at places of the source; None for all."""
    if places is None:
        return None
    said = [parsed.text.to_clean(one) for one in places]
    return {s.number for s in parsed.sentences if any(span.overlaps(s.span) for span in said)}
