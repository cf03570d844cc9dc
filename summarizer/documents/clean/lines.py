"""A clean text as lines, each with the form in which it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.types import Span
from summarizer.zh.script import fold, narrow
from summarizer.zh.segment import CLOSERS, PAUSES, SENTENCE_MARKS, sentence_spans

_NOT_WORDS = re.compile(r"[\W_]+")
_MARKS = tuple(SENTENCE_MARKS)
_PROSE = re.compile(f"[{PAUSES}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place without outer spaces, and its form for matching.

    `text` is folded to simplified characters and narrow forms and has the length of its span.
    """

    span: Span
    text: str

    @property
    def key(self) -> str:
        """Letters and digits alone: what two copies of a line have in common."""
        return _NOT_WORDS.sub("", self.text)

    def sentences(self) -> Iterator[tuple[str, Span]]:
        """The key and the place of each sentence that has letters."""
        for span in sentence_spans(self.text):
            key = _NOT_WORDS.sub("", self.text[span.slice])
            if key:
                yield key, Span(self.span.start + span.start, self.span.start + span.end)

    @property
    def is_prose(self) -> bool:
        """Whether it holds a sentence, or most of one."""
        if self.text.rstrip(CLOSERS).endswith(_MARKS):
            return len(self.text) > 8
        return len(self.text) > 30 and _PROSE.search(self.text) is not None


def matching(text: str) -> str:
    """The text as it is matched: simplified, narrow, of the same length."""
    return fold(narrow(text))


def split_lines(folded: str) -> Iterator[Line]:
    """The lines of a text that are not blank, in order; the text is as `matching` gives it."""
    start = 0
    for line in folded.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + len(line) - len(line.lstrip())
            yield Line(Span(begin, begin + len(stripped)), stripped)
        start += len(line) + 1
