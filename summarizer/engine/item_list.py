"""What a schema asks for: lists of items with their fields, and fields of the summary itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.checks import action
from summarizer.engine.field_types import FieldType, type_of, verbatim_words
from summarizer.engine.nested import free_texts
from summarizer.fields import Change, Quantity, hints
from summarizer.types import Item
from summarizer.zh.asked_words import AskedWords

CALLED = 2  # characters of a description that say what a number is called
BASE_FIELDS = frozenset(fields.Item.model_fields)


@dataclass(frozen=True)
class ItemList:
    """One list of a schema: the field's name and the class of its items."""

    name: str
    item: type[Item]

    @property
    def about(self) -> str:
        """What an item is, for the model: the class's docstring."""
        return (self.item.__doc__ or self.name).strip()

    @property
    def fields(self) -> dict[str, FieldInfo]:
        """What the schema's author added to an item, in order."""
        return {k: v for k, v in self.item.model_fields.items() if k not in BASE_FIELDS}

    @property
    def verbatim(self) -> list[str]:
        """The fields that must stand letter for letter in the source."""
        return self._marked("verbatim")

    @property
    def names(self) -> list[str]:
        """The verbatim fields that must be one of the proper names the grammar found."""
        return self._marked("name")

    @property
    def kinds(self) -> list[str]:
        """The fields that say what the proper name names; the grammar knows it."""
        return self._marked("kind of name")

    @property
    def roles(self) -> list[str]:
        """The fields that say what the text calls the party of the proper name."""
        return self._marked("role of name")

    @property
    def impersonal(self) -> list[str]:
        """The fields that may name no person."""
        return self._marked("impersonal")

    @property
    def is_of_actions(self) -> bool:
        """Whether an item must name an action, so that only sentences with a verb can tell one."""
        return bool(self.actions)

    @property
    def actions(self) -> list[str]:
        """The fields that must name an action."""
        return [name for name, field in self.fields.items() if action in field.metadata]

    @property
    def asked(self) -> dict[str, FieldInfo]:
        """The fields that the model is asked for: all but what the grammar knows."""
        known = {*self.kinds, *self.roles}
        return {name: field for name, field in self.fields.items() if name not in known}

    @property
    def worded(self) -> dict[str, FieldInfo]:
        """The fields that a small model is asked for with the item: words that stand there.

        Picks are found by rules; what is looked for elsewhere, and may be null, comes later.
        """
        return {
            name: field
            for name, field in self.asked.items()
            if name not in self.picks
            and not (hints(field.metadata).where and self.types[name].is_optional)
        }

    @property
    def name_of_quantity(self) -> str:
        """The field that says what the item's quantity is called, if its words are no more."""
        name, *others = [*self.worded, ""]
        is_counted = any(t.pick and issubclass(t.pick, Quantity) for t in self.types.values())
        is_named = is_counted and others == [""] and name in self._marked("name of quantity")
        return name if is_named else ""

    @property
    def name_of_row(self) -> str:
        """The one field in words of an item that is a name with numbers of its own, "" for none.

        The description of a number must say what it is called: 受灾人口 does, 本年的数 not.
        """
        name, *others = [*self.worded, ""]
        is_named = others == [""] and name in self.verbatim and name not in self.names
        is_row = is_named and not self.name_of_quantity and any(self._called())
        are_single = all(tree.is_bare and tree.inner is None for tree in self.picks.values())
        return name if is_row and are_single else ""

    def _called(self) -> Iterator[bool]:
        """Of each number that is no change, whether its description says what it is called."""
        for name, tree in self.picks.items():
            if tree.pick and issubclass(tree.pick, Quantity) and not issubclass(tree.pick, Change):
                yield len(AskedWords.of(self.fields[name].description or "").core) >= CALLED

    @property
    def chosen_elsewhere(self) -> list[str]:
        """The fields with choices that are looked for elsewhere."""
        return [
            n for n, f in self.fields.items() if hints(f.metadata).where and self.types[n].choices
        ]

    @property
    def prose(self) -> list[str]:
        """The fields that are the model's free text: strings that are not verbatim."""
        free = (name for name, field in self.asked.items() if field.annotation is str)
        return [name for name in free if name not in self.verbatim]

    def texts(self, item: Any) -> Iterator[str]:
        """Every free text of an item, nested ones too: what is held against the source."""
        for name, field in self.asked.items():
            if name not in self.verbatim and hasattr(item, name):
                yield from free_texts(field.annotation, getattr(item, name))

    @cached_property
    def types(self) -> dict[str, FieldType]:
        """What each field's annotation comes down to."""
        return {name: type_of(field) for name, field in self.fields.items()}

    @property
    def picks(self) -> dict[str, FieldType]:
        """The fields with a pick in them."""
        return {name: tree for name, tree in self.types.items() if tree.picks}

    def verbatim_words(self, item: Any) -> Iterator[str]:
        """Every text of an item that must stand in the source letter for letter."""
        for name, tree in self.types.items():
            value = item.get(name) if isinstance(item, dict) else getattr(item, name, None)
            yield from verbatim_words(tree, value)

    def _marked(self, mark: str) -> list[str]:
        return [name for name, field in self.fields.items() if mark in field.metadata]


@dataclass(frozen=True)
class OwnField:
    """A field of the summary itself: one value a document."""

    name: str
    info: FieldInfo

    @property
    def about(self) -> str:
        """What is asked for, for the model."""
        return self.info.description or self.name

    @cached_property
    def type(self) -> FieldType:
        """What its annotation comes down to."""
        return type_of(self.info)
