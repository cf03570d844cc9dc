"""A GGUF file run by llama.cpp in this process.

The engine is loaded by the first request, not before: a replay never pays for it. There is one
at a time in a process; asking for another file or other settings closes the one before.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from summarizer.config import Settings
from summarizer.errors import (
    AnswerRejected,
    AnswerTruncated,
    ConfigError,
    ModelUnavailable,
)
from summarizer.models import answer, heads, known_id, weights
from summarizer.models.dialect import schema_of
from summarizer.models.ledger import Row, record
from summarizer.models.reloading import Engine
from summarizer.models.states import READ, Reader
from summarizer.models.threads import Choice

log = logging.getLogger(__name__)

DEFAULTS = {"temperature": 0, "seed": 1, "cache_prompt": True, "max_tokens": 1024}
SILENT, USUAL = -1, 3  # llama.cpp's own verbosity; it writes straight to file descriptor 2
KEPT_PROMPTS_MIB = 256  # prompt prefixes kept in memory for requests that come back to them
FINGERPRINT_BYTES = 1 << 20
ONE = 1  # request at a time: several at once were slower, for each slot reads the same head
DRAFTED = (
    2,
    3,
)  # two tokens that stood before draft what came after them, three at most: llama.cpp
# reads four at once in little more time than one, and much of an answer is copied from its request
RUNS_WITHIN = 10  # seconds: milliseconds are usual


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is loaded with; two equal plans share one engine. 0 threads: what fits."""

    path: Path
    threads: int
    context: int
    slots: int
    heads: Path | None = None  # a folder for heads of requests; with one slot only


class Local:
    """The embedded model, or a user's own file, as a source of answers."""

    parallel = ONE

    def __init__(
        self, path: Path | None, settings: Settings, progress: weights.Progress | None = None
    ) -> None:
        self._given = path
        self._settings = settings
        self._progress = progress
        self._plan: Plan | None = None
        self.id = f"local:{_fingerprint(path)}" if path else known_id("local")

    def create(self, **request: Any) -> Any:
        """One chat completion. Raises ModelUnavailable, AnswerTruncated or AnswerRejected."""
        for name in ("model", "stream", "timeout", "metadata", "user"):
            request.pop(name, None)
        self._engine()  # first of all, for it says what is not installed
        schema = schema_of(request)
        raw = self._asked(request if schema is None else _constrained(request, schema))
        if schema is not None and not _begins_as_json(raw):  # a grammar that would not compile
            raw = self._asked(request)
        wants_json = request.get("response_format") is not None
        heard = answer.hear(raw, as_json=wants_json, as_odds=bool(request.get("logprobs")))
        return replace(heard, model=self.id).completion()

    def _asked(self, request: dict[str, Any]) -> Any:
        engine = self._engine()
        start = time.monotonic()
        try:
            raw = _interruptible(engine.answer, DEFAULTS | request)
        except (ValueError, RuntimeError) as error:
            raise AnswerRejected(f"llama.cpp refused the request: {str(error)[:200]}") from error
        _raise_error(raw)
        record(Row(*answer.tokens(raw), time.monotonic() - start))
        return raw

    def address(self) -> tuple[str, str]:
        """The engine's OpenAI-compatible URL on this machine and its key, for other clients."""
        return self._engine().address(), _KEY

    def reader(self) -> Reader:
        """Who reads hidden states by the engine's own listener."""
        return Reader(self._engine().stays(), _KEY)

    def close(self) -> None:
        """Give the engine's memory back; a later request loads it again."""
        with _lock:
            if _loaded and _loaded[0][0] == self._plan:
                _loaded.clear()

    def _engine(self) -> Engine:
        with _lock:
            if self._plan is None:
                self._plan = self._planned()
            return _engine(self._plan)

    def _planned(self) -> Plan:
        """Find and prove the file. Raises ConfigError without the engine, ModelUnavailable."""
        if importlib.util.find_spec("xllamacpp") is None:
            raise ConfigError(
                "the embedded model needs its engine: pip install 'report-summarizer[local]'"
            )
        settings, path = self._settings, self._given
        if path is None:
            path = weights.ensure(settings, progress=self._progress)
        elif path.name == weights.EMBEDDED.file:  # who bears the name must be the model
            weights.verify(path, settings, progress=self._progress)
        slots = settings.parallel or ONE
        kept = heads.folder_for(settings.cache) if slots == ONE else None
        return Plan(path, settings.threads, settings.context, slots, kept)


SPACING = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""White space of constrained answers, as models write it by themselves on one line. Free white
space costs a quarter more tokens (a line a key); none at all makes the small model stumble."""


def _constrained(request: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The request with its JSON Schema as a grammar, so that white space can be settled too."""
    import xllamacpp

    grammar = xllamacpp.json_schema_to_grammar(_closed(schema) | {"x-guidance": SPACING})
    rest = {name: value for name, value in request.items() if name != "response_format"}
    return rest | {"grammar": grammar}


def _closed(schema: Any) -> Any:
    """The schema with every object closed: a model may not add keys of its own.

    >>> _closed({"properties": {"80户": {"type": "string"}}})
    {'properties': {'80户': {'type': 'string'}}, 'additionalProperties': False}
    """
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if isinstance(closed.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed


def _begins_as_json(raw: Any) -> bool:
    content = answer.first_choice(raw)["message"].get("content")
    return str(content or "").lstrip().startswith("{")


_KEY = secrets.token_urlsafe()  # the engine listens on loopback too; nobody else is to use it
_lock = threading.RLock()
_loaded: list[tuple[Plan, Engine]] = []


def _engine(plan: Plan) -> Engine:
    with _lock:
        if _loaded and _loaded[0][0] == plan:
            return _loaded[0][1]
        _loaded.clear()
        engine = Engine(partial(_load, plan), plan.threads)
        _loaded.append((plan, engine))
        return engine


def loaded_threads() -> Choice | None:
    """With how many threads the engine runs now, and why; None when it is not loaded."""
    with _lock:
        return _loaded[0][1].choice if _loaded else None


def _load(plan: Plan, threads: int) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.verbosity = USUAL if log.isEnabledFor(logging.DEBUG) else SILENT
    params.model.path = str(plan.path)
    params.n_ctx = plan.context
    params.n_parallel = plan.slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = KEPT_PROMPTS_MIB
    params.warmup = params.ui = params.fit_params = params.endpoint_slots = False
    params.endpoint_metrics = True  # how it is seen that it runs
    params.embedding = True  # hidden states are given where they are asked for
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_NONE
    params.n_ubatch = READ
    params.speculative.types = [
        xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE
    ]
    params.speculative.ngram_simple.size_n, params.speculative.ngram_simple.size_m = DRAFTED
    if plan.heads:
        params.slot_save_path = f"{plan.heads}/"
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [_KEY]
    start = time.monotonic()
    try:
        server = Reader(xllamacpp.Server(params), _KEY)
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelUnavailable(
            f"llama.cpp cannot load {plan.path}: the file is damaged, of a kind it does not know, "
            f"or larger than the memory that is free ({str(error)[:80]})"
        ) from error
    _await_running(server.listening_address)
    log.info("loaded %s in %.1f s", plan.path.name, time.monotonic() - start)
    if plan.heads is None:
        return server
    engine = f"{xllamacpp.__version__} {plan.context} {_named(plan.path)}"
    return heads.Heads(server, plan.heads, engine, _KEY)


def _named(path: Path) -> str:
    """A name for a file's content that costs no reading of it all, made in its folder."""
    stat = path.stat()
    return f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}"


def _await_running(url: str) -> None:
    """Wait until the engine's listener and its queue run; given back before, it would never end.

    The counters are asked for, because that is a request that passes both and no model reads.
    """
    until = time.monotonic() + RUNS_WITHIN
    while time.monotonic() < until:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=1)
        with suppress(OSError, HTTPException), closing(connection):
            connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {_KEY}"})
            connection.getresponse().read()
            return
        time.sleep(0.01)


def _interruptible(answers: Callable[[dict[str, Any]], Any], request: dict[str, Any]) -> Any:
    """The engine's answer. In the main thread Ctrl-C need not wait for it: another one does."""
    if threading.current_thread() is not threading.main_thread():
        return answers(request)
    waiting = ThreadPoolExecutor(1)
    try:
        return waiting.submit(copy_context().run, answers, request).result()
    finally:
        waiting.shutdown(wait=False)


def _fingerprint(path: Path) -> str:
    """A name for a user's file by what is in it: stored answers of another file never match.

    Raises ConfigError when there is no such file, ModelUnavailable when it is no GGUF file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(FINGERPRINT_BYTES)
            file.seek(max(0, size - FINGERPRINT_BYTES))
            tail = file.read(FINGERPRINT_BYTES)
    except OSError as error:
        raise ConfigError(f"--model local:{path}: {error.strerror}") from error
    if not head.startswith(b"GGUF"):
        raise ModelUnavailable(f"{path} is not a GGUF file; convert the model or name another")
    if path.name == weights.EMBEDDED.file and size == weights.EMBEDDED.size:
        return path.stem
    return f"{path.stem}@{hashlib.sha256(str(size).encode() + head + tail).hexdigest()[:12]}"


def _raise_error(raw: Any) -> None:
    """llama.cpp answers an error as `{"error": {"code", "type", "message", …}}`."""
    error = raw.get("error") if isinstance(raw, dict) else None
    if not error:
        return
    error = error if isinstance(error, dict) else {"message": str(error)}
    if error.get("type") == "exceed_context_size_error":
        raise AnswerTruncated(
            f"the request has {error.get('n_prompt_tokens')} tokens, the model's context holds "
            f"{error.get('n_ctx')} a request; a larger `context` or fewer `parallel` helps"
        )
    message = str(error.get("message", "no reason given"))[:200]
    raise AnswerRejected(f"llama.cpp refused the request: {message}")
