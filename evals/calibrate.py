"""How far the confidence of labels can be believed, and the weights that make it so."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.confidence import labelled
from summarizer.render.load import load
from summarizer.zh.labels.confidence import ALWAYS, Labelled, confidence, signs

from .cases import Case
from .lists import lists_of
from .scorers import labels
from .scorers.trial import Trial
from .views import view

STEPS, RATE, MOMENTUM = 800, 0.5, 0.9
TIE = 3.0  # how strongly weights are held to zero, in cases
PARTS = 5  # a fifth of the labels each


@dataclass(frozen=True, slots=True)
class Judged:
    """A label with whether it is alike to gold's."""

    one: Labelled
    right: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Labels of like confidence: how many, how sure on average, how many of them right."""

    count: int
    sure: float
    right: int


@dataclass(frozen=True, slots=True)
class Curve:
    """What the confidence of some labels is worth.

    `parts` from the least sure fifth on; `found` is the share of all wrong labels that the least
    sure fifth has; `error` the expected calibration error.
    """

    parts: tuple[Part, ...]
    found: float
    error: float


def judged(case: Case, given: Mapping[str, Any], schema: str) -> Iterator[Judged]:
    """The labels of a summary that gold knows."""
    trial = Trial.of(case, view(dict(given)), lists_of(schema))
    wrong = {reason.ref for score in labels.alike(trial) for reason in score.reasons}
    known = {pair.figure.id for _, pair in labels.scored(trial)}
    made = load(json.dumps(given))[0]
    for id_, one in labelled(made, load_schema(schema), parse(read(str(case.path)))):
        if id_ in known:
            yield Judged(one, id_ not in wrong)


def curve(every: Sequence[Judged], weights: Mapping[str, float] | None = None) -> Curve:
    """What the confidence is worth on some labels, by the given weights or those that ship."""
    told = [(confidence(each.one, weights), each.right) for each in every]
    told.sort(key=lambda pair: pair[0])
    cuts = [len(told) * n // PARTS for n in range(PARTS + 1)]
    parts = tuple(
        Part(len(some), sum(sure for sure, _ in some) / len(some), sum(right for _, right in some))
        for some in (told[a:b] for a, b in pairwise(cuts))
        if some
    )
    wrong = sum(part.count - part.right for part in parts)
    first = parts[0].count - parts[0].right if parts else 0
    off = sum(abs(part.sure * part.count - part.right) for part in parts)
    return Curve(parts, first / wrong if wrong else 1.0, off / len(told) if told else 0.0)


def fitted(every: Sequence[Judged]) -> dict[str, float]:
    """The weights of a logistic regression, held to zero but for the intercept."""
    rows = [(signs(each.one), float(each.right)) for each in every]
    weights = {name: 0.0 for found, _ in rows for name in found}
    speed = dict.fromkeys(weights, 0.0)
    for _ in range(STEPS):
        slope = {name: (name != ALWAYS) * TIE * weight for name, weight in weights.items()}
        for found, right in rows:
            total = sum(weights[name] * much for name, much in found.items())
            off = 1 / (1 + math.exp(-total)) - right
            for name, much in found.items():
                slope[name] += off * much
        for name in weights:
            speed[name] = MOMENTUM * speed[name] - RATE * slope[name] / len(rows)
            weights[name] += speed[name]
    return weights
