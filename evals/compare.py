"""Two reports side by side, paired by document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .baseline import paired
from .intervals import Interval, difference
from .report import Report, Run

LOWER_IS_BETTER = ("cost.",)


@dataclass(frozen=True, slots=True)
class Change:
    """A metric before and after over the `n` documents that both have; `verdict` in a word."""

    metric: str
    before: float
    after: float
    interval: Interval | None
    n: int

    @property
    def verdict(self) -> str:
        """Better or worse when the interval of the difference leaves out zero, else same."""
        if self.interval is None or self.interval[0] <= 0 <= self.interval[1]:
            return "same"
        is_up = self.interval[0] > 0
        return "better" if is_up != self.metric.startswith(LOWER_IS_BETTER) else "worse"


def compare(before: Report, after: Report) -> Iterator[tuple[str, list[Change]]]:
    """For each pair of runs (by name, else the first of each) the changes of every metric."""
    names = {run.name: run for run in before.runs}
    for run in after.runs:
        old = names.get(run.name, before.runs[0])
        title = run.name if old.name == run.name else f"{old.name} → {run.name}"
        yield title, list(_changes(old, run))


def _changes(before: Run, after: Run) -> Iterator[Change]:
    known = {
        metric.name: {
            r.case: (s.hit, s.of) for r in before.results if (s := r.score(metric.name)) and s.of
        }
        for metric in before.metrics()
    }
    for metric in after.metrics():
        a, b = paired(known, after, metric.name)
        if a:
            yield Change(metric.name, _ratio(a), _ratio(b), difference(a, b), len(a))


def _ratio(parts: list[tuple[float, float]]) -> float:
    return sum(hit for hit, _ in parts) / sum(of for _, of in parts)
