"""What runs along the edges of a PDF's pages and is no part of it: heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.zh.segment import CLOSERS, SENTENCE_MARKS

OFTEN = 3  # pages on which a line at their edge must recur
BESIDE = 3  # points within which two lines stand beside each other
EDGE = 2  # lines at the head and the foot of a page that may run along
_OF_PAGE = re.compile(r"[第共]\s*[0-9０-９]{1,4}\s*页|[-—–·]\s*[0-9０-９]{1,4}\s*[-—–·]")
_PAGE_NUMBER = re.compile(rf"(?:{_OF_PAGE.pattern}|[\s,，/()（）])+")
_BARE = re.compile("[0-9]{1,4}")


class Placed(NamedTuple):
    """A line's words, and how high on its page they stand, in points."""

    text: str
    height: float


def running(pages: Sequence[Sequence[Placed]]) -> list[set[int]]:
    """Of each page the numbers of the lines that run along: heads, feet, page numbers.

    A head says the same at the same height of several pages, but for the number of the page; a
    bare number is one of a page where it counts on with them, at one height and alone there. What
    states a quantity or ends a sentence is no head.

    >>> def page(*lines): return [Placed(text, 700 - 20 * n) for n, text in enumerate(lines)]
    >>> running([page("某县公报", f"正文{n}", f"- {n} -") for n in range(1, 4)])
    [{0, 2}, {0, 2}, {0, 2}]
    >>> running([page("合计 30", "12"), page("合计 41", "57")])
    [set(), set()]
    """
    edges = [{*range(min(EDGE, len(p))), *range(max(0, len(p) - EDGE), len(p))} for p in pages]
    both = list(zip(pages, edges, strict=True))
    seen = Counter(said for page, edge in both for said in {_masked(page[n]) for n in edge})
    numbers = [{n: key for n in edge if (key := _counted(page, n))} for page, edge in both]
    counts = Counter(
        (value - number, height)
        for number, found in enumerate(numbers)
        for value, height in found.values()
    )
    runs = []
    for number, (page, edge) in enumerate(both):
        of_page = {n for n in edge if _is_page_number(page[n].text)}
        heads = {n for n in edge if seen[_masked(page[n])] >= OFTEN and is_head(page[n])}
        counted = {
            n
            for n, (value, height) in numbers[number].items()
            if counts[value - number, height] > 1
        }
        runs.append(of_page | heads | counted)
    return runs


def _counted(page: Sequence[Placed], n: int) -> tuple[int, int] | None:
    """The bare number that a line is, with its height: one that stands there alone."""
    text, height = page[n]
    beside = sum(abs(other.height - height) < BESIDE for other in page)
    is_alone = len(page) > 1 and beside == 1
    return (int(text), round(height)) if _BARE.fullmatch(text) and is_alone else None


def is_head(line: Placed) -> bool:
    """Whether a line that recurs may run along: it states nothing."""
    said, _ = _masked(line)
    if not said or said.rstrip(CLOSERS).endswith(tuple(SENTENCE_MARKS)):
        return False
    from summarizer.zh.quantities import iter_mentions

    return all(mention.quantity is None for mention in iter_mentions(said))


def _is_page_number(line: str) -> bool:
    """Whether a line says which page it is, and nothing else: - 3 -, 第3页 共9页."""
    said = line.strip()
    return _PAGE_NUMBER.fullmatch(said) is not None and _OF_PAGE.search(said) is not None


def _masked(line: Placed) -> tuple[str, int]:
    """A line without the number of its page, and its height."""
    return _OF_PAGE.sub("", "".join(line.text.split())), round(line.height)
