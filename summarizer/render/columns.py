"""The columns of the tables that every schema has: name, kind, meaning, and where the value is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

Kind = Literal["text", "integer", "decimal", "real", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `get` takes its value from the row's summary, figure, item, evidence or issue."""

    name: str
    kind: Kind
    about: str
    get: Callable[[Any], Any]


def _column(
    name: str, kind: Kind, about: str, get: str | Callable[[Any], Any] | None = None
) -> Column:
    path = get or name
    return Column(name, kind, about, attrgetter(path) if isinstance(path, str) else path)


DOCUMENT = (
    _column("document_id", "text", "first 16 hex digits of the sha256 of the file", "document.id"),
    _column("source", "text", "where it was read from", "document.source"),
    _column("schema_id", "text", "the schema that the summary follows"),
    _column("title", "text", "its title"),
    _column("place", "text", "the place it reports on"),
    _column("period", "text", "the time it reports on"),
    _column("publisher", "text", "who published it"),
)
"""What a document is; what its schema asks of it comes next."""

RUN = (
    _column("overview", "text", "a paragraph on all of it"),
    _column("characters", "integer", "length of its text", "document.characters"),
    _column("quantities", "integer", "quantity mentions found", "coverage.found"),
    _column("figures", "integer", "of these, figures", "coverage.figures"),
    _column("merged", "integer", "of these, repetitions of a figure", "coverage.merged"),
    _column(
        "set_aside",
        "integer",
        "of these, set aside for a reason",
        lambda s: len(s.coverage.set_aside),
    ),
    _column("missed", "integer", "of these, without a name", lambda s: len(s.coverage.missed)),
    _column(
        "unaccounted",
        "integer",
        "numerals beside these that are no quantity for want of a unit or a reading",
        lambda s: len(s.coverage.unaccounted),
    ),
    _column("model", "text", "who answered", "provenance.model"),
    _column("strategy", "text", "how figures were asked for", "provenance.strategy"),
    _column(
        "requests", "integer", "requests made, stored answers included", "provenance.usage.requests"
    ),
    _column(
        "prompt_tokens", "integer", "tokens read by the model", "provenance.usage.prompt_tokens"
    ),
    _column(
        "completion_tokens",
        "integer",
        "tokens written by the model",
        "provenance.usage.completion_tokens",
    ),
    _column("seconds", "real", "time taken", "provenance.usage.seconds"),
)

FIGURE = (
    _column("figure_id", "text", "key within the document", "id"),
    _column("label", "text", "what the number measures"),
    _column("subject", "text", "whose number it is"),
    _column("period", "text", "when"),
    _column("text", "text", "as the document has it"),
    _column("value", "decimal", "the number, scale applied; the low end of a range"),
    _column("high", "decimal", "the high end of a range"),
    _column("unit", "text", "unit without scale, simplified characters"),
    _column("base_value", "decimal", "the value in base_unit"),
    _column("base_unit", "text", "m², kg, 元 …"),
    _column("bound", "text", "exact, about, over, under, at_least, at_most, range"),
    _column("kind", "text", "money, count, percent …"),
    _column("implied_unit", "boolean", "the unit stands nowhere in the text"),
    _column("per", "text", "the unit a rate is taken over"),
    _column("start", "integer", "first character in the raw text, counted from 0", "span.start"),
    _column("end", "integer", "character after the last", "span.end"),
    _column("quote", "text", "the sentence that proves it", "evidence.quote"),
    _column("quote_start", "integer", "where that begins", "evidence.span.start"),
    _column("quote_end", "integer", "and ends", "evidence.span.end"),
    _column("page", "integer", "page of a PDF", "evidence.page"),
    _column(
        "repeated",
        "integer",
        "how often it is repeated elsewhere in the document",
        lambda f: len(f.also_at),
    ),
    _column("confidence", "real", "how likely the label is right, 0 to 1"),
)

TALLY = (
    _column("became", "text", "set aside, missed, unaccounted"),
    _column("text", "text", "as the document has it"),
    _column("reason", "text", "why it is no figure"),
    _column("start", "integer", "first character in the raw text, counted from 0", "span.start"),
    _column("end", "integer", "character after the last", "span.end"),
)

ISSUE = (
    _column("code", "text", "what is wrong, for programs"),
    _column("severity", "text", "info, warning, error"),
    _column("message", "text", "what is wrong, for people"),
    _column("ref", "text", "the id or the span it is about"),
)

FAILURE = (
    _column("source", "text", "where it was to be read from"),
    _column("error_type", "text", "what is wrong, for programs"),
    _column("error_message", "text", "what is wrong, for people"),
)

DUPLICATE = (
    _column("document_id", "text", "the document with the same content, key of documents"),
    _column("source", "text", "where it was read from"),
    _column("same_as", "text", "where the document with the same content was read from"),
)

EVIDENCE = (
    _column("start", "integer", "first character in the raw text, counted from 0", "span.start"),
    _column("end", "integer", "character after the last", "span.end"),
    _column("quote", "text", "the passage"),
    _column("page", "integer", "page of a PDF"),
)
