"""Scores: a ratio with its parts, and a reason for every case that lowers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from summarizer.types import Span

Fault = Literal["missed", "wrong", "false", "invented", "broken", "failed", "differs"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is not full, for one case. `span` is in the raw text; `ref` the summary's id."""

    fault: Fault
    what: str
    gold: str = ""
    ours: str = ""
    span: Span | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`hit` of `of`: kept apart, so that documents can be pooled and resampled.

    >>> Score("figures.recall", 3, 4).value, Score("figures.recall", 0, 0).value
    (0.75, None)
    """

    metric: str
    hit: float
    of: float
    reasons: tuple[Reason, ...] = ()

    @property
    def value(self) -> float | None:
        return self.hit / self.of if self.of else None


def prf(name: str, right: int, false: Iterable[Reason], missed: Iterable[Reason]) -> list[Score]:
    """Recall, precision and F1 under one name. F1 is 2·right over 2·right + false + missed.

    >>> [(s.metric, s.hit, s.of) for s in prf("x", 3, [Reason("false", "a")], [])]
    [('x.recall', 3, 3), ('x.precision', 3, 4), ('x.f1', 6, 7)]
    """
    wrong, lost = tuple(false), tuple(missed)
    return [
        Score(f"{name}.recall", right, right + len(lost), lost),
        Score(f"{name}.precision", right, right + len(wrong), wrong),
        Score(f"{name}.f1", 2 * right, 2 * right + len(wrong) + len(lost)),
    ]


def rate(metric: str, of: int, reasons: Iterable[Reason]) -> Score:
    """The share of `of` cases without a reason against them."""
    against = tuple(reasons)
    return Score(metric, of - len(against), of, against)


def pooled(scores: Iterable[Score]) -> Score | None:
    """Scores of one metric over documents as one: the micro average. None for none.

    >>> pooled([Score("m", 1, 2), Score("m", 3, 3)])
    Score(metric='m', hit=4, of=5, reasons=())
    """
    every = list(scores)
    if not every:
        return None
    reasons = tuple(reason for score in every for reason in score.reasons)
    return Score(every[0].metric, sum(s.hit for s in every), sum(s.of for s in every), reasons)
