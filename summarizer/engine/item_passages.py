"""The passages that a small model is asked about for items: of several sentences, or of one.

Asked for the items of several sentences by a prompt that shows none of their kind, it answers
nothing for all of them. So each sentence is asked about alone, unless all lists have something that
says beforehand where their items are: a judge, names, verbs of doing, numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.config import Settings
from summarizer.engine.answers import asked_lists
from summarizer.engine.chunk import Chunk, passages
from summarizer.engine.passage import AskedPassage
from summarizer.engine.prompt import Template
from summarizer.engine.schema import Schema
from summarizer.engine.templates import JUDGE
from summarizer.zh.segment import Sentence

ALONE = 1  # characters of a passage that has one sentence


def item_passages(
    sentences: Sequence[Sentence],
    schema: Schema,
    templates: Mapping[str, Template],
    settings: Settings,
) -> list[Chunk]:
    """The passages in which a list of the schema may have items."""
    is_led = settings.selection == "rules"
    judged = {kind for kind in templates if settings.judgement == "odds"}
    alone = is_led and not _is_own(schema, templates["items"]) and _has_unguided(schema, judged)
    found = passages(sentences, chars=ALONE if alone else settings.chunk_chars)
    led = (AskedPassage(chunk, schema.hooks, is_led=is_led) for chunk in found)
    return [passage.chunk for passage in led if asked_lists(schema, passage)]


def _is_own(schema: Schema, template: Template) -> bool:
    """Whether a prompt is the schema's own, with examples of its own kind."""
    return template.id.partition(".v")[0] == f"items.{schema.name}"


def _has_unguided(schema: Schema, judged: set[str]) -> bool:
    """Whether nothing says where the items of some list are."""
    return any(
        f"{JUDGE}{one.name}" not in judged
        for one in schema.lists
        if one.worded and not (one.names or one.is_of_actions or one.name_of_quantity)
    )
