"""Fits the net that tells which words name a number to marked labels (`evals/marked/numbers/`).

A line a number: where it stands in the document's sentences, one a line, its text, its label as an
editor would write it (`-` for none), and whose it is.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from summarizer.config import Settings
from summarizer.documents.parsed import ParsedDocument, parse
from summarizer.engine.number_labels import asked_numbers
from summarizer.errors import InputError
from summarizer.models.local import Local
from summarizer.models.near_numbers import Near
from summarizer.models.number_names import Net, Weigher, stretches
from summarizer.models.readouts import Piece
from summarizer.types import Document
from summarizer.zh.labels.places import places_of
from summarizer.zh.script import fold

from .logistic import Matrix, numpy
from .probe import Marked, passages

WIDTH, COMMON, HIDDEN = 64, 32, 64  # axes of states, of what two have in common, and of the net
ROUNDS, BATCH, RATE, DECAY, DROPPED = 6, 512, 1e-3, 0.02, 0.2
SAMPLE = 40_000  # tokens that the axes are told from
NONE = "-"


class Label(NamedTuple):
    """A number's label: where the number stands, its text, the label, and whose it is."""

    start: int
    text: str
    label: str
    subject: str


@dataclass(frozen=True)
class Example:
    """A number with the words near it, and which of them are of its label."""

    near: Near
    own: int
    is_named: tuple[bool, ...]


def read_labels(path: Path) -> list[Label]:
    """The labels of a document. Raises InputError for a line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        start, *told = line.split("\t")
        if not start.isdecimal() or len(told) != len(Label._fields) - 1 or not told[1]:
            raise InputError(
                f"{path}:{number}: no place, text, label and subject with tabs between"
            )
        found.append(Label(int(start), *told))
    return found


def as_document(name: str, sentences: Sequence[str]) -> ParsedDocument:
    """A marked document's sentences as a run reads them."""
    return parse(Document("0" * 16, name, "\n".join(sentences)))


def examples(
    document: ParsedDocument, labels: Iterable[Label], pieces: Sequence[Piece]
) -> Iterator[Example]:
    """What there is to learn from a document whose sentences were read, a piece each."""
    known = {(one.start, one.text): fold(one.label) for one in labels if one.label != NONE}
    source = document.text.document.text
    for n, several in enumerate(asked_numbers(document.sentences, every=True)):
        sentence = document.sentences[n]
        for mention, asked in zip(sentence.mentions, several, strict=True):
            label = known.get((mention.span.start, source[mention.span.slice]))
            if label is None:
                continue
            near = Near(
                tuple(pieces[max(0, n - 1) : n + 1]),
                range(*asked["at"]),
                [range(*at) for at in asked["closed"]],
                [range(*at) for at in asked["drafted"]],
            )
            yield Example(near, n, tuple(_is_named(near, label)))


def _is_named(near: Near, label: str) -> Iterator[bool]:
    closed = {place for at in near.closed for place in at}
    said = places_of(label, fold(near.text), near.number.start, closed)
    named = {place for at in said for place in at}
    return (2 * sum(at in named for at in word.at) >= len(word.at) for word in near.words)


class Fitting:
    """The net while it is fitted: its weights, and Adam's memory of them."""

    def __init__(self, seed: int, width: int, seen: int) -> None:
        np = self.np = numpy()
        self.chance = np.random.default_rng(seed)

        def drawn(rows: int, columns: int) -> Matrix:
            made = self.chance.standard_normal((rows, columns)) / np.sqrt(rows)
            return made.astype(np.float32)  # type: ignore[no-any-return]

        joined = 4 * width + COMMON + seen
        self.weights = {
            "met": drawn(width, COMMON),
            "meeting": drawn(width, COMMON),
            "parts": drawn(joined, HIDDEN),
            "bias": np.zeros(HIDDEN, np.float32),
            "out": drawn(HIDDEN, 1),
            "offset": np.zeros(1, np.float32),
        }
        self.first = {name: np.zeros_like(one) for name, one in self.weights.items()}
        self.second = {name: np.zeros_like(one) for name, one in self.weights.items()}
        self.steps = 0

    def forward(self, inputs: Sequence[Matrix]) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """What stands at each layer."""
        token, following, number, end, seen = inputs
        w = self.weights
        met, meeting = token @ w["met"], number @ w["meeting"]
        joined = self.np.hstack([token, following, number, end, met * meeting, seen])
        hidden = self.np.maximum(joined @ w["parts"] + w["bias"], 0)
        return met, meeting, joined, hidden

    def step(self, batch: Sequence[Matrix], is_named: Matrix, rate: float) -> None:
        """One step down the loss of a batch."""
        np, w = self.np, self.weights
        met, meeting, joined, hidden = self.forward(batch)
        kept = (self.chance.random(hidden.shape) > DROPPED) / (1 - DROPPED)
        odds = (hidden * kept) @ w["out"] + w["offset"]
        off = ((1 / (1 + np.exp(-odds[:, 0])) - is_named) / len(is_named))[:, None]
        off = off.astype(np.float32)
        back = (off @ w["out"].T) * kept * (hidden > 0)
        width = batch[0].shape[1]
        common = (back @ w["parts"].T)[:, 4 * width : 4 * width + COMMON]
        slopes = {
            "out": (hidden * kept).T @ off,
            "offset": off.sum(0),
            "parts": joined.T @ back,
            "bias": back.sum(0),
            "met": batch[0].T @ (common * meeting),
            "meeting": batch[2].T @ (common * met),
        }
        self.steps += 1
        for name, slope in slopes.items():
            self.first[name] = 0.9 * self.first[name] + 0.1 * slope
            self.second[name] = 0.999 * self.second[name] + 0.001 * slope * slope
            size = np.sqrt(self.second[name] / (1 - 0.999**self.steps)) + 1e-8
            tie = DECAY * w[name] if w[name].ndim > 1 else 0
            w[name] -= rate * (self.first[name] / (1 - 0.9**self.steps) / size + tie)


Learned = Sequence[tuple[Sequence[Piece], Sequence[Example]]]
"""Documents as they were read, with their examples."""


def fit(found: Learned, seed: int = 0) -> dict[str, str]:
    """A net fitted to the examples of documents as they were read, as its file holds it.

    Raises ConfigError without numpy.
    """
    np = numpy()
    chance = np.random.default_rng(seed)
    middle, axes = _axes(np, chance, [pieces for pieces, _ in found])
    parts: list[list[Matrix]] = []
    named: list[Matrix] = []
    for pieces, several in found:
        along = [(np.array(one.states, np.float32) - middle) @ axes for one in pieces]
        for one in several:
            if one.near.words:
                parts.append(_inputs(np, one, along))
                named.append(np.array(one.is_named, np.float32))
    inputs = [np.vstack([one[k] for one in parts]) for k in range(5)]
    is_named = np.concatenate(named)
    net = Fitting(seed, WIDTH, inputs[-1].shape[1])
    for step in range(ROUNDS):
        order = net.chance.permutation(len(is_named))
        for start in range(0, len(order), BATCH):
            own = order[start : start + BATCH]
            net.step([one[own] for one in inputs], is_named[own], RATE * (1 - step / ROUNDS))
    told = {"middle": middle, "axes": axes.T} | net.weights
    told |= {name: net.weights[name].T for name in ("met", "meeting", "parts")}
    told["out"] = np.concatenate([told.pop("offset"), told["out"][:, 0]])
    return {name: b64encode(one.astype("<f2").tobytes()).decode() for name, one in told.items()}


def _inputs(np: Any, one: Example, along: Sequence[Matrix]) -> list[Matrix]:
    near, first = one.near, one.own + 1 - len(one.near.pieces)
    words = near.words
    count = len(words)
    own = along[one.own]
    return [
        np.stack([along[first + word.of[0]][word.of[1]] for word in words]),
        np.stack([along[first + word.of[0]][word.of[1] + 1] for word in words]),
        np.repeat(own[near.last][None], count, 0),
        np.repeat(own[near.closing][None], count, 0),
        np.array([word.seen for word in words], np.float32),
    ]


def _axes(np: Any, chance: Any, read: Sequence[Sequence[Piece]]) -> tuple[Matrix, Matrix]:
    """The mean of states, and the directions along which they differ most, of one spread each."""
    states = np.vstack([np.array(one.states, np.float32) for pieces in read for one in pieces])
    if len(states) > SAMPLE:
        states = states[chance.choice(len(states), SAMPLE, replace=False)]
    middle = states.mean(0)
    off = states - middle
    spread, along = np.linalg.eigh(off.T @ off / len(off))
    best = slice(None, -WIDTH - 1, -1)
    return middle, (along[:, best] / np.sqrt(spread[best])).astype(np.float32)


def written(documents: Learned, net: dict[str, str]) -> str:
    """The net as its file."""
    told = {"about": about(documents), "model": Local(None, Settings()).id, "net": net}
    return json.dumps(told, ensure_ascii=False) + "\n"


def learned(
    marked: Iterable[tuple[Marked, Path]], settings: Settings
) -> Iterator[tuple[list[Piece], list[Example]]]:
    """Marked documents with the files of their labels, as the embedded model reads them."""
    reader = Local(None, settings).reader()
    for one, labels in marked:
        document = as_document(one.name, one.sentences)
        asked = passages([sentence.text for sentence in document.sentences], settings.chunk_chars)
        pieces = [piece for passage in asked for piece in reader.states([*map(fold, passage)])]
        yield pieces, [*examples(document, read_labels(labels), pieces)]


def worth(documents: Learned, net: dict[str, str]) -> tuple[int, float, float]:
    """How many labels there are, and how like them are the words that a net takes, and drafts.

    The mean F1 of their characters.
    """
    ours, drafts = [], []
    for pieces, several in documents:
        weigher = Weigher(Net.read(net), pieces)
        for one in several:
            words, near = one.near.words, one.near
            likely = [1 / (1 + exp(-odds)) for odds in weigher.odds(near, one.own)]
            chosen = {n for at in stretches(words, likely)[0] for n in at}
            said = zip(words, one.is_named, strict=True)
            named = {n for word, is_named in said if is_named for n in word.at}
            ours.append(_overlap(chosen, named))
            drafts.append(_overlap({n for at in near.drafted for n in at}, named))
    return len(ours), fmean(ours or [0]), fmean(drafts or [0])


def _overlap(one: set[int], other: set[int]) -> float:
    """The F1 of two sets, 0 of empty ones."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def about(documents: Learned) -> str:
    """What a net was fitted to."""
    labels = [one for _, several in documents for one in several]
    words = sum(len(one.is_named) for one in labels)
    return (
        f"numbers: {len(labels)} labels and {words} words near them of {len(documents)} documents"
    )
