"""The answer models that instructor gets for a passage, derived from a schema.

The model of a whole answer takes its items in loosely, with the JSON Schema that guides decoding;
the model of one item has every check: the schema's own, and that the cited sentences say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, WithJsonSchema, create_model
from pydantic import model_validator as validator
from pydantic.fields import FieldInfo

from summarizer.checks import unfit
from summarizer.engine import item_list
from summarizer.engine.grounding import (
    char_recall,
    is_bare_quantity,
    leaked_from_examples,
    stands,
    ungrounded_numbers,
)
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage
from summarizer.engine.schema import Schema
from summarizer.zh.script import fold
from summarizer.zh.segment import clause_spans, list_parts

CITED = item_list.CITED
MOST_CITED = 4
MOST_TOLD = 3  # items that one sentence may tell of
OWN = 0.5  # share of an item's longest prose, and of each part of it, that its sentences must have
LEAST_PART = 4  # characters of a part that says something by itself


def answer_model(
    schema: Schema, passage: AskedPassage, *, only: ItemList | None = None
) -> type[BaseModel]:
    """All lists of a passage, or `only` one: a required key a sentence or, of names, a name."""
    fields: dict[str, Any] = {}
    for listed in [only] if only else asked_lists(schema, passage):
        shape = _by_name(listed, passage) if listed.names else _by_sentence(listed, passage)
        fields[listed.name] = (Annotated[Any, WithJsonSchema(shape)], ...)
    return create_model("Items", **fields)


def asked_lists(schema: Schema, passage: AskedPassage) -> list[ItemList]:
    """The lists worth asking for: those with a name or a sentence that can tell of an item.

    Where rules decide, not one whose words are the names of its quantities, or lead to its numbers.
    """
    return [
        one
        for one in schema.lists
        if one.worded
        and not (passage.is_led and (one.name_of_quantity or one.name_of_row))
        and (passage.names if one.names else telling(one, passage))
    ]


def telling(listed: ItemList, passage: AskedPassage) -> dict[str, int]:
    """The sentences that can tell of an item, by key.

    Those that were judged to; of actions where nothing was judged, those with a verb that names an
    act, or with any verb of doing and a count, and not those of a section that tells of plans or of
    problems. None that was judged to be no item.
    """
    refused = passage.refused.sentences.get(listed.name, ())
    return {
        key: number
        for key, number in passage.keys.items()
        if (is_held(listed, passage, number) or _may_tell(listed, passage, number))
        and passage.body[number - 1].number not in refused
    }


def is_held(listed: ItemList, passage: AskedPassage, number: int) -> bool:
    """Whether a sentence was judged to tell of an item."""
    return passage.body[number - 1].number in passage.refused.held.get(listed.name, ())


def _may_tell(listed: ItemList, passage: AskedPassage, number: int) -> bool:
    return not listed.is_of_actions or passage.may_report(number)


def longest(listed: ItemList) -> dict[str, int]:
    """How many characters each prose field of an item may have, where its schema says so."""
    shapes = {name: _properties(listed)[name] for name in listed.prose}
    return {name: shape["maxLength"] for name, shape in shapes.items() if "maxLength" in shape}


def item_model(listed: ItemList, passage: AskedPassage) -> type[BaseModel]:
    """One item of a list with all its checks; their messages are Chinese lines for the model."""

    def grounded(item: BaseModel) -> BaseModel:
        fault = _fault(listed, item, passage)
        if fault:
            raise ValueError(fault)
        return item

    checks: dict[str, Any] = {"grounded": validator(mode="after")(grounded)}
    fields: dict[str, Any] = {CITED: (Annotated[list[int], WithJsonSchema(_cited(passage))], ...)}
    fields |= {name: (field.annotation, field) for name, field in listed.worded.items()}
    return create_model(listed.item.__name__, __validators__=checks, **fields)


def _fault(listed: ItemList, item: Any, passage: AskedPassage) -> str:
    """What an item says that its sentences do not, as a Chinese line, or nothing."""
    last = len(passage.body)
    if not item.sentences or not all(0 < n <= last for n in item.sentences):
        return f"句子编号要在1到{last}之间"
    text = "".join(passage.texts[n - 1] for n in item.sentences)
    cited = [passage.texts[n - 1] for n in item.sentences]
    for wrong in (_misquoted(words, cited) for words in listed.verbatim_words(item)):
        if wrong:
            return wrong
    for name in listed.names:
        if fold(getattr(item, name)) not in passage.names:
            return f"“{getattr(item, name)}”不是给出的名字"
    for name in listed.impersonal:
        if any(person in fold(getattr(item, name)) for person in passage.persons):
            raise unfit(f"“{getattr(item, name)}”说的是个人")
    for words in listed.texts(item):
        strays = ungrounded_numbers(words, text)
        if strays:
            return f"“{words}”里的{'、'.join(strays)}不在所引的句子里,请删去"
        if leaked_from_examples(words, passage.examples, passage.chunk.text):
            return f"“{words}”是例子里的话,请改用句子里的词"
    for name, limit in longest(listed).items():
        if limit < len(getattr(item, name)):
            return f"“{name}”太长,最多{limit}个字"
    return _foreign([getattr(item, name) for name in listed.prose], text)


def _misquoted(words: str, cited: Sequence[str]) -> str:
    """Why some words are no verbatim ones of the sentences that are cited, as a line."""
    if not any(stands(words, text) for text in cited):
        return f"“{words}”不在所引的句子里,请照抄原文或改正编号"
    return f"“{words}”只是一个数,请照抄名称" if is_bare_quantity(words) else ""


def _foreign(prose: Sequence[str], text: str) -> str:
    """Which of an item's words are of something else than its sentences tell of, as a line."""
    longest = max(prose, key=len, default="")
    if char_recall(longest, text) < OWN:
        return f"“{longest}”不是所引的句子说的事,请改用句子里的词或改正编号"
    for part in (part for words in prose for part in list_parts(words)):
        if not len(part) < LEAST_PART and char_recall(part, text) < OWN:
            return f"“{part}”不是所引的句子说的事,请删去或改用句子里的词"
    return ""


def _by_sentence(listed: ItemList, passage: AskedPassage) -> dict[str, Any]:
    """A list as one required key a sentence: the items that the sentence tells of, or none."""
    one = keyed(_properties(listed))
    keys = {}
    for key, number in telling(listed, passage).items():
        most = most_told(listed, passage, number)
        keys[key] = {"type": "array", "maxItems": most, "items": one}
        if passage.is_led:
            keys[key] |= {"minItems": int(_must_tell(listed, passage, number))}
    return keyed(keys)


def _must_tell(listed: ItemList, passage: AskedPassage, number: int) -> bool:
    """Whether a sentence is told of for certain: by a rule, or as the model judged it alone."""
    if is_held(listed, passage, number):
        return True
    return listed.is_of_actions and passage.must_report(number)


def most_told(listed: ItemList, passage: AskedPassage, number: int) -> int:
    """How many items a sentence may tell of: what its class or its genre says.

    Else one a quantity or clause, and more room where that was not enough.
    """
    if (most := _most_said(listed, passage, number)) is not None:
        return most
    clauses = len(clause_spans(passage.texts[number - 1]))
    counted = max(MOST_TOLD, clauses, len(passage.body[number - 1].mentions))
    return counted * passage.room


def _most_said(listed: ItemList, passage: AskedPassage, number: int) -> int | None:
    """What a class says is the most of a sentence; of actions, what the genre's hook does."""
    own: int | None = getattr(listed.item, "__most__", None)
    if own is None and listed.is_of_actions:
        return passage.hooks.most_actions(passage.texts[number - 1])
    return own


def full_sentences(listed: ItemList, answered: Any, passage: AskedPassage) -> list[int]:
    """The sentences that tell of as many items as fit, though nothing says that it is the most."""
    if listed.names:
        return []
    told = answered if isinstance(answered, dict) else {}
    return [
        number
        for key, number in passage.keys.items()
        if isinstance(told.get(key), list)
        and _most_said(listed, passage, number) is None
        and not len(told[key]) < most_told(listed, passage, number)
    ]


def _by_name(listed: ItemList, passage: AskedPassage) -> dict[str, Any]:
    """A list of names as one required key a party: the item's other fields, or null for none."""
    properties = {k: v for k, v in _properties(listed).items() if k not in listed.names}
    one = keyed(properties)
    maybe = {"anyOf": [{"type": "null"}, one]}
    return keyed(
        {
            party: one
            if passage.is_led and any((listed.name, name) in passage.refused.sure for name in names)
            else maybe
            for party, names in passage.name_groups.items()
        }
    )


def keyed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with these properties, all of them required."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _properties(listed: ItemList) -> dict[str, Any]:
    return {name: shape_of(field) for name, field in listed.worded.items()}


def shape_of(field: FieldInfo) -> dict[str, Any]:
    """The JSON Schema of a field as it is asked for, whole in itself."""
    return inlined(_json_schema(field)) | asked_of(field)


def _cited(passage: AskedPassage) -> dict[str, Any]:
    numbers = list(range(1, len(passage.body) + 1))
    one = {"type": "integer", "enum": numbers}
    return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_CITED}


def asked_of(field: FieldInfo) -> dict[str, Any]:
    """What a field asks of one answer beyond what it takes: asked short, kept joined."""
    extra = field.json_schema_extra
    asked = extra.get("asked") if isinstance(extra, dict) else None
    return dict(asked) if isinstance(asked, dict) else {}


def _json_schema(field: FieldInfo) -> dict[str, Any]:
    annotated: Any = Annotated[field.annotation, field]  # an annotation made at run time
    shape: dict[str, Any] = TypeAdapter(annotated).json_schema()
    shape.pop("asked", None)
    return shape


def inlined(shape: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema with its `$defs` put in where they are referred to."""
    defs = shape.pop("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return walk(defs[node["$ref"].rsplit("/", 1)[-1]])
            return {k: walk(v) for k, v in node.items()}
        return [walk(v) for v in node] if isinstance(node, list) else node

    walked: dict[str, Any] = walk(shape)
    return walked
