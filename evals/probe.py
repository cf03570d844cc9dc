"""Fits a probe to marked sentences, and holds it against others.

A marked document has a line a sentence: a tag, a tab, the sentence. Behind an empty line come its
names (`evals/marked/README.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.config import Settings
from summarizer.errors import ConfigError, InputError
from summarizer.models.local import Local
from summarizer.models.states import State
from summarizer.zh.script import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

TAGS = ("做", "人", "果", "划", "错", "他")
TIE = 0.1  # how strongly the weights are held to zero; from 0.01 to 1 it makes little difference
STEPS = 30
CLOSE = 1e-5
DIGITS = 4
SHOWN = 80  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Marked:
    """A document's sentences with their tags."""

    name: str
    tags: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A direction and an offset: what a state's log-odds are."""

    weights: tuple[float, ...]
    bias: float

    def odds(self, state: State) -> float:
        """The log-odds of a state."""
        return sum(w * x for w, x in zip(self.weights, state, strict=True)) + self.bias


@dataclass(frozen=True, slots=True)
class Held:
    """What a probe is worth on marked sentences: `right` and `found` from `least` log-odds on."""

    count: int
    marked: int
    area: float
    right: float
    found: float


def read_marked(path: Path) -> Marked:
    """A marked document. Raises InputError for a line that is none."""
    tags, sentences = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            break
        tag, tab, sentence = line.partition("\t")
        if tag not in TAGS or not tab or not sentence.strip():
            raise InputError(f"{path}:{number}: no tag of {' '.join(TAGS)}, a tab and a sentence")
        tags.append(tag)
        sentences.append(sentence)
    return Marked(path.stem, tuple(tags), tuple(sentences))


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


def states(documents: Sequence[Marked], settings: Settings) -> Iterator[list[State]]:
    """What the embedded model holds of each document's sentences."""
    local = Local(None, settings)
    reader = local.reader()
    for one in documents:
        asked = passages(one.sentences, settings.chunk_chars)
        yield [state for passage in asked for state in reader.states([*map(fold, passage)])[0]]


def fit(found: Sequence[State], is_one: Sequence[bool]) -> Fitted:
    """Logistic regression with a tie to zero, by iterated weighted least squares.

    There may be more numbers in a state than sentences, so it is solved in the sentences' span.
    Raises ConfigError without numpy.
    """
    try:
        import numpy as np
    except ImportError as error:
        raise ConfigError("a probe is fitted with numpy: pip install numpy") from error
    x = np.array(found, dtype=float)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    scale = spread * np.sqrt(x.shape[1])
    z = (x - mean) / scale
    weights, bias = _solved(z, np.array(is_one, dtype=float))
    weights = weights / scale
    rounded = tuple(round(float(one), DIGITS) for one in weights)
    return Fitted(rounded, round(float(bias - weights @ mean), DIGITS))


def _solved(z: Matrix, y: Matrix) -> tuple[Matrix, float]:
    import numpy as np

    kernel = z @ z.T
    n = len(y)
    inner, bias = np.zeros(n), 0.0
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-(kernel @ inner + bias)))
        weight = np.maximum(sure * (1 - sure), 1e-4)
        target = kernel @ inner + bias + (y - sure) / weight
        system = np.ones((n + 1, n + 1))
        system[:n, :n] = kernel + TIE * np.diag(1 / weight)
        system[n, n] = 0
        solved = np.linalg.solve(system, np.append(target, 0))
        moved = float(np.abs(solved[:n] - inner).max())
        inner, bias = solved[:n], float(solved[n])
        if moved < CLOSE:
            break
    return z.T @ inner, bias


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


def wrong(document: Marked, odds: Sequence[float], tag: str, least: float) -> Iterator[str]:
    """A line for each sentence on which a probe is wrong."""
    for one, marked, sentence in zip(odds, document.tags, document.sentences, strict=True):
        if (one >= least) != (marked == tag):
            yield f"{document.name}\t{one:.1f}\t{marked}\t{sentence[:SHOWN]}"


def written(fitted: Fitted, about: str, least: float) -> str:
    """A probe's file."""
    told = {
        "about": about,
        "model": Local(None, Settings()).id,
        "least": least,
        "bias": fitted.bias,
        "weights": list(fitted.weights),
    }
    return json.dumps(told, ensure_ascii=False) + "\n"
