"""A careful reader in the place of a model: a server of the OpenAI protocol over a folder.

What is asked lies there as files (`desk.py`); the answer to each is what somebody who sees only
the request writes beside it. Answers that exist are sent at once, so that a run can be repeated
until nothing is left to be answered.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from .desk import Request, Unfit

MODEL = "reader"
PAUSE = 0.2
"""Seconds between two looks for an answer."""
LONGEST = 32 * 1024 * 1024
"""Bytes of a request."""


class Reader(ThreadingHTTPServer):
    """The server; a context manager that listens while it is open.

    With `waits` a request is answered when its answer is written, else refused with 503 at once.
    `tell` hears of every request that waits and of every answer that cannot be sent.
    """

    daemon_threads = True

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        *,
        waits: bool = True,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder = folder
        self.waits = waits
        self.tell = tell
        self.stopped = threading.Event()

    @property
    def base_url(self) -> str:
        """What `--base-url` takes."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(PAUSE / 4,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def answer(self, request: Request, is_gone: Callable[[], bool]) -> str | None:
        """The reader's words; None when there are none and nobody waits for them any more."""
        told = ""
        while not self.stopped.is_set():
            fault = f"{request.answer_path} is to be written"
            try:
                if (said := request.answer()) is not None:
                    return said
            except Unfit as error:
                fault = str(error)
            if fault != told:
                self.tell(fault)
                told = fault
            if not self.waits or is_gone():
                return None
            self.stopped.wait(PAUSE)
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Reader

    def do_GET(self) -> None:
        """The list of models, which has one."""
        if self.path.rstrip("/") != "/v1/models":
            self._refuse(404, f"there is no {self.path}; there is /v1/models")
            return
        one = {"id": MODEL, "object": "model", "created": 0, "owned_by": "evals"}
        self._send(200, {"object": "list", "data": [one]})

    def do_POST(self) -> None:
        """One completion."""
        body = self._body()
        if body is None:
            return
        request = Request(self.server.folder, body)
        request.lay_out()
        said = self.server.answer(request, self._is_gone)
        if said is None:
            self._refuse(503, f"nobody has answered {request.digest} yet")
        else:
            self._send(200, request.completion(said))

    def _body(self) -> dict[str, Any] | None:
        """What was sent; None when it was refused."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST:
            self.close_connection = True
            self._refuse(413 if length.isdigit() else 411, "a request needs its length, 32 MiB")
            return None
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            body = None
        if self.path.rstrip("/") != "/v1/chat/completions":
            self._refuse(404, f"there is no {self.path}; there is /v1/chat/completions")
        elif not isinstance(body, dict) or not _is_of_messages(body.get("messages")):
            self._refuse(400, "the body must be an object with messages")
        elif body.get("stream"):
            self._refuse(400, "a reader does not stream")
        else:
            return body
        return None

    def _is_gone(self) -> bool:
        """Whether the client has hung up: nothing is read of it but the end."""
        try:
            readable, _, _ = select.select([self.connection], [], [], 0)
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _refuse(self, status: int, message: str) -> None:
        self._send(status, {"error": {"message": message, "type": "reader", "code": None}})

    def _send(self, status: int, value: dict[str, Any]) -> None:
        data = json.dumps(value, ensure_ascii=False).encode(errors="replace")
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:  # who asked has gone; the answer lies in the folder
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing: what matters is told by the server."""


def _is_of_messages(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)
