"""A pick held against its place: what the text says there, made again, is all of the pick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.candidates import candidates
from summarizer.engine.field_types import FieldType, is_same_value
from summarizer.engine.marks import ids
from summarizer.engine.picking import Picker, WrongKey
from summarizer.engine.schema import Schema
from summarizer.fields import Pick
from summarizer.types import Span
from summarizer.zh.segment import Sentence


@dataclass(frozen=True)
class Remaker:
    """Makes the picks of a document again, by the text alone."""

    parsed: ParsedDocument
    schema: Schema

    def holds(self, tree: FieldType, pick: Pick) -> bool:
        """Whether a pick is what its sentence says at its place, and is of the field's unit."""
        sentence = self._by_span.get(pick.evidence.span)
        alone = pick.model_copy(update={"also_at": ()})
        return sentence is not None and alone in self._made(tree, sentence)

    def repeated(self, tree: FieldType, pick: Pick) -> dict[Span, Pick]:
        """What stands at each other place of a pick that says the same: 1公顷 beside 15亩."""
        return {
            span: one
            for span in pick.also_at
            for sentence in self._around(span)
            for one in self._made(tree, sentence)
            if one.span == span and is_same_value(one, pick)
        }

    def _made(self, tree: FieldType, sentence: Sentence) -> Iterator[Pick]:
        named = dict(zip(ids(), sentence.mentions, strict=False))
        now = self._picker.setting.now
        for place in candidates([sentence], named, [tree], now).values():
            if place.fits(tree):
                try:
                    yield self._picker.made(tree, place)
                except WrongKey:
                    continue

    def _around(self, span: Span) -> Iterator[Sentence]:
        return (s for s in self.parsed.sentences if s.raw.covers(span))

    @cached_property
    def _picker(self) -> Picker:
        return Picker.of(self.parsed, self.schema)

    @cached_property
    def _by_span(self) -> dict[Span, Sentence]:
        return {sentence.raw: sentence for sentence in self.parsed.sentences}
