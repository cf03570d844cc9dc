"""The map between a raw text and its clean form, built from the edits that lie between them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.types import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: the raw text at `span` became `replacement` (empty: deleted), by `rule`.

    A span is never empty: cleaning deletes and replaces, it never inserts.
    """

    span: Span
    replacement: str
    rule: str


class Alignment:
    """Edits, sorted and disjoint, with the look-ups in both directions: a bisection each.

    A page may have an edit every tenth character, so they are kept as columns of numbers.

    >>> alignment = Alignment([Edit(Span(1, 6), "", "pinyin")])
    >>> alignment.apply("貧(pín)困戶")
    '貧困戶'
    >>> alignment.to_raw(Span(0, 1)), alignment.to_raw(Span(0, 2)), alignment.to_clean(Span(6, 7))
    (Span(start=0, end=1), Span(start=0, end=7), Span(start=1, end=2))
    """

    __slots__ = (
        "_clean_ends",
        "_clean_starts",
        "_raw_ends",
        "_raw_starts",
        "_replacements",
        "_rules",
    )

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self._raw_starts = array("i")
        self._raw_ends = array("i")
        self._replacements: list[str] = []
        self._rules: list[str] = []
        for edit in edits:
            self._add(edit.span, edit.replacement, edit.rule)
        self._measure()

    def __len__(self) -> int:
        return len(self._rules)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, in order of the raw text."""
        columns = zip(
            self._raw_starts, self._raw_ends, self._replacements, self._rules, strict=True
        )
        return tuple(Edit(Span(start, end), new, rule) for start, end, new, rule in columns)

    def apply(self, text: str) -> str:
        """The raw text after all edits."""
        return "".join(self._pieces(text, range(len(self)), Span(0, len(text))))

    def to_raw(self, span: Span) -> Span:
        """The raw text that a clean span came from.

        It ends with its last character: an annotation deleted after that stays outside. A
        character of a replacement stands for all that was replaced.
        """
        if not self._rules:
            return span
        start = self._raw_start(span.start)
        return Span(start, self._raw_end(span.end - 1) if span.start < span.end else start)

    def to_clean(self, span: Span) -> Span:
        """The clean text that came from a raw span; empty where all of it was deleted."""
        start = self._clean_start(span.start)
        return Span(start, max(start, self._clean_end(span.end)))

    def then(self, text: str, later: Alignment) -> Alignment:
        """Both alignments as one over the raw text; `text` lies between them.

        Where a later edit touches what an earlier one put there, the two become one.
        """
        if not len(self):
            return later
        both = Alignment()
        done = 0
        for meeting in self._meetings(later):
            both._extend(self, done, meeting.own.start)
            both._add(*self._joined(text, later, meeting))
            done = meeting.own.stop
        both._extend(self, done, len(self))
        both._measure()
        return both

    def _meetings(self, later: Alignment) -> Iterator[_Meeting]:
        """Later edits in order, each with those that touch the same earlier ones."""
        done = k = 0
        while k < len(later):
            first, end = k, later._raw_ends[k]
            low = max(bisect_right(self._clean_ends, later._raw_starts[k]), done)
            high = max(bisect_left(self._clean_starts, end), low)
            k += 1
            while low < high and k < len(later):
                if not later._raw_starts[k] < self._clean_ends[high - 1]:
                    break
                high = max(bisect_left(self._clean_starts, later._raw_ends[k]), high)
                k += 1
            yield _Meeting(range(low, high), range(first, k))
            done = high

    def _joined(self, text: str, later: Alignment, meeting: _Meeting) -> tuple[Span, str, str]:
        """Edits that meet as the one edit of the raw text that they come to."""
        own, those = meeting
        if not own:  # nine in ten: nothing was there before
            [k] = those
            start = self._raw_start(later._raw_starts[k])
            end = self._raw_end(later._raw_ends[k] - 1)
            return Span(start, end), later._replacements[k], later._rules[k]
        start, end = later._raw_starts[those[0]], later._raw_ends[those[-1]]
        start = min(start, self._clean_starts[own[0]])
        end = max(end, self._clean_ends[own[-1]])
        raw = Span(self._raw_start(start), self._raw_end(end - 1))
        replacement = "".join(later._pieces(text, those, Span(start, end)))
        rules = [*(self._rules[k] for k in own), *(later._rules[k] for k in those)]
        return raw, replacement, "+".join(dict.fromkeys(rules))

    def _pieces(self, text: str, edits: range, within: Span) -> Iterator[str]:
        position = within.start
        for k in edits:
            yield text[position : self._raw_starts[k]]
            yield self._replacements[k]
            position = self._raw_ends[k]
        yield text[position : within.end]

    def _add(self, span: Span, replacement: str, rule: str) -> None:
        self._raw_starts.append(span.start)
        self._raw_ends.append(span.end)
        self._replacements.append(replacement)
        self._rules.append(rule)

    def _extend(self, other: Alignment, start: int, end: int) -> None:
        self._raw_starts += other._raw_starts[start:end]
        self._raw_ends += other._raw_ends[start:end]
        self._replacements += other._replacements[start:end]
        self._rules += other._rules[start:end]

    def _measure(self) -> None:
        self._clean_starts = array("i")
        self._clean_ends = array("i")
        shift = 0
        columns = zip(self._raw_starts, self._raw_ends, self._replacements, strict=True)
        for start, end, replacement in columns:
            self._clean_starts.append(start + shift)
            self._clean_ends.append(start + shift + len(replacement))
            shift += len(replacement) - (end - start)

    def _raw_start(self, position: int) -> int:
        k = bisect_right(self._clean_starts, position) - 1
        if k < 0:
            return position
        if position < self._clean_ends[k]:
            return self._raw_starts[k]
        return self._raw_ends[k] + position - self._clean_ends[k]

    def _raw_end(self, position: int) -> int:
        """Where the raw text of the clean character at `position` ends."""
        k = bisect_right(self._clean_starts, position) - 1
        if k < 0:
            return position + 1
        if position < self._clean_ends[k]:
            return self._raw_ends[k]
        return self._raw_ends[k] + position + 1 - self._clean_ends[k]

    def _clean_start(self, position: int) -> int:
        k = bisect_right(self._raw_starts, position) - 1
        if k < 0:
            return position
        if position < self._raw_ends[k]:
            return self._clean_starts[k]
        return self._clean_ends[k] + position - self._raw_ends[k]

    def _clean_end(self, position: int) -> int:
        k = bisect_left(self._raw_starts, position) - 1
        if k < 0:
            return position
        return self._clean_ends[k] + max(0, position - self._raw_ends[k])


class _Meeting(NamedTuple):
    """Edits that touch each other: indexes of earlier ones and of later ones."""

    own: range
    later: range
