"""What a schema's lists are made of, as the scorers ask it: names, choices, words.

Everything is read off the markers of the schema's fields, so a schema of anybody's own is scored
like the shipped one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from summarizer.engine.item_list import ItemList
from summarizer.engine.schema import load_schema

SCHEMA = "report"


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of a schema. Each field of its items is in one of the tuples.

    `names` name the item and stand in the source, `quotes` stand there too; `choices` are from a
    list, `kinds` those of them that say what a name names; `words` are the model's own or read off
    the text, each with the metric that scores it.
    """

    name: str
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The field that shows which item it is: its name, else its first words."""
        fields = (*self.names, *(name for name, _ in self.words), *self.quotes, *self.choices)
        return fields[0] if fields else ""


@lru_cache(maxsize=8)
def lists_of(schema: str = SCHEMA) -> tuple[Listed, ...]:
    """The lists of a schema by its name or path. Raises ConfigError for one that does not load.

    >>> [(one.name, one.names, one.choices, one.words) for one in lists_of()]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('measures', (), ('category',), (('title', 'titles.alike'),)),
     ('exemplars', ('name',), ('kind',), (('role', 'roles.alike'), ('deed', 'deeds.alike')))]
    """
    lists = load_schema(schema).lists
    fields = Counter(name for one in lists for name in one.fields)
    return tuple(_listed(one, fields) for one in lists)


def _listed(one: ItemList, fields: Counter[str]) -> Listed:
    kinds = tuple(one.kinds)
    choices = tuple(n for n, f in one.fields.items() if n in kinds or _is_choice(f.annotation))
    quotes = tuple(name for name in one.verbatim if name not in one.names)
    known = {*one.names, *quotes, *choices}
    words = [name for name in one.fields if name not in known]
    metrics = [
        f"{n.removesuffix('s')}s.alike" if fields[n] == 1 else f"{one.name}.{n}.alike"
        for n in words
    ]
    return Listed(
        one.name, tuple(one.names), quotes, choices, kinds, tuple(zip(words, metrics, strict=True))
    )


def _is_choice(annotation: Any) -> bool:
    """Whether a type is one of a list of words, or none of them."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return True
    if get_origin(annotation) is Literal:
        return True
    inner = [kind for kind in get_args(annotation) if kind is not type(None)]
    return get_origin(annotation) not in (tuple, list) and len(inner) == 1 and _is_choice(inner[0])
