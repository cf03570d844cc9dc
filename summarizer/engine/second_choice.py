"""A second look with a small model: rules find the one sentence that tells of an item again.

It is the sentence, of the parts that hold the word, that names the item's own name and shares most
with its words; the model is shown that one sentence and asked for one field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.engine.chunk import Chunk
from summarizer.engine.field_choice import Chooser
from summarizer.engine.grounding import char_recall
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_picks
from summarizer.engine.second_look import fields_elsewhere, filled, parts_with, said_of
from summarizer.types import Issue
from summarizer.zh.measured import core
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

ALIKE = 0.5  # share of an item's words that a sentence has which tells of it without its name
NAMED = 0.2  # the same for one that has its name


@dataclass(frozen=True)
class SecondChoice:
    """Looks for the fields of one list that are asked for elsewhere."""

    chooser: Chooser
    listed: ItemList

    def look(self, drafts: Sequence[ItemDraft]) -> tuple[list[ItemDraft], list[Issue]]:
        """The drafts of the list, with what other parts say of the fields that they lack."""
        found, issues = list(drafts), list[Issue]()
        document = self.chooser.proposer.document
        for word, names in fields_elsewhere(self.listed).items():
            sentences = parts_with(word, document.sentences)
            for n, sentence in self._told_again(found, sentences).items():
                found[n], wrong = self._with(found[n], names, sentence)
                issues += wrong
        return found, issues

    def _told_again(
        self, drafts: Sequence[ItemDraft], sentences: Sequence[Sentence]
    ) -> dict[int, Sentence]:
        """The sentence that tells of each item again; one tells of one item only."""
        scores = sorted(
            ((self._alike(draft, s), n, s) for n, draft in enumerate(drafts) for s in sentences),
            key=lambda found: (-found[0], found[1], found[2].number),
        )
        told: dict[int, Sentence] = {}
        taken: set[int] = set()
        for score, n, sentence in scores:
            if score > 0 and n not in told and sentence.number not in taken:
                told[n] = sentence
                taken.add(sentence.number)
        return told

    def _alike(self, draft: ItemDraft, sentence: Sentence) -> float:
        """How much a sentence tells of an item; nothing for one that the item cites already."""
        if sentence in draft.sentences:
            return 0
        text = fold(sentence.text)
        names = {fold(words) for words in self.listed.verbatim_words(draft.values)}
        words = "".join(w for w in said_of(draft) if w not in names)
        share = char_recall(core(words), core(text))
        if any(name in text for name in names):
            return 1 + share if not share < NAMED else 0
        return share if not share < ALIKE else 0

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
            else:
                field = OwnField(name, self.listed.fields[name])
                answered, wrong = self.chooser.in_words(field, Chunk((sentence,)))
                said |= {one.name: one.value for one in answered}
                issues += wrong
        told = {name: value for name, value in said.items() if value not in (None, [], ())}
        if not told:
            return draft, issues
        text = proposer.document.text
        return filled(self.listed, draft, told, {sentence.number: sentence}, text), issues


def second_choices(
    chooser: Chooser, lists: Sequence[ItemList], drafts: Sequence[ItemDraft]
) -> tuple[list[ItemDraft], list[Issue]]:
    """All drafts, those of lists with such fields after a second look."""
    found: list[ItemDraft] = []
    issues: list[Issue] = []
    for listed in lists:
        mine = [draft for draft in drafts if draft.list == listed.name]
        looked, wrong = SecondChoice(chooser, listed).look(mine)
        found += looked
        issues += wrong
    return found, issues
