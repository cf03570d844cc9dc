"""Which sentences are asked for the names of a list's rows, and which go on about a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.engine.item_list import ItemList
from summarizer.engine.row_names import is_other_kind, is_title, name_of_row
from summarizer.engine.row_numbers import RowNumbers
from summarizer.engine.row_openings import Openings, own_words, with_rows
from summarizer.zh.named_lines import names_one
from summarizer.zh.segment import Sentence


@dataclass(frozen=True)
class RowSentences:
    """The sentences of a document as the rows of one list read them."""

    listed: ItemList
    numbers: RowNumbers
    openings: Openings

    @cached_property
    def asked(self) -> list[Sentence]:
        """Those that are asked for names: all, or those with a number that leads, or above one."""
        body = [one for one in self.openings.sentences if not one.heading]
        if not self.listed.is_led_by_numbers:
            return body
        led = with_rows(self._leading, body) | self.opened
        return [one for one in body if one.number in led]

    @cached_property
    def opened(self) -> frozenset[int]:
        """Those that open what stands behind them and have no number that leads."""
        labelled = frozenset(self._labelled)
        if self.listed.is_led_by_numbers:
            every = self.openings.sentences
            return labelled.union(one.number for one in every if self._leads_to_number(one))
        opened = self.openings.numbered.union(self.openings.lines)
        return opened - self._leading | labelled

    def name_of(self, sentence: Sentence) -> str | None:
        """What a row of a table, or a labelled paragraph, says of whom it is; None where neither.

        "" for a row of sums.
        """
        name = name_of_row(sentence)
        return self._labelled.get(sentence.number) if name is None else name

    @cached_property
    def _labelled(self) -> dict[int, str]:
        """The paragraphs that are labelled with what may be a row."""
        named = self.openings.labelled.items()
        return {number: name for number, name in named if not is_other_kind(name, self.listed)}

    def about(self, names: Sequence[str], sentence: Sentence) -> list[Sentence]:
        """The sentences that go on about what one names, where it says no more than that.

        Where numbers lead each sentence says itself whose its numbers are, if it names somebody.
        """
        opens = sentence.number in self.opened
        if not (opens or self.listed.is_led_by_numbers):
            opens = any(is_title(name, sentence) for name in names)
        return self.openings.behind(sentence) if opens else []

    def more_of(self, name: str, names: Sequence[str], sentence: Sentence) -> list[Sentence]:
        """The sentences that go on about a name by a word for it: the last such name of its own."""
        alike = [one for one in names if one[-1] == name[-1]]
        return self.openings.more_of(name, sentence) if alike[-1:] == [name] else []

    def titled(self, names: Sequence[str], sentence: Sentence) -> list[Sentence]:
        """The sentences that are not asked for names: one is all that the sentence above says."""
        is_own = self.listed.is_led_by_numbers or sentence.number in self._labelled
        is_own = is_own or any(is_title(name, sentence) for name in names)
        return self.about(names, sentence) if names and is_own else []

    def _leads_to_number(self, sentence: Sentence) -> bool:
        """Whether a sentence is a name and no more, and numbers behind it are nobody else's."""
        led = [one for one in self.openings.behind(sentence) if one.number in self._leading]
        if not led or any(one.names for one in led):
            return False
        is_line = sentence.number in self.openings.lines
        return is_line or (sentence.opens and names_one(own_words(sentence)))

    @cached_property
    def _leading(self) -> frozenset[int]:
        return frozenset(self.numbers.leading)
