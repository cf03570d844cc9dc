"""Many documents: what is there, what is to be done, and doing it so that nothing is lost.

sources   files, folders, globs, archives, a list → documents in order
recipe    what makes two results the same; the journal's key
journal   what is done, committed before it is told
runner    threads that make, one that keeps the journal
cluster   the same on many machines, by Ray; worker: what is done there
making    the one thing that is done to a document; causes: what to do when it fails
gate      how many requests are under way; budget: what they may cost
output    the journal's records as JSON Lines, whole, in input order
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from summarizer.batch.budget import Budget, Spending, load_price
from summarizer.batch.cluster import Cluster
from summarizer.batch.gate import BatchGate
from summarizer.batch.journal import Cause, Journal, Pending, Tally
from summarizer.batch.making import Maker, watched
from summarizer.batch.output import Live, journal_path, locked, write_whole
from summarizer.batch.plan import LIKELY, Plan, Question, estimate
from summarizer.batch.provider import Rounds
from summarizer.batch.recipe import Recipe, recipe
from summarizer.batch.runner import Runner, Stop, Watcher
from summarizer.batch.sources import Filter, Source, find_sources
from summarizer.config import Settings
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError, InputError, ModelError, UnreadableDocument
from summarizer.files import beside
from summarizer.models import Model, open_model
from summarizer.provenance import Usage
from summarizer.render.tables import refuse_collisions

ENGINES = ("threads", "ray")

Engine = Callable[[Runner, Callable[[], Iterator[Pending]]], None]
"""Makes what is pending and gives it to the runner, until all is settled or the runner stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a batch is asked to do. `inputs` may hold "-", for which the lines of `listed` stand.

    `jobs` 0 adapts to the endpoint; the embedded model always does one document at a time. `via`
    "batch-api" goes through the provider's batch files, looking every `poll` seconds. `engine`
    "ray" uses the machines of the cluster at `address`, or without one all cores of this machine.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: Settings
    wanted: Filter = field(default_factory=Filter)
    listed: Iterable[str] = ()
    limit: int | None = None
    jobs: int = 0
    retry_failed: bool = False
    fresh: bool = False
    live: bool = False
    with_source: bool = False
    budget: Budget = field(default_factory=Budget)
    prices: Path | None = None
    via: str = ""
    poll: float = 60.0
    engine: str = "threads"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: all inputs, this run's part of them, and why it stopped early.

    `total` is what all summaries of the output cost when they were made, `written` how many
    records the output has got, None when it was left as it was; `unanswered` is set where
    documents were asked about in this run and not one of them got an answer.
    """

    tally: Tally
    causes: tuple[Cause, ...]
    made: int
    spending: Spending
    total: Usage
    stop: Stop
    written: int | None
    unanswered: ModelError | None = None


def run_batch(job: Job, watcher: Watcher, stop: Stop | None = None) -> Report:
    """Make what is missing and write the output. Whoever sets `stop.reason` ends it early.

    The output is replaced when every document is settled; after an early stop only if it then
    holds no fewer documents than before. An error that every document would meet (a wrong key) is
    the report's `stop.error`. Raises ConfigError for settings that cannot be followed and for a
    second run on one output, InputError for inputs that are not there, SummarizerError for a
    journal or an output that cannot be written.
    """
    schema = load_schema(job.settings.schema)
    refuse_collisions(schema.model)
    gate = BatchGate(job.jobs)
    with (
        locked(job.out),
        _opened(job, gate) as (model, engine),
        Journal(journal_path(job.out)) as journal,
    ):
        price = load_price(job.prices, model.id) if job.prices else None
        if job.budget.cost is not None and price is None:
            raise ConfigError("--max-cost needs --prices FILE, to know what tokens cost")
        made_so = recipe(model.id, schema, job.settings, with_source=job.with_source)
        journal.begin(made_so, keyed(job, made_so), fresh=job.fresh)
        spending = Spending(job.budget, price, gate.close)
        maker = Maker(watched(model, gate, spending), schema, job.settings, made_so)
        runner = Runner(journal, maker, gate, spending, watcher, Stop() if stop is None else stop)
        watcher.started(journal.tally(), spending)
        return _run(runner, job, engine)


def plan_batch(job: Job) -> tuple[Plan, str]:
    """What the job would come to, and the currency of its cost; nothing is asked or written.

    Raises what `run_batch` raises before it begins, but for a second run on one output.
    """
    schema = load_schema(job.settings.schema)
    refuse_collisions(schema.model)
    with open_model(settings=job.settings) as model:
        made_so = recipe(model.id, schema, job.settings, with_source=job.with_source)
        price = load_price(job.prices, model.id) if job.prices else None
        is_local = model.id.startswith("local:")
    with Journal(None) as journal:
        if not job.fresh:
            journal.copy_results(journal_path(job.out))
        journal.take(keyed(job, made_so))
        asked = Question(job.settings, job.retry_failed, 1 if is_local else job.jobs or LIKELY)
        return estimate(journal, asked, price), price.currency if price else ""


def keyed(job: Job, made_so: Recipe) -> Iterator[tuple[str, Source]]:
    """The inputs with the journal's keys.

    Raises InputError when there are none, ConfigError when the output is one of them.
    """
    count, out = 0, _identity(job.out)
    for source in find_sources(job.inputs, job.wanted, job.listed):
        if job.limit is not None and job.limit <= count:
            return
        if out is not None and out == _identity(source.path):
            raise ConfigError(f"the output {str(job.out)!r} is one of the inputs; name another")
        count += 1
        yield made_so.key(content_of(source, job.settings.max_bytes)), source
    if not count:
        raise InputError("there are no documents in what was given; `--include` may be too strict")


def content_of(source: Source, most: int) -> str:
    """The hash of a document's bytes; of its name where they cannot be had."""
    try:
        return hashlib.sha256(source.data(most)).hexdigest()
    except UnreadableDocument:
        return f"unreadable {hashlib.sha256(source.name.encode()).hexdigest()}"


def _identity(path: Path) -> tuple[int, int] | None:
    """What two names of one file have in common; None for one that is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _opened(job: Job, gate: BatchGate) -> Iterator[tuple[Model, Engine]]:
    """The model and who runs it; with a provider's batch files the model answers from the store."""
    if job.via:
        rounds = Rounds(beside(job.out, ".requests", before="."), job.settings)
        yield rounds.model, partial(rounds.run, wait=job.poll)
        return
    engine = Cluster(job.jobs, job.address).run if job.engine == "ray" else _on_threads
    with open_model(settings=job.settings, gate=gate) as model:
        yield model, engine


def _on_threads(runner: Runner, pending: Callable[[], Iterator[Pending]]) -> None:
    runner.run(pending(), 1 if runner.maker.is_local else None)


def _run(runner: Runner, job: Job, engine: Engine) -> Report:
    journal, stop = runner.journal, runner.stop
    if job.live:
        journal.written(write_whole(journal.records(), job.out))
        runner.live = Live(job.out)
    try:
        engine(runner, partial(journal.pending, retry_failed=job.retry_failed))
    finally:
        if runner.live:
            runner.live.close()
    tally, written = journal.tally(), None
    done = tally.ok + tally.failed
    if not stop or (stop.error is None and (journal.written() <= done or not job.out.exists())):
        written = journal.written(write_whole(journal.records(), job.out))
    return Report(
        tally,
        tuple(journal.causes()),
        runner.made,
        runner.spending,
        journal.usage(),
        stop,
        written,
        runner.unanswered,
    )
