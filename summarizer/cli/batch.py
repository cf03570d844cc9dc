"""`summarizer batch INPUT… -o OUT.jsonl`: many reports, resumably."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import with_settings
from summarizer.config import Settings

if TYPE_CHECKING:
    from summarizer.batch import Job, Report


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
    with_source: Annotated[
        bool, typer.Option("--with-source", help="Keep each document's text in its summary.")
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
        typer.Option(
            metavar="batch-api",
            autocompletion=lambda: ["batch-api"],
            help="Use the provider's batch files: within a day.",
        ),
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
    from summarizer.cli.batch_options import (
        budget_of,
        engine_of,
        listed,
        place_of,
        tolerance_of,
        via_of,
    )

    tolerated = tolerance_of(fail_on_error)
    job = Job(
        inputs=tuple(inputs),
        out=place_of(out, needed=not dry_run),
        settings=chosen,
        wanted=Filter(tuple(include or ()), tuple(exclude or ()), chosen.max_members),
        listed=listed() if "-" in inputs else (),
        limit=limit,
        jobs=jobs or 0,
        retry_failed=retry_failed,
        fresh=fresh,
        live=live,
        with_source=with_source,
        budget=budget_of(max_tokens, max_cost, deadline),
        prices=Path(prices) if prices else None,
        via=via_of(via, chosen.model),
        poll=poll,
        engine=engine_of(engine, via, address),
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
