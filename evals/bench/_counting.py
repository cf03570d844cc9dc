"""A proxy on loopback that counts what passes through it, whoever asks.

    with CountingProxy("http://127.0.0.1:8080/v1", key) as proxy:
        ...  # a client asks at proxy.url
        cost = proxy.taken()

Both sides of a comparison are counted here, from what the server says that an answer took, and
not by themselves: a request that a client repeats, or whose answer it drops, counts as well.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATIENCE = 1800.0
"""Seconds for one answer; the clients have time limits of their own."""
GATEWAY = 502


@dataclass(frozen=True, slots=True)
class Cost:
    """What was asked: requests, those among them that failed, tokens in and out."""

    requests: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.requests + other.requests,
            self.failed + other.failed,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


class CountingProxy(ThreadingHTTPServer):
    """The proxy; a context manager that listens while it is open."""

    daemon_threads = True

    def __init__(self, upstream: str, key: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream, self.key = upstream.rstrip("/"), key
        self._cost = Cost()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def taken(self) -> Cost:
        """The cost since this was last asked."""
        with self._lock:
            cost, self._cost = self._cost, Cost()
        return cost

    def count(self, status: int, body: bytes) -> None:
        """Count one answer to a request for a completion."""
        usage = _usage(body)
        cost = Cost(
            requests=1,
            failed=status != 200,
            prompt_tokens=usage.get("prompt_tokens") or 0,
            completion_tokens=usage.get("completion_tokens") or 0,
        )
        with self._lock:
            self._cost += cost

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away while it is answered is its own business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: CountingProxy

    def do_GET(self) -> None:
        self._pass_on(None)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

    def _pass_on(self, data: bytes | None) -> None:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.server.key}"}
        url = self.server.upstream + self.path.removeprefix("/v1")
        request = urllib.request.Request(url, data, headers)  # noqa: S310 — the user's own server
        status, body = _fetched(request)
        if data is not None:
            self.server.count(status, body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback needs no proxy


def _fetched(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with direct.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()
    except OSError as error:
        message = {"error": {"message": f"the server cannot be reached: {error}", "code": GATEWAY}}
        return GATEWAY, json.dumps(message).encode()


def _usage(body: bytes) -> dict[str, int]:
    try:
        return dict(json.loads(body).get("usage") or {})
    except (ValueError, AttributeError, TypeError):
        return {}
