"""Quantities marked where they stand, between signs that no document can forge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from summarizer.types import Span

PAIRS = (("⟦", "⟧"), ("⟪", "⟫"), ("⦃", "⦄"), ("⧼", "⧽"))


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs before and behind a quantity; the document has neither."""

    open: str
    close: str

    def shown(self, example: str) -> str:
        """An example, which is written with the first pair, with these signs.

        >>> Marks("⟪", "⟫").shown("投资⟦a|86万元⟧")
        '投资⟪a|86万元⟫'
        """
        left, right = PAIRS[0]
        return example.replace(left, self.open).replace(right, self.close)

    def marked(self, text: str, places: Sequence[tuple[Span, str]]) -> str:
        """The text with each place between signs, behind its id; one may hold others.

        >>> Marks("⟦", "⟧").marked("投资86万元修路3公里", [(Span(2, 6), "a"), (Span(8, 11), "b")])
        '投资⟦a|86万元⟧修路⟦b|3公里⟧'
        >>> Marks("⟦", "⟧").marked("3月至5月", [(Span(0, 2), "A"), (Span(0, 5), "B")])
        '⟦B|⟦A|3月⟧至5月⟧'
        """
        parts: list[str] = []
        at = 0
        ends: list[int] = []
        for span, id_ in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
            while ends and ends[-1] <= span.start:
                parts += [text[at : (at := ends.pop())], self.close]
            parts += [text[at : (at := span.start)], f"{self.open}{id_}|"]
            ends.append(span.end)
        for end in reversed(ends):
            parts += [text[at : (at := end)], self.close]
        return "".join([*parts, text[at:]])


def marks_for(text: str) -> Marks:
    """The first pair that the text has nothing of, else one longer than any run of it there.

    >>> marks_for("投资86万元"), marks_for("⟦a|1元⟧ ⟪ ⦃ ⧼ ⟦⟦")
    (Marks(open='⟦', close='⟧'), Marks(open='⟦⟦⟦', close='⟧⟧⟧'))
    """
    for left, right in PAIRS:
        if left not in text and right not in text:
            return Marks(left, right)
    left, right = PAIRS[0]
    longest = max(len(run) for run in re.findall(f"{left}+|{right}+", text))
    return Marks(left * (longest + 1), right * (longest + 1))


def ids() -> Iterator[str]:
    """Short ids without end: one letter, then two, and so on.

    >>> from itertools import islice
    >>> list(islice(ids(), 25, 28))
    ['z', 'aa', 'ab']
    """
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))
