"""Where the names of a sentence stand, and which parts of it are about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.documents.sections import is_numbering
from summarizer.engine.candidates import Candidate
from summarizer.zh.measured import are_joined
from summarizer.zh.names import find_names
from summarizer.zh.names.places import NOT_OWN
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS, Sentence

REST = 3  # characters that a name has beside a day in it


@dataclass(frozen=True)
class Named:
    """Where the names of a sentence stand, and the parts of it behind each up to the next.

    `joint` are names told in one breath (甲村、乙村分别为3人、5人): whose a number is nobody knows.
    """

    starts: dict[str, list[int]]
    stretches: dict[str, list[range]]
    joint: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str], sentence: Sentence) -> Named:
        """Every place of every name; a name inside a longer one is none."""
        text, base = fold(sentence.text), sentence.span.start
        longest = sorted({fold(name): name for name in names}.items(), key=lambda one: -len(one[0]))
        known = dict(longest)
        found = re.finditer("|".join(re.escape(words) for words in known), text) if known else ()
        places = [(one.start(), one.end(), known[one[0]]) for one in found]
        ends = [*(start for start, _, _ in places[1:]), len(text)]
        joint = {
            at
            for (_, end, _), (start, _, _) in pairwise(places)
            if are_joined(text[end:start])
            for at in (end, start)
        }
        starts: dict[str, list[int]] = {}
        stretches: dict[str, list[range]] = {}
        together: list[str] = []
        for (start, end, name), border in zip(places, ends, strict=False):
            starts.setdefault(name, []).append(base + start)
            if joint & {start, end}:
                together.append(name)
            else:
                stretches.setdefault(name, []).append(range(base + start, base + border))
        lost = [name for name in together if name not in stretches]
        return cls(starts, stretches, tuple(dict.fromkeys(lost)))


def is_title(name: str, sentence: Sentence) -> bool:
    """Whether a sentence is a name and no more, but for the number before it."""
    text = fold(sentence.text).strip().rstrip(CLAUSE_MARKS)
    return text.endswith(fold(name)) and is_numbering(text.removesuffix(fold(name)))


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

    A day in a longer one is part of it: 2024-08号地块.
    """
    inside = [range(start, start + len(name)) for start in starts]
    within = [one for one in numbers if any(one.at.start in at for at in inside)]
    return name[0] in NOT_OWN or any(
        one.date is None or len(name) < len(one.text) + REST for one in within
    )
