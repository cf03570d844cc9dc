"""Items that are a name with fields of its own, for a small model: a row of a table told in words.

柳家湾村受灾人口1860人,冲毁公路3.1公里: asked for items, a small model answers nothing for such
sentences, or something for all with numbers. Asked what is named in a sentence it answers well
(`find`). Where an item is a name and numbers, these lead: where one fits what an item asks for, by
its kind and the words around it, the sentence is asked. Else every sentence is. Of each name the
model says how likely it is one of the list. A name has the numbers behind it up to the next, and is
asked about for each of its fields in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from pydantic.fields import FieldInfo

from summarizer.engine.checked_items import at, checked
from summarizer.engine.field_choice import Chooser
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_picks, item_places
from summarizer.engine.row import Row, beyond_most, once
from summarizer.engine.row_context import is_listed
from summarizer.engine.row_names import (
    Named,
    is_counted,
    is_of_several,
    is_other_kind,
    is_title,
    name_of_row,
    whole,
)
from summarizer.engine.row_numbers import RowNumbers
from summarizer.engine.row_openings import Openings, with_siblings, without_bystanders
from summarizer.engine.row_sentences import RowSentences
from summarizer.engine.row_words import RowWords
from summarizer.engine.schema import Schema
from summarizer.fields import Verbatim
from summarizer.types import Issue, Span
from summarizer.zh.asked_kinds import is_called_as, is_kind
from summarizer.zh.asked_words import AskedWords, head_of
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

MEMBER = 0.7  # log-odds from which a name is one of a list
AS_LIKELY = 0.45  # of the likeliest one's, from which another one is
SURE = 2.0  # of the likeliest one's, from which it is heard where numbers lead
MOST_COUNTED = 0.75  # of the rows of a list that have a number, from which all must have one


def named_rows(schema: Schema, chooser: Chooser) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of all lists that are names with fields of their own, and what is dropped."""
    found = [o for one in schema.lists if one.name_of_row for o in rows_of(one, chooser)]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


def rows_of(listed: ItemList, chooser: Chooser) -> Iterator[ItemDraft | Issue]:
    """The items of one such list, and what is dropped, as they are asked for."""
    return _Rows(listed, chooser).found()


@dataclass(frozen=True)
class _Rows:
    """Looks for the rows of one list."""

    listed: ItemList
    chooser: Chooser

    def found(self) -> Iterator[ItemDraft | Issue]:
        """Every row of the document, in order, and what is dropped."""
        named, wrong = self._named()
        yield from wrong
        rows: list[Row] = []
        for sentence in self._sentences.asked:
            for one in self._named_in(sentence, named):
                if isinstance(one, Issue):
                    yield at(sentence, one)
                else:
                    rows.append(one)
        kept = self._members([self._judged(one) for one in rows])
        if not self.listed.is_led_by_numbers:
            kept = self._alike([self._picked_again(one, kept, named) for one in kept])
            kept = self._of_kind(kept)
        for row in rows:
            if not any(row.is_of(one) for one in kept):
                yield at(row.sentences[0], self._dropped(f"{row.name} is not taken for one"))
        most = getattr(self.listed.item, "__most__", None)
        for row in (surplus := beyond_most(kept, most)):
            message = f"{row.name}: its sentence tells of {most} at most"
            yield at(row.sentences[0], self._dropped(message))
        kept = [row for row in kept if row not in surplus]
        is_known_by_name = self.listed.item.__key__ == (self.listed.name_of_row,)
        is_once = is_known_by_name and not self.listed.is_led_by_numbers
        for row in once(kept) if is_once else kept:
            yield from self._drafted(row)

    def _named(self) -> tuple[dict[int, Named], list[Issue]]:
        """What each sentence names, by its number, and what is dropped.

        Not asked is what goes on about a name that is all that a sentence says. A name is cut where
        it stands as a part of one that another sentence has whole: S308线|大箐至红岩公路.
        """
        told: dict[int, list[str]] = {}
        issues: list[Issue] = []
        titled: set[int] = set()
        for sentence in self._sentences.asked:
            told[sentence.number] = names = []
            if sentence.number in titled:
                continue
            if (name := self._sentences.name_of(sentence)) is not None:
                names += [name] if name and not self._is_kind(name) else []
                titled |= {one.number for one in self._sentences.titled(names, sentence)}
                continue
            drafts, wrong = self.chooser.in_words(self._asked, sentence)
            issues += wrong
            for name in dict.fromkeys(whole(n, sentence) for one in drafts for n in one.value):
                if self._is_kind(name) or is_counted(name, sentence):
                    dropped = self._dropped(f"{name} is a kind or a number, and no name")
                    issues.append(at(sentence, dropped))
                else:
                    names.append(name)
            titled |= {one.number for one in self._sentences.titled(names, sentence)}
        every = dict.fromkeys(name for names in told.values() for name in names)
        named: dict[int, Named] = {}
        for sentence in self._sentences.asked:
            names = told[sentence.number]
            longer = [one for one in every if any(_is_cut(name, one) for name in names)]
            named[sentence.number] = Named.of([*names, *longer], sentence)
        return named, issues

    def _named_in(self, sentence: Sentence, named: Mapping[int, Named]) -> Iterator[Row | Issue]:
        """What a sentence names: a row each, or why it is none."""
        own, is_led = named[sentence.number], self.listed.is_led_by_numbers
        numbers = item_places(sentence, self.chooser.proposer.picker)
        behind = self._sentences.about([*own.starts], sentence)
        for name in own.stretches if is_led else own.starts:
            more = behind or self._sentences.more_of(name, [*own.starts], sentence)
            about = (sentence, *more)
            row = Row(name, about, self._picks(name, own, about), len(own.starts) == 1)
            if self._is_excluded(name) or is_of_several(name, numbers, own.starts[name]):
                yield self._dropped(f"{name} is of several, or does not count")
            elif is_other_kind(name, self.listed, sentence):
                yield self._dropped(f"{name} is of another kind")
            elif is_title(name, sentence) and not about[1:] and not self._is_listed(sentence):
                yield self._dropped(f"nothing is said of {name}")
            elif row.is_counted or not is_led:
                yield row
        if own.joint and numbers:
            yield self._dropped(f"whose the numbers are is not told: {'、'.join(own.joint)}")

    def _picks(self, name: str, named: Named, about: Sequence[Sentence]) -> dict[str, Any]:
        """The numbers behind a name, those of the sentences that go on about it among them."""
        behind = [range(s.span.start, s.span.end) for s in about[1:]]
        stretches = [*named.stretches.get(name, ()), *behind]
        is_only = len(named.starts) == 1 and name not in named.joint
        return self._numbers.among([s.number for s in about], stretches, is_only=is_only)

    def _is_listed(self, sentence: Sentence) -> bool:
        return is_listed(sentence, self.chooser.proposer.document.sentences)

    def _judged(self, row: Row) -> Row:
        """A row with how likely it is one; of a table whose numbers lead nothing is asked."""
        if self.listed.is_led_by_numbers and name_of_row(row.sentences[0]):
            return row
        return replace(row, odds=self._words.odds(row.name, row.sentences))

    def _members(self, rows: list[Row]) -> list[Row]:
        """The rows whose names a model takes for one of the list.

        Where numbers lead, it is heard only if it is sure of one and takes most for one. Where it
        does not say how likely a name is one, those with a number are, if the list has any.
        """
        best = max((one.odds for one in rows if one.odds is not None), default=0.0)
        least = max(MEMBER, best * AS_LIKELY)
        if self.listed.is_led_by_numbers:
            kept = [one for one in rows if one.odds is None or one.odds >= least]
            return kept if best >= SURE and len(kept) >= len(rows) / 2 else rows
        is_counted = bool(self.listed.picks)
        kept = [
            one
            for one in rows
            if (one.is_counted or not is_counted if one.odds is None else one.odds >= least)
        ]
        opened = self._sentences.opened
        kept = with_siblings(kept, rows, opened)
        return without_bystanders(kept, opened, self._sentences.openings)

    def _picked_again(self, row: Row, kept: list[Row], named: Mapping[int, Named]) -> Row:
        """A row with the numbers behind its name up to the next that is one, or does not count.

        A name that is not taken for one ends them where it opens a clause; a sentence that names
        another row goes on about that.
        """
        [sentence, *rest] = row.sentences
        others = {one.sentences[0].number for one in kept if one.name != row.name}
        about = (sentence, *takewhile(lambda s: s.number not in others, rest))
        own = named[sentence.number]
        names = {one.name for one in kept if one.sentences[0] is sentence}
        names |= {one for one in own.starts if self._is_excluded(one)}
        told = own.among(names)
        picks = self._picks(row.name, told, about)
        return replace(row, picks=picks, sentences=about, part=told.part(row.name))

    def _alike(self, rows: list[Row]) -> list[Row]:
        """Those with a number that the list asks for, where most have one: others are no rows.

        But those that are numbered as the others are.
        """
        called, own = self.listed.called, self._sentences.opened
        counted = [one for one in rows if any(one.picks[field] is not None for field in called)]
        if len(counted) < len(rows) * MOST_COUNTED:
            return rows
        return [one for one in rows if one in counted or one.sentences[0].number in own]

    def _of_kind(self, rows: list[Row]) -> list[Row]:
        """Those called as what the list asks for, or with a number, where most are called so."""
        called = [one for one in rows if is_called_as(self.listed.about, one.name)]
        if 2 * len(called) <= len(rows):
            return rows
        return [one for one in rows if one in called or one.is_counted]

    def _drafted(self, row: Row) -> Iterator[ItemDraft | Issue]:
        """A row as an item, its fields in words asked for."""
        said, issues = self._words.fields(row)
        yield from issues
        values = {self.listed.name_of_row: row.name} | said
        picker = self.chooser.proposer.picker
        if self.listed.is_known_by_more and (row.is_alone or row.part):
            led = item_picks(self.listed, values, row.sentences[:1], picker)
            part = row.part or range(0)
            within = picker.text.to_raw(Span(part.start, part.stop)) if part else None
            row = row.with_led(led, within)
        for draft in row.drafts(self.listed.name, values):
            yield checked(self.listed, draft, picker)

    @cached_property
    def _numbers(self) -> RowNumbers:
        return RowNumbers.of(self.listed, self.chooser.proposer)

    @cached_property
    def _words(self) -> RowWords:
        return RowWords(self.listed, self.chooser)

    @cached_property
    def _sentences(self) -> RowSentences:
        document = self.chooser.proposer.document
        return RowSentences(self.listed, self._numbers, Openings.of(document.sentences))

    @cached_property
    def _asked(self) -> OwnField:
        """The question for the names of a sentence."""
        name = self.listed.name_of_row
        about = f"{self.listed.about};{self.listed.fields[name].description or name}"
        return OwnField(name, FieldInfo(annotation=list[Verbatim], description=about))

    def _is_kind(self, name: str) -> bool:
        """Whether a name is no more than what a list or one of its fields asks for."""
        said = {n: f.description or "" for n, f in self.listed.fields.items()}
        own = self.listed.about + said[self.listed.name_of_row]
        heads = {head_of(said[n]) for n in self.listed.called if head_of(said[n]) not in own}
        is_measure = any(fold(name).endswith(head) for head in heads)
        return is_measure or any(is_kind(name, one) for one in (self.listed.about, *said.values()))

    def _is_excluded(self, name: str) -> bool:
        """Whether an item's class says that such a name does not count."""
        return any(term in fold(name) for term in self._excluded)

    @cached_property
    def _excluded(self) -> tuple[str, ...]:
        """What does not count, by what an item's class says."""
        return AskedWords.of(self.listed.about).excluded

    def _dropped(self, message: str) -> Issue:
        told = f"{self.listed.name}: {message}"
        return Issue(code="item_dropped", severity="info", message=told)


def _is_cut(name: str, longer: str) -> bool:
    """Whether a name is the beginning or the end of a longer one: 岔镇, of 沿岔镇."""
    own, whole = fold(name), fold(longer)
    return len(own) < len(whole) and (whole.startswith(own) or whole.endswith(own))
