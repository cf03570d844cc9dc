"""A server on loopback that speaks OpenAI's chat protocol, and breaks it in every way we know.

    with FakeServer(error(503), says('{"80户": "贫困户数"}')) as server:
        model = open_model("any", Settings(base_url=server.url))

Replies are given in order, the last one again and again; a reply may be a function of the request's
body. What was asked is in `server.requests`.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """One HTTP answer. `drop` closes the connection unanswered, `cut` in the middle of the body.

    `drip` sends blanks before the body, one after so many seconds each, until the client goes.
    """

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    cut: bool = False
    drip: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One request as it came in: names of headers in lower case, `at` the clock in seconds."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


Script = Reply | Callable[[dict[str, Any]], Reply]


def says(
    content: str | None, *, finish: str = "stop", usage: Any = (20, 7), **message: Any
) -> Reply:
    """A completion with this content; `message` adds fields (refusal, tool_calls, …)."""
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-2026",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
    }
    if usage:
        prompt, completion = usage
        body["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }
    return Reply(body)


def calls_tool(arguments: str) -> Reply:
    """A completion that calls the forced tool."""
    call = {"id": "1", "type": "function", "function": {"name": "Answer", "arguments": arguments}}
    return says(None, finish="tool_calls", tool_calls=[call])


def error(status: int, message: str = "boom", *, code: str | None = None, **headers: str) -> Reply:
    """An error in OpenAI's shape; `retry_after="1"` sets the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply({"error": {"message": message, "type": code, "code": code}}, status, named)


def page(status: int = 200) -> Reply:
    """A proxy's page where an answer should be."""
    return Reply(
        "<!doctype html><html><h1>Sign in</h1></html>", status, {"Content-Type": "text/html"}
    )


class Held:
    """A script that answers the first `free` requests at once, the others when `go` is set."""

    def __init__(self, script: Callable[[dict[str, Any]], Reply], free: int = 0) -> None:
        self.go = threading.Event()
        self._script = script
        self._free = iter(range(free))

    def __call__(self, body: dict[str, Any]) -> Reply:
        if next(self._free, None) is None:
            self.go.wait(300)
        return self._script(body)


class FakeServer(ThreadingHTTPServer):
    """The server; a context manager that listens while it is open."""

    daemon_threads = True

    def __init__(
        self, *replies: Script, models: tuple[str, ...] = (), at: Any = ("127.0.0.1", 0)
    ) -> None:
        super().__init__(at, _Handler)
        self.replies = list(replies)
        self.models = models
        self.requests: list[Asked] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def next_reply(self, asked: Asked) -> Reply:
        with self._lock:
            self.requests.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            script = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return script if isinstance(script, Reply) else script(asked.body)

    def done(self) -> None:
        with self._lock:
            self._now -= 1

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_GET(self) -> None:
        names = self.server.models
        if self.path.endswith("/models") and names:
            self._send(
                Reply({"object": "list", "data": [{"id": n, "object": "model"} for n in names]})
            )
        else:
            self._send(error(404, "Not Found"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, body, time.monotonic())
        reply = self.server.next_reply(asked)
        try:
            time.sleep(reply.delay)
            self._send(reply)
        finally:
            self.server.done()

    def _send(self, reply: Reply) -> None:
        if reply.drop:
            self.close_connection = True
            return
        data, kind = reply.body, "application/json"
        if isinstance(data, dict):
            data = json.dumps(data)
        if isinstance(data, str):
            data = data.encode()
        self.send_response(reply.status)
        for name, value in ({"Content-Type": kind} | reply.headers).items():
            self.send_header(name, value)
        if not reply.drip:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        while reply.drip:
            self.close_connection = True
            self.wfile.write(b" ")
            time.sleep(reply.drip)
        if reply.cut:
            data, self.close_connection = data[: len(data) // 2], True
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def wanted(body: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema that a request wants its answer to fit, {} for one that wants no form."""
    form = body.get("response_format", {"json_schema": {"schema": {}}})
    schema: dict[str, Any] = form["json_schema"]["schema"]
    return schema
