"""A second look with a small model: rules find the one sentence that tells of an item again.

The model is shown that one sentence and asked for one field: for one of a few words by how likely
each is where a prompt `judge.LIST.FIELD` says how, else in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.engine.field_choice import Chooser
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_picks
from summarizer.engine.prompt import Template
from summarizer.engine.row import Row
from summarizer.engine.row_words import RowWords
from summarizer.engine.second_look import dropped, fields_elsewhere, filled, parts_with, shown
from summarizer.engine.told_again import Likeness, absorbed, told_again
from summarizer.errors import NoProbabilities
from summarizer.types import Issue
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


@dataclass(frozen=True)
class SecondChoice:
    """Looks for the fields of one list that are asked for elsewhere; `judges` say how to choose."""

    chooser: Chooser
    listed: ItemList
    judges: Mapping[str, Template] = field(default_factory=dict)

    def look(self, drafts: Sequence[ItemDraft]) -> tuple[list[ItemDraft], list[Issue]]:
        """The drafts of the list, with what other parts say of the fields that they lack.

        What only tells of an earlier one again is no item.
        """
        found, issues = list(drafts), list[Issue]()
        document = self.chooser.proposer.document
        again: set[int] = set()
        likeness = Likeness(self.listed, document.sentences)
        for word, names in fields_elsewhere(self.listed).items():
            sentences = parts_with(word, document.sentences)
            told = told_again(likeness, found, sentences)
            again |= absorbed(found, told)
            for n, sentence in told.items():
                if n not in again:
                    found[n], wrong = self._with(found[n], names, sentence)
                    issues += wrong
        message = "{}: “{}” tells of an earlier one again, and is none"
        issues += [
            dropped(message.format(self.listed.name, shown(found[n])), found[n])
            for n in sorted(again)
        ]
        return [one for n, one in enumerate(found) if n not in again], issues

    def _with(
        self, draft: ItemDraft, names: Sequence[str], sentence: Sentence
    ) -> tuple[ItemDraft, list[Issue]]:
        """An item with what a sentence says of the fields that it lacks."""
        proposer = self.chooser.proposer
        picks = item_picks(self.listed, draft.values, (sentence,), proposer.picker)
        said: dict[str, Any] = {}
        issues: list[Issue] = []
        for name in names:
            if draft.values.get(name) not in (None, [], ()):
                continue
            if name in picks:
                said[name] = picks[name]
                continue
            said[name], is_chosen = self._chosen(name, draft, sentence)
            if not is_chosen:
                own = OwnField(name, self.listed.fields[name])
                answered, wrong = self.chooser.in_words(own, sentence)
                said |= {one.name: one.value for one in answered}
                issues += wrong
        told = {name: value for name, value in said.items() if value not in (None, [], ())}
        if not told:
            return draft, issues
        text = proposer.document.text
        return filled(self.listed, draft, told, {sentence.number: sentence}, text), issues

    def _chosen(self, name: str, draft: ItemDraft, sentence: Sentence) -> tuple[Any, bool]:
        """The likeliest choice of a field, and whether a model says one: of a row None may be."""
        likely = self._likeliest(name, sentence)
        lead = self.listed.name_of_row
        if likely is not None or not lead or not self.listed.types[name].choices:
            return likely, likely is not None
        row = Row(draft.values[lead], (sentence,), {})
        return RowWords(self.listed, self.chooser).chosen(row, name)

    def _likeliest(self, name: str, sentence: Sentence) -> str | None:
        """The likeliest choice of a field; None where no template or nobody says how likely."""
        template = self.judges.get(f"{self.listed.name}.{name}")
        if template is None or self.chooser.asker.policy.judgement != "odds":
            return None
        asked = template.messages(text=fold(sentence.text))
        choices = [one for one in template.choices if one in self.listed.types[name].choices]
        try:
            return self.chooser.asker.likeliest(asked, choices, about=template.id)
        except NoProbabilities:
            return None


def second_choices(
    chooser: Chooser,
    lists: Sequence[ItemList],
    drafts: Sequence[ItemDraft],
    judges: Mapping[str, Template],
) -> tuple[list[ItemDraft], list[Issue]]:
    """All drafts, those of lists with such fields after a second look."""
    found: list[ItemDraft] = []
    issues: list[Issue] = []
    for listed in lists:
        mine = [draft for draft in drafts if draft.list == listed.name]
        looked, wrong = SecondChoice(chooser, listed, judges).look(mine)
        found += looked
        issues += wrong
    return found, issues
