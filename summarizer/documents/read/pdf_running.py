"""What runs along the edges of a PDF's pages and is no part of it: heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

OFTEN = 3  # pages on which a line at their edge must recur
EDGE = 2  # lines at the head and the foot of a page that may run along
_OF_PAGE = re.compile(r"[第共]\s*[0-9０-９]{1,4}\s*页|[-—–·]\s*[0-9０-９]{1,4}\s*[-—–·]")
_PAGE_NUMBER = re.compile(rf"(?:{_OF_PAGE.pattern}|[\s,，/()（）])+")
_BARE = re.compile("[0-9]{1,4}")


def running(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Of each page the numbers of the lines that run along: heads, feet, page numbers.

    A head says the same on several pages, but for the number of the page; a bare number is one of
    a page where it counts on with the pages.

    >>> running([["某县公报", f"正文{n}", f"- {n} -"] for n in range(1, 4)])
    [{0, 2}, {0, 2}, {0, 2}]
    >>> running([["合计 30", "12"], ["合计 41", "57"]])
    [set(), set()]
    """
    edges = [{*range(min(EDGE, len(p))), *range(max(0, len(p) - EDGE), len(p))} for p in pages]
    both = list(zip(pages, edges, strict=True))
    seen = Counter(said for page, edge in both for said in {_masked(page[n]) for n in edge})
    counts = Counter(
        int(page[n]) - number
        for number, (page, edge) in enumerate(both)
        for n in edge
        if _BARE.fullmatch(page[n])
    )
    found = []
    for number, (page, edge) in enumerate(both):
        runs = {n for n in edge if seen[_masked(page[n])] >= OFTEN and _masked(page[n])}
        runs |= {n for n in edge if _is_page_number(page[n])}
        runs |= {
            n
            for n in edge
            if _BARE.fullmatch(page[n]) and counts[int(page[n]) - number] > 1 and len(page) > 1
        }
        found.append(runs)
    return found


def _is_page_number(line: str) -> bool:
    """Whether a line says which page it is, and nothing else: - 3 -, 第3页 共9页."""
    said = line.strip()
    return _PAGE_NUMBER.fullmatch(said) is not None and _OF_PAGE.search(said) is not None


def _masked(text: str) -> str:
    """A line without the number of its page."""
    return _OF_PAGE.sub("", "".join(text.split()))
