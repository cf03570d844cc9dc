"""What a schema asks for: lists of items with their fields, and fields of the summary itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic.fields import FieldInfo

from summarizer import fields
from summarizer.checks import action
from summarizer.engine.field_types import FieldType, leaf, type_of, verbatim_words
from summarizer.engine.nested import free_texts
from summarizer.fields import Change, Quantity, hints
from summarizer.types import Item
from summarizer.zh.asked_words import AskedWords

CITED = "sentences"
"""The key of an item's answer for the sentences that it cites."""
CALLED = 2  # characters of a description that say what a number is called
BASE_FIELDS = frozenset(fields.Item.model_fields)


@dataclass(frozen=True)
class ItemList:
    """One list of a schema: the field's name and the class of its items.

    It `is_judged` where a judge, a probe or a prompt of its own says which sentences tell of items.
    """

    name: str
    item: type[Item]
    is_judged: bool = False

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
        """The fields that the model is asked for: all but what the grammar knows of a name."""
        known = {*self.kinds, *self.roles} if self.names else set[str]()
        return {name: field for name, field in self.fields.items() if name not in known}

    @property
    def worded(self) -> dict[str, FieldInfo]:
        """The fields that a small model is asked for with the item: words that stand there.

        Picks are found by rules; what is looked for elsewhere, and may be null, comes later.
        """
        return {
            name: field
            for name, field in self.asked.items()
            if name not in self.picks and not self._is_elsewhere(name)
        }

    @property
    def mixed(self) -> dict[str, FieldType]:
        """The fields of parts with a pick in them, but for what is looked for elsewhere.

        A small model is asked for them once the item's words are known.
        """
        return {
            name: tree
            for name, tree in self.picks.items()
            if not tree.is_bare and not self._is_elsewhere(name)
        }

    @property
    def name_of_quantity(self) -> str:
        """The field that says what the item's quantity is called, if its words are no more."""
        name, *others = [*self.worded, ""]
        is_counted = any(t.pick and issubclass(t.pick, Quantity) for t in self.types.values())
        is_named = is_counted and others == [""] and name in self._marked("name of quantity")
        return name if is_named and not self.mixed else ""

    @property
    def name_of_row(self) -> str:
        """The field that names an item with fields of its own, "" for none.

        It must be words of the source, and is of the key; where there is none, the first. Where an
        item has numbers and no more, one must be called something: 受灾人口 is, 本年的数 not.
        """
        if self.name_of_quantity or not self._has_plain_fields:
            return ""
        key = self.item.__key__ or [*self.worded][:1]
        lead, *_ = [n for n in self.verbatim if n in self.worded and n in key] or [""]
        others = [n for n in self.worded if n != lead]
        if self.is_judged and others:
            return ""
        is_row = others or self.called or not self._is_counted
        return lead if is_row else ""

    @property
    def is_known_by_more(self) -> bool:
        """Whether a row is known by what was done as well as by its name."""
        lead = self.name_of_row
        return any(
            n in self.item.__key__ for n in self.worded if n != lead and self.types[n].leaf is str
        )

    @property
    def words_of_row(self) -> dict[str, FieldInfo]:
        """What is asked of a row in words beside its name."""
        return {n: f for n, f in self.worded.items() if n != self.name_of_row}

    @property
    def is_led_by_numbers(self) -> bool:
        """Whether the numbers of a row lead to it: it has nothing else beside its name."""
        return not self.words_of_row and bool(self.called)

    @property
    def _is_counted(self) -> bool:
        """Whether an item has a number that is no change."""
        picks = (tree.pick for tree in self.picks.values() if tree.pick)
        return any(issubclass(p, Quantity) and not issubclass(p, Change) for p in picks)

    @property
    def _has_plain_fields(self) -> bool:
        """Whether every field is a single pick, or is asked for in words by its description."""
        marked = (self.names, self.kinds, self.roles, self.impersonal, self.actions)
        are_single = all(tree.is_bare and tree.inner is None for tree in self.picks.values())
        are_whole = not any(leaf(tree).parts for tree in self.types.values())
        return are_single and are_whole and not any(marked)

    @property
    def called(self) -> list[str]:
        """The numbers, but for changes, whose description says what each is called."""
        return [
            name
            for name, tree in self.picks.items()
            if tree.pick
            and issubclass(tree.pick, Quantity)
            and not issubclass(tree.pick, Change)
            and len(AskedWords.of(self.fields[name].description or "").core) >= CALLED
        ]

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

    @property
    def free(self) -> list[str]:
        """The fields that are the model's free text, those that may be null too."""
        trees = ((name, self.types[name]) for name in self.asked)
        return [name for name, tree in trees if tree.leaf is str and not tree.is_verbatim]

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

    def _is_elsewhere(self, name: str) -> bool:
        """Whether a field is looked for elsewhere and may be null till then."""
        return bool(hints(self.fields[name].metadata).where) and self.types[name].is_optional

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
