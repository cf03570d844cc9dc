"""An overview that the model writes over facts of its own choice: numbers and names are proved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, create_model

from summarizer.engine.ask import StructuredCaller
from summarizer.engine.field_types import picks_in
from summarizer.engine.grounding import char_recall, leaked_from_examples, ungrounded_numbers
from summarizer.engine.item_list import OwnField
from summarizer.engine.nested import free_texts
from summarizer.engine.prompt import Messages, Template, example_texts
from summarizer.engine.told import Told
from summarizer.types import Figure, Item, Span
from summarizer.zh.names import find_names
from summarizer.zh.placeholders import PLACEHOLDER, is_bare_cell, notable
from summarizer.zh.script import fold
from summarizer.zh.segment import first_clause, last_sentence

SHORTEST, LONGEST = 16, 500
MOST_FIGURES, MOST_ITEMS = 80, 60
TOKENS = 600
NEAR = 0.4  # share of a figure's label that stands around its number
_WRITTEN = re.compile(r"[\d{}]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an overview may be written over: all of it is proved already.

    `wanted` is what the schema says of itself.
    """

    title: str | None
    place: str | None
    period: str | None
    figures: tuple[Figure, ...]
    items: tuple[tuple[str, str], ...]
    wanted: str = ""

    @classmethod
    def of(cls, about: dict[str, Any], told: Told) -> Facts:
        """What may be told of a summary in the making; of very many figures those that count most.

        The fields of the summary itself are told first.
        """
        figures = [figure for figure in told.figures if not is_bare_cell(figure)]
        most = figures if len(figures) <= MOST_FIGURES else notable(figures, most=MOST_FIGURES)
        at = {span: f.id for f in most for span in (f.span, *f.also_at)}
        own = [(f.name, words) for f, value in told.own if (words := _own(f, value, at))]
        items = [(name, _told(item)) for name, some in told.lists.items() for item in some]
        first = tuple((own + items)[:MOST_ITEMS])
        title, place, period = (about[name] for name in ("title", "place", "period"))
        return cls(title, place, period, tuple(most), first, told.wanted)


def messages(facts: Facts, template: Template) -> Messages:
    """The request: the document, its items in words, its figures by their ids."""
    named = [
        (f.id, fold(f.label), fold("、".join(filter(None, (f.subject, f.period)))))
        for f in facts.figures
    ]
    return template.messages(
        fixed={"about": facts.wanted},
        title=fold(facts.title or ""),
        place=fold(facts.place or ""),
        period=fold(facts.period or ""),
        items=[(name, fold(words)) for name, words in facts.items],
        facts=named,
    )


def write_overview(facts: Facts, asker: StructuredCaller, template: Template) -> str:
    """The overview with its placeholders still in it.

    Raises AnswerRejected when the model keeps writing numbers, names or placeholders that the
    facts have none of.
    """
    asked = messages(facts, template)
    answer: BaseModel = asker.ask(
        asked, _answer(facts, asked), max_tokens=TOKENS, about=template.id
    )
    overview: str = getattr(answer, "overview").strip()  # noqa: B009 — made by create_model
    return overview


def _answer(facts: Facts, asked: Messages) -> type[BaseModel]:
    known = {figure.id: fold(figure.label) for figure in facts.figures}
    told, examples = asked[-1]["content"], example_texts(asked)

    def proved(text: str) -> str:
        bare = PLACEHOLDER.sub("，", text)
        if _WRITTEN.search(bare) or ungrounded_numbers(bare, told):
            raise ValueError("概述里不能写数字,请改成给出的代号")
        for match in PLACEHOLDER.finditer(text):
            if match[1] not in known:
                raise ValueError(f"没有代号{match[1]},只能用给出的代号")
            if char_recall(known[match[1]], _around(text, match)) < NEAR:
                raise ValueError(f"{match[0]}是“{known[match[1]]}”,要写在说它的地方")
        for name in find_names(bare):
            if fold(name.text) not in told:
                raise ValueError(f"“{name.text}”不在给出的事实里")
        if leaked_from_examples(bare, examples, told):
            raise ValueError("概述里有例子里的话,请只用给出的事实")
        return text

    field = Annotated[
        str,
        Field(min_length=SHORTEST, max_length=LONGEST),
        AfterValidator(proved),
        WithJsonSchema({"type": "string"}),
    ]
    return create_model("Overview", overview=(field, ...))


def _around(text: str, number: re.Match[str]) -> str:
    """The words that a placeholder is told with: of its sentence, to the end of its clause.

    >>> text = "全镇养牛。种植柑橘{f1}、竹笋{f2},养羊{f3}"
    >>> [_around(text, number) for number in PLACEHOLDER.finditer(text)]
    ['种植柑橘、竹笋', '种植柑橘、竹笋', '种植柑橘、竹笋,养羊']
    """
    ahead = text[: number.start()]
    told = PLACEHOLDER.sub("", last_sentence(ahead))
    behind = first_clause(text[number.end() :])
    return told + PLACEHOLDER.split(behind)[0]


def _own(field: OwnField, value: Any, at: Mapping[Span, str]) -> str:
    """A field of the summary in words: what it asks for, and what the document says of it.

    A number is the placeholder of its figure; one that is no figure, and a date, is left out.
    """
    ids = [at[pick.span] for pick in picks_in(value) if pick.span in at]
    texts = [*(f"{{{one}}}" for one in ids), *free_texts(field.info.annotation, value)]
    if isinstance(value, str) and value in field.type.choices:
        texts.append(value)
    said = "、".join(filter(None, texts))
    asked = first_clause(field.about)
    return f"{asked}：{said}" if said and not _WRITTEN.search(asked) else said


def _told(item: Item) -> str:
    """An item in words: its free texts in order; choices are the words of the schema."""
    known = Item.model_fields
    fields = (pair for pair in type(item).model_fields.items() if pair[0] not in known)
    texts = (free_texts(field.annotation, getattr(item, name)) for name, field in fields)
    return "，".join(filter(None, chain.from_iterable(texts)))
