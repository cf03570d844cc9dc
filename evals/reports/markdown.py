"""`report.md`: what a reviewer reads, and the job summary of a CI run."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from summarizer.render.safe import one_line

from ..gates import Gate
from ..report import Report, Run
from ..scores import Reason
from .ablation import table
from .figures import HARM, between, faults, harm, parts, value

LARGEST = 900_000
"""Bytes: a CI job summary may have one MiB."""
MOST_FAULTS = 40
SIGNS = {"passed": "✅", "fell short": "❌", "not measured": "⚠️"}


def markdown(report: Report, gates: Sequence[Gate]) -> str:
    """The report as Markdown; cut, and said so, where it would be too long for a job summary."""
    text = "\n".join(_lines(report, gates)) + "\n"
    if len(text.encode()) <= LARGEST:
        return text
    cut = text.encode()[:LARGEST].decode(errors="ignore").rpartition("\n")[0]
    return cut + "\n\nCut here: the whole is in report.json.\n"


def cell(text: str) -> str:
    r"""Text of a document in a table cell: no markup, no line end, no column.

    >>> cell("a|b <img src=x>\n`c`")
    'a\\|b &lt;img src=x&gt; \\`c\\`'
    """
    flat = html.escape(one_line(text), quote=False)
    return "".join(f"\\{c}" if c in "|`*_[]\\~" else c for c in flat)


def _lines(report: Report, gates: Sequence[Gate]) -> Iterator[str]:
    yield f"## {cell(report.suite)} · {cell(report.dataset)}"
    made = ", ".join(f"{cell(k)} {cell(v)}" for k, v in report.made.items())
    documents = len(report.runs[0].results) if report.runs else 0
    yield f"\n{documents} documents; intervals of 95 % by bootstrap over documents. {made}\n"
    if gates:
        yield from _gates(gates)
    for run in report.runs:
        yield from _run(run)


def _gates(gates: Sequence[Gate]) -> Iterator[str]:
    short = sum(g.verdict != "passed" for g in gates)
    yield f"### Gates: {len(gates) - short} of {len(gates)} passed\n"
    yield "| | gate | wanted | got |\n|---|---|---|---|"
    for gate in sorted(gates, key=lambda g: g.verdict == "passed"):
        yield f"| {SIGNS[gate.verdict]} | {cell(gate.name)} | {gate.wanted} | {cell(gate.got)} |"
    yield ""


def _run(run: Run) -> Iterator[str]:
    yield f"### {cell(run.name)}\n"
    yield "| metric | value | 95 % | cases | n |\n|---|--:|--:|--:|--:|"
    for m in run.metrics():
        interval = between(m.interval, m.name)
        yield f"| {m.name} | {value(m)} | {interval} | {parts(m)} | {m.n} |"
    yield ""
    yield from table(run.columns)
    yield "\n| document | faults | seconds |\n|---|---|--:|"
    for result in sorted(run.results, key=harm):
        counted = ", ".join(f"{n} {kind}" for kind, n in faults(result).items()) or "none"
        yield f"| {cell(result.case)} | {cell(result.error) or counted} | {result.seconds:.1f} |"
    yield from _faults(run)


def _faults(run: Run) -> Iterator[str]:
    worst: dict[tuple[str, Reason], None] = {}
    for result in run.results:
        for score in result.scores:
            for reason in score.reasons:
                if reason.fault in HARM:
                    worst[result.case, reason] = None
    ordered = sorted(worst, key=lambda entry: HARM.index(entry[1].fault))
    if not ordered:
        return
    shown = min(len(ordered), MOST_FAULTS)
    yield f"\n<details><summary>The worst {shown} of {len(ordered)} faults</summary>\n"
    yield "| document | fault | ours | gold or source |\n|---|---|---|---|"
    for case, reason in ordered[:MOST_FAULTS]:
        said = (case, f"{reason.fault} {reason.what}", reason.ours[:80], reason.gold[:80])
        yield f"| {' | '.join(map(cell, said))} |"
    yield "\n</details>\n"
