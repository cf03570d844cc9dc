"""How likely a label says what its number measures, by signs that need no other model.

The signs are plain: how much of the label stands in the number's clause, how long it is, what is
counted, how many numbers the sentence has. `confidence.tsv` has the weight of each, fitted by
logistic regression on labels held against gold (`python -m evals calibrate`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summarizer.types import Span
from summarizer.zh.lexicon import cells

ALWAYS = "always"
"""The sign that every label has: its weight is the intercept."""
_MARKED = re.compile(r"\([^)]*\)$")
_PAUSE = re.compile("[,，。;；:：]")
_JOINS = re.compile("[和、与及]")
LONG, SHORT = 14, 5  # characters of a label


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and where its number stands: a sentence in simplified characters, the place in it.

    `others` are the sentence's quantities in order, this one among them; `doubts` the codes of what
    is doubted of the figure.
    """

    label: str
    sentence: str
    at: Span
    others: tuple[Span, ...]
    kind: str
    doubts: Collection[str] = ()


def signs(one: Labelled) -> dict[str, float]:
    """How far each sign is there, 0 to 1 (the length in tens of characters).

    >>> one = Labelled("投入资金", "全镇投入资金320万元", Span(6, 11), (Span(6, 11),), "money")
    >>> found = signs(one)
    >>> found["in clause"], found["verbatim"], found["short"], found["is money"]
    (1.0, 1.0, 1.0, 1.0)
    """
    core = _MARKED.sub("", one.label)
    clause = _PAUSE.split(one.sentence[: one.at.start])[-1]
    length = max(1, len(core))
    found = {
        ALWAYS: 1.0,
        "in clause": sum(char in clause for char in core) / length,
        "in sentence": sum(char in one.sentence for char in core) / length,
        "verbatim": float(core in one.sentence or core[:-2] in one.sentence),
        "length": min(len(one.label), 30) / 10,
        "long": float(len(one.label) > LONG),
        "short": float(len(one.label) < SHORT),
        "listed": float(bool(_JOINS.search(one.label))),
        "clause": min(len(clause), 30) / 30,
        "first": float(one.at == one.others[0]),
        "numbers": min(len(one.others), 8) / 8,
        "sentence": min(len(one.sentence), 200) / 200,
        f"is {one.kind}": 1.0,
    }
    return found | {f"doubt {code}": 1.0 for code in one.doubts}


def confidence(one: Labelled, weights: Mapping[str, float] | None = None) -> float:
    """Between 0 and 1; signs without a weight say nothing."""
    known = _weights() if weights is None else weights
    total = math.fsum(known.get(sign, 0.0) * much for sign, much in signs(one).items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, weight in cells(Path(__file__).with_suffix(".tsv"))}
