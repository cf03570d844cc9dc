"""A provider's batch files: cheaper answers that come within a day, in rounds.

A round makes every document as far as stored answers carry it. Requests without one are written to
a file, submitted, and collected when they are done; their answers are stored by the same key that
the request has in the store, which is its `custom_id`. A document's later requests depend on
earlier answers, and a refused answer is asked again, so it takes a few rounds. What was submitted
is noted in the journal, so that days may pass between two runs; what is about to be submitted is
noted too, so that a round whose batch was made in the moment of a crash is found at the provider
by its input file, and not paid for twice.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.batch.budget import Spending
from summarizer.batch.causes import ATTEMPTS
from summarizer.batch.gate import Stopped
from summarizer.batch.journal import Journal
from summarizer.batch.runner import Runner
from summarizer.config import Settings
from summarizer.errors import (
    AnswerRejected,
    AnswerTruncated,
    ModelError,
    ModelUnavailable,
    SummarizerError,
)
from summarizer.models import Model, answer, refusals
from summarizer.models.address import Address
from summarizer.models.ledger import Row, record
from summarizer.models.store import AnswerCache, Entry, key_of

if TYPE_CHECKING:
    import openai
    from openai.types import Batch

log = logging.getLogger(__name__)

MOST_REQUESTS, MOST_BYTES = 50_000, 190_000_000  # of one file
PARALLEL = 32  # threads of a document: all its requests of one step are seen at once
_UNSENT = ("stream", "timeout", "metadata", "user")
_NOTE, _INTENT = "provider_batch", "provider_file"  # what is waited for; what will be, and when
_NONE = (404, 405, 501)  # how a provider says that it does not do this
_ENDED = ("completed", "expired", "cancelled", "failed")
_TICK = 0.2  # seconds between looks at the clock and at the user
_QUEUE_FULL = re.compile(r"(?i)enqueued|token_limit_exceeded|queue is full|排队")
_REFUSALS = 100  # so often in a row a full queue is waited for, each time for one look's pause
_SKEW = 86_400  # seconds that our clock and the provider's may differ by


class Rounds:
    """The rounds of a batch at a provider; `model` answers from the store or notes the request."""

    def __init__(self, spool: Path, settings: Settings) -> None:
        self._name = settings.model
        self._spool = spool
        self._address = Address.of(settings)
        self._timeout, self._retries = settings.timeout, settings.retries
        self._cache = AnswerCache(settings.cache / "answers.sqlite")
        self._lock = threading.Lock()
        self._wanted: set[str] = set()
        self._bytes = 0
        self._room = MOST_BYTES  # bytes of one file; halved whenever the provider's queue is full
        self._full = 0
        self._refused: dict[str, Exception] = {}
        self._tries: Counter[str] = Counter()
        self.model = Model(self._name, self._create, parallel=PARALLEL)

    def run(self, runner: Runner, pending: Callable[[], Iterator[Any]], wait: float) -> None:
        """Rounds until nothing is wanted, or somebody stops it; looks every `wait` seconds.

        Raises ModelError when the provider refuses, SummarizerError when answers cannot be kept.
        """
        import openai

        journal, client = runner.journal, self._address.client(self._timeout)
        try:
            while not runner.stop:
                batch_id = journal.note(_NOTE) or self._overlooked(client, journal)
                if not batch_id:
                    self._wanted, self._bytes = set(), 0
                    self._spool.unlink(missing_ok=True)
                    runner.run(pending(), 4)
                    if runner.stop or not self._wanted:
                        return
                    batch_id = self._submitted(client, journal)
                if not batch_id:
                    self._wait_for_room(runner, wait)
                    continue
                journal.note(_NOTE, batch_id)
                journal.note(_INTENT, "")
                self._collect(client, journal, batch_id, (runner, wait))
        except openai.OpenAIError as error:
            raise self._explained(error) from error
        finally:
            self._spool.unlink(missing_ok=True)
            client.close()

    def _explained(self, error: openai.OpenAIError) -> ModelError:
        if getattr(error, "status_code", 0) in _NONE:
            return ModelUnavailable(f"{self._address.url} does not do batches")
        return refusals.explain(error, self._address, self._name, ())

    def _create(self, **request: Any) -> Any:
        key = key_of(self._name, request)
        kept = self._cache.get(key)
        if kept is not None:
            record(Row(kept.prompt_tokens, kept.completion_tokens, cached=True))
            return kept.completion()
        if key in self._refused:
            raise self._refused[key]
        body = {k: v for k, v in request.items() if k not in _UNSENT} | {"model": self._name}
        line = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        self._want(key, f"{json.dumps(line)}\n")
        raise Stopped("waits for the provider's batch")

    def _want(self, key: str, line: str) -> None:
        with self._lock:
            is_full = len(self._wanted) >= MOST_REQUESTS or self._bytes + len(line) > self._room
            if key in self._wanted or (is_full and self._wanted):
                return
            self._wanted.add(key)
            self._bytes += len(line)
            with self._spool.open("a", encoding="ascii") as file:
                file.write(line)

    def _submitted(self, client: openai.OpenAI, journal: Journal) -> str:
        """Send the file; the id of the provider's batch, empty where its queue is full."""
        import openai

        with self._spool.open("rb") as file:
            sent = client.files.create(file=("requests.jsonl", file), purpose="batch")
        journal.note(_INTENT, f"{time.time():.0f} {sent.id}")
        try:
            return client.batches.create(
                input_file_id=sent.id, endpoint="/v1/chat/completions", completion_window="24h"
            ).id
        except openai.APIStatusError as error:
            if not _QUEUE_FULL.search(str(error)):
                raise
            return ""

    def _wait_for_room(self, runner: Runner, wait: float) -> None:
        """Ask for half as much, a while later. Raises ModelUnavailable when that never helps."""
        self._full += 1
        if self._full > _REFUSALS:
            raise ModelUnavailable(
                f"{self._address.url}: the queue of its batches stayed full, {_REFUSALS} times; "
                "run the same command again when other batches are done"
            )
        self._room = min(self._room, self._bytes or self._room) // 2
        log.warning("%s: its queue is full; asking for less at once", self._address.url)
        self._waited(runner, wait)

    @staticmethod
    def _overlooked(client: openai.OpenAI, journal: Journal) -> str:
        """The id of a batch that was made before anybody could note it; empty if there is none."""
        import openai

        noted, _, file_id = journal.note(_INTENT).partition(" ")
        if not file_id:
            return ""
        try:
            for batch in client.batches.list(limit=100):  # the newest first, page by page
                if batch.input_file_id == file_id:
                    return batch.id
                if batch.created_at < float(noted) - _SKEW:
                    break
        except openai.APIStatusError as error:
            if error.status_code not in _NONE:
                raise
        return ""

    def _collect(
        self, client: openai.OpenAI, journal: Journal, batch_id: str, who: tuple[Runner, float]
    ) -> None:
        """Wait for a batch and store its answers; return early when the run is stopped."""
        runner, wait = who
        found = self._finished(client, batch_id, runner, wait)
        if found is None:
            return
        faults = (found.errors and found.errors.data) or ()
        why = "; ".join(str(e.message) for e in faults)
        if found.status == "failed" and any(_QUEUE_FULL.search(f"{e.code} {why}") for e in faults):
            journal.note(_NOTE, "")
            self._wait_for_room(runner, wait)
            return
        self._full = 0
        wanted = set(self._wanted)
        for file in filter(None, (found.output_file_id, found.error_file_id)):
            for line in _lines(client.files.content(file).content):
                wanted.discard(self._take(line, runner.spending))
        for key in wanted:
            self._failed(key, "it is not in the results")
        journal.note(_NOTE, "")
        if found.status == "failed" or not (found.output_file_id or found.error_file_id):
            why = self._address.without_key(why)
            raise ModelUnavailable(
                f"{self._address.url}: the batch {batch_id} {found.status}{why and f': {why}'}"
            )

    def _finished(
        self, client: openai.OpenAI, batch_id: str, runner: Runner, wait: float
    ) -> Batch | None:
        """The batch when it has ended; None when the run is stopped before."""
        import openai

        faults = 0
        while True:
            try:
                found = client.batches.retrieve(batch_id)
            except (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError):
                faults += 1
                if faults > self._retries:
                    raise
            else:
                faults = 0
                if found.status in _ENDED:
                    return found
            if not self._waited(runner, wait):
                return None

    def _waited(self, runner: Runner, seconds: float) -> bool:
        """Wait for the next look, but no longer than the budget and the user allow."""
        end = time.monotonic() + seconds
        while True:
            over = runner.spending.over()
            if over:
                runner.end(over)
            if runner.stop:
                return False
            runner.watcher.tick(len(self._wanted))
            left = end - time.monotonic()
            if left <= 0:
                return True
            time.sleep(min(left, _TICK))

    def _take(self, line: str, spending: Spending) -> str:
        """One line of a result: an answer to store, or why there is none; its request's key."""
        try:
            found = json.loads(line)
            key, response = str(found["custom_id"]), found.get("response") or {}
            status, body = response.get("status_code"), response.get("body")
        except (ValueError, KeyError, TypeError, AttributeError):
            return ""  # what it should have answered is missing then
        if isinstance(body, Mapping):
            spending.add(Row(*answer.tokens(body)))
        try:
            if status != 200:
                raise answer.Garbled(f"status {status}")  # noqa: TRY301 — one place for all
            given = answer.hear(body, as_json=True).redacted(self._address.without_key)
        except (AnswerTruncated, AnswerRejected) as error:
            self._refused[key] = error
        except answer.Garbled as error:
            self._failed(key, str(error))
        else:
            self._keep(key, given)
        return key

    def _failed(self, key: str, why: str) -> None:
        self._tries[key] += 1
        if self._tries[key] >= ATTEMPTS:
            self._refused[key] = AnswerRejected(f"the provider's batch failed: {why}")

    def _keep(self, key: str, given: answer.Answer) -> None:
        """Store an answer. Raises SummarizerError where that fails: it would be paid for again."""
        self._cache.put(Entry(key, {"model": self._name, "via": "batch"}, given))
        if self._cache.get(key) is None:
            raise SummarizerError(
                f"{self._cache.where} cannot keep the provider's answers; they are fetched again "
                "by the same command when there is room"
            )


def _lines(data: bytes) -> list[str]:
    """The lines of a result file; some providers begin it with a mark of its byte order."""
    return data.decode("utf-8-sig", "replace").split("\n")
