"""A GGUF file run by llama.cpp in this process.

The engine is loaded by the first request, not before: a replay never pays for it. There is one
at a time in a process; asking for another file or other settings closes the one before.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summarizer.config import Settings
from summarizer.errors import (
    AnswerRejected,
    AnswerTruncated,
    ConfigError,
    ModelUnavailable,
)
from summarizer.models import answer, weights
from summarizer.models.ledger import Row, record

log = logging.getLogger(__name__)

DEFAULTS = {"temperature": 0, "seed": 1, "cache_prompt": True, "max_tokens": 1024}
SILENT, USUAL = -1, 3  # llama.cpp's own verbosity; it writes straight to file descriptor 2
KEPT_PROMPTS_MIB = 256  # prompt prefixes kept in memory for requests that come back to them
FINGERPRINT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is loaded with; two equal plans share one engine."""

    path: Path
    threads: int
    context: int
    slots: int


class Local:
    """The embedded model, or a user's own file, as a source of answers."""

    def __init__(
        self, path: Path | None, settings: Settings, progress: weights.Progress | None = None
    ) -> None:
        self._given = path
        self._settings = settings
        self._progress = progress
        self.id = "local:" + (_fingerprint(path) if path else Path(weights.EMBEDDED.file).stem)

    def create(self, **request: Any) -> Any:
        """One chat completion. Raises ModelUnavailable, AnswerTruncated or AnswerRejected."""
        for name in ("model", "stream", "timeout", "metadata", "user"):
            request.pop(name, None)
        server = self._server()
        start = time.monotonic()
        try:
            raw = server.handle_chat_completions(DEFAULTS | request)
        except (ValueError, RuntimeError) as error:
            raise AnswerRejected(f"llama.cpp refused the request: {str(error)[:200]}") from error
        _raise_error(raw)
        record(Row(*answer.tokens(raw), time.monotonic() - start))
        wants_json = request.get("response_format") is not None
        try:
            heard = answer.hear(raw, as_json=wants_json)
        except answer.Garbled as error:
            raise ModelUnavailable(f"llama.cpp: {error}") from error
        return replace(heard, model=self.id).completion()

    def address(self) -> str:
        """The engine's OpenAI-compatible URL on this machine, for other programs' clients."""
        return f"{self._server().listening_address}/v1"

    def close(self) -> None:
        """Give the engine's memory back; a later request loads it again."""
        _close()

    def _server(self) -> Any:
        if importlib.util.find_spec("xllamacpp") is None:
            raise ConfigError(
                "the embedded model needs its engine: pip install 'report-summarizer[local]'"
            )
        with _lock:
            if self._given is None:
                path = weights.ensure(self._settings, progress=self._progress)
            else:
                path = _checked(self._given, self._settings)
            settings = self._settings
            return _engine(
                Plan(
                    path,
                    settings.threads or os.cpu_count() or 1,
                    settings.context,
                    max(1, settings.parallel),
                )
            )


_lock = threading.RLock()
_loaded: list[tuple[Plan, Any]] = []


def _engine(plan: Plan) -> Any:
    with _lock:
        if _loaded and _loaded[0][0] == plan:
            return _loaded[0][1]
        _close()
        server = _load(plan)
        _loaded.append((plan, server))
        return server


def _close() -> None:
    with _lock:
        _loaded.clear()


def _load(plan: Plan) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.verbosity = USUAL if log.isEnabledFor(logging.DEBUG) else SILENT
    params.model.path = str(plan.path)
    params.n_ctx = plan.context
    params.n_parallel = plan.slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = plan.threads
    params.cache_ram_mib = KEPT_PROMPTS_MIB
    params.warmup = params.ui = params.fit_params = params.endpoint_slots = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    start = time.monotonic()
    try:
        server = xllamacpp.Server(params)
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelUnavailable(f"{plan.path} cannot be loaded: {str(error)[:200]}") from error
    log.info("loaded %s in %.1f s", plan.path.name, time.monotonic() - start)
    return server


def _checked(path: Path, settings: Settings) -> Path:
    """A user's own file; one that bears the embedded model's name must be that model."""
    if path.name == weights.EMBEDDED.file:
        weights.verify(path, settings)
    return path


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
