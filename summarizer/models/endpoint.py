"""A model at an OpenAI-compatible endpoint. Transport retries live here and nowhere else.

Three things can go wrong and each is met once: the *transport* (refused, dropped, 429, 5xx, a page
instead of an answer) is tried again with growing, jittered waits; a *misunderstanding* (no JSON
Schema here, no `max_tokens` there) is met by another dialect; everything else is an error that
names the URL, the variable or the model, and what would work.
"""

from __future__ import annotations

import email.utils
import functools
import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer.config import Settings
from summarizer.errors import ModelError, ModelUnavailable
from summarizer.models import answer, dialect, refusals
from summarizer.models.address import Address, patience
from summarizer.models.allowance import Allowance
from summarizer.models.gate import Gate, OpenGate
from summarizer.models.ledger import Row, record
from summarizer.models.memory import Memory

if TYPE_CHECKING:
    import openai
    from tenacity import RetryCallState

log = logging.getLogger(__name__)

LESSONS = 8  # most dialects tried for one request
_LEAST = 0.001  # seconds of a try: 0 would be without limit
UNSENT = ("stream", "timeout", "metadata", "user")  # ours to know, not the server's


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between tries: full jitter up to `first`, doubling up to `most`.

    A server that says Retry-After is obeyed up to `obeyed`.
    """

    first: float = 0.5
    most: float = 20.0
    obeyed: float = 60.0


class Endpoint:
    """A source of answers over HTTP; safe to share between threads."""

    parallel = 2

    def __init__(
        self,
        name: str,
        settings: Settings,
        pace: Pace | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.id = name
        self._settings = settings
        self._gate = gate or OpenGate()
        self._pace = pace or Pace(obeyed=self._gate.patience)
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()
        self._has_answered = False

    @functools.cached_property
    def address(self) -> Address:
        """Where it is, looked up when first needed: a replay needs neither URL nor key."""
        return Address.of(self._settings)

    @functools.cached_property
    def _memory(self) -> Memory:
        return Memory(self._settings.cache / "endpoints.json", f"{self.address.url} {self.id}")

    def create(self, **request: Any) -> Any:
        """One chat completion. Raises ModelUnavailable, AnswerTruncated or AnswerRejected."""
        wanted = {k: v for k, v in request.items() if k not in UNSENT} | {"model": self.id}
        spoken, first_error, is_guess = self._memory.dialect, None, False
        allowance = Allowance(max(self._settings.max_call_seconds, self._settings.timeout))
        for _ in range(LESSONS):
            retries = 0 if is_guess else self._settings.retries
            try:
                raw = self._post(dialect.speak(wanted, spoken), allowance, retries)
            except refusals.Refused as error:
                first_error = first_error or error.reason
                is_guess |= isinstance(error.reason, ModelUnavailable)
                lesson = dialect.after_refusal(spoken, wanted, error.status, error.message)
                if lesson is None or allowance.left <= 0:
                    raise first_error from error
            else:
                lesson = dialect.after_answer(spoken, wanted, raw)
                if lesson is None:
                    is_proven = spoken.proven or dialect.schema_of(wanted) is not None
                    self._memory.keep(replace(spoken, proven=is_proven), for_good=not is_guess)
                    as_json = wanted.get("response_format") is not None
                    as_odds = bool(wanted.get("logprobs"))
                    heard = answer.hear(raw, as_json=as_json, as_odds=as_odds)
                    return heard.redacted(self.address.without_key).completion()
            spoken = lesson
        raise ModelUnavailable(f"{self.address.url} refused every way of asking {self.id!r}")

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _post(self, body: Mapping[str, Any], allowance: Allowance, retries: int) -> Any:
        """Send until an answer comes back; its body as parsed JSON.

        Raises refusals.Refused for what another dialect may cure, else ModelError.
        """
        import openai
        from tenacity import Retrying, retry_if_exception

        def sleep(seconds: float) -> None:
            if isinstance(self._gate, OpenGate):  # a batch's pauses are the server's and shared
                allowance.spend(seconds)
            self._gate.sleep(seconds)

        tries = Retrying(
            stop=functools.partial(self._is_enough, allowance, retries),
            wait=self._wait,
            retry=retry_if_exception(self._is_worth_another),
            sleep=sleep,
            reraise=True,
        )
        try:
            return tries(self._send, body, allowance)
        except openai.OpenAIError as error:
            raise self._explained(error) from error
        except answer.Garbled as error:
            raise ModelUnavailable(
                f"{self.address.url} answers, but not as an OpenAI-compatible endpoint: {error}; "
                f"does {self.address.origin} end in /v1?"
            ) from error

    def _send(self, body: Mapping[str, Any], allowance: Allowance) -> Any:
        import httpx2

        with self._gate.passage(), allowance.running():
            start = time.monotonic()
            limit = min(self._settings.timeout or allowance.left, allowance.left)
            response = self._connected().post(
                "/chat/completions",
                body=dict(body),
                cast_to=httpx2.Response,
                options={"timeout": patience(max(limit, _LEAST))},
            )
        self._has_answered = True
        try:
            raw = json.loads(response.content)
        except ValueError as error:
            raise answer.Garbled("a body that is no JSON came back") from error
        hidden = refusals.hidden(raw, response)
        if hidden is not None:
            raise hidden
        answer.first_choice(raw)
        record(Row(*answer.tokens(raw), time.monotonic() - start))
        return raw

    def _connected(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                self._client = self.address.client(self._settings.timeout)
            return self._client

    def _is_worth_another(self, error: BaseException) -> bool:
        return refusals.is_transient(error, has_answered=self._has_answered)

    def _is_enough(self, allowance: Allowance, retries: int, state: RetryCallState) -> bool:
        import openai

        waits = state.upcoming_sleep if isinstance(self._gate, OpenGate) else 0.0
        if allowance.left <= waits:
            return True
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, openai.APITimeoutError) and state.attempt_number >= 2:
            return True  # what took too long twice will take too long again
        return retries < state.attempt_number

    def _wait(self, state: RetryCallState) -> float:
        import openai
        from tenacity import wait_random_exponential

        error = state.outcome.exception() if state.outcome else None
        jittered = wait_random_exponential(multiplier=self._pace.first, max=self._pace.most)(state)
        asked = min(retry_after(error), self._pace.obeyed)
        if asked > 0 or isinstance(error, openai.RateLimitError):
            self._gate.slowed(asked, is_limit=isinstance(error, openai.RateLimitError))
        log.info("%s: %s; trying again", self.address.url, type(error).__name__)
        return max(jittered, asked)

    def _explained(self, error: openai.OpenAIError) -> ModelError:
        names = self.address.model_names if refusals.is_unknown_model(error) else None
        return refusals.explain(error, self.address, self.id, names() if names else ())


def retry_after(error: BaseException | None) -> float:
    """The seconds that a server asked to wait, by header: a number, milliseconds, or a date."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        try:
            date = email.utils.parsedate_to_datetime(headers.get("retry-after", ""))
        except ValueError:
            return 0.0
        return max(0.0, date.timestamp() - time.time())
