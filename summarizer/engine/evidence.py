"""Evidence: where in the raw text a sentence stands, and what stands there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from summarizer.documents.clean import CleanText, Region
from summarizer.types import Box, Document, Evidence, Span
from summarizer.zh.segment import Sentence

HEADINGS = 3  # how many headings before a sentence are held to be above it
PARAGRAPHS = 2  # its own, and the one before: what a sentence leaves out was said there
FAR = 1200  # characters before it, in a paragraph without end
_PROSE = frozenset({"body", "heading"})


def evidence(sentence: Sentence, text: CleanText) -> Evidence:
    """The sentence as it stands in the raw text."""
    return quote(text.to_raw(sentence.span), text.document)


def quote(span: Span, document: Document) -> Evidence:
    """The raw text at a raw span; with the page it is on, for a document with pages."""
    page = bisect_right(document.pages, span.start) if document.pages else None
    return Evidence(span=span, quote=document.text[span.slice], page=page, box=_box(span, document))


def _box(span: Span, document: Document) -> Box | None:
    """Around the lines of a span that stand on its first page."""
    pages = document.pages
    page = bisect_right(pages, span.start)
    last = min(span.end, pages[page] if page < len(pages) else span.end)
    first = max(0, bisect_right(document.boxes, span.start, key=_start) - 1)
    end = bisect_left(document.boxes, last, first, key=_start)
    boxes = [box for _, box in document.boxes[first:end]]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _start(line: tuple[int, Box]) -> int:
    return line[0]


def context(text: CleanText, at: Span) -> str:
    """What a sentence at a clean span may lean on: the headings above, and what is said before."""
    regions, start = text.regions, at.start
    above: list[Span] = []
    prose = 0
    for n in range(bisect_left(regions, at.end, key=_begin) - 1, -1, -1):
        region = regions[n]
        if region.kind == "heading" and len(above) < HEADINGS:
            above.append(region.span)
        if region.kind in _PROSE and prose < PARAGRAPHS:
            prose, start = prose + 1, region.span.start
        if len(above) == HEADINGS and prose == PARAGRAPHS:
            break
    before = Span(max(start, at.start - FAR), at.start)
    return "\n".join(text.text[span.slice] for span in (*reversed(above), before))


def _begin(region: Region) -> int:
    return region.span.start
