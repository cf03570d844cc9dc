"""The baseline: what was measured last time that somebody agreed to it, document by document.

It changes only by `python -m evals baseline update`, a line a metric, so that a diff reads well:
`"labels.half": {"value": 0.81, "000_…": [33, 41], …}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import InputError

from .report import Report, Run

BASELINE = Path(__file__).parent / "baseline.json"
UNSTABLE = ("cost.seconds",)
"""Metrics that differ from machine to machine: no baseline holds them."""
Documents = dict[str, dict[str, tuple[float, float]]]
"""Metric → case → (hit, of)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What evals/baseline.json holds: measurement → metric → its line."""

    lines: dict[str, dict[str, dict[str, Any]]]

    def documents(self, report: Report) -> Documents:
        """The parts of each metric in the measurement that a report is to be held against."""
        metrics = self.lines.get(_name(report), {})
        return {
            metric: {case: (part[0], part[1]) for case, part in line.items() if case != "value"}
            for metric, line in metrics.items()
        }

    def updated(self, report: Report) -> Baseline:
        """The baseline with this report's first run in place of the same measurement."""
        run = report.runs[0]
        metrics = {
            metric.name: {"value": round(metric.score.value or 0.0, 4)}
            | {r.case: [s.hit, s.of] for r in run.results if (s := r.score(metric.name)) and s.of}
            for metric in run.metrics()
            if metric.name not in UNSTABLE
        }
        return Baseline(self.lines | {_name(report): metrics})

    def dump(self) -> str:
        """The file: one line a metric, all keys sorted.

        >>> print(Baseline({"grammar seeds": {"figures.f1": {"value": 1.0, "a": [2, 2]}}}).dump())
        {
         "grammar seeds": {
          "figures.f1": {"a": [2, 2], "value": 1.0}
         }
        }
        <BLANKLINE>
        """
        blocks = []
        for name in sorted(self.lines):
            lines = [
                f"  {json.dumps(metric)}: "
                + json.dumps(self.lines[name][metric], ensure_ascii=False, sort_keys=True)
                for metric in sorted(self.lines[name])
            ]
            blocks.append(f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }")
        return "{\n" + ",\n".join(blocks) + "\n}\n"


def load_baseline(path: Path = BASELINE) -> Baseline:
    """The committed baseline; empty when there is none yet. Raises InputError for a broken one."""
    if not path.is_file():
        return Baseline({})
    try:
        return Baseline(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is no baseline: {error}") from error


def paired(
    known: Documents, run: Run, metric: str
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The parts of a metric before and after, for the documents that have both."""
    before, after = [], []
    for result in run.results:
        score, old = result.score(metric), known.get(metric, {}).get(result.case)
        if score is not None and score.of and old is not None:
            before.append(old)
            after.append((score.hit, score.of))
    return before, after


def _name(report: Report) -> str:
    """One measurement: the suite and the dataset, and how the first run was made."""
    run = report.runs[0]
    made = "" if report.suite == "grammar" else f" {run.name}"
    return f"{report.suite} {report.dataset}{made}"
