"""How a metric is written: the same in the table, the Markdown and the page."""

from __future__ import annotations

from ..intervals import Interval
from ..report import Metric, Result

HARM = ("invented", "broken", "failed", "false", "missed", "wrong")
"""Faults from the worst to the mildest; a difference of opinion is none."""
COUNTS = ("cost.",)


def value(metric: Metric) -> str:
    """`0.8125`, or a mean such as `1204` for what something cost."""
    number = metric.score.value
    if number is None:
        return "–"
    return f"{number:.1f}" if metric.name.startswith(COUNTS) else f"{number:.3f}"


def between(interval: Interval | None, name: str = "") -> str:
    """`0.71–0.90`; `–` where one document gives no interval."""
    if interval is None:
        return "–"
    digits = 1 if name.startswith(COUNTS) else 3
    return f"{interval[0]:.{digits}f}–{interval[1]:.{digits}f}"


def parts(metric: Metric) -> str:
    return f"{metric.score.hit:g}/{metric.score.of:g}"


def faults(result: Result) -> dict[str, int]:
    """How many different faults of each kind a document has, the worst kinds first."""
    seen = {(r.fault, r.what, r.ours, r.gold, r.span) for s in result.scores for r in s.reasons}
    return {kind: n for kind in HARM if (n := sum(fault == kind for fault, *_ in seen))}


def harm(result: Result) -> tuple[int, ...]:
    """A key that sorts the most harmful document first."""
    counted = faults(result)
    return tuple(-counted.get(kind, 0) for kind in HARM)
