"""A probe: a direction in what a model holds of a text that tells whether it is of a kind.

A linear probe (Alain and Bengio, 2016) is a logistic regression over a model's hidden states. It is
fitted to one model's, on marked sentences (`python -m evals probe PATH --fit`), and of no use for
another. A list's probe weighs sentences, or names where its items are names; a tagger finds names.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from summarizer.engine.item_list import ItemList
from summarizer.engine.schema import Schema
from summarizer.errors import ConfigError
from summarizer.types import Span

TAGGER = Path(__file__).with_name("names.probe.json")
NAMER = Path(__file__).with_name("numbers.probe.json")
PARTS = ("start", "inside", "end")

Direction = tuple[tuple[float, ...], float]
"""Weights and an offset."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The weights of one list's probe; `model` is the id of the model that they were fitted to.

    From `least` log-odds on a sentence surely tells of an item.
    """

    id: str
    model: str
    weights: tuple[float, ...]
    bias: float
    least: float
    hash: str

    def request(self) -> dict[str, Any]:
        """The probe as a request holds it."""
        return _as_told((self.weights, self.bias))


@dataclass(frozen=True, slots=True)
class Readout:
    """The log-odds of sentences by number, and of names by sentence, of each list.

    A name is in simplified characters.
    """

    sentences: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Mapping[int, float]]] = field(default_factory=dict)


def probes(schema: Schema, model_id: str) -> dict[str, Probe]:
    """The probes for a model that stand beside a schema, by the names of their lists.

    Raises ConfigError for a file that is none.
    """
    paths = {one.name: path_of(schema, one.name) for one in schema.lists if may_have_one(one)}
    found = {name: load_probe(path) for name, path in paths.items() if path.exists()}
    return {name: probe for name, probe in found.items() if probe.model == model_id}


def may_have_one(listed: ItemList) -> bool:
    """Whether names or sentences tell of a list's items, and no numbers do.

    Rows with more words than a name are none any more once they have one.
    """
    is_bare_row = listed.name_of_row and not listed.words_of_row
    return not (listed.name_of_quantity or is_bare_row)


def path_of(schema: Schema, listed: str) -> Path:
    """Where the probe of a schema's list stands, if there is one."""
    return schema.path.parent / f"{listed}.{schema.name}.probe.json"


def load_probe(path: Path) -> Probe:
    """A probe from its file. Raises ConfigError."""
    told, digest = _read(path)
    with _refused(path):
        weights, bias = _direction(told)
        least = finite(told["least"])
        return Probe(_id(path), str(told["model"]), weights, bias, least, digest)


@dataclass(frozen=True, slots=True)
class Tagger:
    """What tells the names of a text to a model's reader, and of which kind they are.

    `parts` weigh a token with the one behind it: whether it begins a name, is inside, or ends one.
    `kinds` weigh a name as a list's probe does. What rules offer has `offer` log-odds more; from
    `least` on a span is a name.
    """

    id: str
    model: str
    parts: Mapping[str, Direction]
    kinds: Mapping[str, Direction]
    offer: float
    least: float
    hash: str

    def request(
        self, lists: Mapping[str, Probe], offered: Sequence[Sequence[Span]]
    ) -> dict[str, Any]:
        """The tagger as a request holds it, with the probes of lists and what rules offer."""
        return {
            **{name: _as_told(one) for name, one in self.parts.items()},
            "kinds": {name: _as_told(one) for name, one in self.kinds.items()},
            "lists": {name: one.request() for name, one in lists.items()},
            "offered": [[[at.start, at.end] for at in several] for several in offered],
            "offer": self.offer,
            "least": self.least,
        }


@dataclass(frozen=True, slots=True)
class Namer:
    """What tells which words of a text name its numbers: a net, as its file holds it."""

    id: str
    model: str
    net: Mapping[str, str]
    hash: str


Fitted = TypeVar("Fitted", Tagger, Namer)


def namer_of(model_id: str) -> Namer | None:
    """What names the numbers for a model, if there is one."""
    return _if_fitted_to(model_id, load_namer(NAMER))


@cache
def load_namer(path: Path) -> Namer:
    """What names numbers, from its file. Raises ConfigError."""
    told, digest = _read(path)
    with _refused(path):
        net = {str(name): str(one) for name, one in told["net"].items()}
        return Namer(_id(path), str(told["model"]), net, digest)


def tagger_of(model_id: str) -> Tagger | None:
    """The tagger for a model, if there is one."""
    return _if_fitted_to(model_id, load_tagger(TAGGER))


@cache
def load_tagger(path: Path) -> Tagger:
    """A tagger from its file. Raises ConfigError."""
    told, digest = _read(path)
    with _refused(path):
        parts = {name: _direction(told[name]) for name in PARTS}
        kinds = {str(name): _direction(one) for name, one in told["kinds"].items()}
        offer, least = finite(told["offer"]), finite(told["least"])
        return Tagger(_id(path), str(told["model"]), parts, kinds, offer, least, digest)


def _if_fitted_to(model_id: str, one: Fitted) -> Fitted | None:
    return one if one.model == model_id else None


def _read(path: Path) -> tuple[dict[str, Any], str]:
    with _refused(path):
        raw = path.read_bytes()
        return dict(json.loads(raw)), hashlib.sha256(raw).hexdigest()[:16]


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Raises ConfigError for a file that cannot be read or is no probe."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path} is no probe: {type(error).__name__}: {error}") from error


def _id(path: Path) -> str:
    return path.name.removesuffix(".json")


def _direction(told: Any) -> Direction:
    return tuple(finite(one) for one in told["weights"]), finite(told["bias"])


def _as_told(direction: Direction) -> dict[str, Any]:
    weights, bias = direction
    return {"weights": list(weights), "bias": bias}


def finite(told: Any) -> float:
    """A number that is one. Raises ValueError or TypeError."""
    if not math.isfinite(number := float(told)):
        raise ValueError(f"{told} is no number of a probe")
    return number
