"""The clause a quantity stands in, and what stands around it there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.types import Mention, Span
from summarizer.zh.labels.phrases import BLANK, hidden
from summarizer.zh.same import Same
from summarizer.zh.script import fold
from summarizer.zh.segment import JOINERS, Sentence, clause_around

_CLOSERS = JOINERS + ")）”」』》,，"
_BOUNDED = re.compile("(?:岁|[以之][上下内外])$")
_OF_PEOPLE = re.compile("(?:及?以[上下])?(?:的?[老儿青]|人口|[一-鿿]{0,4}(?:人|妇女|项目|企业))")
_MULTIPLE = re.compile("(?:为|是|相当于)[^,，]{1,12}的")
_COMPARISON = re.compile("(?:与|同|跟|和).+(?:相比|比较)")
_NEXT = re.compile("其中|[、和及与]一[个所家座条名位处间栋台项件只头辆支]")  # 小学、一所初中
_OF_THEM = re.compile("[^,，。]{0,2}其中")


@dataclass(frozen=True, slots=True, eq=False)
class QuantityContext:
    """A quantity in its clause: the text with other quantities blanked, and where they stand.

    `marks` are the quantities of the clause, `index` is which of them this one is; `persons` are
    those that the sentence names, with their spans in the text.
    """

    text: str
    at: Span
    others: tuple[Span, ...]
    clause: Span
    marks: tuple[Span, ...]
    index: int
    kind: str
    raw: str
    persons: tuple[tuple[Span, str], ...] = ()

    @property
    def initial(self) -> str:
        """The words before the first quantity of the clause."""
        return self.text[self.clause.start : self.marks[0].start]

    @property
    def before(self) -> str:
        """The words from the quantity before, or from the clause's start, to this one."""
        start = self.marks[self.index - 1].end if self.index else self.clause.start
        return self.text[start : self.at.start]

    @property
    def after(self) -> str:
        """The words to the next quantity or the clause's end; none where a list goes on."""
        return _own(self.text[self.at.end : self._next])

    @property
    def listed(self) -> bool:
        """Whether a joiner stands between this quantity's noun and the next quantity."""
        return self.after[-1:] in JOINERS if self.after else False

    @property
    def tail(self) -> str:
        """The words behind the last quantity of the clause."""
        return _own(self.text[self.marks[-1].end : self.clause.end])

    @property
    def rest(self) -> str:
        """All words behind this quantity in its clause, without quantities."""
        return self.text[self.at.end : self.clause.end].replace(BLANK, "")

    @property
    def beyond(self) -> str:
        """The sentence behind the clause."""
        return self.text[self.clause.end + 1 :]

    @property
    def last(self) -> bool:
        return self.marks[-1] == self.at

    @property
    def is_part(self) -> bool:
        """Whether the clause counts some of those counted before: 其中."""
        return bool(_OF_THEM.match(self.text, self.clause.start, self.at.start))

    def holds(self, span: Span) -> bool:
        """Whether a quantity stands in the same clause."""
        return span in self.marks

    @property
    def is_multiple(self) -> bool:
        """Whether it is so many times, or so much of, something named before it: 为上年的1.4倍."""
        return bool(_MULTIPLE.fullmatch(self.before))

    @property
    def is_comparison(self) -> bool:
        """Whether the clause only says with what another is compared: 与2010年的401872人相比."""
        return bool(_COMPARISON.fullmatch(self.text[self.clause.slice]))

    @property
    def _next(self) -> int:
        return self.clause.end if self.last else self.marks[self.index + 1].start


def _own(words: str) -> str:
    """What of the words behind a quantity may be its own: none of a list, nor of its parts."""
    return "" if words[:1] in _CLOSERS else _NEXT.split(words, maxsplit=1)[0]


def parted(sentence: Sentence, mention: Mention) -> QuantityContext:
    """A quantity of a sentence in its clause."""
    return _parted(Same(sentence), Same(mention))


@lru_cache(maxsize=4096)
def _parted(sentence: Same[Sentence], mention: Same[Mention]) -> QuantityContext:
    read = _read(sentence)
    at = _inside(sentence.one, mention.one)
    text, others = read.text, read.others
    if at not in others:  # it only says which ones are counted, but is asked for itself
        text, others = _blanked(text, [at]), tuple(sorted([*others, at]))
    clause = clause_around(text, at)
    first = bisect_left(others, clause.start, key=_start)
    marks = others[first : bisect_right(others, clause.end, key=_end)]
    kind = mention.one.quantity.kind if mention.one.quantity else ""
    index = bisect_left(marks, at.start, key=_start)
    return QuantityContext(text, at, others, clause, marks, index, kind, read.raw, read.persons)


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as it is searched, once for all its quantities."""

    raw: str
    text: str
    others: tuple[Span, ...]
    persons: tuple[tuple[Span, str], ...]


@lru_cache(maxsize=16)
def _read(same: Same[Sentence]) -> _Read:
    sentence = same.one
    raw = fold(sentence.text)
    kept = [m for m in sentence.mentions if not _qualifies(raw, sentence, m)]
    others = tuple(_inside(sentence, m) for m in kept)
    persons = tuple(
        (Span(n.span.start - sentence.span.start, n.span.end - sentence.span.start), fold(n.text))
        for n in sentence.names
        if n.kind == "person"
    )
    return _Read(raw, hidden(_blanked(raw, others)), others, persons)


def _qualifies(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a quantity only says which ones are counted: 60岁及以上|人口, 亿元以上|项目."""
    at = _inside(sentence, mention)
    return bool(_BOUNDED.search(text[at.slice]) and _OF_PEOPLE.match(text, at.end))


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with its quantities blanked: their commas and points divide no clauses."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], BLANK * (span.end - span.start)]
        at = span.end
    return "".join([*parts, text[at:]])


def _inside(sentence: Sentence, mention: Mention) -> Span:
    return Span(mention.at.start - sentence.span.start, mention.at.end - sentence.span.start)
