"""The passages that a small model is asked about for items: of several sentences, or of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from summarizer.config import Settings
from summarizer.engine.answers import asked_lists
from summarizer.engine.chunk import Chunk, passages
from summarizer.engine.passage import AskedPassage
from summarizer.engine.prompt import Template
from summarizer.engine.schema import Schema
from summarizer.zh.segment import Sentence

ALONE = 1  # characters of a passage that has one sentence


def item_passages(
    sentences: Sequence[Sentence],
    schema: Schema,
    templates: Mapping[str, Template],
    settings: Settings,
    probed: Collection[str],
) -> list[Chunk]:
    """The passages in which a list of the schema may have items.

    Those of the lists that are `probed` may have some anywhere.
    """
    is_led = settings.selection == "rules"
    chars = ALONE if templates["items"].alone else settings.chunk_chars
    found = passages(sentences, chars=chars)
    led = (AskedPassage(chunk, schema.hooks, is_led=is_led) for chunk in found)
    return [
        passage.chunk
        for passage in led
        if asked_lists(schema, passage) or (probed and passage.body)
    ]
