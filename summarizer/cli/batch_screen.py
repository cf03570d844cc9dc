"""What a batch shows on standard error: progress on a terminal, and at the end how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from summarizer.cli import failure
from summarizer.cli.language import told
from summarizer.config import in_ci
from summarizer.render.safe import one_line

if TYPE_CHECKING:
    from decimal import Decimal

    from summarizer.batch import Report
    from summarizer.batch.budget import Spending
    from summarizer.batch.journal import Tally
    from summarizer.batch.plan import Plan
    from summarizer.batch.record import Outcome


_WIDE = 60  # columns of a terminal that has room for a bar
_LONGEST = 240  # characters of an error's message in the final table


@dataclass(slots=True)
class Screen:
    """Counts what comes in; draws if there is a bar to draw."""

    bar: Any = None
    task: Any = None
    spending: Spending | None = None
    done: int = 0
    failed: int = 0

    def started(self, tally: Tally, spending: Spending) -> None:
        self.spending = spending
        self.failed = tally.failed
        if self.bar:
            settled = tally.ok + tally.failed
            self.task = self.bar.add_task(
                "",
                total=tally.documents,
                completed=settled,
                in_flight=0,
                rates="",
                failed=self.failed,
            )

    def kept(self, outcome: Outcome) -> None:
        self.done += 1
        self.failed += bool(outcome.failure)
        if self.bar:
            self.bar.advance(self.task)

    def tick(self, in_flight: int, pause: float = 0.0) -> None:
        if self.bar:
            rates = ", ".join(map(told, self._rates()))
            rates += told(f", asked to wait {duration(pause)}") if pause > 1 else ""
            self.bar.update(self.task, in_flight=in_flight, failed=self.failed, rates=rates)

    def say(self, line: str) -> None:
        """A line between the progress."""
        if self.bar:
            self.bar.console.print(told(line))
        else:
            failure.say(line)

    def _rates(self) -> list[str]:
        spent = self.spending
        if spent is None:
            return []
        seconds = max(spent.seconds, 0.001)
        parts = [
            f"{self.done / seconds:.2g} documents/s",
            f"{spent.tokens / seconds:,.0f} tokens/s",
        ]
        if spent.cost is not None:
            parts.append(money(spent.cost, spent.currency))
        return parts


@contextmanager
def screen(*, quiet: bool) -> Iterator[Screen]:
    """Progress while this is open; nothing is drawn where nobody watches."""
    if quiet or in_ci() or not (sys.stderr and sys.stderr.isatty()):
        yield Screen()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Left

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    counts = told("{} failed, {} in work, {}").format(
        "{task.fields[failed]}", "{task.fields[in_flight]}", "{task.fields[rates]}"
    )
    column = TextColumn(f"{{task.completed:.0f}}/{{task.total:.0f}}, {counts}", markup=False)
    is_wide = console.width >= _WIDE  # else there is room for the counts only
    columns = (BarColumn(bar_width=20), column, Left(compact=True)) if is_wide else (column,)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=600) as bar:
        yield Screen(bar)


def show_report(report: Report, out: str) -> None:
    """How it went, in a few lines: counts, failures by cause, cost, how to go on."""
    tally, spent = report.tally, report.spending
    same = tally.inputs - tally.documents
    more = f" ({same} more with the same content)" if same else ""
    _say(
        f"{tally.documents} documents{more}: {tally.ok} ok, {tally.failed} failed, "
        f"{tally.open} open; {report.made} settled by this run in {duration(spent.seconds)}"
    )
    for cause in report.causes:
        line = told("  failed {} × {}: {} ({})")  # by itself: what a message says has brackets too
        why = _cut(told(cause.message))
        _say(line.format(cause.count, cause.failure, why, cause.example))
        for name in cause.names if len(cause.names) > 1 else ():
            _say(f"    {name}")
    cost = "" if spent.cost is None else f", {money(spent.cost, spent.currency)}"
    _say(
        f"spent by this run: {spent.requests} requests, {spent.prompt_tokens:,} tokens read, "
        f"{spent.completion_tokens:,} written{cost}"
    )
    total = report.total
    _say(
        f"behind all of it: {total.requests + total.cached} answers, "
        f"{total.prompt_tokens:,} tokens read, {total.completion_tokens:,} written"
    )
    if report.written is not None:
        _say(f"{out}: {report.written} records")
    if tally.open:
        why = report.stop.reason or "not all is done"
        _say(f"{why}; run the same command again to go on")
    elif tally.failed:
        _say("--retry-failed tries the failed documents again")


def show_plan(plan: Plan, currency: str) -> str:
    """The plan as text for standard output."""
    tally = plan.tally
    rows = [
        ("inputs", f"{tally.inputs:,}"),
        (
            "documents",
            f"{tally.documents:,} ({tally.inputs - tally.documents:,} are the same again)",
        ),
        ("done already", f"{tally.ok:,} ok, {tally.failed:,} failed"),
        ("to do", f"{plan.to_do:,}"),
        ("requests", f"about {plan.requests:,}"),
        ("tokens", f"about {plan.prompt_tokens:,} read, {plan.completion_tokens:,} written"),
        ("time", f"about {duration(plan.seconds)}"),
    ]
    if plan.cost is not None:
        rows.append(("cost", f"about {money(plan.cost, currency)}"))
    if plan.unreadable:
        rows.append(("unreadable", f"{plan.unreadable} of the documents looked at"))
    rows.append(("estimate", plan.basis))
    width = max(13, *(cell_len(told(name)) for name, _ in rows))
    return "".join(f"{_filled(told(name), width)} {told(value)}\n" for name, value in rows)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def duration(seconds: float) -> str:
    """A length of time for people.

    >>> duration(3.2), duration(75), duration(7260), duration(200_000)
    ('3.2 s', '1 min 15 s', '2 h 1 min', '2 d 7 h')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def money(amount: Decimal, currency: str) -> str:
    return f"{amount:.4f} {currency}"


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def _say(line: str) -> None:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    failure.say(f"{indent}{one_line(line)}")
