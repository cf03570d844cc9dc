"""Which words of a text say what each of its numbers is, by what a model holds of them.

Each token near a number is weighed by a small net: what is held at it, at the next one, at the
number and at the end of the number's clause, and how far apart they stand. The words that name the
number are the stretches of tokens that are most like what a reader would write: as much of what is
likely, and as little of what is not (the expected F1 of their characters).
"""

from __future__ import annotations

import math
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import mul, sub
from struct import unpack
from typing import Any

from summarizer.models.near_numbers import Near, Word
from summarizer.models.readouts import Piece, State

LONGEST, MOST = 14, 3  # tokens of a stretch, and stretches of a name
APART = 0.05  # expected F1 that another stretch must bring
UNSAID = 1.0  # characters of a name that stand nowhere near
NUMBERS = 3  # digits behind the point
SURE = 60.0  # log-odds beyond which none is surer


@dataclass(frozen=True)
class Net:
    """A net of one layer over the axes that states differ along most.

    `middle` and `axes` make those of a state, `met` and `meeting` what a token and a number have in
    common; `parts` weigh a token, the next one, the number, the end of its clause, what they have
    in common, and what is seen.
    """

    middle: State
    axes: Sequence[State]
    met: Sequence[State]
    meeting: Sequence[State]
    parts: Sequence[Sequence[State]]
    bias: State
    out: State

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Net:
        """A net from its file. Raises ValueError or KeyError for one that is none."""
        return _net(*(told[name] for name in NAMES))


@dataclass(frozen=True)
class Weigher:
    """Weighs the words near the numbers of some pieces with a net."""

    net: Net
    pieces: Sequence[Piece]
    _along: dict[tuple[int, int], State] = field(default_factory=dict)
    _weighed: dict[tuple[int, int], tuple[State, State, State]] = field(default_factory=dict)

    def odds(self, near: Near, own: int) -> list[float]:
        """The log-odds of each word near a number of a piece that it is of its name."""
        net, first = self.net, own + 1 - len(near.pieces)
        number, closing = (self._axes(own, token) for token in (near.last, near.closing))
        about = _summed(net.bias, _times(net.parts[2], number), _times(net.parts[3], closing))
        meeting = _times(net.meeting, number)
        found = []
        for word in near.words:
            this, following, met = self._token(first + word.of[0], word.of[1])
            common = _times(net.parts[4], [*map(mul, met, meeting)])
            seen = _times(net.parts[5], word.seen)
            hidden = [max(one, 0.0) for one in _summed(about, this, following, common, seen)]
            found.append(sum(map(mul, net.out[1:], hidden)) + net.out[0])
        return found

    def _token(self, piece: int, token: int) -> tuple[State, State, State]:
        """What a token, the next one, and what it has in common with numbers weigh; once each."""
        if (known := self._weighed.get((piece, token))) is None:
            this, following = self._axes(piece, token), self._axes(piece, token + 1)
            parts, met = self.net.parts, self.net.met
            known = _times(parts[0], this), _times(parts[1], following), _times(met, this)
            self._weighed[piece, token] = known
        return known

    def _axes(self, piece: int, token: int) -> State:
        """What is held at a token, along the net's axes."""
        if (known := self._along.get((piece, token))) is None:
            off = [*map(sub, self.pieces[piece].states[token], self.net.middle)]
            known = self._along[piece, token] = _times(self.net.axes, off)
        return known


NAMES = ("middle", "axes", "met", "meeting", "parts", "bias", "out")
"""What a net's file holds of numbers: halves of a float each, in base64."""


def names_of_numbers(
    pieces: Sequence[Piece], told: Mapping[str, str], asked: Sequence[Sequence[Mapping[str, Any]]]
) -> list[list[dict[str, Any]]]:
    """What names each of the numbers `asked` about, piece by piece.

    Raises RuntimeError for a net of a model with states of another width.
    """
    weigher = Weigher(Net.read(told), pieces)
    if any(len(piece.states[0]) != len(weigher.net.middle) for piece in pieces[:1]):
        raise RuntimeError("a net for states of another width")
    return [[_named(weigher, n, one) for one in several] for n, several in enumerate(asked)]


def _named(weigher: Weigher, own: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The places of the words that name a number, and how like they are to what names it.

    `drafted` is how like the words are that rules name it with: expected F1s.
    """
    near = Near(
        tuple(weigher.pieces[max(0, own - 1) : own + 1]),
        range(*asked["at"]),
        [range(*at) for at in asked["closed"]],
        [range(*at) for at in asked["drafted"]],
    )
    odds = weigher.odds(near, own)
    likely = [1 / (1 + math.exp(-max(-SURE, min(SURE, one)))) for one in odds]
    chosen, like = stretches(near.words, likely)
    drafted = {place for at in near.drafted for place in at}
    is_drafted = [sum(place in drafted for place in word.at) for word in near.words]
    return {
        "at": [[at.start, at.stop] for at in chosen],
        "like": round(like, NUMBERS),
        "drafted": round(_expected(near.words, likely, is_drafted), NUMBERS),
    }


def stretches(words: Sequence[Word], likely: Sequence[float]) -> tuple[list[range], float]:
    """The stretches of words that are most like a name, in order, and how like they are.

    >>> words = [Word((0, n), (n,), ()) for n in range(4)]
    >>> stretches(words, [0.9, 0.9, 0.1, 0.1])
    ([range(0, 2)], 0.72)
    """
    runs = [range(first, last) for first, last in _runs(words)]
    sizes = [0, *accumulate(len(word.at) for word in words)]
    weights = [0.0, *accumulate(len(w.at) * one for w, one in zip(words, likely, strict=True))]
    whole = weights[-1] + UNSAID
    chosen: list[range] = []
    best = said = 0.0
    size = 0

    def gain(run: range) -> float:
        new = weights[run.stop] - weights[run.start], sizes[run.stop] - sizes[run.start]
        apart = not any(_touch(words, run, one) for one in chosen)
        return 2 * (said + new[0]) / (size + new[1] + whole) - APART * (len(chosen) * apart)

    while len(chosen) < MOST:
        free = [run for run in runs if not any(_overlap(run, one) for one in chosen)]
        if not free:
            break
        run = max(free, key=gain)
        if not gain(run) > best:
            break
        best = gain(run)
        said += weights[run.stop] - weights[run.start]
        size += sizes[run.stop] - sizes[run.start]
        chosen.append(run)
    places = sorted(words[run.start].at[0] for run in chosen)
    ends = sorted(words[run.stop - 1].at[-1] + 1 for run in chosen)
    return [range(start, end) for start, end in zip(places, ends, strict=True)], best


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where stretches of words that stand side by side begin and end."""
    breaks = {n for n, two in enumerate(pairwise(words), 1) if not _adjoin(*two)}
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + LONGEST) + 1):
            yield first, last
            if last in breaks:
                break


def _touch(words: Sequence[Word], one: range, other: range) -> bool:
    first, second = sorted((one, other), key=lambda run: run.start)
    return first.stop == second.start and _adjoin(words[first.stop - 1], words[second.start])


def _adjoin(one: Word, other: Word) -> bool:
    """Whether the second word begins where the first ends; two may share a character."""
    return other.at[0] <= one.at[-1] + 1


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _expected(words: Sequence[Word], likely: Sequence[float], chosen: Sequence[int]) -> float:
    """The expected F1 of so many characters of each word."""
    whole = sum(len(word.at) * one for word, one in zip(words, likely, strict=True)) + UNSAID
    said = sum(map(mul, chosen, likely))
    return float(2 * said / (sum(chosen) + whole))


def _times(rows: Sequence[State], state: Sequence[float]) -> State:
    return [sum(map(mul, row, state)) for row in rows]


def _summed(*states: State) -> State:
    return [sum(column) for column in zip(*states, strict=True)]


@lru_cache(maxsize=2)
def _net(*texts: str) -> Net:  # each request holds the net; it is made once
    middle, axes, met, meeting, parts, bias, out = (_numbers(text) for text in texts)
    hidden, width = len(bias), len(axes) // len(middle)
    common = len(met) // width
    widths = (width, width, width, width, common, len(parts) // hidden - 4 * width - common)
    rows = _rows(parts, sum(widths))
    ends = [0, *accumulate(widths)]
    weighed = [[row[start:end] for row in rows] for start, end in pairwise(ends)]
    return Net(
        middle,
        _rows(axes, len(middle)),
        _rows(met, width),
        _rows(meeting, width),
        weighed,
        bias,
        out,
    )


def _numbers(text: str) -> State:
    raw = b64decode(text, validate=True)
    return list(unpack(f"<{len(raw) // 2}e", raw))


def _rows(numbers: State, width: int) -> list[State]:
    return [numbers[start : start + width] for start in range(0, len(numbers), width)]
