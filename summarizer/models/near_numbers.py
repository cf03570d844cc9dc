"""The words near a number that may be of its name, and what is known of them without a model."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from summarizer.models.readouts import Piece, tokens_at

FARTHEST, BEFORE = 120, 70  # characters between a word and its number; in the piece before
_PAUSE = re.compile("[,，。；;!！?？:：]")
_MARK = re.compile(r"[\s，。、；：,;:！？!?（）()“”\"「」『』…—\-《》〈〉【】]")


@dataclass(frozen=True, slots=True)
class Word:
    """A token that may be of a number's name, by the places of its characters.

    `of` is its piece (the first is the one before the number's, if there is one) and its place
    there; `seen` is what is known of it without a model.
    """

    of: tuple[int, int]
    at: tuple[int, ...]
    seen: tuple[float, ...]


@dataclass(frozen=True)
class Near:
    """A number in its piece, with the piece before it: their places count both, one text.

    `closed` are the places of all numbers in both, `drafted` the words that rules name it with.
    """

    pieces: tuple[Piece, ...]
    number: range
    closed: Sequence[range]
    drafted: Sequence[range] = ()

    @cached_property
    def text(self) -> str:
        """Both pieces' words."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def own(self) -> int:
        """Where the number's own piece begins."""
        return len(self.text) - len(self.pieces[-1].text)

    @cached_property
    def words(self) -> list[Word]:
        """The tokens that may name the number: before it, and behind it in its own clause."""
        starts = accumulate((len(piece.text) for piece in self.pieces), initial=0)
        return [
            word
            for k, (piece, start) in enumerate(zip(self.pieces, starts, strict=False))
            for n, at in enumerate(piece.at[:-1])
            if (word := self._word(k, n, range(start + at.start, start + at.stop))) is not None
        ]

    @cached_property
    def last(self) -> int:
        """The number's last token in its piece."""
        at = range(self.number.start - self.own, self.number.stop - self.own)
        _, last = tokens_at(self.pieces[-1], at) or (0, 0)
        return last

    @cached_property
    def closing(self) -> int:
        """The last token of the number's clause in its piece: there what followed it was read."""
        piece, behind = self.pieces[-1], self.number.stop - self.own
        end = _PAUSE.search(piece.text, behind)
        until = max((len(piece.text) if end is None else end.start()) - 1, behind - 1)
        return max(n for n, at in enumerate(piece.at[:-1]) if not until < at.start)

    def _word(self, piece: int, token: int, at: range) -> Word | None:
        inside = tuple(place for place in at if place in self._open)
        if not inside:
            return None
        is_behind = not at.start < self.number.stop
        gap = range(self.number.stop, at.start) if is_behind else range(at.stop, self.number.start)
        pauses = self._pauses[max(gap.start, gap.stop)] - self._pauses[gap.start]
        is_own = piece == len(self.pieces) - 1
        if (is_behind and pauses) or len(gap) > (FARTHEST if is_own else BEFORE):
            return None
        numbers = self._numbers[max(gap.start, gap.stop)] - self._numbers[gap.start]
        listed = self._listed[max(gap.start, gap.stop)] - self._listed[gap.start]
        seen = (
            is_behind,
            is_own,
            math.log1p(len(gap)) / 3,
            min(len(gap), 60) / 30,
            *(pauses == count for count in range(3)),
            pauses > 2,
            min(listed, 4) / 2,
            *(numbers == count for count in range(2)),
            numbers > 1,
            sum(place in self._drafted for place in inside) / len(inside),
            is_behind and not gap,
            not is_behind and not gap,
        )
        return Word((piece, token), inside, tuple(map(float, seen)))

    @cached_property
    def _open(self) -> set[int]:
        closed = {place for at in self.closed for place in at}
        return {n for n, one in enumerate(self.text) if n not in closed and not _MARK.match(one)}

    @cached_property
    def _drafted(self) -> set[int]:
        return {place for at in self.drafted for place in at}

    @cached_property
    def _pauses(self) -> list[int]:
        return [*accumulate((bool(_PAUSE.match(one)) for one in self.text), initial=0)]

    @cached_property
    def _listed(self) -> list[int]:
        return [*accumulate((one == "、" for one in self.text), initial=0)]

    @cached_property
    def _numbers(self) -> list[int]:
        starts = {at.start for at in self.closed}
        return [*accumulate((n in starts for n in range(len(self.text))), initial=0)]
