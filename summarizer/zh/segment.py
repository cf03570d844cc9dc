"""Where a text is cut: sentences, clauses, the parts of a list; and a sentence with what it holds.

A semicolon ends a sentence, for that is how reports list what was done. A colon ends a clause, but
no text may be cut off behind one. Lists are cut at 、 only: 和, 与 and 及 join clauses, too, and
stand inside words (普及).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarizer.types import Mention, Span

if TYPE_CHECKING:  # cleaning cuts sentences, and needs no names for it
    from summarizer.zh.names import Name
    from summarizer.zh.tables.reading import CellReading

FULL_STOP = "。"
SENTENCE_MARKS = "。！？!?;；…"
PAUSES = ",，" + SENTENCE_MARKS
CLAUSE_MARKS = PAUSES + ":：\n"
JOINERS = "、和与及"
CLOSERS = "]”’』」）)】》"  # may stand between a mark and the end of its sentence; ] comes first
_SENTENCE = re.compile(rf"[^{SENTENCE_MARKS}\n]*(?:[{SENTENCE_MARKS}]+[{CLOSERS}]*|\n|$)")
_ENGLISH_END = re.compile(r"\.[\"”’)]*[^\S\n]+(?=[\"“‘(]?[A-Z\d])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mrs?|Ms|Dr|Prof|St|No|Nos|vs|cf|approx|Co|Ltd|Inc|Jan|Feb|Mar|Apr|Aug|Sept?"
    r"|Oct|Nov|Dec|[ei]\.[eg])|^\s*\d+)\.$"
)
_CLAUSE = re.compile(f"[^{CLAUSE_MARKS}]+")
_CLAUSE_END = re.compile(f"[{CLAUSE_MARKS}]")
_PART_END = re.compile(f"[{CLAUSE_MARKS}、]")

SectionKind = Literal["deeds", "plans", "problems"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of body or heading: `number` counts from 1 over the document.

    `span` counts the clean text, `raw` the document's; `paragraph` is the number of its line, which
    it may open; where it `goes_on`, it is a piece of the one before, which has no end; `mentions`
    are its quantities and `names` its proper names, in order; `cells` are the numbers that a
    table's headers name, each with what they say. Its `section_kind` is deeds where its section is
    neither of plans nor of problems. `lead` is what a semicolon parts it from, up to
    the last full stop: 五年累计投资2亿元； leads 累计新增就业100人. `labels` are words from
    outside for the names of quantities, by where these stand.
    """

    number: int
    span: Span
    raw: Span
    text: str
    paragraph: int
    heading: bool
    mentions: tuple[Mention, ...] = ()
    names: tuple[Name, ...] = ()
    opens: bool = False
    section_kind: SectionKind = "deeds"
    goes_on: bool = False
    cells: tuple[tuple[Mention, CellReading], ...] = ()
    lead: str = ""
    labels: tuple[tuple[Span, str], ...] = ()


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a text, each with the marks and closing quotes that end it.

    >>> text = "他说：“投入500万元！”建桥1座；成效好"
    >>> [text[span.slice] for span in sentence_spans(text)]
    ['他说：“投入500万元！”', '建桥1座；', '成效好']
    """
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        if match[0]:
            yield Span(match.start(), match.end())


def english_sentences(text: str, within: Span) -> Iterator[Span]:
    """The English sentences of a stretch: a full stop ends one where a capital or a number follows.

    None behind an initial, an abbreviation or a number that opens a line (1. The economy).

    >>> text = "Dr. Li came. Output was 3.5 million. 1. The U.S. market"
    >>> [text[span.slice] for span in english_sentences(text, Span(0, len(text)))]
    ['Dr. Li came. ', 'Output was 3.5 million. ', '1. The U.S. market']
    """
    start = within.start
    for match in _ENGLISH_END.finditer(text, within.start, within.end):
        if not _ABBREVIATED.search(text[start : match.start() + 1]):
            yield Span(start, match.end())
            start = match.end()
    if start < within.end:
        yield Span(start, within.end)


def last_sentence(text: str) -> str:
    """What stands behind the last sentence that is ended in it.

    >>> last_sentence("去年栽树。今年建桥,修路")
    '今年建桥,修路'
    """
    return re.split(rf"[{SENTENCE_MARKS}\n]", text)[-1]


def clause_spans(text: str, start: int = 0) -> list[Span]:
    """The clauses of a text from a character on, without their marks.

    >>> text = "投入500万元，建桥、修路：成效好。"
    >>> [text[span.slice] for span in clause_spans(text)]
    ['投入500万元', '建桥、修路', '成效好']
    """
    return [Span(m.start(), m.end()) for m in _CLAUSE.finditer(text, start)]


def clause_around(text: str, at: Span) -> Span:
    """The clause that a place stands in; a mark inside the place ends none.

    >>> text = "全镇投入1,500万元建桥，修路"
    >>> text[clause_around(text, Span(4, 11)).slice]
    '全镇投入1,500万元建桥'
    """
    start = at.start
    while start and text[start - 1] not in CLAUSE_MARKS:
        start -= 1
    match = _CLAUSE_END.search(text, at.end)
    return Span(start, match.start() if match else len(text))


def clause_starts(text: str) -> list[int]:
    """Where its clauses begin: at the start, and behind each mark.

    >>> clause_starts("建桥，修路。")
    [0, 3, 6]
    """
    return [0, *(mark.end() for mark in _CLAUSE_END.finditer(text))]


def first_clause(text: str) -> str:
    """What stands before the first mark.

    >>> first_clause("，建桥"), first_clause("投入500万元，建桥")
    ('', '投入500万元')
    """
    return text[: clause_around(text, Span(0, 0)).end]


def list_parts(text: str) -> list[str]:
    """The clauses of a text, and the parts of their lists.

    >>> list_parts("投入500万元，建桥、修路")
    ['投入500万元', '建桥', '修路']
    """
    return _PART_END.split(text)
