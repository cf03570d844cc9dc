"""What a model says of a name in words: whether it is one of a list, and each field of its row.

Asked for a word, a small model answers something. So each question has a number for every answer,
that it is nothing of these among them, and what counts is how likely each first token is.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.engine.ask import UNLIKELY
from summarizer.engine.field_choice import Chooser
from summarizer.engine.field_draft import FieldDraft
from summarizer.engine.field_types import FieldType
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.prompt import Template, load_template
from summarizer.engine.row import Row
from summarizer.engine.row_context import context
from summarizer.engine.row_names import opened
from summarizer.engine.second_look import fields_elsewhere
from summarizer.errors import NoProbabilities
from summarizer.types import Issue
from summarizer.zh.asked_kinds import asks_place
from summarizer.zh.asked_words import AskedWords, first_clause
from summarizer.zh.named_lines import names_one
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

MEMBER, SORT = "member.v1", "sort.v1"
TRUTHS = (True, False)


@dataclass(frozen=True)
class RowWords:
    """Asks about the names of one list, each in the sentences that tell of it."""

    listed: ItemList
    chooser: Chooser

    def odds(self, name: str, sentences: Sequence[Sentence]) -> float | None:
        """How much likelier a name is one of the list than what does not count, as log-odds.

        None where nobody says how likely.
        """
        template = load_template(MEMBER)
        kinds = [first_clause(self.listed.about), *self._not_meant][: len(template.choices) - 1]
        lines = context(sentences, self._sentences, name=name)
        told = self._told(template, lines, name=name, choices=kinds)
        choices = template.choices[: len(kinds) + 1]
        if not set(choices) & set(told):
            return None
        first, *others = (told.get(one, UNLIKELY) for one in choices)
        return first - max(others)

    def fields(self, row: Row) -> tuple[dict[str, Any], list[Issue]]:
        """What the sentences of a row say of each field in words, and what cannot stand."""
        said: dict[str, Any] = {}
        issues: list[Issue] = []
        elsewhere = {name for names in fields_elsewhere(self.listed).values() for name in names}
        for field in self.listed.words_of_row:
            if field in elsewhere:  # a second look asks for it
                continue
            said[field], is_chosen = self.chosen(row, field)
            if not is_chosen:
                said[field], wrong = self._in_words(row, field)
                issues += wrong
        return said, issues

    def _in_words(self, row: Row, field: str) -> tuple[Any, list[Issue]]:
        """A field in the words of a row's sentences, whose other names are not asked about.

        The name itself is no answer to what is asked of it, but for where it is: 大坪镇|宏达公司.
        """
        info, tree, issues = self.listed.fields[field], self.listed.types[field], list[Issue]()
        about = info.description or field
        named = f"{row.name}:{about}"
        for words in [about, named] if row.is_alone or row.own_words else [named]:
            own = copy(info)
            own.description = words
            drafts, wrong = self.chooser.in_words(
                OwnField(field, own), *row.sentences, part=row.own_words
            )
            issues += wrong
            answers = [o for o in drafts if not _is_name(o.value, row.name, about)]
            told = [self._whole(one) for one in answers]
            if told or tree.leaf is not str:
                return next(iter(told), _nothing(tree)), issues
        return None, issues

    def _whole(self, draft: FieldDraft) -> Any:
        """What a draft says, words of the source with the name that opens them."""
        if not self.listed.types[draft.name].is_verbatim:
            return draft.value
        return opened(draft.value, draft.sentences[0])

    def chosen(self, row: Row, field: str) -> tuple[Any, bool]:
        """The likeliest choice of a field, and whether there is one: None may be."""
        template, tree = load_template(SORT), self.listed.types[field]
        values: list[Any] = [*(tree.choices or (TRUTHS if tree.leaf is bool else ()))]
        maybe = [None] if tree.is_optional else []
        if not values or len(values) + len(maybe) > len(template.choices):
            return None, False
        asked = self.listed.fields[field].description or field
        told = self._told(
            template,
            context(row.sentences, self._sentences),
            name=row.name,
            asked=asked,
            choices=list(tree.choices),
            maybe=bool(maybe),
        )
        keys = dict(zip(template.choices, [*values, *maybe], strict=False))
        likely = max(keys, key=lambda key: told.get(key, UNLIKELY))
        return keys[likely], bool(set(keys) & set(told))

    def _told(self, template: Template, lines: list[str], **asked: Any) -> dict[str, float]:
        """How likely each first token of an answer is; nothing where nobody says."""
        asker = self.chooser.asker
        if asker.policy.judgement != "odds":
            return {}
        try:
            return asker.first_words(template.messages(lines=lines, **asked), template.id)
        except NoProbabilities:
            return {}

    @property
    def _sentences(self) -> Sequence[Sentence]:
        return self.chooser.proposer.document.sentences

    @cached_property
    def _not_meant(self) -> tuple[str, ...]:
        """What does not count, by what an item's class says."""
        return AskedWords.of(self.listed.about).not_meant


def _is_name(value: Any, name: str, about: str) -> bool:
    """Whether a value is a name or part of it, and not the place before it that is asked for."""
    if not isinstance(value, str) or fold(value) not in fold(name):
        return False
    is_before = fold(name).startswith(fold(value)) and len(value) < len(name)
    return not (is_before and names_one(value) and asks_place(about, value))


def _nothing(tree: FieldType) -> Any:
    return [] if tree.inner is not None and not tree.is_optional else None
