"""Where the names of a sentence stand, and which parts of it are about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.engine.candidates import Candidate
from summarizer.zh.measured import are_joined
from summarizer.zh.names.places import NOT_OWN
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


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


def is_of_several(name: str, numbers: Sequence[Candidate], starts: Sequence[int]) -> bool:
    """Whether a name is of all or several: 全乡, 我县, or has a number or day: 11个村, 6月份."""
    inside = [range(start, start + len(name)) for start in starts]
    return name[0] in NOT_OWN or any(one.at.start in at for one in numbers for at in inside)
