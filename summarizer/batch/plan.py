"""What a batch would come to, before anything is asked: documents, requests, tokens, time, money.

Where this journal has made summaries already, they are the measure. Else a few of the documents
are prepared as for the model, and their requests counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from summarizer.batch.budget import Price
from summarizer.batch.journal import Journal, Pending, Tally
from summarizer.config import Settings
from summarizer.documents.read import Limits, read
from summarizer.engine.later_requests import later_requests
from summarizer.engine.picking import Picker
from summarizer.engine.previews import previews
from summarizer.engine.prompt import Messages
from summarizer.engine.proposals import Proposer
from summarizer.engine.schema import Schema, load_schema
from summarizer.errors import SummarizerError
from summarizer.pipeline import planned

SAMPLE = 24  # documents that are prepared to guess at the rest
KNOWN = 5  # summaries that the journal must hold to be believed
TOKENS_OF_HAN, TOKENS_OF_OTHER = 0.7, 0.35  # a character, by Qwen's vocabulary
ANSWERS = {"figures": 45.0, "verbatim": 45.0, "items": 125.0, "judge": 1.0, "weigh": 0.0}
"""Tokens of an answer by what is asked: means of the stored answers to the evals' documents."""
OF_PASSAGE, WITHOUT_LABELS = 1.7, 0.2  # tokens of its answer for each of a passage, by the same
OVERVIEW = (700.0, 100.0)  # tokens of the request for an overview, and of its answer
LATER = (540.0, 8.0)  # the same of one of a row or of a field of the summary
KEPT = 460.0  # tokens of it that the embedded engine has read for the one before
"""Both by the starter's sample: 12 requests, 6,530 tokens, 94 written, 33.7 s on two cores."""
SECONDS_AT_ENDPOINT = 2.0  # an answer, where nothing is known
LIKELY = 32  # requests at once that an endpoint takes, where nothing is known
LOCAL_READS, LOCAL_WRITES = 40.0, 10.0  # tokens a second on two cores


@dataclass(frozen=True, slots=True)
class Mean:
    """What a document takes on the average, and what that was taken from."""

    requests: float
    prompt_tokens: float
    completion_tokens: float
    seconds: float
    basis: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole batch: what is there, and the estimate for what is open."""

    tally: Tally
    to_do: int
    unreadable: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cost: Decimal | None
    basis: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the estimate is for; `jobs`: requests at once."""

    settings: Settings
    retry_failed: bool
    jobs: int


def estimate(journal: Journal, asked: Question, price: Price | None) -> Plan:
    """The plan of the inputs that the journal has taken."""
    to_do, sample = _sampled(journal, retry_failed=asked.retry_failed)
    mean, unreadable = _mean(journal, sample, asked.settings)
    prompt, completion = round(mean.prompt_tokens * to_do), round(mean.completion_tokens * to_do)
    return Plan(
        tally=journal.tally(),
        to_do=to_do,
        unreadable=unreadable,
        requests=round(mean.requests * to_do),
        prompt_tokens=prompt,
        completion_tokens=completion,
        seconds=mean.seconds * to_do / asked.jobs,
        cost=price.of(prompt, completion) if price else None,
        basis=mean.basis,
    )


def tokens_in(text: str) -> float:
    """About how many tokens a text is.

    >>> round(tokens_in("投入500余万元"), 2)
    4.55
    """
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    return han * TOKENS_OF_HAN + (len(text) - han) * TOKENS_OF_OTHER


def _sampled(journal: Journal, *, retry_failed: bool) -> tuple[int, list[Pending]]:
    """How many documents are to do, and some of them, spread evenly."""
    count = sum(1 for _ in journal.pending(retry_failed=retry_failed))
    every = max(1, count // SAMPLE)
    spread = islice(journal.pending(retry_failed=retry_failed), 0, None, every)
    return count, list(islice(spread, SAMPLE))


def _mean(journal: Journal, sample: Sequence[Pending], settings: Settings) -> tuple[Mean, int]:
    rows = list(_prepared(sample, settings))
    unreadable = len(sample) - len(rows)
    known = journal.mean()
    if known is not None and known[0] >= KNOWN:
        basis = f"measured on {known[0]} summaries of this journal"
        return Mean(*known[1:], basis=basis), unreadable
    means = (sum(row[n] for row in rows) / max(1, len(rows)) for n in range(4))
    requests, tokens, answers, kept = means
    seconds = requests * SECONDS_AT_ENDPOINT
    basis = f"reckoned from {len(rows)} of the documents, {SECONDS_AT_ENDPOINT:g} s an answer"
    if settings.model.partition(":")[0] == "local":
        seconds = (tokens - kept) / LOCAL_READS + answers / LOCAL_WRITES
        basis = f"reckoned from {len(rows)} of the documents, on two cores"
    return Mean(requests, tokens, answers, seconds, basis), unreadable


def _prepared(
    sample: Sequence[Pending], settings: Settings
) -> Iterator[tuple[float, float, float, float]]:
    """Requests, tokens read, written and kept of each document that can be read."""
    schema = load_schema(settings.schema)
    for pending in sample:
        try:
            data = pending.source.data(settings.max_bytes)
            document = read(data, name=pending.source.name, bounds=Limits.of(settings))
            prepared = planned(document, schema, settings)
        except SummarizerError:  # the batch will say why; the plan counts it
            continue
        parsed = prepared.parsed
        asked = previews(prepared.plan, parsed, schema, settings)
        later = later_requests(schema, Proposer(parsed, Picker.of(parsed, schema)), settings)
        yield *expected(asked, schema, settings, later=later), later * KEPT


def expected(
    asked: Sequence[tuple[str, Messages]], schema: Schema, settings: Settings, *, later: int = 0
) -> tuple[float, float, float]:
    """What a document's requests come to with the overview, if the model writes one.

    `later` are about how many more come of the answers to these. A judge answers with one token, a
    probe with none; a passage's answer is as long as the passage.
    """
    prompt = sum(tokens_in("".join(m["content"] for m in messages)) for _, messages in asked)
    answers = sum(_answered(title.split()[0], messages, schema) for title, messages in asked)
    is_written = schema.wants_overview and settings.overview == "written" and (asked or later)
    overview, written = OVERVIEW if is_written else (0.0, 0.0)
    prompt, answers = prompt + later * LATER[0], answers + later * LATER[1]
    count = len(asked) + later + float(bool(is_written))
    return count, prompt + overview, answers + written


def _answered(kind: str, messages: Messages, schema: Schema) -> float:
    if kind != "passage":
        return ANSWERS[kind]
    each = OF_PASSAGE if schema.asks_labels else WITHOUT_LABELS
    return each * tokens_in(messages[-1]["content"])
