"""From which clause to which a sentence may be told, so that each is understood by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.types import Span
from summarizer.zh.action_verbs import has_action_verb, has_strong_action, starts_with_action
from summarizer.zh.excerpts.reporter import WORDS, Reporter

VERB = 4  # characters of a clause in which the verb stands where it has no subject
SHORTEST, LONGEST = 12, 96  # characters of what is told of one sentence
_MARKER = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|第?[一二三四五六七八九十][是要则]"
    r"|[①-⑳]|【[^】]{1,10}】|[—―·•\-]+|.{2,12}\d{1,2}月\d{1,2}日电)\s*"
)
_JOINED = re.compile(rf"^(?:{WORDS['joins']})[,，]?")
_LEADS = re.compile(rf"^(?:{WORDS['leads']})")
_IDLE = re.compile(rf"^(?:{WORDS['idle']})")
_LEANS = re.compile(WORDS["leans"])
_STAYS = re.compile(WORDS["stays"])
_PRONOUN = re.compile("[他她它]")
_AGAIN = re.compile("^.{0,6}(?:[还又也再]|都(?=[会是能要已有]))")
_OPENS = re.compile(rf"^(?:{WORDS['opens']})")
_PAIRS = re.compile(rf"^(?:{WORDS['pairs']})")
_CAUSE = re.compile("因(?!此)|由于|如果|若")
_HANGS = re.compile(rf"(?<![以之公英])(?:{WORDS['hangs']})$")  # 八成以上, 86公里 do not
_OF_BEFORE = re.compile("该[省市县区旗镇乡村局校院厂社]")
_PRAISE = re.compile(WORDS["praise"])
_GONE = re.compile(WORDS["gone"])
_WHEN = re.compile(
    rf"^(?:{WORDS['when']}|\d{{4}}年|[\d一二三四五六七八九十至到—-]+[月日](?:份|底|末)?)*[,，]?"
)
_COMMA = re.compile(r"[,，](?!\d{3})|(?<!\d)[,，]")
_COLON = re.compile(r"[:：](?!\d)|(?<!\d)[:：]")
_END = re.compile(r"[。;；…\s]+$")
_BRACKETS = ("“”", "()", "《》", "「」", "『』", "[]", "（）")


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence in simplified characters, its clauses, and which of them count or name somebody.

    `follows` says that somebody was named before it in its paragraph.
    """

    text: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    counts: tuple[bool, ...]
    names: tuple[bool, ...]
    follows: bool = False

    @classmethod
    def of(
        cls, text: str, counted: Sequence[Span], named: Sequence[Span], *, follows: bool = False
    ) -> Clauses:
        """A sentence whose numbers and names stand at these places."""
        spans = tuple(clause_spans(text))
        counts = tuple(_holds_any(clause, counted) for clause in spans)
        names = tuple(_holds_any(clause, named) for clause in spans)
        words = tuple(text[span.slice] for span in spans)
        return cls(text, spans, words, counts, names, follows)

    def stretches(self, reporter: Reporter) -> Iterator[Span]:
        """Every stretch of whole clauses that may be told."""
        for first in self._starts(reporter):
            if self._opens_well(first, reporter):
                for last in range(first, len(self.spans)):
                    span = Span(self.spans[first].start, self.spans[last].end)
                    if span.end - span.start > LONGEST:
                        break
                    if self._ends_well(first, last) and _is_whole(self.text[span.slice]):
                        yield span

    def all(self, reporter: Reporter) -> Iterator[Span]:
        """The sentence from its first clause to its last, if it may be told."""
        if self.spans and self._opens_well(0, reporter):
            span = Span(self.spans[0].start, self.spans[-1].end)
            if _is_whole(self.text[span.slice]):
                yield span

    def leans(self, span: Span) -> bool:
        """Whether 该县 stands in a stretch that names nobody before it."""
        found = _OF_BEFORE.search(self.text, span.start, span.end)
        clauses = zip(self.spans, self.names, strict=True)
        return found is not None and not any(
            named for one, named in clauses if span.start <= one.start and one.end < found.start()
        )

    def _starts(self, reporter: Reporter) -> Iterator[int]:
        """Its first clause; what follows those that only lead in; what tells of the whole.

        What says when stays with what it says it of, a year gone by with all behind it.
        """
        words = self.words
        leading = idle = True
        is_past = False
        for at, clause in enumerate(words):
            dated = is_past or (at > 0 and _is_date(words[at - 1]))
            is_past = is_past or reporter.is_past(clause)
            acts = idle and starts_with_action(_WHEN.sub("", clause))
            if not dated and (leading or acts or reporter.opens(clause)):
                yield at
            leads = bool(_LEADS.match(clause)) and not self.counts[at]
            plain = not (self.counts[at] or self.names[at] or reporter.opens(clause))
            leading = leading and leads and not reporter.opens(clause)
            idle = idle and plain and (leads or bool(_IDLE.match(clause)))

    def _opens_well(self, first: int, reporter: Reporter) -> bool:
        """Whether a clause is understood as the first one: who and what is said there."""
        many = 2 if _is_date(self.words[first]) else 1
        clause = ",".join(self.words[first : first + many])
        bare = _WHEN.sub("", clause)
        if _OPENS.match(clause) or _OPENS.match(bare) or _AGAIN.match(clause):
            return False
        if clause.endswith("的") or _LEANS.search(_STAYS.sub("", clause)):
            return False
        if reporter.is_other(clause):
            return False
        return not (self.follows and has_action_verb(bare[:VERB]))

    def _ends_well(self, first: int, last: int) -> bool:
        """Whether a stretch may end with a clause: one that counts or acts and needs no other."""
        clause, is_end = self.words[last], last + 1 == len(self.spans)
        if _HANGS.search(clause) or _PAIRS.match(clause) or _PRAISE.search(clause):
            return False
        if not is_end and (_CAUSE.search(clause) or (first == last and _LEADS.match(clause))):
            return False
        return first == last or self.counts[last] or has_strong_action(clause)


def clause_spans(text: str) -> list[Span]:
    """The clauses between commas, without what the first one is joined or numbered with.

    >>> text = "二是同时,筹资1,380万元,建桥3座。"
    >>> [text[span.slice] for span in clause_spans(text)]
    ['筹资1,380万元', '建桥3座']
    """
    tail = _END.search(text)
    start, end = 0, tail.start() if tail else len(text)
    while lead := _MARKER.match(text[start:end]) or _JOINED.match(text[start:end]):
        start += lead.end()
    cuts = list(_COMMA.finditer(text, start, end))
    starts = [start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), end]
    return [Span(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _is_date(clause: str) -> bool:
    """Whether a clause says when and no more."""
    return len(_WHEN.sub("", clause)) < 2


def _holds_any(clause: Span, places: Sequence[Span]) -> bool:
    """Whether one of some places, which stand in order, is in a clause."""
    at = bisect_right(places, clause.start, key=lambda place: place.end)
    return at < len(places) and places[at].start < clause.end


def _is_whole(text: str) -> bool:
    """Whether some clauses are of a length to be read and leave nothing open."""
    if not SHORTEST <= len(text) <= LONGEST or _COLON.search(text):
        return False
    if _PRONOUN.search(text) or _GONE.search(text):
        return False
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _BRACKETS)
