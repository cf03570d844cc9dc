"""Sentences that say of whom those behind them tell: a name alone, or a numbered paragraph's first.

2.大华药店串换刷卡案。该店替非定点药店结算,追回1521元。 is one case, as 1. and 3. are. So is what
stands under a name on a line of its own, where there are several such lines.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby, takewhile
from statistics import fmean

from summarizer.documents.sections import is_counted_off, is_numbered, rank, without_numbering
from summarizer.engine.row import Row
from summarizer.engine.row_names import is_title
from summarizer.zh.measured import is_of_whole
from summarizer.zh.named_lines import goes_on_about, heads, labelled_with, names_one, titles_case
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS, CLOSERS, SENTENCE_MARKS, Sentence

MOST_BEHIND = 3  # sentences behind one that may go on about what it names
MOST_UNDER = 6  # sentences under a line that may
MOST_LABELLED = 30  # sentences of a paragraph that is labelled with a name
LONGEST = 30  # characters of a line that may say of whom what is under it tells
POSSIBLE = 0.0  # log-odds from which a name is a row if its paragraph is numbered as rows are


@dataclass(frozen=True)
class Openings:
    """What of a document opens what stands behind it.

    `lines` are those of its own that name what a paragraph under them tells of, each with what is
    under it. There are several of one form (柳湾养老院, 福寿院; 一、大华药店串换药品案), and at
    least half of them are names by the grammar or titles of cases: 一、总体情况 is none. None of
    them is a heading in `sentences`.
    """

    sentences: tuple[Sentence, ...]
    lines: Mapping[int, Sequence[Sentence]]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Openings:
        """What opens what in a document.

        What is under a line ends at the next or at a heading; under the last one there are no more
        paragraphs than under another.
        """
        forms: dict[tuple[int, bool, str], list[Sentence]] = {}
        for one in _titles(sentences):
            forms.setdefault(_form(one), []).append(one)
        lines = {
            one.number
            for several in forms.values()
            if len(several) > 1 and 2 * sum(map(_is_named, several)) >= len(several)
            for one in several
        }
        read = (replace(one, heading=False) if one.number in lines else one for one in sentences)
        return cls(tuple(read), _under(lines, sentences))

    def behind(self, sentence: Sentence) -> list[Sentence]:
        """The sentences that go on about what one names.

        Those under a line of its own; else those behind it in its paragraph, to the next number.
        Neither goes on with one about a whole.
        """
        if sentence.number in self.lines:
            under = self.lines[sentence.number][:MOST_UNDER]
            return [*takewhile(lambda one: not is_of_whole(fold(one.text)), under)]
        if sentence.number in self.labelled:
            more = self.sentences[sentence.number :][:MOST_LABELLED]
            return [*takewhile(lambda one: one.paragraph == sentence.paragraph, more)]
        following = self.sentences[sentence.number :][:MOST_BEHIND]
        return [*takewhile(partial(_is_more, sentence), following)]

    def more_of(self, name: str, sentence: Sentence) -> list[Sentence]:
        """The sentences behind one in its paragraph that say by a word for it whose they are.

        这家合作社有社员265户, 全镇受灾4325人; what stands before such a one and names nobody else
        is its own, too.
        """
        following = self.sentences[sentence.number :][:MOST_BEHIND]
        own = [*takewhile(lambda one: one.paragraph == sentence.paragraph, following)]
        says_so = [goes_on_about(name, fold(one.text)) for one in own]
        last = max((n for n, one in enumerate(says_so, 1) if one), default=0)
        return [
            one
            for one, is_led in zip(own[:last], says_so, strict=False)
            if is_led or not (one.names or is_of_whole(fold(one.text)))
        ]

    @cached_property
    def labelled(self) -> dict[int, str]:
        """The first sentences of paragraphs that are labelled with a name, where several are.

        角弓镇：全镇18个村受灾。 All that stands in such a paragraph is of its name. So it is where
        paragraphs are numbered alike and most begin so: 1.丰禾合作社(白沙镇),有社员218户。
        """
        first = [one for one in self.sentences if one.opens and not one.heading]
        named = {one.number: name for one in first if (name := labelled_with(own_words(one)))}
        return (named if len(named) > 1 else {}) | _headed(first)

    @cached_property
    def numbered(self) -> frozenset[int]:
        """The sentences that open numbered paragraphs of several, where there are some."""
        found = frozenset(one.number for one in self.sentences if self._is_numbered(one))
        return found if len(found) > 1 else frozenset()

    def _is_numbered(self, sentence: Sentence) -> bool:
        text = fold(sentence.text)
        opens = sentence.opens and not sentence.heading
        return opens and (is_numbered(text) or is_counted_off(text)) and bool(self.behind(sentence))


def _headed(first: Sequence[Sentence]) -> dict[int, str]:
    """The names that numbered paragraphs begin with, where most numbered alike do."""
    forms: dict[int, list[Sentence]] = {}
    for one in first:
        if is_numbered(text := fold(one.text)):
            forms.setdefault(rank(text.strip()), []).append(one)
    return {
        one.number: name
        for several in forms.values()
        for one, name in zip(several, heads([*map(own_words, several)]), strict=True)
        if name
    }


def with_rows(led: Container[int], sentences: Sequence[Sentence]) -> set[int]:
    """Those of some sentences, and the other rows of the tables that they are rows of."""
    found: set[int] = set()
    for is_row, several in groupby(sentences, key=lambda one: bool(one.cells)):
        numbers = {one.number for one in several}
        own = {number for number in numbers if number in led}
        found |= numbers if is_row and own else own
    return found


def with_siblings(kept: list[Row], rows: Sequence[Row], opened: Container[int]) -> list[Row]:
    """The rows that are kept, and those numbered as they are, if most so numbered are kept."""
    numbered = [one for one in rows if one.sentences[0].number in opened]
    likely = [one for one in numbered if one.odds is None or one.odds >= POSSIBLE]
    if 2 * sum(one in kept for one in numbered) < len(numbered):
        return kept
    return [one for one in rows if one in kept or one in likely]


def without_bystanders(kept: list[Row], opened: AbstractSet[int], openings: Openings) -> list[Row]:
    """The rows without those that only act in what openings tell of: 县局约谈了院长.

    Such a name stands behind several openings, or is less likely one than the openings' own. Where
    a title opens a part (一、学校。), the names behind it are what it tells of.
    """
    firsts = [(row.name, row.sentences[0]) for row in kept]
    titled = {first.number for name, first in firsts if is_title(name, first)}
    opened = opened - (titled - openings.lines.keys())
    told = [openings.behind(one) for one in openings.sentences if one.number in opened]
    inside = {one.number for several in told for one in several}
    texts = ["".join(fold(one.text) for one in several) for several in told]
    known = [one.odds for one in kept if one.sentences[0].number in opened and one.odds is not None]
    least = fmean(known) if known else -math.inf

    def acts(row: Row) -> bool:
        recurs = sum(fold(row.name) in text for text in texts) > 1
        return recurs or (row.odds is not None and row.odds < least)

    return [one for one in kept if one.sentences[0].number not in inside or not acts(one)]


def _is_more(first: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence may go on about what the first of its paragraph names.

    二是 ends what 一是 opens; behind 1.福寿院。 both tell of it.
    """
    is_own = sentence.paragraph == first.paragraph and not sentence.heading
    text = fold(sentence.text)
    is_next = is_counted_off(text) and is_counted_off(fold(first.text))
    return is_own and not is_numbered(text) and not is_next and not is_of_whole(text)


def _titles(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The short lines without a clause or an amount in them that stand above a paragraph."""
    before: list[Sentence] = []
    for _, several in groupby(sentences, key=lambda one: one.paragraph):
        paragraph = list(several)
        if len(before) == 1 and _is_prose(paragraph) and _may_title(before[0]):
            yield before[0]
        before = paragraph


def _is_prose(paragraph: Sequence[Sentence]) -> bool:
    last = paragraph[-1]
    return not last.heading and fold(last.text).rstrip(CLOSERS).endswith(tuple(SENTENCE_MARKS))


def _may_title(line: Sentence) -> bool:
    """Whether a line may be a title; what is written as a sentence must be numbered or a name."""
    own, text = own_words(line), fold(line.text)
    is_bare = 1 < len(own) <= LONGEST and not any(mark in own for mark in CLAUSE_MARKS)
    is_sentence = text.endswith(tuple(SENTENCE_MARKS)) and not is_numbered(text)
    is_own = line.number > 1 and not line.mentions and not line.cells
    return is_own and is_bare and (not is_sentence or _is_named(line))


def _form(line: Sentence) -> tuple[int, bool, str]:
    """How a line is numbered, and the mark that ends it."""
    text = fold(line.text).strip()
    return rank(text), is_numbered(text), text[-1] if text[-1] in CLAUSE_MARKS else ""


def own_words(sentence: Sentence) -> str:
    """A sentence without its number and the mark that ends it."""
    return without_numbering(fold(sentence.text)).rstrip(CLAUSE_MARKS)


def _is_named(line: Sentence) -> bool:
    return names_one(own_words(line)) or titles_case(own_words(line))


def _under(lines: Container[int], sentences: Sequence[Sentence]) -> dict[int, list[Sentence]]:
    """What stands under each of some lines, up to the next or to a heading."""
    under: dict[int, list[Sentence]] = {}
    for line in sentences:
        if line.number in lines:
            following = sentences[line.number :]
            own = takewhile(lambda one: not one.heading and one.number not in lines, following)
            under[line.number] = list(own)
    ended = {number for number, own in under.items() if number + len(own) < len(sentences)}
    most = max((_paragraphs(under[number]) for number in ended), default=1)
    return {n: own if n in ended else _first(own, most) for n, own in under.items()}


def _paragraphs(sentences: Sequence[Sentence]) -> int:
    return len({one.paragraph for one in sentences})


def _first(sentences: Sequence[Sentence], paragraphs: int) -> list[Sentence]:
    """The sentences of no more than the first so many paragraphs."""
    kept = sorted({one.paragraph for one in sentences})[:paragraphs]
    return [one for one in sentences if one.paragraph in kept]
