"""What is unwise in a schema that loads, in plain words for its author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from summarizer.engine.field_types import FieldType, type_of
from summarizer.engine.prompt import Template, load_template
from summarizer.engine.reading_checks import as_list
from summarizer.engine.schema import MODULE, Schema
from summarizer.engine.second_look import fields_elsewhere, parts_with
from summarizer.engine.templates import own_template
from summarizer.fields import Count, Pick, Quantity, hints
from summarizer.zh.alike_units import is_of_unit
from summarizer.zh.quantities import find_mentions
from summarizer.zh.segment import Sentence

OF_ITEM = ("sentences", "figures")  # what an answer has beside the fields of the schema
OF_PASSAGE = ("figures", "title", "place", "period", "publisher")
MOST_FIELDS = 12  # of an item: a model that must answer more in one breath slips


def advice(schema: Schema) -> Iterator[str]:
    """Each thing that an author may want to change, on a line of its own."""
    if not (schema.model.__doc__ or "").strip():
        yield f"{schema.model.__name__} has no docstring: say what the document is, and what counts"
    yield from _of_fields(schema.model.__name__, {n: f.info for n, f in schema.fields.items()})
    for listed in schema.lists:
        name = listed.item.__name__
        if not (listed.item.__doc__ or "").strip():
            yield f"{name} has no docstring: say what counts as one, and what does not"
        if len(listed.asked) > MOST_FIELDS:
            yield f"{name} has {len(listed.asked)} fields: two lists of fewer are answered better"
        if not listed.item.__key__:
            yield (
                f"{name} has no key: two of them are one only when all they say agrees; "
                f'key="{next(iter(listed.fields), "name")}" would merge those of one '
                f"{next(iter(listed.fields), 'name')}"
            )
        if not any(tree.leaf is str or _is_choice(tree) for tree in _leaves(listed.types.values())):
            yield (
                f"{name} has no text: nothing says what its numbers are of; "
                "add a name, as in name: Verbatim"
            )
        yield from _of_fields(name, listed.asked, is_item=True)
    if not schema.is_shipped and schema.path.name == MODULE:
        for path in sorted(schema.path.parent.glob("*.v*.jinja")):
            if f".{schema.name}.v" not in path.name:
                yield (
                    f"{path.name} is not used: a prompt of this folder is called "
                    f"….{schema.name}.v1.jinja"
                )
    for kind in ("passage", "items"):
        if own := own_template(kind, schema):
            folder = None if schema.is_shipped else schema.path.parent
            yield from _of_examples(load_template(own, folder), schema)


def advice_for(schema: Schema, sentences: Sequence[Sentence]) -> Iterator[str]:
    """What fits badly between a schema and the sentences of a document."""
    for listed in schema.lists:
        for word, names in fields_elsewhere(listed).items():
            if not parts_with(word, sentences):
                yield (
                    f"{listed.item.__name__}.{', '.join(names)}: no heading and no sentence of the "
                    f"document has where={word!r}, so there is no second look"
                )


def _leaves(trees: Iterable[FieldType]) -> Iterator[FieldType]:
    for tree in trees:
        below = [tree.inner] if tree.inner is not None else list(tree.parts.values())
        yield from _leaves(below) if below else (tree,)


def _of_fields(
    where: str, fields: Mapping[str, FieldInfo], *, is_item: bool = False
) -> Iterator[str]:
    for name, info in fields.items():
        tree = type_of(info)
        yield from (f"{where}.{name} {line}" for line in _of_hints(info, tree, is_item=is_item))
        if not (info.description or "").strip():
            yield f"{where}.{name} has no description: the model sees its name alone"
        if tree.leaf is str and not tree.is_verbatim and not _has_limit(info):
            yield f"{where}.{name} is text without a limit: add max_length=30, or take Verbatim"
        if _is_choice(tree) and not tree.is_optional and not _has_way_out(tree):
            yield f"{where}.{name} is a choice without a way out: add 其他, or `| None`"


def _of_hints(info: FieldInfo, tree: FieldType, *, is_item: bool) -> Iterator[str]:
    said = hints(info.metadata)
    for pick in tree.picks:
        if pick.pick is Count and pick.unit is None:
            yield (
                'counts things of any kind: write Count["人"], or whatever it counts; '
                "leave it where reports count in several units"
            )
        if pick.unit and pick.pick and not _may_have(pick.pick, pick.unit):
            kind = pick.pick.__name__
            yield f"has unit={pick.unit!r}, which a {kind} may not have: take Count or Quantity"
        elif pick.unit and (unit := _without_scale(pick.unit)) != pick.unit:
            yield f"has unit={pick.unit!r}, which no quantity has: write {unit!r}"
    if said.where and not is_item:
        yield f"has where={said.where!r}, which says something in an item's field only"
    elif said.where and not (tree.is_optional or tree.inner):
        yield f"has where={said.where!r} and may not be null: write `| None`"


def _of_examples(template: Template, schema: Schema) -> Iterator[str]:
    """Fields that the answers of a prompt's examples have, and the schema has not."""
    lists = {listed.name: {*listed.asked, *OF_ITEM} for listed in schema.lists}
    for number, example in enumerate(template.examples, 1):
        answer = example.get("answer")
        if not isinstance(answer, dict):
            yield f"{template.id}.jinja: example {number} has no answer: write [examples.answer]"
            continue
        strange = [key for key in answer if key not in (*lists, *schema.fields, *OF_PASSAGE)]
        for name, known in lists.items():
            items = _items_of(answer.get(name))
            strange += [f"{name}.{key}" for one in items for key in one if key not in known]
        for name in dict.fromkeys(strange):
            yield f"{template.id}.jinja: example {number} answers {name}, which is no field"


def _items_of(answered: Any) -> list[dict[str, Any]]:
    """The items of a list in an example's answer: one by one, or by the keys of sentences."""
    if isinstance(answered, dict):
        answered = [one for under in answered.values() for one in as_list(under)]
    return [one for one in as_list(answered) if isinstance(one, dict)]


def _may_have(pick: type[Pick], unit: str) -> bool:
    """Whether a quantity of a kind may be one of a unit: a Money of 美元, a Percent of 人 not.

    >>> from summarizer.fields import Money, Percent, Quantity
    >>> _may_have(Money, "美元"), _may_have(Percent, "人"), _may_have(Quantity, "头")
    (True, False, True)
    """
    if not issubclass(pick, Quantity):
        return False
    if not pick.kinds or issubclass(Count, pick):
        return True
    return any(m.quantity and m.quantity.kind in pick.kinds for m in find_mentions(f"3{unit}"))


def _without_scale(unit: str) -> str:
    """A unit as quantities have it: 万元 are 元.

    >>> _without_scale("万元"), _without_scale("平方米"), _without_scale("只羊羔")
    ('元', '平方米', '只羊羔')
    """
    read = next((m.quantity for m in find_mentions(f"3{unit}") if m.text == f"3{unit}"), None)
    if read is None or read.unit is None or is_of_unit(read, unit):
        return unit
    return read.unit


def _has_limit(info: FieldInfo) -> bool:
    return any(hasattr(mark, "max_length") for mark in info.metadata)


def _is_choice(tree: FieldType) -> bool:
    return bool(tree.members)


def _has_way_out(tree: FieldType) -> bool:
    return any(choice in _OTHERS for choice in tree.choices)


_OTHERS = ("其他", "其它", "无", "未说明", "不明", "other", "none", "unknown")
