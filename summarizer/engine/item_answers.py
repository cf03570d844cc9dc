"""What is asked of a passage for its lists, and what was answered, item by item and unchecked."""

from __future__ import annotations

from typing import Any

from summarizer.engine.answers import CITED
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage
from summarizer.engine.prompt import Messages, Template
from summarizer.engine.schema import Schema


def messages(
    passage: AskedPassage, schema: Schema, template: Template, *, only: ItemList | None = None
) -> Messages:
    """The request for a passage, or for `only` one list: its numbered sentences, its names."""
    lists = (only,) if only else schema.lists
    return template.messages(
        fixed={"lists": lists, "about": schema.about},
        sentences=passage.lines,
        names=[] if only and not only.names else list(passage.name_groups),
    )


def raw_items(listed: ItemList, answered: Any, passage: AskedPassage) -> list[Any]:
    """The items of one list as answered, each citing its key's sentence or those of its name."""
    told = answered.items() if isinstance(answered, dict) else ()
    if listed.names:
        return [
            fixed(
                values,
                {CITED: passage.continuation_sentences(name)} | dict.fromkeys(listed.names, name),
            )
            for party, values in told
            for name in passage.name_groups.get(party, (party,))
            if name in passage.names
            if isinstance(values, dict)
        ]
    return [
        fixed(values, {CITED: [passage.keys[key]]}) if isinstance(values, dict) else values
        for key, items in told
        if key in passage.keys and isinstance(items, list)
        for values in items
    ]


def fixed(values: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """What is known of an item before what the model said of it, which cannot change that."""
    return known | values | known
