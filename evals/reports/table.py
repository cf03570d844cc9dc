"""The table on the terminal. Words of documents are made visible before they get there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from summarizer.render.safe import one_line

from ..compare import Change
from ..gates import Gate
from ..report import Report, Run
from .figures import between, faults, harm, parts, value

STYLES = {"passed": "green", "fell short": "bold red", "not measured": "yellow"}
LONGEST = 120
"""Characters of what a gate got; the reports have it all."""
VERDICTS = {"better": "green", "worse": "bold red", "same": "dim"}


def show_report(report: Report, console: Console) -> None:
    """The metrics of every run, then the documents of the first, the most harmful first."""
    several = len(report.runs) > 1
    table = _table(f"{report.suite} · {report.dataset}", "metric")
    for run in report.runs:
        table.add_column(Text(one_line(run.name)), justify="right")
        if not several:
            for heading in ("95 %", "cases", "n"):
                table.add_column(heading, justify="right")
    for name in report.metric_names():
        row = [name]
        for run in report.runs:
            row += _cells(run, name, brief=several)
        table.add_row(*row)
    console.print(table)
    for run in report.runs[:1]:
        _documents(run, console)


def show_gates(gates: Sequence[Gate], console: Console) -> None:
    """Each gate with what it wanted and got."""
    table = _table("gates", "gate", "wanted", "got", "")
    for gate in gates:
        verdict = Text(gate.verdict, style=STYLES[gate.verdict])
        got = Text(one_line(gate.got)[:LONGEST])
        table.add_row(one_line(gate.name), gate.wanted, got, verdict)
    console.print(table)


def show_changes(title: str, changes: Iterable[Change], console: Console) -> None:
    """Before, after and the paired interval of the difference."""
    table = _table(one_line(title), "metric", "before", "after", "change", "95 %", "n", "")
    for c in changes:
        numbers = (f"{c.before:.3f}", f"{c.after:.3f}", f"{c.after - c.before:+.3f}")
        verdict = Text(c.verdict, style=VERDICTS[c.verdict])
        table.add_row(c.metric, *numbers, between(c.interval), str(c.n), verdict)
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left", no_wrap=index == 0)
    return table


def _cells(run: Run, name: str, *, brief: bool) -> list[str]:
    metric = run.metric(name)
    if metric is None:
        return ["–"] if brief else ["–", "", "", ""]
    if brief:
        return [value(metric)]
    return [value(metric), between(metric.interval, name), parts(metric), str(metric.n)]


def _documents(run: Run, console: Console) -> None:
    table = _table("documents", "document", "faults", "seconds")
    for result in sorted(run.results, key=harm):
        said = result.error or ", ".join(f"{n} {k}" for k, n in faults(result).items()) or "none"
        table.add_row(one_line(result.case), Text(one_line(said)), f"{result.seconds:.1f}")
    console.print(table)
