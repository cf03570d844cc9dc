"""Which sentence tells of an item again: pages later, in other words, by what is rare in both.

It shares the pairs of characters that few sentences of the document have, opens with the item's
name or what is left of it (茶坊乡 for 茶坊乡人民政府), and has its number again or two numbers that
come to it: 收回70万元,余下50万元 of 120万元.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.types import Quantity
from summarizer.zh.retold import bare, pairs, share_of_name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

LEAST = 0.25  # likeness from which a sentence tells of an item
NAMED, COUNTED = 0.5, 0.6  # what its name, and its number, are worth beside its words

Amount = tuple[Decimal, str | None]


@dataclass(frozen=True)
class Likeness:
    """How much the sentences of a document tell of the items of a list."""

    listed: ItemList
    sentences: Sequence[Sentence]

    def of(self, draft: ItemDraft, sentence: Sentence) -> float:
        """How much a sentence tells of an item; nothing for one that the item cites already."""
        if sentence in draft.sentences:
            return 0
        mine = [amount for one in draft.sentences for amount in _amounts(one)]
        counted = COUNTED if _comes_to(_amounts(sentence), mine) else 0
        return self.in_words(draft, sentence) + counted

    def in_words(self, draft: ItemDraft, sentence: Sentence) -> float:
        """The same by words and names, whatever the numbers are."""
        text = fold(sentence.text)
        own = pairs("\n".join(fold(v) for v in draft.values.values() if isinstance(v, str)))
        shared = sum(map(self._rarity, own & pairs(text)))
        share = shared / (sum(map(self._rarity, own)) or 1)
        name = max((share_of_name(name, text) for name in self._names(draft)), default=0.0)
        return share + NAMED * name

    def is_of_other(self, draft: ItemDraft, other: ItemDraft, sentence: Sentence) -> bool:
        """Whether another item's sentence tells of that one alone.

        It names that one by a name that this one has not, or shares no more than a sum with this.
        """
        if sentence not in other.sentences or other.sentences == draft.sentences:
            return False
        named = {bare(name) for name in self._names(other) if name in fold(sentence.text)}
        is_named_else = named and named.isdisjoint(map(bare, self._names(draft)))
        return bool(is_named_else) or self.in_words(draft, sentence) < LEAST

    def _names(self, draft: ItemDraft) -> list[str]:
        return [fold(words) for words in self.listed.verbatim_words(draft.values)]

    def _rarity(self, pair: str) -> float:
        return math.log((len(self.sentences) + 1) / (self._held[pair] + 1))

    @cached_property
    def _held(self) -> Counter[str]:
        """In how many sentences each pair of characters stands."""
        return Counter(pair for one in self.sentences for pair in pairs(fold(one.text)))


def told_again(
    likeness: Likeness, drafts: Sequence[ItemDraft], sentences: Sequence[Sentence]
) -> dict[int, Sentence]:
    """The sentence that tells of each item again; one tells of one item only.

    Items that cite the same and are named alike are one for this.
    """
    scores = sorted(
        ((likeness.of(draft, s), n, s) for n, draft in enumerate(drafts) for s in sentences),
        key=lambda found: (-found[0], found[1], found[2].number),
    )
    told: dict[int, Sentence] = {}
    taken: dict[int, object] = {}
    for score, n, sentence in scores:
        names = tuple(likeness.listed.verbatim_words(drafts[n].values))
        same = names, drafts[n].sentences
        if score < LEAST or n in told or taken.get(sentence.number, same) != same:
            continue
        if not any(likeness.is_of_other(drafts[n], other, sentence) for other in drafts):
            told[n] = sentence
            taken[sentence.number] = same
    return told


def absorbed(drafts: Sequence[ItemDraft], told: Mapping[int, Sentence]) -> set[int]:
    """The items whose sentence tells of an earlier item again: no items of their own."""
    return {
        n
        for n, draft in enumerate(drafts)
        for other, sentence in told.items()
        if sentence in draft.sentences and _first(drafts[other]) < _first(draft)
    }


def _first(draft: ItemDraft) -> int:
    return min(sentence.number for sentence in draft.sentences)


def _amounts(sentence: Sentence) -> list[Amount]:
    """The quantities of a sentence in their base unit; shares, which add up to nothing, are not."""
    found = (m.quantity for m in sentence.mentions if m.quantity is not None)
    return [_amount(quantity) for quantity in found if quantity.kind != "percent"]


def _amount(quantity: Quantity) -> Amount:
    if quantity.base_value is None:
        return quantity.value, quantity.unit
    return quantity.base_value, quantity.base_unit


def _comes_to(amounts: Sequence[Amount], wanted: Iterable[Amount]) -> bool:
    """Whether one of the wanted amounts is among some, or two of them come to it."""
    sums = {(a + b, unit) for (a, unit), (b, other) in combinations(amounts, 2) if unit == other}
    return not sums.union(amounts).isdisjoint(wanted)
