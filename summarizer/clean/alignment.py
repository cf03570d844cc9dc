"""The map between a raw text and its clean form, built from the edits that lie between them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.types import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: the raw text at `span` became `replacement` (empty: deleted), by `rule`.

    A span is never empty: cleaning deletes and replaces, it never inserts.
    """

    span: Span
    replacement: str
    rule: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after its edits, which are sorted and disjoint.

    >>> apply("貧(pín)困戶", [Edit(Span(1, 6), "", "pinyin")])
    '貧困戶'
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.span.start], edit.replacement)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces)


class Alignment:
    """Edits, with the look-ups in both directions. Each costs one bisection.

    >>> alignment = Alignment([Edit(Span(1, 6), "", "pinyin")])     # 貧(pín)困戶 → 貧困戶
    >>> alignment.to_raw(Span(0, 1)), alignment.to_raw(Span(0, 2)), alignment.to_clean(Span(6, 7))
    (Span(start=0, end=1), Span(start=0, end=7), Span(start=1, end=2))
    """

    __slots__ = ("_clean_ends", "_clean_starts", "_raw_ends", "_raw_starts", "edits")

    def __init__(self, edits: Sequence[Edit] = ()) -> None:
        self.edits = tuple(edits)
        self._raw_starts = array("q", (edit.span.start for edit in self.edits))
        self._raw_ends = array("q", (edit.span.end for edit in self.edits))
        self._clean_starts = array("q")
        self._clean_ends = array("q")
        shift = 0
        for edit in self.edits:
            start = edit.span.start + shift
            self._clean_starts.append(start)
            self._clean_ends.append(start + len(edit.replacement))
            shift += len(edit.replacement) - (edit.span.end - edit.span.start)

    def to_raw(self, span: Span) -> Span:
        """The raw text that a clean span came from.

        It ends with its last character: an annotation deleted after that stays outside. A
        character of a replacement stands for all that was replaced.
        """
        start = self._raw_start(span.start)
        return Span(start, self._raw_end(span.end - 1) if span.start < span.end else start)

    def to_clean(self, span: Span) -> Span:
        """The clean text that came from a raw span; empty where all of it was deleted."""
        start = self._clean_start(span.start)
        return Span(start, max(start, self._clean_end(span.end)))

    def then(self, text: str, edits: Sequence[Edit]) -> Alignment:
        """Add edits of the clean `text`: one alignment over the raw text.

        Where an edit touches what an earlier one put there, the two become one.
        """
        return Alignment([self._lifted(text, group) for group in self._groups(edits)])

    def _groups(self, edits: Sequence[Edit]) -> Iterator[_Group]:
        """First and later edits that touch each other, in order of the clean text."""
        group: _Group | None = None
        done = 0  # own edits before this one are in some group
        for edit in edits:
            low = max(bisect_right(self._clean_ends, edit.span.start), done)
            high = max(bisect_left(self._clean_starts, edit.span.end), low)
            joins = group is not None and bool(group.own) and edit.span.start < group.end
            if not joins:
                if group is not None:
                    yield group
                yield from (_Group.of(self, k) for k in range(done, low))
                group = _Group(edit.span.start, edit.span.end, [], [])
            assert group is not None  # a group was just made, or was there to join
            group.take(self, edit, range(low if not joins else done, high))
            done = max(done, high)
        if group is not None:
            yield group
        yield from (_Group.of(self, k) for k in range(done, len(self.edits)))

    def _lifted(self, text: str, group: _Group) -> Edit:
        if not group.later:
            return group.own[0]
        raw = Span(self._raw_start(group.start), self._raw_end(group.end - 1))
        moved = [
            Edit(Span(e.span.start - group.start, e.span.end - group.start), e.replacement, e.rule)
            for e in group.later
        ]
        rules = dict.fromkeys(edit.rule for edit in (*group.own, *group.later))
        return Edit(raw, apply(text[group.start : group.end], moved), "+".join(rules))

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
        if not k < 0 and position < self._clean_ends[k]:
            return self._raw_ends[k]
        return self._raw_start(position) + 1

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


@dataclass(slots=True)
class _Group:
    """A stretch of clean text where edits meet: the alignment's own, and later ones."""

    start: int
    end: int
    own: list[Edit]
    later: list[Edit]

    @classmethod
    def of(cls, alignment: Alignment, k: int) -> _Group:
        return cls(0, 0, [alignment.edits[k]], [])

    def take(self, alignment: Alignment, edit: Edit, own: range) -> None:
        self.later.append(edit)
        self.end = max(self.end, edit.span.end)
        for k in own:
            self.own.append(alignment.edits[k])
            self.start = min(self.start, alignment._clean_starts[k])  # noqa: SLF001 — same module
            self.end = max(self.end, alignment._clean_ends[k])  # noqa: SLF001 — same module
