"""Where the words of a label stand in the text that it is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

SHORTEST, LONGEST = 2, 40  # characters that are some of its words; of a label


def places_of(label: str, text: str, near: int, closed: Collection[int]) -> list[range]:
    """Where the parts of a label stand, the longest first found, nearest to a place in a text.

    No part has a `closed` place; what stands nowhere is left out.

    >>> places_of("核桃成活率", "成活率很高,核桃88%", 8, {8, 9, 10})
    [range(0, 3), range(6, 8)]
    """
    taken = set(closed)
    found: list[range] = []
    parts = [label[:LONGEST]]
    while parts and (best := max(_candidates(parts, text, near, taken), default=None)):
        length, _, start, part, first = best
        found.append(range(start, start + length))
        taken |= {*found[-1]}
        rest = parts.pop(part)
        parts += [one for one in (rest[:first], rest[first + length :]) if len(one) >= SHORTEST]
    return sorted(found, key=lambda at: at.start)


def _candidates(
    parts: list[str], text: str, near: int, taken: Collection[int]
) -> Iterator[tuple[int, int, int, int, int]]:
    """The longest piece of each part that stands in the text, at the place nearest to `near`."""
    for number, part in enumerate(parts):
        for length in range(len(part), SHORTEST - 1, -1):
            here = [
                (length, -abs(at - near), at, number, first)
                for first in range(len(part) - length + 1)
                for at in _found(part[first : first + length], text)
                if not any(place in taken for place in range(at, at + length))
            ]
            if here:
                yield max(here)
                break


def _found(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
