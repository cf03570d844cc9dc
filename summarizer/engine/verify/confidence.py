"""How sure the words of a figure are, as a number beside it: what a reader checks first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.schema import Schema
from summarizer.engine.verify.doubts import doubts
from summarizer.types import Figure, Span, Summary
from summarizer.zh.labels.confidence import Labelled, confidence
from summarizer.zh.labels.english import is_english
from summarizer.zh.script import fold

PLACES = 2  # decimals that are told


def with_confidence(summary: Summary, schema: Schema, parsed: ParsedDocument) -> Summary:
    """The summary whose figures say how likely their labels are right.

    None for a number of a table, whose header names it, and for what stands in English.
    """
    sure = dict(_each(summary, schema, parsed))
    figures = tuple(f.model_copy(update={"confidence": sure.get(f.id)}) for f in summary.figures)
    return summary.model_copy(update={"figures": figures})


def labelled(
    summary: Summary, schema: Schema, parsed: ParsedDocument
) -> Iterator[tuple[str, Labelled]]:
    """The labels that can be judged, each by its figure's id; what was judged before is no sign."""
    bare = tuple(f.model_copy(update={"confidence": None}) for f in summary.figures)
    summary = summary.model_copy(update={"figures": bare})
    codes: dict[str, set[str]] = {}
    for doubt in doubts(summary, schema, parsed):
        codes.setdefault(doubt.ref, set()).add(doubt.code)
    for figure in summary.figures:
        if one := _labelled(figure, parsed, codes.get(figure.id, ())):
            yield figure.id, one


def _each(summary: Summary, schema: Schema, parsed: ParsedDocument) -> Iterator[tuple[str, float]]:
    for id_, one in labelled(summary, schema, parsed):
        yield id_, round(confidence(one), PLACES)


def _labelled(figure: Figure, parsed: ParsedDocument, codes: Collection[str]) -> Labelled | None:
    at = bisect_right(parsed.sentences, figure.span.start, key=lambda one: one.raw.start)
    for sentence in parsed.sentences[max(0, at - 1) : at]:
        start = sentence.span.start
        places = {
            m.span: Span(m.at.start - start, m.at.end - start)
            for m in sentence.mentions
            if m.id not in parsed.told
        }
        if figure.span in places:
            text = fold(sentence.text)
            others = tuple(places.values())
            label, place = fold(figure.label), places[figure.span]
            if not is_english(text, place):
                return Labelled(label, text, place, others, figure.kind, codes)
    return None
