"""Evidence: where in the raw text a sentence stands, and what stands there."""

from __future__ import annotations

from bisect import bisect_right

from summarizer.documents.clean import CleanText
from summarizer.types import Document, Evidence, Span
from summarizer.zh.segment import Sentence


def evidence(sentence: Sentence, text: CleanText) -> Evidence:
    """The sentence as it stands in the raw text."""
    return quote(text.to_raw(sentence.span), text.document)


def quote(span: Span, document: Document) -> Evidence:
    """The raw text at a raw span; with the page it is on, for a document with pages."""
    page = bisect_right(document.pages, span.start) if document.pages else None
    return Evidence(span=span, quote=document.text[span.slice], page=page)
