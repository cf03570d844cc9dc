"""`run`, `gate`, `record`, `baseline update`: what measures."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from summarizer.errors import ConfigError

from ..answers import CASSETTES, Variant, prune
from ..baseline import BASELINE, load_baseline
from ..cases import load_cases, schema_of
from ..gates import GATES, Gate, exit_code, load_gates, unmeasured
from ..gates import judge as judge_gates
from ..opinions import Opinion, load_opinion
from ..reader import MODEL as READER
from ..report import Report, load
from ..reports import write
from ..reports.markdown import markdown
from ..reports.table import show_gates, show_report
from ..suites import ceiling, grammar, summarized

NOT_MEASURED = 3
Suite = Literal["grammar", "ceiling", "replay", "reader", "live"]
SuiteOption = Annotated[
    Suite,
    typer.Option(
        help="grammar: no model; ceiling: gold as the answers; "
        "replay: stored answers; reader: those that a reader wrote; "
        "live: ask the model."
    ),
]
Dataset = Annotated[
    str,
    typer.Option(help="seeds, own, all, a genre, or the path of your own file or folder of texts."),
]
Models = Annotated[list[str], typer.Option("--model", "-m", help="Several make a matrix.")]
Strategies = Annotated[list[str], typer.Option("--strategy", help="Several make a matrix.")]
Prompts = Annotated[list[str], typer.Option("--prompt", help="A template's id; several: a matrix.")]
Given = Annotated[list[str], typer.Option("--set", help="A setting, as NAME=VALUE.")]
SchemaName = Annotated[
    str, typer.Option("--schema", help="What is asked for, as `--set schema=` says.")
]
Out = Annotated[
    Path | None, typer.Option("--output", "-o", help="A folder for report.json, .md, .html, junit.")
]
Cassettes = Annotated[
    Path, typer.Option(help="The folder of stored answers.", show_default="evals/cassettes")
]
GatesFile = Annotated[
    Path, typer.Option("--gates", help="The gates.", show_default="evals/gates.toml")
]
BaselineFile = Annotated[
    Path, typer.Option("--baseline", help="The baseline.", show_default="evals/baseline.json")
]
Opinions = Annotated[
    list[Path], typer.Option("--opinion", help="What another tool found, as JSON lines.")
]
Past = Annotated[list[Path], typer.Option(help="Earlier reports, oldest first, for the charts.")]

baseline = typer.Typer(no_args_is_help=True, help="What later measurements are held against.")


def run(  # noqa: PLR0913 — a parameter is an option
    *,
    suite: SuiteOption = "grammar",
    dataset: Dataset = "seeds",
    model: Models = ["local"],  # noqa: B006 — typer reads it, nobody changes it
    strategy: Strategies = ["anchored"],  # noqa: B006 — same
    prompt: Prompts = [""],  # noqa: B006 — same
    given: Given = [],  # noqa: B006 — same
    schema: SchemaName = "",
    out: Out = None,
    opinion: Opinions = [],  # noqa: B006 — same
    past: Past = [],  # noqa: B006 — same
    cassettes: Cassettes = CASSETTES,
    gate: Annotated[bool, typer.Option("--gate", help="Judge by the gates as well.")] = False,
    gates: GatesFile = GATES,
) -> None:
    """Measure one suite on one dataset; several models, strategies or prompts make a matrix."""
    mode: Literal["replay", "live"] = "live" if suite == "live" else "replay"
    settings = pairs(given) | _asked(schema or schema_of(dataset))
    models = [READER] if suite == "reader" else model
    cells = [
        Variant(m, s, p, mode, cassettes, settings) for m, s, p in product(models, strategy, prompt)
    ]
    opinions = [load_opinion(path) for path in opinion]
    report, obstacles = _measure(suite, dataset, cells, opinions)
    judged = judge_gates(report, load_gates(gates), load_baseline()) if gate else []
    judged = unmeasured(judged) if obstacles else judged
    _publish(report, judged, out, [load(path) for path in past])
    _finish(judged, obstacles)


def gate(
    report: Annotated[
        Path | None, typer.Argument(help="A report; without one, what the gates name is measured.")
    ] = None,
    *,
    out: Out = None,
    gates: GatesFile = GATES,
    baseline: BaselineFile = BASELINE,
    cassettes: Cassettes = CASSETTES,
) -> None:
    """Judge a report by the gates, or measure what the gates name and judge that."""
    rules, known = load_gates(gates), load_baseline(baseline)
    if report is not None:
        judged = judge_gates(load(report), rules, known)
        show_gates(judged, console())
        _finish(judged, [])
        return
    every: list[Gate] = []
    obstacles: list[str] = []
    for suite, dataset in rules.get("measured", ()):
        measured, missing = _measure(suite, dataset, [_stored(suite, cassettes, dataset)])
        judged = judge_gates(measured, rules, known)
        judged = unmeasured(judged) if missing else judged
        _publish(measured, judged, out / f"{suite}-{dataset}" if out else None, [])
        every, obstacles = every + judged, obstacles + missing
    _finish(every, obstacles)


def record(  # noqa: PLR0913 — a parameter is an option
    *,
    dataset: Dataset = "all",
    model: Annotated[str, typer.Option("--model", "-m", help="Who answers.")] = "local",
    strategy: Annotated[str, typer.Option(help="How figures are asked for.")] = "anchored",
    given: Given = [],  # noqa: B006 — typer reads it, nobody changes it
    schema: SchemaName = "",
    base_url: Annotated[str, typer.Option(help="Where it is, as `--set base_url=` says.")] = "",
    cassettes: Cassettes = CASSETTES,
) -> None:
    """Ask a model for what a replay will need; answers already stored are kept.

    With `--dataset all` the answers that nothing asks for any more are dropped.
    """
    settings = pairs(given) | ({"base_url": base_url} if base_url else {})
    settings |= _asked(schema or schema_of(dataset))
    cell = Variant(model, strategy, "", "record", cassettes, settings)
    measured = summarized(load_cases(dataset), cell, say)
    if dataset == "all" and not measured.run.failures:
        dropped = prune(cell.cassette, measured.used)
        say(f"{cell.cassette}: {len(measured.used)} answers, {dropped} dropped")
    if measured.run.failures:
        raise typer.Exit(NOT_MEASURED)


@baseline.command()
def update(
    *,
    report: Annotated[
        list[Path], typer.Option("--report", help="Take these reports instead of measuring.")
    ] = [],  # noqa: B006 — typer reads it, nobody changes it
    baseline: BaselineFile = BASELINE,
    gates: GatesFile = GATES,
    cassettes: Cassettes = CASSETTES,
) -> None:
    """Write evals/baseline.json anew: the only thing that changes it. Commit it with the reason."""
    reports, obstacles = [load(path) for path in report], list[str]()
    for suite, dataset in () if report else load_gates(gates).get("measured", ()):
        measured, missing = _measure(suite, dataset, [_stored(suite, cassettes, dataset)])
        reports, obstacles = [*reports, measured], obstacles + missing
    if obstacles:
        _finish([], obstacles)
    known = load_baseline(baseline)
    for one in reports:
        known = known.updated(one)
    baseline.write_text(known.dump(), encoding="utf-8", newline="\n")
    say(f"{baseline}: {len(known.lines)} measurements")


def _stored(suite: str, cassettes: Path, dataset: str) -> Variant:
    """Who answered in what the gates measure: the embedded model, or the reader."""
    model, asked = READER if suite == "reader" else "local", _asked(schema_of(dataset))
    return Variant(model, cassettes=cassettes, given=asked)


def _asked(schema: str) -> dict[str, str]:
    return {"schema": schema} if schema else {}


def _measure(
    suite: str, dataset: str, cells: Sequence[Variant], opinions: Sequence[Opinion] = ()
) -> tuple[Report, list[str]]:
    cases = load_cases(dataset)
    say(f"{suite} on {dataset}: {len(cases)} documents")
    if suite == "grammar":
        measured = [grammar(cases, say, opinions)]
    elif suite == "ceiling":
        measured = [ceiling(cases, say)]
    else:
        measured = [summarized(cases, cell, say) for cell in cells]
    runs = tuple(m.run for m in measured)
    return Report(suite, dataset, runs, _made()), [m.obstacle for m in measured if m.obstacle]


def _publish(
    report: Report, judged: Sequence[Gate], out: Path | None, past: Sequence[Report]
) -> None:
    terminal = console()
    show_report(report, terminal)
    if judged:
        show_gates(judged, terminal)
    if out:
        for path in write(report, judged, out, past):
            say(f"wrote {path}")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(markdown(report, judged))


def _finish(judged: list[Gate], obstacles: Sequence[str]) -> None:
    """Say why and exit, unless all is well."""
    for obstacle in obstacles:
        say(f"not measured: {obstacle}")
    code = exit_code(judged)
    if judged:
        short = [g.name for g in judged if g.verdict == "fell short"]
        lacking = sum(g.verdict == "not measured" for g in judged)
        passed = len(judged) - len(short) - lacking
        say(f"gates: {passed} passed, {len(short)} fell short, {lacking} not measured")
    if obstacles and code == 0:
        code = NOT_MEASURED
    if code:
        raise typer.Exit(code)


def pairs(given: Sequence[str]) -> dict[str, str]:
    """Settings given as NAME=VALUE. Raises ConfigError for what is none."""
    said = [text.partition("=") for text in given]
    for name, sign, _ in said:
        if not sign:
            raise ConfigError(f"--set {name}: a setting is given as NAME=VALUE")
    return {name: value for name, _, value in said}


def _made() -> dict[str, str]:
    try:
        tool = version("report-summarizer")
    except PackageNotFoundError:
        tool = "checkout"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return {"summarizer": tool, "python": platform.python_version(), "measured": now}


def console() -> Console:
    """Where tables go: stdout, nothing in the text read as markup."""
    return Console(soft_wrap=False, highlight=False, emoji=False, markup=False)


def say(line: str) -> None:
    """A line of progress on stderr."""
    from summarizer.render.safe import one_line

    typer.echo(one_line(line), err=True)
