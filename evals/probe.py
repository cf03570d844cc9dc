"""Fits probes to marked documents, and holds them against others.

A marked document has a line a sentence: a tag, a tab, the sentence. Behind an empty line come its
names (`evals/marked/README.md`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.config import Settings
from summarizer.engine.probe import PARTS
from summarizer.errors import ConfigError, InputError
from summarizer.models.local import Local
from summarizer.models.readouts import Piece, State, mean, seen_as, spans, tagged, weigh
from summarizer.zh.names import find_names
from summarizer.zh.script import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

TAGS = ("做", "人", "果", "划", "错", "他")
KINDS = ("person", "village", "organisation")
ROLES = ("榜样", "受助", "提及")
TIE = 0.1  # how strongly the weights are held to zero; from 0.01 to 1 it makes little difference
STEPS = 150
KEPT = 8  # steps that a quasi-Newton step is made of
CLOSE = 1e-6  # of the loss, below which a step is the last
LEAST_STEP = 1e-4
DIGITS = 3  # of a weight
OFFER, LEAST = 3.0, -1.0  # of a tagger: what rules offer counts, and from where a span is a name
SHOWN = 80  # characters of a sentence


class Marking(NamedTuple):
    """A name as it is marked."""

    text: str
    kind: str
    role: str


@dataclass(frozen=True)
class Marked:
    """A document's sentences with their tags, and its names."""

    name: str
    tags: tuple[str, ...]
    sentences: tuple[str, ...]
    names: tuple[Marking, ...] = ()

    @cached_property
    def places(self) -> list[dict[range, Marking]]:
        """Of each sentence where its names stand; one inside a longer one is none."""
        longest = sorted(self.names, key=lambda one: -len(one.text))
        return [dict(sorted(_places(fold(s), longest), key=_start)) for s in self.sentences]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A direction and an offset: what a state's log-odds are."""

    weights: tuple[float, ...]
    bias: float

    def odds(self, state: State) -> float:
        """The log-odds of a state."""
        return weigh(self.told(), state)

    def told(self) -> dict[str, Any]:
        """As a file and a request hold it."""
        return {"bias": self.bias, "weights": self.weights}


@dataclass(frozen=True, slots=True)
class Held:
    """What a probe is worth on what is marked: `right` and `found` from `least` log-odds on."""

    count: int
    marked: int
    area: float
    right: float
    found: float


def read_marked(path: Path) -> Marked:
    """A marked document. Raises InputError for a line that is none."""
    tags, sentences, names = [], [], []
    head, _, tail = path.read_text(encoding="utf-8").partition("\n\n")
    for number, line in enumerate(head.splitlines(), 1):
        tag, tab, sentence = line.partition("\t")
        if tag not in TAGS or not tab or not sentence.strip():
            raise InputError(f"{path}:{number}: no tag of {' '.join(TAGS)}, a tab and a sentence")
        tags.append(tag)
        sentences.append(sentence)
    for number, line in enumerate(filter(None, tail.splitlines()), len(tags) + 2):
        mark, *told = line.split("\t")
        if mark != "#" or len(told) != len(Marking._fields) or not is_name(*told):
            raise InputError(f"{path}:{number}: no #, name, kind and role, with tabs between")
        names.append(Marking(fold(told[0]), *told[1:]))
    return Marked(path.stem, tuple(tags), tuple(sentences), tuple(names))


def is_name(text: str, kind: str, role: str) -> bool:
    """Whether a name is one, of a kind and with a role that are known."""
    return bool(text.strip()) and kind in KINDS and role in ROLES


def passages(sentences: Sequence[str], chars: int) -> Iterator[list[str]]:
    """Sentences in passages of about so many characters, much as a run reads them."""
    passage: list[str] = []
    for sentence in sentences:
        if passage and chars < sum(map(len, passage)) + len(sentence):
            yield passage
            passage = []
        passage.append(sentence)
    if passage:
        yield passage


def readings(documents: Sequence[Marked], settings: Settings) -> Iterator[list[Piece]]:
    """What the embedded model holds of each document's sentences, a piece a sentence."""
    local = Local(None, settings)
    reader = local.reader()
    for one in documents:
        asked = passages(one.sentences, settings.chunk_chars)
        yield [piece for passage in asked for piece in reader.states([*map(fold, passage)])]


def of_sentences(document: Marked, read: Sequence[Piece], tag: str) -> list[tuple[State, bool]]:
    """The state of each sentence, and whether it has a tag."""
    told = zip(document.tags, read, strict=True)
    return [(mean(piece.own), one == tag) for one, piece in told]


def of_names(document: Marked, read: Sequence[Piece]) -> dict[Marking, State]:
    """The state of each name, the mean of wherever it stands."""
    found: dict[Marking, list[State]] = {}
    for places, piece in zip(document.places, read, strict=True):
        sentence = mean(piece.own)
        for at, marking in places.items():
            own = [
                n for n, one in enumerate(piece.at) if one.start < at.stop and at.start < one.stop
            ]
            found.setdefault(marking, []).append(seen_as(piece, own[-1], sentence))
    return {marking: mean(states) for marking, states in found.items()}


def of_tokens(document: Marked, read: Sequence[Piece]) -> Iterator[tuple[State, tuple[bool, ...]]]:
    """Each token with the one behind it, and whether it begins, is inside, and ends a name."""
    for places, piece in zip(document.places, read, strict=True):
        for n, at in enumerate(piece.at[:-1]):
            inside = [one for one in places if one.start < at.stop and at.start < one.stop]
            begins = any(at.start <= one.start < at.stop for one in inside)
            ends = any(at.start < one.stop <= at.stop for one in inside)
            yield piece.states[n] + piece.states[n + 1], (begins, bool(inside), ends)


def named(document: Marked, read: Sequence[Piece], tagger: Mapping[str, Any]) -> list[set[range]]:
    """Where a tagger finds the names of each sentence."""
    found = []
    for sentence, piece in zip(document.sentences, read, strict=True):
        rules = [range(one.span.start, one.span.end) for one in find_names(sentence)]
        offered = [
            [n for n, at in enumerate(piece.at[:-1]) if at.start < one.stop and one.start < at.stop]
            for one in rules
        ]
        by_rule = {(own[0], own[-1]): one for own, one in zip(offered, rules, strict=True)}
        tags = list(tagged(piece, tagger))
        told = spans(tags, list(by_rule), tagger["offer"], tagger["least"])
        found.append(
            {by_rule.get((a, b)) or range(piece.at[a].start, piece.at[b].stop) for a, b, _ in told}
        )
    return found


def fit_tagger(documents: Sequence[Marked], read: Iterable[Sequence[Piece]]) -> tuple[str, str]:
    """A tagger's file, fitted to documents as they are read, and what it was fitted to.

    Raises ConfigError without numpy.
    """
    np = _numpy()
    tokens: list[Matrix] = []
    parts: list[tuple[bool, ...]] = []
    names: list[State] = []
    kinds: list[list[bool]] = []
    for document, pieces in zip(documents, read, strict=True):
        told = [*of_tokens(document, pieces)]
        tokens.append(np.array([state for state, _ in told], dtype=np.float32))
        parts += [so for _, so in told]
        for name, state in of_names(document, pieces).items():
            names.append(state)
            kinds.append([name.kind == kind for kind in KINDS])
    about = f"names: {len(parts)} tokens and {len(names)} names of {len(documents)} documents"
    told_of_kinds = fit(names, kinds)
    return written_tagger(fit(np.vstack(tokens), parts), told_of_kinds, about), about


def fit(states: Matrix | Sequence[State], told: Sequence[Sequence[bool]]) -> list[Fitted]:
    """Logistic regressions with a tie to zero, one a column of what is so.

    Raises ConfigError without numpy.
    """
    np = _numpy()
    x = np.array(states, dtype=np.float32)
    middle, spread = x.mean(0), x.std(0) + 1e-3
    scale = spread * np.sqrt(x.shape[1])
    x -= middle
    x /= scale
    weights = _solved(x, np.array(told, dtype=np.float32))
    found = []
    for column in weights.T:
        own = column[:-1] / scale
        rounded = tuple(float(f"{one:.{DIGITS}g}") for one in own)
        found.append(Fitted(rounded, round(float(column[-1] - own @ middle), DIGITS)))
    return found


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise ConfigError("a probe is fitted with numpy: pip install numpy") from error
    return np


def _solved(x: Matrix, y: Matrix) -> Matrix:
    """The weights and below them the offsets, by L-BFGS (Nocedal and Wright, 2006, 7.2)."""
    np = _numpy()
    tie = TIE / len(x)

    def loss(w: Matrix) -> tuple[float, Matrix]:
        odds = x @ w[:-1] + w[-1]
        off = 1 / (1 + np.exp(-odds)) - y
        slope = np.vstack([x.T @ off / len(x) + tie * w[:-1], off.mean(0)[None]])
        own = (np.logaddexp(0, odds) - y * odds).mean(0).sum()
        return float(own + tie / 2 * (w[:-1] ** 2).sum()), slope

    w = np.zeros((x.shape[1] + 1, y.shape[1]), dtype=np.float32)
    steps: list[tuple[Matrix, Matrix]] = []
    now, slope = loss(w)
    for _ in range(STEPS):
        way = -_newton(slope, steps)
        size = 1.0
        then, turned = loss(w + size * way)
        while then > now + LEAST_STEP * size * float((slope * way).sum()) and size > LEAST_STEP:
            size /= 2
            then, turned = loss(w + size * way)
        if float((way * (turned - slope)).sum()) > 0:
            steps = [*steps, (size * way, turned - slope)][-KEPT:]
        w, gained = w + size * way, now - then
        now, slope = then, turned
        if gained < CLOSE * max(1.0, now):
            break
    solved: Matrix = w
    return solved


def _newton(slope: Matrix, steps: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    """A slope turned as the last steps say that the loss bends."""
    way, shares = slope.copy(), []
    for step, turn in reversed(steps):
        share = (step * way).sum() / (step * turn).sum()
        way = way - share * turn
        shares.append(share)
    if steps:
        step, turn = steps[-1]
        way = way * (step * turn).sum() / (turn * turn).sum()
    for (step, turn), share in zip(steps, reversed(shares), strict=True):
        way = way + step * (share - (turn * way).sum() / (step * turn).sum())
    return way


def held(odds: Sequence[float], is_one: Sequence[bool], least: float) -> Held:
    """What log-odds are worth beside what is so.

    >>> held([2.0, 1.0, -1.0, 0.5], [True, True, False, False], 0.0)
    Held(count=4, marked=2, area=1.0, right=0.6666666666666666, found=1.0)
    """
    yes = [one for one, so in zip(odds, is_one, strict=True) if so]
    no = [one for one, so in zip(odds, is_one, strict=True) if not so]
    above = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    taken = sum(one >= least for one in odds)
    hits = sum(one >= least for one in yes)
    area = above / max(1, len(yes) * len(no))
    return Held(len(odds), len(yes), area, hits / max(1, taken), hits / max(1, len(yes)))


def tagger_worth(
    documents: Sequence[Marked], read: Iterable[Sequence[Piece]], tagger: Mapping[str, Any]
) -> Held:
    """What a tagger is worth: how many names it gives are marked, and how many marked it gives."""
    given, marked, both = 0, 0, 0
    for document, pieces in zip(documents, read, strict=True):
        for places, ours in zip(document.places, named(document, pieces, tagger), strict=True):
            given += len(ours)
            marked += len(places)
            both += len(ours & set(places))
    return Held(given, marked, math.nan, both / max(1, given), both / max(1, marked))


def wrong(document: Marked, odds: Sequence[float], tag: str, least: float) -> Iterator[str]:
    """A line for each sentence on which a probe is wrong."""
    for one, marked, sentence in zip(odds, document.tags, document.sentences, strict=True):
        if (one >= least) != (marked == tag):
            yield f"{document.name}\t{one:.1f}\t{marked}\t{sentence[:SHOWN]}"


def written(fitted: Fitted, about: str, least: float) -> str:
    """A list's probe as its file."""
    return _file(about, {"least": least} | fitted.told())


def written_tagger(parts: Sequence[Fitted], kinds: Sequence[Fitted], about: str) -> str:
    """A tagger as its file."""
    told: dict[str, Any] = {"offer": OFFER, "least": LEAST}
    told |= {name: one.told() for name, one in zip(PARTS, parts, strict=True)}
    told["kinds"] = {name: one.told() for name, one in zip(KINDS, kinds, strict=True)}
    return _file(about, told)


def _file(about: str, told: dict[str, Any]) -> str:
    model = Local(None, Settings()).id
    return json.dumps({"about": about, "model": model} | told, ensure_ascii=False) + "\n"


def _places(text: str, names: Sequence[Marking]) -> Iterator[tuple[range, Marking]]:
    """Where names stand in a text, the longest first, none on another."""
    taken: set[int] = set()
    for one in names:
        at = text.find(one.text)
        while at >= 0:
            place = range(at, at + len(one.text))
            if taken.isdisjoint(place):
                taken.update(place)
                yield place, one
            at = text.find(one.text, at + 1)


def _start(one: tuple[range, Marking]) -> int:
    return one[0].start
