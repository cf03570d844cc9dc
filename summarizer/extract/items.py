"""What a schema lists, asked for passage by passage with numbered sentences.

The whole answer is taken in loosely and each item is then checked on its own, so that a bad one
costs nothing but itself: it is asked again alone, then dropped with an issue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError, WithJsonSchema, create_model
from pydantic import model_validator as validator

from summarizer.chunk import Chunk, Sentence
from summarizer.errors import ModelError
from summarizer.extract.ask import Asker
from summarizer.grounding import shared, stray_numbers
from summarizer.prompt import Messages, Template, load_template
from summarizer.schema import ItemList, Schema
from summarizer.script import fold
from summarizer.types import Issue

CITED = "sentences"
MOST_CITED = 4
OWN = 0.5  # share of an item's longest prose that its sentences must have
BEARS = 0.7  # of the best cited sentence's share: what a cited sentence must reach to be kept
TOKENS_EACH = 45  # a sentence's items, about


@dataclass(frozen=True, slots=True)
class Finding:
    """An item as answered and checked: its list, its fields, and the sentences it cites."""

    list: str
    values: dict[str, Any]
    sentences: tuple[Sentence, ...]


def messages(chunk: Chunk, schema: Schema, template: Template) -> Messages:
    """The request for a passage: its sentences numbered from 1, its headings without a number."""
    return template.messages(fixed={"lists": schema.lists}, sentences=_numbered(chunk))


def find_items(
    chunk: Chunk, schema: Schema, asker: Asker, template: Template
) -> tuple[list[Finding], list[Issue]]:
    """The items of every list that this passage holds, and what became of the bad ones."""
    asked = messages(chunk, schema, template)
    limit = 120 + TOKENS_EACH * 2 * len(_body(chunk))
    answer = asker.ask(asked, answer_model(schema, chunk), max_tokens=limit)
    findings: list[Finding] = []
    issues: list[Issue] = []
    for listed in schema.lists:
        check = item_model(listed, chunk)
        for raw in getattr(answer, listed.name) or []:
            item, fault = _checked(raw, check, lambda r, f, m=check: _again(r, f, m, chunk, asker))
            if item is not None:
                findings.append(_finding(listed, item, chunk))
            elif fault:
                issues.append(_dropped(listed, raw, fault))
    return findings, issues


def answer_model(schema: Schema, chunk: Chunk) -> type[BaseModel]:
    """What instructor gets: the lists, each with the JSON Schema of its items, loosely validated."""
    most = len(_body(chunk)) + 4
    fields: dict[str, Any] = {}
    for listed in schema.lists:
        shape = {"type": "array", "maxItems": most, "items": _shape(listed, len(_body(chunk)))}
        fields[listed.name] = (Annotated[Any, WithJsonSchema(shape)], ...)
    return create_model("Items", **fields)


def item_model(listed: ItemList, chunk: Chunk) -> type[BaseModel]:
    """One item with every check: the schema's own, and that the cited sentences say it."""
    numbers = range(1, len(_body(chunk)) + 1)
    cited = {"type": "array", "items": {"type": "integer", "enum": list(numbers)}, "minItems": 1}

    def grounded(item: BaseModel) -> BaseModel:
        fault = _fault(listed, item, chunk)
        if fault:
            raise ValueError(fault)
        return item

    fields: dict[str, Any] = {CITED: (Annotated[list[int], WithJsonSchema(cited)], ...)}
    fields |= {name: (field.annotation, field) for name, field in listed.fields.items()}
    return create_model(
        listed.item.__name__, **fields, __validators__={"grounded": validator(mode="after")(grounded)}
    )


def _body(chunk: Chunk) -> list[Sentence]:
    """The sentences that can be cited: a heading announces, it does not say what was done."""
    return [s for s in chunk.sentences if not s.heading]


def _numbered(chunk: Chunk) -> list[tuple[int, str]]:
    """The sentences of a passage for the template; a heading has the number 0."""
    numbers = {s.number: n for n, s in enumerate(_body(chunk), 1)}
    return [(numbers.get(s.number, 0), fold(s.text)) for s in chunk.sentences]


def verbatim_fields(listed: ItemList) -> list[str]:
    """The fields of an item that must stand letter for letter in the source."""
    return [name for name, field in listed.fields.items() if "verbatim" in field.metadata]


def _fault(listed: ItemList, item: Any, chunk: Chunk) -> str:
    """What a checked item says that its sentences do not, as a Chinese line, or nothing."""
    sentences = _body(chunk)
    if not item.sentences or not all(0 < n <= len(sentences) for n in item.sentences):
        return f"句子编号要在1到{len(sentences)}之间"
    text = "".join(sentences[n - 1].text for n in item.sentences)
    for name in verbatim_fields(listed):
        if fold(getattr(item, name)) not in fold(text):
            return f"“{getattr(item, name)}”不在所引的句子里,请照抄原文或改正编号"
    prose = [getattr(item, name) for name in _prose(listed)]
    for words in prose:
        strays = stray_numbers(words, text)
        if strays:
            return f"“{words}”里的{'、'.join(strays)}不在所引的句子里,请删去"
    longest = max(prose, key=len, default="")
    if shared(longest, text) < OWN:
        return f"“{longest}”不是所引的句子说的事,请改用句子里的词或改正编号"
    return ""


def _prose(listed: ItemList) -> list[str]:
    """The fields that are free text: strings, neither verbatim nor one of a closed list."""
    exact = verbatim_fields(listed)
    return [n for n, f in listed.fields.items() if f.annotation is str and n not in exact]


def _checked(
    raw: Any, check: type[BaseModel], again: Callable[[Any, str], Any]
) -> tuple[BaseModel | None, str]:
    """The item if it passes, or passes when asked again alone; else None and what was wrong."""
    try:
        return check.model_validate(raw), ""
    except ValidationError as error:
        fault = _said(error)
        if any(e["type"] == "generic_name" for e in error.errors()):
            return None, fault
    try:
        return again(raw, fault), fault
    except ModelError:
        return None, fault


def _again(raw: Any, fault: str, check: type[BaseModel], chunk: Chunk, asker: Asker) -> Any:
    """Ask for this one item again, with what was wrong; None if the model takes it back."""
    answer = create_model("Correction", item=(check | None, ...))
    wrong = json.dumps(raw, ensure_ascii=False)
    asked = load_template("correction.v1").messages(
        sentences=_numbered(chunk), wrong=wrong, fault=fault
    )
    once = Asker(asker.model, asker.max_tokens, 0)
    return getattr(once.ask(asked, answer, max_tokens=200), "item", None)


def _finding(listed: ItemList, item: Any, chunk: Chunk) -> Finding:
    """The item with those of its sentences that bear it: a small model cites the neighbours too."""
    values = {name: getattr(item, name) for name in listed.fields}
    words = "".join(str(values[name]) for name in [*verbatim_fields(listed), *_prose(listed)])
    cited = [_body(chunk)[n - 1] for n in sorted(set(item.sentences))]
    bears = [shared(words, s.text) for s in cited]
    kept = [s for s, share in zip(cited, bears, strict=True) if not share < BEARS * max(bears)]
    return Finding(listed.name, values, tuple(kept[:MOST_CITED]))


def _dropped(listed: ItemList, raw: Any, fault: str) -> Issue:
    words = "、".join(str(v) for v in raw.values() if isinstance(v, str)) if isinstance(raw, dict) else ""
    return Issue(
        code="item_dropped",
        severity="info",
        message=f"{listed.name}: {words[:60]}: {fault}",
    )


def _said(error: ValidationError) -> str:
    """A validation error as one Chinese line for the model."""
    lines = []
    for e in error.errors():
        where = ".".join(str(part) for part in e["loc"])
        lines.append(e["msg"].removeprefix("Value error, ") if e["type"] == "value_error" else f"{where}: {e['msg']}")
    return ";".join(lines)


def _shape(listed: ItemList, sentences: int) -> dict[str, Any]:
    """The JSON Schema of an item as it is asked for: the sentences first, then the schema's fields."""
    cited = {
        "type": "array",
        "items": {"type": "integer", "enum": list(range(1, sentences + 1))},
        "minItems": 1,
        "maxItems": MOST_CITED,
    }
    properties: dict[str, Any] = {CITED: cited}
    for name, field in listed.fields.items():
        adapter: TypeAdapter[Any] = TypeAdapter(Annotated[field.annotation, field])
        properties[name] = _inlined(adapter.json_schema())
    return {"type": "object", "properties": properties, "required": list(properties)}


def _inlined(shape: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema with its `$defs` put where they are referred to: decoders want no references."""
    defs = shape.pop("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return walk(defs[node["$ref"].rsplit("/", 1)[-1]])
            return {k: walk(v) for k, v in node.items()}
        return [walk(v) for v in node] if isinstance(node, list) else node

    walked: dict[str, Any] = walk(shape)
    return walked
