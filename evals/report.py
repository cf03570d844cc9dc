"""What a measurement found: runs of documents with their scores, and its JSON form.

`report.json` has a version; readers of another version are told so instead of guessing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.types import Span

from .intervals import Interval, interval
from .scores import Reason, Score, pooled

VERSION = 1
UNREACHED = ("StoredAnswerMissing", "ModelUnavailable", "ModelRefused")
"""Errors that say that there was no model to measure."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a document for the page: right, wrong, missed or false, and why."""

    span: Span
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """One document in one run. `error` is why there was no summary; its scores are zeros then.

    `text` and `marks` serve the page; they are no part of the JSON.
    """

    case: str
    scores: tuple[Score, ...]
    seconds: float = 0.0
    error: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def is_unmeasured(self) -> bool:
        """Whether nobody could answer: that says nothing of how good the answers are."""
        return self.error.startswith(UNREACHED)

    def score(self, metric: str) -> Score | None:
        return next((s for s in self.scores if s.metric == metric), None)


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric over a run's documents: micro average, interval, and how many documents count."""

    name: str
    score: Score
    interval: Interval | None
    n: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a part of the product scores by itself: metric → (hit, of)."""

    name: str
    parts: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """One way of doing it (a model, a strategy, a prompt) over a dataset.

    `columns` tell what its parts contribute; there are none where no model is asked.
    """

    name: str
    results: tuple[Result, ...]
    settings: dict[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()

    def metric(self, name: str) -> Metric | None:
        """The metric over the documents that have it; None when none does."""
        scores = [s for r in self.results if (s := r.score(name)) and s.of]
        total = pooled(scores)
        if total is None:
            return None
        return Metric(name, total, interval([(s.hit, s.of) for s in scores]), len(scores))

    def metrics(self) -> list[Metric]:
        """Every metric of the run, in the order in which they first occur."""
        names = dict.fromkeys(s.metric for r in self.results for s in r.scores)
        return [metric for name in names if (metric := self.metric(name))]

    @property
    def failures(self) -> list[Result]:
        return [r for r in self.results if r.error]


@dataclass(frozen=True, slots=True)
class Report:
    """All runs of one measurement of one suite on one dataset."""

    suite: str
    dataset: str
    runs: tuple[Run, ...]
    made: dict[str, str] = field(default_factory=dict)

    def metric_names(self) -> list[str]:
        """The metrics that any run has, in the order in which they first occur."""
        return list(dict.fromkeys(m.name for run in self.runs for m in run.metrics()))


def to_json(report: Report) -> dict[str, Any]:
    """The report as data for `report.json`."""
    return {
        "version": VERSION,
        "suite": report.suite,
        "dataset": report.dataset,
        "made": report.made,
        "runs": [
            {
                "name": run.name,
                "settings": run.settings,
                "metrics": {m.name: _metric(m) for m in run.metrics()},
                "ablation": {c.name: {m: list(p) for m, p in c.parts.items()} for c in run.columns},
                "documents": [_document(result) for result in run.results],
            }
            for run in report.runs
        ],
    }


def dump(report: Report) -> str:
    """`report.json` as text."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def load(path: Path) -> Report:
    """A report from its file, or from the folder that holds `report.json`.

    Raises InputError when there is none, or one of another version.
    """
    file = path / "report.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise InputError(f"{file} has version {data['version']}; this program reads {VERSION}")
        runs = tuple(
            Run(
                r["name"],
                tuple(_result(d) for d in r["documents"]),
                r["settings"],
                tuple(_column(name, parts) for name, parts in r.get("ablation", {}).items()),
            )
            for r in data["runs"]
        )
        return Report(data["suite"], data["dataset"], runs, data["made"])
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} is no report of this program: {error!r}") from error


def _metric(metric: Metric) -> dict[str, Any]:
    value = metric.score.value
    return {
        "value": None if value is None else round(value, 6),
        "interval": None if metric.interval is None else [round(x, 6) for x in metric.interval],
        "hit": metric.score.hit,
        "of": metric.score.of,
        "n": metric.n,
    }


def _document(result: Result) -> dict[str, Any]:
    return {
        "case": result.case,
        "error": result.error,
        "seconds": round(result.seconds, 3),
        "scores": [asdict(score) for score in result.scores],
    }


def _column(name: str, parts: dict[str, list[float]]) -> Column:
    return Column(name, {metric: (hit, of) for metric, (hit, of) in parts.items()})


def _result(data: dict[str, Any]) -> Result:
    scores = tuple(_score(s) for s in data["scores"])
    return Result(data["case"], scores, data["seconds"], data["error"])


def _score(data: dict[str, Any]) -> Score:
    reasons = tuple(
        Reason(**{**r, "span": None if r["span"] is None else Span(**r["span"])})
        for r in data["reasons"]
    )
    return Score(data["metric"], data["hit"], data["of"], reasons)
