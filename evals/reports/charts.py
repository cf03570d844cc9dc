"""Charts of the page as inline SVG: bars with intervals over runs, lines over past reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..report import Report

SHOWN = (
    "figures.f1",
    "labels.alike",
    "labels.half",
    "measures.recall",
    "measures.precision",
    "titles.alike",
    "exemplars.f1",
    "deeds.alike",
    "grounding.numbers",
    "truth.agreement",
)
WIDTH = 320


@dataclass(frozen=True, slots=True)
class Bar:
    """One run's value of a metric, in pixels of WIDTH; `low` and `high` are the interval."""

    label: str
    shown: str
    length: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One metric over reports, oldest first: points in a box of WIDTH by 60."""

    metric: str
    points: tuple[tuple[float, float, str], ...]

    @property
    def path(self) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in self.points)


def bars(report: Report) -> dict[str, list[Bar]]:
    """The shown metrics that the report has, a bar a run."""
    return {name: found for name in SHOWN if (found := _bars(report, name))}


def _bars(report: Report, name: str) -> list[Bar]:
    found = []
    for run in report.runs:
        metric = run.metric(name)
        if metric and metric.score.value is not None:
            low, high = metric.interval or (None, None)
            value = metric.score.value
            shown = f"{value:.3f} (n={metric.n})"
            found.append(Bar(run.name, shown, value * WIDTH, _px(low), _px(high)))
    return found


def lines(reports: Sequence[Report]) -> list[Line]:
    """The shown metrics over past reports and this one; nothing when there is no past."""
    if len(reports) < 2:
        return []
    step = (WIDTH - 20) / (len(reports) - 1)
    found = []
    for name in SHOWN:
        points = []
        for i, report in enumerate(reports):
            metric = report.runs[0].metric(name) if report.runs else None
            if metric and metric.score.value is not None:
                value = metric.score.value
                points.append((10 + i * step, 50 - 40 * value, f"{value:.3f}"))
        if len(points) > 1:
            found.append(Line(name, tuple(points)))
    return found


def _px(value: float | None) -> float | None:
    return None if value is None else value * WIDTH
