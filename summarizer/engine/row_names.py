"""Where the names of a sentence stand, and which parts of it are about each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.documents.sections import is_numbering
from summarizer.engine.candidates import Candidate
from summarizer.engine.item_list import ItemList
from summarizer.zh.asked_kinds import (
    asks_another_kind,
    asks_another_level,
    asks_place,
    is_place,
)
from summarizer.zh.measured import are_joined, is_described
from summarizer.zh.named_lines import stands_for_one
from summarizer.zh.names import find_names
from summarizer.zh.names.places import NOT_OWN
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS, Sentence

REST = 3  # characters that a name has beside a day in it


@dataclass(frozen=True)
class Place:
    """Where a name stands in a document, and whether with others in one breath (甲村、乙村).

    So it is, too, where a number in another one's clause describes it (甲村投资4万元的乙桥): whose
    that is nobody knows. What describes it alone is its own, from where its clause `begins`
    (投资40万元的乙桥).

    Where it `is_border` it is no row itself, but ends what is said of the one before it.
    """

    name: str
    start: int
    is_joint: bool
    opens_clause: bool
    begins: int
    is_border: bool = False


def name_of_row(sentence: Sentence) -> str | None:
    """What a row of a table is called where its headers say whose its numbers are.

    "" for the sum of other rows, which is none; None where the headers do not say.
    """
    cells = [cell for _, cell in sentence.cells]
    if cells and all(cell.level in ("total", "subtotal") for cell in cells):
        return ""
    names = {cell.subject for cell in cells}
    name = names.pop() if len(names) == 1 else None
    return name if name and fold(name) in fold(sentence.text) else None


@dataclass(frozen=True)
class Named:
    """Where the names of a sentence stand, and the parts of it behind each up to the next."""

    places: tuple[Place, ...]
    end: int

    @classmethod
    def of(cls, names: Sequence[str], sentence: Sentence) -> Named:
        """Every place of every name; a name inside a longer one is none."""
        text, base = fold(sentence.text), sentence.span.start
        longest = sorted({fold(name): name for name in names}.items(), key=lambda one: -len(one[0]))
        known = dict(longest)
        pattern = "|".join(re.escape(words) for words in known)
        found = [*re.finditer(pattern, text)] if known else []
        joint = {
            place
            for one, other in pairwise(found)
            if are_joined(text[one.end() : other.start()])
            for place in (one, other)
        }
        begins = {one: _described_from(text[: one.start()]) for one in found}
        for one, other in pairwise(found):
            if begins[other] <= one.start():
                joint |= {one, other}
        places = [
            Place(
                known[one[0]],
                base + one.start(),
                is_joint=one in joint,
                opens_clause=opens(text[: one.start()]),
                begins=base + begins[one],
            )
            for one in found
        ]
        return cls(tuple(places), base + len(text))

    @property
    def starts(self) -> dict[str, list[int]]:
        """Where each name stands that may be a row."""
        starts: dict[str, list[int]] = {}
        for one in self.places:
            if not one.is_border:
                starts.setdefault(one.name, []).append(one.start)
        return starts

    @property
    def stretches(self) -> dict[str, list[range]]:
        """What stands behind each name, but for what is said of several in one breath."""
        stretches: dict[str, list[range]] = {}
        ends = [*(one.begins for one in self.places[1:]), self.end]
        for one, end in zip(self.places, ends, strict=False):
            if not one.is_joint and not one.is_border:
                stretches.setdefault(one.name, []).append(range(one.begins, end))
        return stretches

    @property
    def joint(self) -> list[str]:
        """Names in one breath alone: whose a number is nobody knows (甲村、乙村分别为3人、5人)."""
        return [name for name in self.starts if name not in self.stretches]

    def part(self, name: str) -> range | None:
        """Where a sentence tells of a name in clauses of its own, if it tells more of others.

        None where it tells of one name alone, or where the clauses are not the name's own.
        """
        own = [one for one in self.places if one.name == name]
        stretches = self.stretches.get(name, [])
        is_apart = len(own) == len(stretches) == 1 and own[0].opens_clause
        return stretches[0] if is_apart and len(self.starts) > 1 else None

    def among(self, names: Collection[str]) -> Named:
        """The same where no more than some of its names are rows.

        Another one is a border where it opens a clause: 县医院被罚款, but 经县医院检查,罚款 not.
        """
        places = (
            one if one.name in names else replace(one, is_border=True)
            for one in self.places
            if one.name in names or one.opens_clause
        )
        return replace(self, places=tuple(places))


def _described_from(before: str) -> int:
    """Where the words begin that describe a name behind some words by a number; else their end.

    >>> _described_from("在河坪镇,投资3800万元的"), _described_from("在河坪镇,")
    (5, 5)
    """
    clause = re.split(f"[{CLAUSE_MARKS}、]", before)[-1]
    return len(before) - (len(clause) if is_described(before) else 0)


def opens(before: str) -> bool:
    """Whether a clause opens behind some words, but for its number: 2.县医院."""
    return is_numbering(re.split(f"[{CLAUSE_MARKS}]", before)[-1])


def is_title(name: str, sentence: Sentence) -> bool:
    """Whether a sentence is a name and no more, but for the number before it."""
    text = fold(sentence.text).strip().rstrip(CLAUSE_MARKS)
    return text.endswith(fold(name)) and is_numbering(text.removesuffix(fold(name)))


def is_counted(name: str, sentence: Sentence) -> bool:
    """Whether a name is a number of its sentence with what it counts: 起始价2.31亿元."""
    numbers = (fold(one.text) for one in sentence.mentions if one.quantity is not None)
    return fold(name).endswith(tuple(numbers))


def whole(name: str, sentence: Sentence) -> str:
    """A name with the place that opens it, where the grammar reads both as one: 和顺镇|敬老院."""
    for one in sentence.names:
        place = fold(one.text).removesuffix(fold(name))
        if place != fold(one.text) and [found.text for found in find_names(place)] == [place]:
            return one.text
    return name


def opened(words: str, sentence: Sentence) -> str:
    """Some words with the proper name that they follow at once: 平川县人民政府|副县长."""
    text = fold(sentence.text)
    before = text[: max(0, text.find(fold(words)))]
    *_, last = [None, *find_names(before)]
    is_name = [found.text for found in find_names(words)] == [words]
    if is_name or last is None or last.span.end < len(before):
        return words
    return sentence.text[last.span.start : len(before) + len(words)]


def is_of_several(name: str, numbers: Sequence[Candidate], starts: Sequence[int]) -> bool:
    """Whether a name is of all or several: 全乡, 我县, or has a number or is a day: 11个村, 6月份.

    So is what stands for a name: 这个镇, 镇里.

    A day in a longer one is part of it: 2024-08号地块.
    """
    inside = [range(start, start + len(name)) for start in starts]
    within = [one for one in numbers if any(one.at.start in at for at in inside)]
    return (
        name[0] in NOT_OWN
        or stands_for_one(name)
        or any(one.date is None or len(name) < len(one.text) + REST for one in within)
    )


def is_other_kind(name: str, listed: ItemList, sentence: Sentence | None = None) -> bool:
    """Whether a name is of another kind than a list's rows: a person, a place of another level.

    A list of firms has no person, and no place that a field of its own asks for. The grammar tells
    a name's kind, in the `sentence` that has it where one is given.
    """
    said = {field: info.description or "" for field, info in listed.fields.items()}
    own = (listed.about, said.pop(listed.name_of_row))
    known = (*(sentence.names if sentence else ()), *find_names(name))
    kind = next((one.kind for one in known if fold(one.text) == fold(name)), None)
    if kind is None or any(asks_place(one, name) for one in own):
        return False
    if asks_another_kind(listed.about, name, kind):
        return True
    elsewhere = (said[field] for field in listed.words_of_row)
    return is_place(kind) and (
        any(asks_another_level(one, name) for one in own)
        or any(asks_place(one, name) for one in elsewhere)
    )
