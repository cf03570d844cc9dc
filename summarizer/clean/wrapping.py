"""Cleaning rules for words and paragraphs that were broken apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

from summarizer.clean.alignment import Edit
from summarizer.types import Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SPACED = re.compile(f"(?<![{_HAN}])[{_HAN}](?:[ \u3000][{_HAN}]){{2,}}(?![{_HAN}])")
_GAP = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_SENTENCE = re.compile("[。！？；，,;]")
_TERMINAL = "。！？!?：:；;…”』」）)】》—"
_OPENS = re.compile(
    r"\s|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节節条條部]|[-—·•●◆■□▲★*#|【]"
)
_ORPHAN = re.compile("[ \t\u3000]*\n[ \t\u3000\n]*(?=[，。；、！？）」』”》])")

NARROWEST = 40  # columns of the narrowest page that hard-wrapped lines come from
FEWEST = 3  # full lines that show a page width


def spaced_words(text: str) -> list[Edit]:
    """Delete spaces between the characters of a word, and single ones inside a sentence.

    Cause: titles set wide, justified PDF lines. Spaces that part phrases of a heading, columns of
    a table or names of a list stay.

    >>> from summarizer.clean.alignment import apply
    >>> apply("政 府 工 作 报 告", spaced_words("政 府 工 作 报 告"))
    '政府工作报告'
    >>> spaced_words("抓党建 重民生 兴产业")
    []
    """
    edits = [
        Edit(Span(match.start() + k, match.start() + k + 1), "", "spaced-word")
        for match in _SPACED.finditer(text)
        for k in range(1, match.end() - match.start(), 2)
    ]
    done = {edit.span.start for edit in edits}
    for start, line in _lines(text):
        if " " in line and len(line) > 30 and _SENTENCE.search(line):
            gaps = [m.start() + start for m in _GAP.finditer(line)]
            edits += [
                Edit(Span(gap, gap + 1), "", "spaced-word")
                for gap in _lonely(gaps)
                if gap not in done
            ]
    return sorted(edits, key=lambda edit: edit.span)


def wrapped_lines(text: str) -> list[Edit]:
    r"""Join the lines of a paragraph that was wrapped at a page's width.

    Cause: PDF text layers, mail, terminals. Only where at least three lines fill the same width,
    hardly any is longer, and the line neither ends a sentence nor precedes an indent or a number.

    >>> from summarizer.clean.alignment import apply
    >>> text = "全镇上下以较真务实的态度和百倍的信心，凝聚起\n" * 3 + "攻坚战的强大合力。"
    >>> apply(text, wrapped_lines(text)).count("\n")
    0
    """
    lines = list(_lines(text))
    width = _page_width([line for _, line in lines])
    if not width:
        return []
    edits = []
    for (start, line), (_, following) in pairwise(lines):
        full = not _width(line.rstrip()) < width - 4
        if full and following.strip() and line.rstrip()[-1] not in _TERMINAL:
            end = start + len(line)
            if not _OPENS.match(following):
                begin = start + len(line.rstrip())
                words = text[begin - 1].isascii() and following[0].isascii()
                letters = words and text[begin - 1].isalpha() and following[0].isalpha()
                edits.append(Edit(Span(begin, end + 1), " " if letters else "", "wrapped-line"))
    return edits


def orphaned_punctuation(text: str) -> list[Edit]:
    r"""Join a line that begins with a comma or a closing mark to the line before.

    Cause: an image, a link or an editor's line break inside a sentence. All else stays.

    >>> from summarizer.clean.alignment import apply
    >>> text = "投入500万元\n，惠及197户。"
    >>> apply(text, orphaned_punctuation(text))
    '投入500万元，惠及197户。'
    """
    return [
        Edit(Span(m.start(), m.end()), "", "broken-line")
        for m in _ORPHAN.finditer(text)
        if m.start() and text[m.start() - 1] != "\n"
    ]


def _page_width(lines: list[str]) -> int:
    """The width that hard-wrapped lines fill, in columns; 0 if the text is not wrapped."""
    widths = [_width(line.rstrip()) for line in lines if line.strip() and len(line) < 500]
    open_ended = [
        _width(line.rstrip())
        for line in lines
        if NARROWEST // 2 < len(line.rstrip()) < 500 and line.rstrip()[-1] not in _TERMINAL
    ]
    counts = Counter(open_ended)
    best = max(counts, key=lambda w: (sum(counts[w - k] for k in range(5)), w), default=0)
    filled = sum(counts[best - k] for k in range(5))
    if best < NARROWEST or filled < FEWEST or filled < 0.6 * len(open_ended):
        return 0
    longer = sum(best + 2 < width for width in widths) + sum(len(line) > 500 for line in lines)
    return 0 if 0.05 * len(widths) < longer else best


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _lonely(gaps: list[int]) -> Iterator[int]:
    """Positions with no other within seven characters: a list has many, a slip stands alone."""
    for k, gap in enumerate(gaps):
        near = [g for g in (gaps[k - 1 : k] if k else []) + gaps[k + 1 : k + 2] if abs(g - gap) < 8]
        if not near:
            yield gap
