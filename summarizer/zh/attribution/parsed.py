"""A sentence as it is searched for who acts in it: simplified, with its names in groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summarizer.types import NameKind, Span
from summarizer.zh.agents.together import groups
from summarizer.zh.same import Same
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, clause_spans


@dataclass(frozen=True, slots=True)
class Group:
    """Names told in one breath (甲、乙和丙), where they stand in their sentence."""

    start: int
    end: int
    text: str
    kind: NameKind
    rule: str


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence, or the part of it that has been read, as it is searched: simplified."""

    sentence: Sentence
    text: str
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, sentence: Sentence, until: int | None = None) -> ParsedSentence:
        """The sentence up to a character of it; each is parsed once."""
        whole = _parsed(Same(sentence))
        return whole if until is None else whole.until(until)

    def until(self, end: int | None) -> ParsedSentence:
        """What of it stands before a character."""
        kept = tuple(g for g in self.groups if end is None or not end < g.end)
        return ParsedSentence(self.sentence, self.text[:end], kept)

    def clauses(self, start: int = 0) -> list[Span]:
        """Its clauses from a character on, in order."""
        return clause_spans(self.text, start)


@lru_cache(maxsize=1 << 12)
def _parsed(same: Same[Sentence]) -> ParsedSentence:
    sentence = same.one
    text, found = fold(sentence.text), []
    for names in groups(sentence):
        start = names[0].span.start - sentence.span.start
        end = names[-1].span.end - sentence.span.start
        found.append(Group(start, end, text[start:end], names[-1].kind, names[-1].rule))
    return ParsedSentence(sentence, text, tuple(found))
