"""Evidence: where in the raw text a sentence stands, and what stands there."""

from __future__ import annotations

from bisect import bisect_right

from summarizer.documents.clean import CleanText
from summarizer.types import Document, Evidence, Span
from summarizer.zh.segment import Sentence

HEADINGS = 3  # how many headings before a sentence are held to be above it
PARAGRAPHS = 2  # its own, and the one before: what a sentence leaves out was said there
_PROSE = frozenset({"body", "heading"})


def evidence(sentence: Sentence, text: CleanText) -> Evidence:
    """The sentence as it stands in the raw text."""
    return quote(text.to_raw(sentence.span), text.document)


def quote(span: Span, document: Document) -> Evidence:
    """The raw text at a raw span; with the page it is on, for a document with pages."""
    page = bisect_right(document.pages, span.start) if document.pages else None
    return Evidence(span=span, quote=document.text[span.slice], page=page)


def context(text: CleanText, at: Span) -> str:
    """What a sentence at a clean span may lean on: the headings above, and what is said before."""
    above = [r.span for r in text.regions if r.kind == "heading" and r.span.start < at.end]
    prose = [r.span.start for r in text.regions if r.kind in _PROSE and r.span.start < at.end]
    before = Span(min(prose[-PARAGRAPHS:], default=at.start), at.start)
    return "\n".join(text.text[span.slice] for span in (*above[-HEADINGS:], before))
