"""Which passages are worth a request: who wants five numbers pays for five."""

from __future__ import annotations

from summarizer.engine.candidates import candidates
from summarizer.engine.chunk import Chunk
from summarizer.engine.marks import ids
from summarizer.engine.picking import picks_of
from summarizer.engine.schema import Schema
from summarizer.zh.named_years import Now


def worth_asking(chunk: Chunk, schema: Schema) -> bool:
    """Whether a passage can say anything that the schema asks for.

    A schema that wants labels or items is asked of every passage; of fields alone those passages
    that have a place of the kind, or any where a field is in words.
    """
    if schema.asks_labels or schema.lists:
        return True
    if not all(field.type.is_bare for field in schema.fields.values()):
        return True
    trees = picks_of(schema)
    mentions = dict(zip(ids(), chunk.asked, strict=False))
    places = candidates(chunk.sentences, mentions, trees, Now()).values()
    return any(place.fits(tree) for place in places for tree in trees)
