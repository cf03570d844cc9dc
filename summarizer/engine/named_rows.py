"""Items that are a name with numbers of its own, for a small model: a row of a table told in words.

柳家湾村受灾人口1860人,冲毁公路3.1公里: asked for items, a small model answers nothing for such
sentences, or something for all with numbers. Asked what is named in a sentence it answers well
(`find`). So the numbers lead: where one fits what an item asks for, by its kind and the words
around it, the sentence is asked for the names in it, and each has the numbers behind it up to the
next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic.fields import FieldInfo

from summarizer.engine.checked_items import at, checked
from summarizer.engine.field_choice import Chooser
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_places
from summarizer.engine.row_names import Named, is_of_several
from summarizer.engine.row_numbers import RowNumbers
from summarizer.engine.schema import Schema
from summarizer.fields import Verbatim
from summarizer.types import Issue
from summarizer.zh.asked_words import AskedWords
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


def named_rows(schema: Schema, chooser: Chooser) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of all lists that are names with numbers, and what is dropped."""
    found = [one for listed in schema.lists for one in _Rows(listed, chooser).found()]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


@dataclass(frozen=True)
class _Rows:
    """Looks for the rows of one list."""

    listed: ItemList
    chooser: Chooser

    def found(self) -> Iterator[ItemDraft | Issue]:
        """Every row of the document, in order."""
        leading = self._numbers.leading
        for sentence in self.chooser.proposer.document.sentences:
            if sentence.number in leading:
                yield from self._of_sentence(sentence)

    def _of_sentence(self, sentence: Sentence) -> Iterator[ItemDraft | Issue]:
        own = self.listed.name
        drafts, wrong = self.chooser.in_words(self._asked, sentence)
        yield from wrong
        numbers = item_places(sentence, self.chooser.proposer.picker)
        named = Named.of([name for one in drafts for name in one.value], sentence)
        for name, stretches in named.stretches.items():
            is_excluded = any(term in fold(name) for term in self._excluded)
            picks = self._numbers.among(
                [sentence.number], stretches, is_only=len(named.starts) == 1
            )
            if is_excluded or is_of_several(name, numbers, named.starts[name]):
                yield at(sentence, _dropped(f"{own}: {name} is of several, or does not count"))
            elif any(pick is not None for pick in picks.values()):
                values = {self.listed.name_of_row: name} | picks
                draft = ItemDraft(self.listed.name, values, (sentence,))
                yield checked(self.listed, draft, self.chooser.proposer.picker)
        if named.joint and numbers:
            told = "、".join(named.joint)
            yield at(sentence, _dropped(f"{own}: whose the numbers are is not told: {told}"))

    @cached_property
    def _numbers(self) -> RowNumbers:
        return RowNumbers.of(self.listed, self.chooser.proposer)

    @cached_property
    def _asked(self) -> OwnField:
        """The question for the names of a sentence."""
        name = self.listed.name_of_row
        info = FieldInfo.from_annotation(list[Verbatim])
        info.description = f"{self.listed.about};{self.listed.fields[name].description or name}"
        return OwnField(name, info)

    @cached_property
    def _excluded(self) -> tuple[str, ...]:
        """What does not count, by what an item's class says."""
        return AskedWords.of(self._asked.about).excluded


def _dropped(message: str) -> Issue:
    return Issue(code="item_dropped", severity="info", message=message)
