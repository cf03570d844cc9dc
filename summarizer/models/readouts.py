"""What probes make of hidden states: the log-odds of sentences, and the names that stand in them.

A probe is a direction and an offset (`engine/probe.py`). A sentence is weighed by the mean of what
is held at its tokens. A name is told by its tokens: whether one begins a name, is inside one, ends
one, each weighed with the token after it, for a model that reads from left to right does not know
yet what follows. A span is as good as the worst of that; the best of those that overlap stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

LONGEST = 16  # tokens of a name
INSIDE = 1.0  # log-odds that the weakest token inside a name may be below its ends
ENDS = 0.25  # what an end's log-odds count beside those of the worst token
HOPELESS = -4.0  # log-odds of a token below which it is no end of a name
NUMBERS = 3  # digits behind the point

State = list[float]
_BEFORE = " \u3000，。、；：,;:)）”』」"
_BEHIND = " \u3000，。、；：,;:(（“『「"
_CLAUSE = re.compile("[，。；;,!！?？]")
Weights = Mapping[str, Any]
"""A probe as a request holds it: `weights` and `bias`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as it was read: where its tokens stand, and what is held at each.

    The last token ends its line.
    """

    text: str
    at: tuple[range, ...]
    states: list[State]

    @property
    def own(self) -> list[State]:
        """The states of its words."""
        return self.states[:-1] or self.states


@dataclass(frozen=True, slots=True)
class Tagged:
    """How much a token is like the begin, the inside and the end of a name, as log-odds."""

    start: float
    inside: float
    end: float


def told(pieces: Sequence[Piece], probe: Mapping[str, Any]) -> dict[str, Any]:
    """What a request's probe makes of pieces: `sentences`, a number a piece by list, and `names`.

    Raises RuntimeError for a probe of a model with states of another width.
    """
    means = [mean(piece.own) for piece in pieces]
    found: dict[str, Any] = {
        "sentences": {
            name: [round(weigh(one, own), NUMBERS) for own in means]
            for name, one in probe["sentences"].items()
        }
    }
    if "names" in probe:
        tagger = probe["names"]
        found["names"] = [
            _names(piece, own, tagger, offered)
            for piece, own, offered in zip(pieces, means, tagger["offered"], strict=True)
        ]
    return found


def _names(
    piece: Piece, sentence: State, tagger: Mapping[str, Any], offered: Sequence[Sequence[int]]
) -> list[dict[str, Any]]:
    """The names of a piece, with their kinds and with the odds that each list's probe gives."""
    tags = list(tagged(piece, tagger))
    by_rule = {own: range(*at) for at in offered if (own := tokens_at(piece, range(*at)))}
    found = []
    for first, last, odds in spans(tags, list(by_rule), tagger["offer"], tagger["least"]):
        at = by_rule.get((first, last)) or place_of(piece, first, last)
        seen = seen_as(piece, last, sentence)
        kinds = {name: weigh(one, seen) for name, one in tagger["kinds"].items()}
        lists = {name: round(weigh(one, seen), NUMBERS) for name, one in tagger["lists"].items()}
        found.append(
            {
                "at": [at.start, at.stop],
                "kind": max(kinds, key=lambda kind: kinds[kind]),
                "odds": round(odds, NUMBERS),
                "lists": lists,
            }
        )
    return found


def seen_as(piece: Piece, last: int, sentence: State) -> State:
    """A name as a probe sees it: its last token, the end of its clause, and its sentence's mean.

    At the end of the clause the model holds what was told of the name.
    """
    end = _CLAUSE.search(piece.text, piece.at[last].stop)
    until = len(piece.text) if end is None else end.start()
    closing = max((n for n, at in enumerate(piece.at[:-1]) if at.start <= until), default=last)
    return [*piece.states[last], *piece.states[max(last, closing)], *sentence]


def tagged(piece: Piece, tagger: Mapping[str, Any]) -> Iterator[Tagged]:
    """What a tagger makes of each token but that which ends the line."""
    for one, following in zip(piece.states, piece.states[1:], strict=False):
        both = one + following
        yield Tagged(*(weigh(tagger[part], both) for part in ("start", "inside", "end")))


def spans(
    tags: Sequence[Tagged], offered: Sequence[tuple[int, int]], offer: float, least: float
) -> list[tuple[int, int, float]]:
    """The names among some tokens: the first and the last token of each, and its log-odds.

    What rules offer has so many log-odds more.

    >>> low, high = Tagged(-5, -5, -5), Tagged(3, 3, 3)
    >>> spans([low, high, low, Tagged(-1, 2, -1)], [(3, 3)], 3.0, 0.0)
    [(1, 1, 4.5), (3, 3, 1.5)]
    """
    found = {(first, last): _odds(tags[first : last + 1]) + offer for first, last in offered}
    for first, one in enumerate(tags):
        if one.start < HOPELESS:
            continue
        for last, other in enumerate(tags[first : first + LONGEST], first):
            if other.inside < HOPELESS:
                break
            if not other.end < HOPELESS:
                found.setdefault((first, last), _odds(tags[first : last + 1]))
    taken: set[int] = set()
    kept = []
    for (first, last), odds in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        own = set(range(first, last + 1))
        if not odds < least and not taken & own:
            taken |= own
            kept.append((first, last, odds))
    return sorted(kept)


def _odds(tags: Sequence[Tagged]) -> float:
    start, end = tags[0].start, tags[-1].end
    worst = min(start, end, min(one.inside for one in tags) + INSIDE)
    return worst + ENDS * (start + end)


def tokens_at(piece: Piece, at: range) -> tuple[int, int] | None:
    """The first and the last token that hold characters of a place, if any of its words do."""
    own = [n for n, one in enumerate(piece.at[:-1]) if one.start < at.stop and at.start < one.stop]
    return (own[0], own[-1]) if own else None


def place_of(piece: Piece, first: int, last: int) -> range:
    """Where a name of some tokens stands: a token may begin with a blank or a mark before it.

    >>> piece = Piece("在 新村。", (range(0, 1), range(1, 3), range(3, 4), range(4, 5)), [])
    >>> place_of(piece, 1, 2)
    range(2, 4)
    """
    start, stop = piece.at[first].start, piece.at[last].stop
    words = piece.text[start:stop]
    return range(
        start + len(words) - len(words.lstrip(_BEFORE)), start + len(words.rstrip(_BEHIND))
    )


def mean(states: Sequence[State]) -> State:
    """The mean of some states.

    >>> mean([[1.0, 2.0], [3.0, 2.0]])
    [2.0, 2.0]
    """
    return [sum(column) / len(states) for column in zip(*states, strict=True)]


def weigh(probe: Weights, state: State) -> float:
    """The log-odds that a probe gives. Raises RuntimeError where it is of another width."""
    weights = probe["weights"]
    if len(weights) != len(state):
        raise RuntimeError(f"a probe of {len(weights)} weights, states of other width")
    return float(sum(map(mul, weights, state)) + probe["bias"])
