"""The loaded engine: it answers, and is loaded again with other threads when that is better.

Only when no request is under way: those that come meanwhile wait until the last one is done and
the engine is back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer.models import threads
from summarizer.models.threads import Choice, Watch

log = logging.getLogger(__name__)

Load = Callable[[int], Any]  # a number of threads → llama.cpp's server with them


class Engine:
    """llama.cpp's server with as many threads as fit; `fixed` ones stay. Loaded at once."""

    def __init__(self, load: Load, fixed: int = 0, root: Path = threads.ROOT) -> None:
        self._load = load
        self._root = root
        self._turn = threading.Condition()
        self._under_way = 0
        self.choice = threads.as_set(fixed) if fixed else threads.choose(root)
        self._server: Any = self._start(self.choice)
        self._wanted: Choice | None = None
        self._watch: Watch | None = None
        if not fixed:
            self._watch = Watch(self.choice, threads.look(root), threads.quota(root))

    def answer(self, request: dict[str, Any]) -> Any:
        """What llama.cpp answers."""
        server, together = self._entered()
        raw: Any = None
        try:
            is_read = "pieces" in request
            raw = (server.handle_pieces if is_read else server.handle_chat_completions)(request)
            return raw
        finally:
            self._left(raw, together)

    def address(self) -> str:
        """Where it listens. From now on it stays as it is: somebody else asks it there."""
        return f"{self.stays().listening_address}/v1"

    def stays(self) -> Any:
        """The server. From now on it is not loaded again: somebody else asks it."""
        with self._turn:
            self._watch = self._wanted = None
            return self._served()

    def _entered(self) -> tuple[Any, int]:
        with self._turn:
            self._turn.wait_for(lambda: self._wanted is None or not self._under_way)
            server = self._served()
            self._under_way += 1
            return server, self._under_way

    def _left(self, raw: Any, together: int) -> None:
        with self._turn:
            together = max(together, self._under_way)
            self._under_way -= 1
            self._turn.notify_all()
            if self._watch is None or self._wanted is not None or not isinstance(raw, dict):
                return
            speed = threads.speed_of(raw.get("timings"), together)
            self._wanted = self._watch.heard(speed, threads.look(self._root))

    def _served(self) -> Any:
        """The server, loaded again where that is wanted or has failed. Nobody else enters then."""
        if self._wanted is not None:
            self.choice, self._wanted, self._server = self._wanted, None, None
        if self._server is None:
            self._server = self._start(self.choice)
        return self._server

    def _start(self, choice: Choice) -> Any:
        server = self._load(choice.threads)
        log.info("%s", choice)
        return server
