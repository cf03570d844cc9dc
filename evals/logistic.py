"""Logistic regression over hidden states, with a tie of the weights to zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.errors import ConfigError
from summarizer.models.readouts import State, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]
else:
    Matrix = Any

TIE = 0.1  # how strongly the weights are held to zero; from 0.01 to 1 it makes little difference
STEPS = 150
KEPT = 8  # steps that a quasi-Newton step is made of
CLOSE = 1e-6  # of the loss, below which a step is the last
LEAST_STEP = 1e-4
DIGITS = 3  # of a weight


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


def fit(states: Matrix | Sequence[State], told: Sequence[Sequence[bool]]) -> list[Fitted]:
    """Logistic regressions with a tie to zero, one a column of what is so.

    Raises ConfigError without numpy.
    """
    np = numpy()
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


def numpy() -> Any:
    """numpy, which only those who fit a probe need. Raises ConfigError without it."""
    try:
        import numpy as np
    except ImportError as error:
        raise ConfigError("a probe is fitted with numpy: pip install numpy") from error
    return np


def _solved(x: Matrix, y: Matrix) -> Matrix:
    """The weights and below them the offsets, by L-BFGS (Nocedal and Wright, 2006, 7.2)."""
    np = numpy()
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
