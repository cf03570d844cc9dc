"""Gates: what a report must reach before a change lands. What is printed is what the code says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from summarizer.errors import ConfigError

from .baseline import Baseline, paired
from .cases import is_genre
from .intervals import difference
from .report import Report, Run

GATES = Path(__file__).parent / "gates.toml"
Verdict = Literal["passed", "fell short", "not measured"]
EXIT: dict[Verdict, int] = {"passed": 0, "fell short": 1, "not measured": 3}
KINDS = ("floors", "ceilings", "drops", "must_not")
DATASETS = ("seeds", "own", "all")


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate and how it came out."""

    name: str
    wanted: str
    got: str
    verdict: Verdict


def judge(report: Report, rules: dict[str, Any], baseline: Baseline | None) -> list[Gate]:
    """Every gate of the report's suite, for its first run, in the order of the file."""
    if not report.runs:
        return [Gate("report", "a run", "none", "not measured")]
    run = report.runs[0]
    suite = rules.get(report.suite, {})
    genre = is_genre(report.dataset)
    dataset = report.dataset if genre or report.dataset in DATASETS else "yours"
    shared = "genres" if genre else "any"
    floors, ceilings, drops, must_not = (
        suite.get(shared, {}).get(kind, {}) | suite.get(dataset, {}).get(kind, {}) for kind in KINDS
    )
    return [
        *(_bound(run, metric, float(least), "at least") for metric, least in floors.items()),
        *(_bound(run, metric, float(most), "at most") for metric, most in ceilings.items()),
        *_drops(report, drops, baseline),
        *(_must_not(run, metric, int(most)) for metric, most in must_not.items()),
        *_failures(run),
    ]


def unmeasured(gates: Iterable[Gate]) -> list[Gate]:
    """The gates of a report that lacks answers: what fell short there proves nothing."""
    return [replace(g, verdict="not measured") if g.verdict != "passed" else g for g in gates]


def exit_code(gates: list[Gate]) -> int:
    """0 all passed, 1 some fell short, 3 some could not be measured (and none fell short).

    >>> exit_code([Gate("a", "", "", "passed"), Gate("b", "", "", "fell short")])
    1
    """
    codes = {EXIT[gate.verdict] for gate in gates}
    return 1 if 1 in codes else max(codes, default=0)


def load_gates(path: Path = GATES) -> dict[str, Any]:
    """The rules by suite. Raises ConfigError for what is no gate."""
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    tables = {suite: table for suite, table in rules.items() if suite != "measured"}
    for suite, datasets in tables.items():
        for dataset, kinds in datasets.items():
            if unknown := set(kinds) - set(KINDS):
                where = f"[{suite}.{dataset}.{unknown.pop()}]"
                raise ConfigError(f"{path}: {where}: a gate is one of {', '.join(KINDS)}")
    return rules


def _bound(run: Run, name: str, bound: float, words: str) -> Gate:
    """A pooled value held against a bound, `words` being "at least" or "at most"."""
    metric = run.metric(name)
    wanted = f"{words} {bound:g}"
    if metric is None or metric.score.value is None:
        return Gate(name, wanted, "not measured", "not measured")
    # a share just beyond the bound must not pass by rounding, nor fall by the last bit
    over = metric.score.hit - bound * metric.score.of
    passed = -over < 1e-9 if words == "at least" else over < 1e-9
    got = f"{metric.score.value:.4f} ({metric.score.hit:g}/{metric.score.of:g}, n={metric.n})"
    return Gate(name, wanted, got, "passed" if passed else "fell short")


def _must_not(run: Run, name: str, most: int) -> Gate:
    scores = [s for r in run.results if not r.error and (s := r.score(name))]
    wanted = f"at most {most} against it"
    if not scores:
        return Gate(name, wanted, "not measured", "not measured")
    faults = [f"{r.ours} ({r.gold})" for s in scores for r in s.reasons]
    got = f"{len(faults)} in {sum(s.of for s in scores):g}"
    if len(faults) > most:
        return Gate(name, wanted, f"{got}: {'; '.join(faults[:3])}", "fell short")
    return Gate(name, wanted, got, "passed")


def _failures(run: Run) -> Iterator[Gate]:
    for result in run.failures:
        verdict: Verdict = "not measured" if result.is_unmeasured else "fell short"
        yield Gate(f"document {result.case}", "a summary", result.error, verdict)


def _drops(report: Report, rules: dict[str, Any], baseline: Baseline | None) -> Iterator[Gate]:
    known = baseline.documents(report) if baseline else {}
    for name, limits in rules.items():
        tolerance, hard = float(limits["tolerance"]), float(limits["hard"])
        wanted = f"falls by at most {tolerance:g} (hard {hard:g})"
        before, after = paired(known, report.runs[0], name)
        if not before:
            why = "no baseline: `python -m evals baseline update`"
            yield Gate(f"{name} drop", wanted, why, "not measured")
            continue
        fall = _ratio(before) - _ratio(after)
        between = difference(before, after)
        # the interval's better end: even there more than the tolerance is lost
        sure = between is not None and -between[1] > tolerance + 1e-9
        fell = fall > hard + 1e-9 or (fall > tolerance + 1e-9 and sure)
        got = f"{0.0 - fall:+.4f} (n={len(before)})"
        yield Gate(f"{name} drop", wanted, got, "fell short" if fell else "passed")


def _ratio(parts: list[tuple[float, float]]) -> float:
    total = sum(of for _, of in parts)
    return sum(hit for hit, _ in parts) / total if total else 0.0
