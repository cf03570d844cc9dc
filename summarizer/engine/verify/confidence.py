"""How sure the words of a figure are, as a number beside it: what a reader checks first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.chunk import ENDLESS
from summarizer.engine.schema import Schema
from summarizer.engine.verify.doubts import doubts
from summarizer.types import Span, Summary
from summarizer.zh.labels.confidence import Labelled, confidence
from summarizer.zh.labels.english import is_english
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

PLACES = 2  # decimals that are told


def with_confidence(summary: Summary, schema: Schema, parsed: ParsedDocument) -> Summary:
    """The summary whose figures say how likely their labels are right.

    None for a number of a table, whose header names it, for what stands in English, and in a
    sentence that is none any more, for it has no end.
    """
    sure = dict(_each(summary, schema, parsed))
    figures = tuple(f.model_copy(update={"confidence": sure.get(f.id)}) for f in summary.figures)
    return summary.model_copy(update={"figures": figures})


def labelled(
    summary: Summary, schema: Schema, parsed: ParsedDocument
) -> Iterator[tuple[str, Labelled]]:
    """The labels that can be judged, each by its figure's id; what was judged before is no sign."""
    known = dict(_known(summary, parsed))
    bare = [f.model_copy(update={"confidence": None}) for f in summary.figures if f.id in known]
    codes: dict[str, set[str]] = {}
    for doubt in doubts(summary.model_copy(update={"figures": tuple(bare)}), schema, parsed):
        codes.setdefault(doubt.ref, set()).add(doubt.code)
    for id_, one in known.items():
        yield id_, replace(one, doubts=frozenset(codes.get(id_, ())))


def _each(summary: Summary, schema: Schema, parsed: ParsedDocument) -> Iterator[tuple[str, float]]:
    for id_, one in labelled(summary, schema, parsed):
        yield id_, round(confidence(one), PLACES)


def _known(summary: Summary, parsed: ParsedDocument) -> Iterator[tuple[str, Labelled]]:
    """Labels with their sentences; none in a table, in English, in a sentence that has no end."""
    number, places, text = 0, dict[Span, Span](), ""
    for figure in summary.figures:
        at = bisect_right(parsed.sentences, figure.span.start, key=lambda one: one.raw.start)
        if not at or len(parsed.sentences[at - 1].text) > ENDLESS:
            continue
        if at != number:
            number, sentence = at, parsed.sentences[at - 1]
            places, text = _places(sentence, parsed), fold(sentence.text)
        place = places.get(figure.span)
        if place is not None and not is_english(text, place):
            all_of_it = tuple(places.values())
            yield figure.id, Labelled(fold(figure.label), text, place, all_of_it, figure.kind)


def _places(sentence: Sentence, parsed: ParsedDocument) -> dict[Span, Span]:
    """Where the quantities of a sentence stand in it, by where they stand in the file."""
    start = sentence.span.start
    asked = [m for m in sentence.mentions if m.id not in parsed.told]
    return {m.span: Span(m.at.start - start, m.at.end - start) for m in asked}
