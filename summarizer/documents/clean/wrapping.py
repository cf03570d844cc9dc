"""Cleaning rules for words and paragraphs that were broken apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from summarizer.documents.clean.alignment import Edit
from summarizer.types import Span
from summarizer.zh.segment import CLOSERS, PAUSES, SENTENCE_MARKS

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff"
_SPACED = re.compile(f"(?<![{_HAN}])[{_HAN}](?:[ \u3000][{_HAN}]){{2,}}(?![{_HAN}])")
_GAP = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_SENTENCE = re.compile(f"[{PAUSES}]")
_TERMINAL = re.compile(f"[{SENTENCE_MARKS}:：][{CLOSERS}]*$")
_INSIDE = re.compile(f"[{SENTENCE_MARKS}](?![{CLOSERS}]*$)")
_POINT = re.compile(r"(?<![0-9.])[0-9]+[.．]$")  # 完成93. | 4亿元
_OPENS = re.compile(
    r"\s|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节節条條部]|[-—·•●◆■□▲★*#|【]"
)
_ENDS_WORD = re.compile("(?<![A-Za-z(])[A-Za-z]+$")  # not (zh|èn), which is one word
_BEGINS_WORD = re.compile("[A-Za-z]")
_ORPHAN = re.compile(  # possessive, and never from inside a run of spaces: linear on any text
    r"(?<!\s)[ \t\u3000]*+\n[ \t\u3000\n]*+(?=[，。；、！？）」』”》]|[,;][〇\u3400-\u9fff])"
)

_COMMAS = (",", "，", "、")
_CUT_NUMBER = re.compile(r"[0-9０-９]$")
_UNIT = re.compile("[万亿%％‰]|[元亩吨户名个](?!月)|公里|平方米")
LONG = 60  # columns of a line of prose that is no title
NARROWEST = 40  # columns of the narrowest page that hard-wrapped lines come from
WIDEST = 200  # characters of the widest page
SLACK = 4  # columns that a full line may lack, because a mark may not begin a line
FEWEST = 3  # full lines that show a page width
MANY = 12  # broken lines that show prose of uneven lines
RAGGED = 0.7  # of the widest line, what a broken one has at least
INDENTED = 0.8  # of the lines behind unfinished ones, those that are not indented either
INSIDE = 0.3  # of broken lines, those inside which a sentence ends; none of a list of clauses does


def spaced_words(text: str) -> Iterator[Edit]:
    """Delete spaces between the characters of a word, and single ones inside a sentence.

    Cause: titles set wide, justified PDF lines. Spaces that part phrases of a heading, columns of
    a table or names of a list stay.

    >>> from summarizer.documents.clean.alignment import Alignment
    >>> Alignment(spaced_words("政 府 工 作 报 告")).apply("政 府 工 作 报 告")
    '政府工作报告'
    >>> list(spaced_words("抓党建 重民生 兴产业"))
    []
    """
    spaces = {
        match.start() + k
        for match in _SPACED.finditer(text)
        for k in range(1, match.end() - match.start(), 2)
    }
    for start, line in _lines(text):
        if len(line) > 30 and _SENTENCE.search(line):
            spaces.update(_lonely([m.start() + start for m in _GAP.finditer(line)]))
    return (Edit(Span(space, space + 1), "", "spaced-word") for space in sorted(spaces))


def wrapped_lines(text: str) -> Iterator[Edit]:
    r"""Join the lines of a paragraph that was wrapped at a page's width.

    Cause: PDF text layers, mail, terminals. Only where at least three lines fill the same width,
    hardly any is longer, and the line neither ends a sentence nor precedes an indent or a number.
    Where prose is broken at uneven widths, lines that fill most of the widest are joined; it is
    told from a list of clauses without stops by the sentences that end inside its lines. Where
    paragraphs open with an indent, a line of prose without one goes on, however wide the page; and
    where half of the long lines end a sentence, one goes on that surely does not.

    >>> from summarizer.documents.clean.alignment import Alignment
    >>> text = "全镇上下以较真务实的态度和百倍的信心，凝聚起\n" * 3 + "攻坚战的强大合力。"
    >>> Alignment(wrapped_lines(text)).apply(text).count("\n")
    0
    """
    is_broken = _breaks(text)
    for (start, whole), (_, following) in pairwise(_lines(text)):
        line = whole.rstrip()
        if _goes_on(line, following) and is_broken(line, following):
            end = start + len(whole) + 1
            parts = _ENDS_WORD.search(line) and _BEGINS_WORD.match(following)
            yield Edit(Span(start + len(line), end), " " if parts else "", "wrapped-line")


def _breaks(text: str) -> Callable[[str, str], bool]:
    """What tells whether a line that ends no sentence was broken off the next one, in this text."""
    if least := _least_width(text):
        return lambda line, _: not _width(line) < least
    is_indented, is_ended = _is_indented(text), _is_ended(text)
    unended = sum(map(_is_unended, map(str.rstrip, text.split("\n"))))

    def is_broken(line: str, following: str) -> bool:
        if line[-1:].isdecimal() and following[:1].isdecimal():
            return False  # one number would come of two: 增长率为5.3 | 2024年
        runs_on = is_ended and _runs_on(line, following, often=unended >= FEWEST)
        return runs_on or (is_indented and _is_prose(line, following))

    return is_broken


def _goes_on(line: str, following: str) -> bool:
    """Whether a line neither ends a sentence nor stands before an indent, a number or nothing."""
    if not following.strip() or _OPENS.match(following):
        return False
    is_cut = _POINT.search(line) and following[0].isdecimal()
    return bool(is_cut or not _TERMINAL.search(line))


def _runs_on(line: str, following: str, *, often: bool) -> bool:
    """Whether a line of prose surely is a part of a sentence that the next line ends.

    It ends in a comma or in a number whose unit opens the next line, or, where lines do so `often`,
    is long and ends no sentence though it has one in it.
    """
    if not all(map(_SENTENCE.search, (line, following))):
        return False
    if _CUT_NUMBER.search(line) and _UNIT.match(following):
        return True
    if _width(line) < NARROWEST:
        return False
    return line.endswith(_COMMAS) or (often and _is_unended(line))


def _is_unended(line: str) -> bool:
    return _width(line) >= LONG and bool(_INSIDE.search(line)) and not _TERMINAL.search(line)


def _is_ended(text: str) -> bool:
    """Whether at least half of the long lines end a sentence, so that another one is broken."""
    long = [line for line in text.split("\n") if _width(line.rstrip()) >= LONG]
    ended = sum(_TERMINAL.search(line.rstrip()) is not None for line in long)
    return 2 * ended >= len(long) > 0


def _is_prose(line: str, following: str) -> bool:
    """Whether two lines have pauses as sentences do, the first of them long or unfinished."""
    is_long = _width(line) >= NARROWEST or line.endswith(_COMMAS)
    return is_long and all(map(_SENTENCE.search, (line, following)))


def _is_indented(text: str) -> bool:
    """Whether paragraphs open with an indent, so that a line without one goes on.

    So it is where several do, and nearly all lines behind an unfinished one of prose do not.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    indented = [line for line in lines if line[0].isspace() and _width(line.strip()) >= NARROWEST]
    broken = [
        following
        for line, following in pairwise(lines)
        if not _TERMINAL.search(line.rstrip()) and _is_prose(line, following)
    ]
    going_on = sum(not line[0].isspace() for line in broken)
    return len(indented) >= FEWEST and going_on >= max(FEWEST, INDENTED * len(broken))


def orphaned_punctuation(text: str) -> Iterator[Edit]:
    r"""Join a line that begins with a comma or a closing mark to the line before.

    Cause: an image, a link or an editor's line break inside a sentence. All else stays.

    >>> from summarizer.documents.clean.alignment import Alignment
    >>> text = "投入500万元\n，惠及197户。"
    >>> Alignment(orphaned_punctuation(text)).apply(text)
    '投入500万元，惠及197户。'
    """
    return (
        Edit(Span(m.start(), m.end()), "", "broken-line")
        for m in _ORPHAN.finditer(text)
        if m.start()
    )


def _page_width(text: str) -> int:
    """The width that hard-wrapped lines fill, in columns; 0 if the text is not wrapped."""
    lines = [line.rstrip() for line in text.split("\n")]
    full = [
        line
        for line in lines
        if NARROWEST // 2 <= len(line) < WIDEST and not _TERMINAL.search(line)
    ]
    if len(full) < FEWEST:
        return 0
    counts = Counter(map(_width, full))
    filled = {width: sum(counts[width - k] for k in range(SLACK + 1)) for width in counts}
    best = max(filled, key=lambda width: (filled[width], width))
    if best < NARROWEST or filled[best] < max(FEWEST, 0.6 * len(full)):
        return 0
    written = [line for line in lines if line]
    longer = sum(best + 2 < _width(line) for line in written if best // 2 < len(line))
    return 0 if 0.05 * len(written) < longer else best


def _least_width(text: str) -> int:
    """The width from which on a line counts as broken, in columns; 0 if the text is not wrapped."""
    page = max(0, _page_width(text) - SLACK)
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    widths = sorted(map(_width, lines))
    most = widths[len(widths) * 19 // 20] if widths else 0
    if not NARROWEST <= most < WIDEST or widths[-1] > most * 1.2:
        return page
    ragged = int(most * RAGGED)
    full = [line for line in lines if ragged <= _width(line)]
    broken = [line for line in full if not _TERMINAL.search(line) and _SENTENCE.search(line)]
    below = sum(_width(line) < page for line in broken)
    inside = sum(_INSIDE.search(line) is not None for line in broken)
    is_prose = inside >= INSIDE * len(broken)
    is_ragged = is_prose and len(broken) >= MANY and len(broken) >= 0.7 * len(full)
    return ragged if is_ragged and (not page or below >= FEWEST) else page


def _width(line: str) -> int:
    """Columns, roughly: what is not ASCII is two wide."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _lonely(gaps: list[int]) -> Iterator[int]:
    """Positions with no other within seven characters: a list has many, a slip stands alone."""
    for k, gap in enumerate(gaps):
        near = gaps[max(0, k - 1) : k] + gaps[k + 1 : k + 2]
        if all(abs(other - gap) > 7 for other in near):
            yield gap
