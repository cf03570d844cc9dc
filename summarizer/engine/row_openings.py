"""Sentences that say of whom those behind them tell: a name alone, or a numbered paragraph's first.

2.大华药店串换刷卡案。该店替非定点药店结算,追回1521元。 is one case, as 1. and 3. are.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import groupby, takewhile
from statistics import fmean

from summarizer.documents.sections import is_numbered
from summarizer.engine.row import Row
from summarizer.engine.row_names import is_title
from summarizer.zh.measured import is_of_whole
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

MOST_BEHIND = 3  # sentences behind one that may go on about what it names
POSSIBLE = 0.0  # log-odds from which a name is a row if its paragraph is numbered as rows are


def behind(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences behind one in its paragraph, to the next number or one about a whole."""
    following = sentences[sentence.number :][:MOST_BEHIND]
    return [*takewhile(partial(_is_more, sentence.paragraph), following)]


def openings(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The sentences that open numbered paragraphs of several sentences, where there are some."""
    found = frozenset(
        one.number
        for one in sentences
        if one.opens and not one.heading and is_numbered(fold(one.text)) and behind(one, sentences)
    )
    return found if len(found) > 1 else frozenset()


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


def without_bystanders(
    kept: list[Row], opened: AbstractSet[int], sentences: Sequence[Sentence]
) -> list[Row]:
    """The rows without those that only act in what openings tell of: 县局约谈了院长.

    Such a name stands behind several openings, or is less likely one than the openings' own. Where
    a title opens a part (一、学校。), the names behind it are what it tells of.
    """
    firsts = [(row.name, row.sentences[0]) for row in kept]
    opened = opened - {first.number for name, first in firsts if is_title(name, first)}
    told = [behind(one, sentences) for one in sentences if one.number in opened]
    inside = {one.number for several in told for one in several}
    texts = ["".join(fold(one.text) for one in several) for several in told]
    known = [one.odds for one in kept if one.sentences[0].number in opened and one.odds is not None]
    least = fmean(known) if known else -math.inf

    def acts(row: Row) -> bool:
        recurs = sum(fold(row.name) in text for text in texts) > 1
        return recurs or (row.odds is not None and row.odds < least)

    return [one for one in kept if one.sentences[0].number not in inside or not acts(one)]


def _is_more(paragraph: int, sentence: Sentence) -> bool:
    """Whether a sentence of a paragraph may go on about what is named in it before."""
    is_own = sentence.paragraph == paragraph and not sentence.heading
    text = fold(sentence.text)
    return is_own and not is_numbered(text) and not is_of_whole(text)
