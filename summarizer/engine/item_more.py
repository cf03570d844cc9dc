"""A sentence that tells of as many items as fit into its answer is asked about once more, alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from summarizer.engine.answers import CITED, answer_model, full_sentences
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.item_answers import fixed, messages, raw_items
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage
from summarizer.engine.prompt import Template
from summarizer.engine.schema import Schema
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue

ROOM = 4  # times as many items that the sentence may tell of then
TOKENS = 800
SHOWN = 20  # characters of the sentence in an issue


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: a passage, by a template, for a schema, of a model."""

    passage: AskedPassage
    schema: Schema
    asker: StructuredCaller
    template: Template


def more_of(listed: ItemList, number: int, asked: Request) -> tuple[list[Any], list[Issue]]:
    """All items of a sentence as answered; an issue where there may be more, or no answer is."""
    passage = asked.passage
    alone = AskedPassage(Chunk((passage.body[number - 1],)), passage.hooks, is_led=passage.is_led)
    alone.room = ROOM
    issue = Issue(
        code="list_full",
        severity="warning",
        message=f"{listed.name}: there may be more in “{alone.texts[0][:SHOWN]}…”",
    )
    try:
        answer = asked.asker.ask(
            messages(alone, asked.schema, asked.template, only=listed),
            answer_model(asked.schema, alone, only=listed),
            max_tokens=TOKENS,
            about=asked.template.id,
        )
    except (AnswerRejected, AnswerTruncated):
        return [], [issue]
    said = getattr(answer, listed.name)
    found = [fixed(raw, {CITED: [number]}) for raw in raw_items(listed, said, alone)]
    return found, [issue] if full_sentences(listed, said, alone) else []
