"""A probe: a direction in what a model holds of a sentence that tells whether it is of a kind.

A linear probe (Alain and Bengio, 2016) is a logistic regression over a model's hidden states. It is
fitted to one model's, on marked sentences (`python -m evals probe PATH --fit`), and of no use for
another.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.engine.item_list import ItemList
from summarizer.engine.schema import Schema
from summarizer.errors import ConfigError


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
        return {"weights": list(self.weights), "bias": self.bias}


def probes(schema: Schema, model_id: str) -> dict[str, Probe]:
    """The probes for a model that stand beside a schema, by the names of their lists.

    Raises ConfigError for a file that is none.
    """
    paths = {one.name: path_of(schema, one.name) for one in schema.lists if may_have_one(one)}
    found = {name: load_probe(path) for name, path in paths.items() if path.exists()}
    return {name: probe for name, probe in found.items() if probe.model == model_id}


def may_have_one(listed: ItemList) -> bool:
    """Whether sentences tell of a list's items, and neither names nor numbers do.

    Rows with more words than a name are none any more once they have one.
    """
    is_bare_row = listed.name_of_row and not listed.words_of_row
    return not (listed.names or listed.name_of_quantity or is_bare_row)


def path_of(schema: Schema, listed: str) -> Path:
    """Where the probe of a schema's list stands, if there is one."""
    return schema.path.parent / f"{listed}.{schema.name}.probe.json"


def load_probe(path: Path) -> Probe:
    """A probe from its file. Raises ConfigError."""
    try:
        raw = path.read_bytes()
        told = json.loads(raw)
        weights = tuple(finite(one) for one in told["weights"])
        return Probe(
            id=path.name.removesuffix(".json"),
            model=str(told["model"]),
            weights=weights,
            bias=finite(told["bias"]),
            least=finite(told["least"]),
            hash=hashlib.sha256(raw).hexdigest()[:16],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} is no probe: {type(error).__name__}: {error}") from error


def finite(told: Any) -> float:
    """A number that is one. Raises ValueError or TypeError."""
    if not math.isfinite(number := float(told)):
        raise ValueError(f"{told} is no number of a probe")
    return number
