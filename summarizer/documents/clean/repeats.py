"""Text that a page holds twice: bodies pasted again, captions, abstracts of the lead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from summarizer.documents.clean.lines import Line
from summarizer.types import Span

SHORTEST = 8  # letters of a line that is a repeat by itself; shorter ones need a repeated neighbour
NEAR = 40  # lines after an abstract in which the text that it repeats begins
_ABSTRACT = re.compile(
    r"\[?【?(摘要|内容摘要|内容提要|提要|核心提示|导读|导语|简介)[】\]]?[:\s]\s*"
)
_DIGITS = re.compile("[0-9]")


def find_repeats(lines: Sequence[Line], free: Sequence[bool]) -> dict[int, Span]:
    """Index of each line that says again what another says, and where that is, in clean text.

    Only `free` lines take part. The later copy is the repeat, but for an abstract, which repeats
    what follows it. A paragraph is a repeat too when every sentence of it stands in earlier ones.
    A row of a table and a line of few letters or mostly digits (合计 100%) count only beside
    another repeat.
    """
    keys = [line.key if may else "" for line, may in zip(lines, free, strict=True)]
    found = _whole_lines(lines, keys)
    found |= _abstracts(lines, keys, found)
    return found | _sentences(lines, keys, found)


def _whole_lines(lines: Sequence[Line], keys: Sequence[str]) -> dict[int, Span]:
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for k, key in enumerate(keys):
        if key and first.setdefault(key, k) != k:
            found[k] = first[key]
    weak = {k for k in found if "\t" in lines[k].text or _is_weak(keys[k])}
    return {
        k: lines[original].span
        for k, original in found.items()
        if k not in weak or _continues(found, weak, k)
    }


def _sentences(
    lines: Sequence[Line], keys: Sequence[str], kept: dict[int, Span]
) -> dict[int, Span]:
    """Paragraphs put together from sentences of earlier ones."""
    places: dict[str, Span] = {}
    found = {}
    for k, line in enumerate(lines):
        if not keys[k] or k in kept or not line.is_prose:
            continue
        own = dict(line.sentences())
        earlier = [places.get(key) for key in own]
        originals = [place for place in earlier if place]
        if originals and len(originals) == len(earlier) and len(keys[k]) > SHORTEST:
            found[k] = Span(min(originals).start, max(originals).end)
        for key, span in own.items():
            places.setdefault(key, span)
    return found


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST or 0.3 * len(key) < len(_DIGITS.findall(key))


def _continues(found: dict[int, int], weak: set[int], k: int) -> bool:
    """Whether a line stands beside a strong repeat, its original beside that one's original."""
    return any(
        k + step in found and k + step not in weak and found[k + step] == found[k] + step
        for step in (-1, 1)
    )


def _abstracts(
    lines: Sequence[Line], keys: Sequence[str], kept: dict[int, Span]
) -> dict[int, Span]:
    found = {}
    for k, line in enumerate(lines):
        match = _ABSTRACT.match(line.text) if keys[k] and k not in kept else None
        key = Line(line.span, line.text[match.end() :]).key if match else ""
        near = slice(k + 1, k + NEAR)
        passage = _find(key, lines[near], keys[near]) if len(key) > SHORTEST else None
        if passage:
            found[k] = passage
    return found


def _find(key: str, lines: Sequence[Line], keys: Sequence[str]) -> Span | None:
    """Where the letters of `key` stand in the lines, in clean text."""
    at = "".join(keys).find(key)
    if at < 0:
        return None
    starts = [0, *accumulate(map(len, keys))]
    return Span(_place(at, lines, starts), _place(at + len(key) - 1, lines, starts) + 1)


def _place(letter: int, lines: Sequence[Line], starts: Sequence[int]) -> int:
    """The position in clean text of the n-th letter of all lines' keys."""
    k = bisect_right(starts, letter) - 1
    nth = letter - starts[k]
    letters = (i for i, c in enumerate(lines[k].text) if c.isalnum())
    return lines[k].span.start + next(i for n, i in enumerate(letters) if n == nth)
