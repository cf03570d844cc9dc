"""`summarizer batch INPUT… -o OUT.jsonl`: many reports, resumably."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import with_settings
from summarizer.config import Settings

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from summarizer.batch import Job, Report
    from summarizer.batch.budget import Budget


@with_settings
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, zip archives, patterns in quotes; - is a list of them on "
            "standard input, one a line (or ended by NUL).",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="The JSON Lines to write.", show_default=False
        ),
    ] = None,
    chosen: Settings,
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Take only files of such names, as '2020/*.txt'."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Leave out files of such names.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Take the first N only.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would come to; ask nothing.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=1024,
            help="Requests at once, at an endpoint. [default: as many as it takes]",
            show_default=False,
        ),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget every earlier result.")] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Append results to OUT as they come.")
    ] = False,
    fail_on_error: Annotated[
        str,
        typer.Option(
            metavar="none|N|SHARE",
            help="Exit with 1 if more than so many (3) or such a share (0.05, 5%) failed.",
        ),
    ] = "0",
    max_tokens: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Stop when a run has spent so many.")
    ] = None,
    max_cost: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="Stop when a run has cost so much.")
    ] = None,
    prices: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What tokens cost, in TOML; see docs/batch.md."),
    ] = None,
    deadline: Annotated[
        str | None, typer.Option(metavar="TIME", help="Stop after so long, as 8h or 90m.")
    ] = None,
    via: Annotated[
        str | None,
        typer.Option(metavar="batch-api", help="Use the provider's batch files: within a day."),
    ] = None,
    poll: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="How often to look at those.")
    ] = 60.0,
    engine: Annotated[
        str,
        typer.Option(
            metavar="threads|ray",
            autocompletion=lambda: ["threads", "ray"],
            help="Who runs it: this process, or Ray on many cores and machines.",
        ),
    ] = "threads",
    address: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT|auto",
            help="A running Ray cluster, for --engine ray. [default: one on this machine]",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Summarize many reports; resumable, each failure set down.

    A journal beside OUT keeps every result as soon as it is there. The same command again does
    only what is missing: after Ctrl-C, a power cut, a full disk. Changed settings make everything
    anew, as do changed documents. OUT appears whole: a line a document, in the order of the
    inputs, a summary or the reason why there is none. The same content twice is done once.

    \b
    Examples:
      summarizer batch reports/ -o reports.jsonl --dry-run
      summarizer batch reports/ old.zip 'more/**/*.html' -o reports.jsonl
      find . -name '*.txt' | summarizer batch - -o reports.jsonl
      summarizer batch reports/ -o reports.jsonl --model qwen3 --deadline 8h
      summarizer batch reports/ -o reports.jsonl --engine ray --address auto
      summarizer export reports.jsonl --to tables

    \b
    Exit codes:
      0 done, 1 documents failed or a budget is used up, 2 usage, configuration,
      3 no such input, 4 the model could not be used, 130 interrupted
    """
    from pathlib import Path

    from summarizer.batch import Job
    from summarizer.batch.sources import Filter

    tolerated = _tolerance(fail_on_error)
    job = Job(
        inputs=tuple(inputs),
        out=_place(out, needed=not dry_run),
        settings=chosen,
        wanted=Filter(tuple(include or ()), tuple(exclude or ()), chosen.max_members),
        listed=_listed() if "-" in inputs else (),
        limit=limit,
        jobs=jobs or 0,
        retry_failed=retry_failed,
        fresh=fresh,
        live=live,
        budget=_budget(max_tokens, max_cost, deadline),
        prices=Path(prices) if prices else None,
        via=_via(via, chosen.model),
        poll=poll,
        engine=_engine(engine, via, address),
        address=address or "",
    )
    _tell_of_schema(job)
    if dry_run:
        _show_plan(job)
    else:
        _run(job, tolerated, quiet=quiet)


def _tell_of_schema(job: Job) -> None:
    """Say on stderr that OUT has summaries of another schema, which this run would replace."""
    from summarizer.cli.failure import say
    from summarizer.engine.schema import load_schema
    from summarizer.render.find_schema import advice
    from summarizer.render.load import schema_ids

    wanted = load_schema(job.settings.schema).id
    there = next(schema_ids(job.out), wanted) if job.out.is_file() else wanted
    if there != wanted:
        say(
            f"{job.out} has summaries of {there}, this run makes those of {wanted} in their "
            f"place; for more of {there} {advice(there)}"
        )


def _run(job: Job, tolerated: float | None, *, quiet: bool) -> None:
    from summarizer.batch import run_batch
    from summarizer.batch.runner import Stop
    from summarizer.cli.batch_screen import screen, show_report
    from summarizer.cli.interrupts import draining

    stop = Stop()
    with screen(quiet=quiet) as watcher, draining(stop, watcher.say):
        report = run_batch(job, watcher, stop)
    show_report(report, str(job.out))
    if report.stop.error is not None:
        raise report.stop.error
    if report.unanswered is not None and not report.stop:
        raise report.unanswered
    raise typer.Exit(_code(report, tolerated))


def _show_plan(job: Job) -> None:
    from summarizer.batch import plan_batch
    from summarizer.cli.batch_screen import show_plan
    from summarizer.cli.output import write_shown

    plan, currency = plan_batch(job)
    write_shown(show_plan(plan, currency))


def _code(report: Report, tolerated: float | None) -> int:
    """The exit code: 130 after Ctrl-C, 1 for a used-up budget or too many failures."""
    if report.stop.reason == "interrupted":
        return 130
    if report.tally.open:
        return 1
    failed, documents = report.tally.failed, report.tally.documents
    if tolerated is None:
        return 0
    most = tolerated * documents if tolerated % 1 else tolerated
    return 1 if failed > most else 0


def _tolerance(text: str) -> float | None:
    """How many failures are tolerated, or (between 0 and 1) which share; None is any number.

    >>> _tolerance("none"), _tolerance("3"), _tolerance("5%"), _tolerance("0.2")
    (None, 3.0, 0.05, 0.2)
    >>> _tolerance("100%") is None
    True
    """
    from summarizer.errors import ConfigError

    if text in ("none", "100%"):
        return None
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    most = 1.0 if text.endswith("%") else float("inf")
    if not 0 <= value < most or (value > 1 and value % 1):
        raise ConfigError(f"--fail-on-error {text!r}: none, a number (3) or a share (0.05, 5%)")
    return value


def _via(via: str | None, model: str) -> str:
    from summarizer.errors import ConfigError

    if via not in (None, "batch-api"):
        raise ConfigError(f"--via {via!r} must be: batch-api")
    if via and model.partition(":")[0] == "local":
        raise ConfigError("--via batch-api needs a model at an endpoint; the embedded one has none")
    return via or ""


def _engine(engine: str, via: str | None, address: str | None) -> str:
    from summarizer.batch import ENGINES
    from summarizer.errors import ConfigError

    if engine not in ENGINES:
        raise ConfigError(f"--engine {engine!r} must be one of: {', '.join(ENGINES)}")
    if address is not None and engine != "ray":
        raise ConfigError("--address is that of a Ray cluster; it needs --engine ray")
    if via and engine == "ray":
        raise ConfigError("--via batch-api sends files to the provider; --engine ray adds nothing")
    return engine


def _budget(tokens: int | None, cost: str | None, deadline: str | None) -> Budget:
    from summarizer.batch.budget import Budget, seconds_of

    return Budget(
        tokens,
        None if cost is None else _amount(cost),
        None if deadline is None else seconds_of(deadline),
    )


def _amount(text: str) -> Decimal:
    from decimal import Decimal, InvalidOperation

    from summarizer.errors import ConfigError

    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value <= 0:
        raise ConfigError(f"--max-cost {text!r} is no amount of money")
    return value


def _place(out: str | None, *, needed: bool) -> Path:
    import os
    from pathlib import Path

    from summarizer.cli.output import followed, place
    from summarizer.errors import ConfigError

    path = place(out)
    if path is None and not needed:
        return Path(os.devnull)
    if path is None or (path.exists() and not path.is_file()):
        raise ConfigError("name a file with -o OUT.jsonl: the journal of the batch lies beside it")
    return followed(path)


def _listed() -> list[str]:
    import os
    import sys

    from summarizer.errors import InputError

    if sys.stdin is None:
        raise InputError("- is a list on standard input, and that is closed")
    listed = sys.stdin.buffer.read()
    lines = listed.split(b"\0") if b"\0" in listed else listed.splitlines()
    return [os.fsdecode(line) for line in lines if line.strip()]
