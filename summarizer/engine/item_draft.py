"""An item before it is one: what was answered with what it cites, and the item made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from summarizer.documents.clean import CleanText
from summarizer.engine.evidence import evidence
from summarizer.engine.field_types import is_of_type
from summarizer.engine.item_list import ItemList
from summarizer.types import Item, Span
from summarizer.zh.segment import Sentence

PROOFS = "proofs"
"""The field of an item, and of a summary, for the passages that say single fields."""


class Broken(Exception):
    """A validator of a schema's author failed in a way that says nothing to a model."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as answered and checked: its list, its fields, and the sentences it cites.

    `own` are the raw places of the quantities that it says are its own; None where it says nothing.
    `sure` is how likely it is one, None where that is not known.
    """

    list: str
    values: dict[str, Any]
    sentences: tuple[Sentence, ...]
    own: tuple[Span, ...] | None = None
    sure: float | None = None


def made(
    listed: ItemList,
    finding: ItemDraft,
    text: CleanText,
    context: Mapping[str, Any] = MappingProxyType({}),
    **known: Any,
) -> Item:
    """A finding as an item of its list, its sentences quoted.

    The validators of a schema's author see the whole item, and as `info.context` the words of
    these `sentences` and what `context` says of the policy (`Asker.context`). Raises
    ValidationError, or Broken for any other error of theirs and for a value of another type, a
    number for a text: nothing would prove it.
    """
    quoted = tuple(evidence(s, text) for s in finding.sentences)
    context = {"sentences": "".join(s.text for s in finding.sentences), **context}
    values = {"id": "", "evidence": quoted} | known | finding.values
    name = listed.item.__name__
    try:
        item = listed.item.model_validate(values, context=context)
    except ValidationError:
        raise
    except Exception as error:
        raise Broken(f"a validator of {name} failed: {type(error).__name__}: {error}") from error
    for field, tree in listed.types.items():
        if not is_of_type(tree, getattr(item, field)):
            raise Broken(f"a validator of {name} made {field} another thing than its type")
    return item
