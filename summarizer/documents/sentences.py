"""Clean text and its mentions → sentences of body and headings; a sentence is never split later.

What has no end for hundreds of characters is no sentence; it is taken in pieces, cut at its clauses
and inside no numeral, so that nothing that is done with a sentence grows with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from summarizer.documents.clean import CleanText
from summarizer.documents.language import Language
from summarizer.documents.sections import classify_sections
from summarizer.types import Mention, Span
from summarizer.zh.names import Name
from summarizer.zh.segment import CLOSERS, Sentence, english_sentences, sentence_spans
from summarizer.zh.tables.reading import CellReading

LONGEST = 600  # characters; the longest sentence of seventy reports has 351
_ENDED = re.compile(f"[。！？!?…][{re.escape(CLOSERS)}]*$")
_CUTS = ",，、：\t"


def split_sentences(
    text: CleanText,
    mentions: Sequence[Mention],
    names: Sequence[Name] = (),
    language: Language = "zh",
    cells: Sequence[tuple[Mention, CellReading]] = (),
) -> tuple[Sentence, ...]:
    """The sentences of body and headings, each with the quantities and the names inside it.

    `cells` are the numbers of tables, which are none of the `mentions`, with what headers say.

    >>> from summarizer.documents.clean import clean
    >>> [s.text for s in split_sentences(clean("投入500万元；建桥1座。成效好。"), ())]
    ['投入500万元；', '建桥1座。', '成效好。']
    """
    found: list[Sentence] = []
    quantities = [m for m in mentions if m.quantity is not None]
    starts = [m.at.start for m in quantities]
    named = [n.span.start for n in names]
    celled = [m.at.start for m, _ in cells]
    kept = [(n, r) for n, r in enumerate(text.regions) if r.kind in ("body", "heading")]
    told = classify_sections([(text.text[r.span.slice], r.kind == "heading") for _, r in kept])
    for (paragraph, region), section_kind in zip(kept, told, strict=True):
        spans = _spans(text.text, region.span, language)
        parts = ((part, whole) for whole in spans for part in _parts(text.text, whole, mentions))
        for piece, whole in parts:
            span = _stripped(text.text, piece)
            if span is None:
                continue
            found.append(
                Sentence(
                    number=len(found) + 1,
                    span=span,
                    raw=text.to_raw(span),
                    text=text.text[span.slice],
                    paragraph=paragraph,
                    heading=region.kind == "heading",
                    mentions=tuple(quantities[inside(starts, span)]),
                    names=tuple(names[inside(named, span)]),
                    opens=not found or found[-1].paragraph != paragraph,
                    section_kind=section_kind,
                    goes_on=piece.start > whole.start,
                    cells=tuple(cells[inside(celled, span)]),
                    lead=_lead(found[-1]) if found and found[-1].paragraph == paragraph else "",
                )
            )
    return tuple(found)


def _spans(text: str, within: Span, language: Language) -> Iterator[Span]:
    """The sentences of a paragraph; of an English one cut at its full stops, too."""
    for span in sentence_spans(text, within.start, within.end):
        yield from english_sentences(text, span) if language == "en" else (span,)


def _parts(text: str, whole: Span, mentions: Sequence[Mention]) -> Iterator[Span]:
    """A sentence, in pieces if it has no end."""
    start = whole.start
    while whole.end - start > LONGEST:
        end = start + LONGEST
        end = max(text.rfind(mark, start, end) + 1 for mark in _CUTS) or end
        end = end if start < end else start + LONGEST
        at = bisect_left(mentions, end, key=lambda mention: mention.at.start) - 1
        if not at < 0 and end < mentions[at].at.end:
            cut = mentions[at].at
            end = cut.start if start < cut.start else cut.end
        yield Span(start, end)
        start = end
    if start < whole.end:
        yield Span(start, whole.end)


def inside(starts: Sequence[int], span: Span) -> slice:
    """Which of the places that begin at these characters begin inside a span."""
    return slice(bisect_left(starts, span.start), bisect_left(starts, span.end))


def _lead(last: Sentence) -> str:
    """What leads on behind a sentence that ends in a semicolon, or in nothing at all."""
    is_open = not _ENDED.search(last.text)
    return (last.lead + last.text)[-LONGEST:] if is_open else ""


def _stripped(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
