"""The strategy for comparison: the model reads plain text and writes the figures itself.

Each is then proved against the mentions of its passage, digit for digit; what does not prove is
asked again once, alone, and dropped with an issue if it still does not. Mentions that the model
never wrote are missed, and coverage says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, WithJsonSchema, create_model

from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.figures import LONGEST, LabelledMention, naming
from summarizer.engine.prompt import Messages, Template
from summarizer.types import Issue, Mention
from summarizer.zh.quantities.lookup import look_up
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

_TEXT = {"type": "string", "maxLength": 24}
_FIGURE = {
    "type": "object",
    "properties": {
        "quote": _TEXT,
        "label": {"type": "string", "maxLength": LONGEST},
        "value": _TEXT,
        "unit": {"type": "string", "maxLength": 8},
    },
    "required": ["quote", "label", "value", "unit"],
}
TOKENS_EACH = 70


def messages(chunk: Chunk, template: Template, wrong: str = "") -> Messages:
    """The request for a passage: its sentences, and what was wrong with the last answer."""
    return template.messages(text=fold(chunk.text), wrong=wrong)


def name_figures(
    chunk: Chunk, sentences: Sequence[Sentence], asker: StructuredCaller, template: Template
) -> tuple[list[LabelledMention], list[Issue]]:
    """The figures that the model wrote and that the source proves, each mention once."""
    left = list(chunk.asked)
    namings: list[LabelledMention] = []
    unproved = _proved(_answers(chunk, asker, template), chunk, sentences, left, namings)
    if unproved and asker.reasks and left:
        wrong = json.dumps([u.get("quote") for u in unproved], ensure_ascii=False)
        again = _answers(chunk, asker.again(), template, wrong)
        unproved = _proved(again, chunk, sentences, left, namings)
    return namings, [_dropped(one) for one in unproved]


def _answers(
    chunk: Chunk, asker: StructuredCaller, template: Template, wrong: str = ""
) -> list[dict[str, Any]]:
    limit = 80 + TOKENS_EACH * (len(chunk.asked) + 2)
    said = asker.ask(
        messages(chunk, template, wrong),
        _answer(len(chunk.asked)),
        max_tokens=limit,
        about=template.id,
    )
    figures = getattr(said, "figures", None)
    return [f for f in figures if isinstance(f, dict)] if isinstance(figures, list) else []


def _proved(
    answers: Sequence[dict[str, Any]],
    chunk: Chunk,
    sentences: Sequence[Sentence],
    left: list[Mention],
    namings: list[LabelledMention],
) -> list[dict[str, Any]]:
    """Move each mention that an answer proves from `left` to `namings`; return the rest."""
    unproved = []
    for said in answers:
        mention = look_up(str(said.get("quote", "")), left)
        if mention is None or not _value_holds(said, mention):
            if look_up(str(said.get("quote", "")), chunk.asked) is None or mention is not None:
                unproved.append(said)
            continue
        left.remove(mention)
        namings.append(naming(mention, chunk, sentences, str(said.get("label", ""))))
    return unproved


def _value_holds(said: dict[str, Any], mention: Mention) -> bool:
    """Whether the value that the model worked out, if it is a number at all, is the mention's."""
    quantity = mention.quantity
    try:
        value = Decimal(str(said.get("value", "")).replace(",", ""))
    except InvalidOperation:
        return True  # the quote is proved; a value in words is not used
    if not value.is_finite():
        return False
    return quantity is not None and value in {quantity.value, quantity.high, _unscaled(mention)}


def _unscaled(mention: Mention) -> Decimal | None:
    """The number as written, 8.6 in 8.6万元: a model may leave the scale with the unit."""
    digits = "".join(c for c in fold(mention.text) if c.isdigit() or c == ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _answer(mentions: int) -> type[BaseModel]:
    shape = {"type": "array", "items": _FIGURE, "maxItems": mentions + 2}
    return create_model("Figures", figures=(Annotated[Any, WithJsonSchema(shape)], ...))


def _dropped(said: dict[str, Any]) -> Issue:
    quote, label = (str(said.get(k, ""))[:40] for k in ("quote", "label"))
    return Issue(
        code="figure_unproved",
        severity="warning",
        message=f"the model wrote “{quote}” ({label}), which the source does not say; dropped",
    )
