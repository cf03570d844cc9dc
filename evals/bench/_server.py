"""A server on loopback that answers like an endpoint, after a fixed time, and fails on purpose.

    python -m evals.bench._server LATENCY FAULTS

It prints its port and then answers every request with the least that its JSON Schema allows.
FAULTS is the share of requests that meet one of: 429, 500, a dropped connection, a page instead
of JSON, a cut answer, an answer that comes late. GET /count tells how many requests came, how many
faults, and the most at once.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from typing import Any

FAULTS = ("429", "500", "drop", "garbage", "cut", "late")
_LATE = 3.0  # times the latency


class Server:
    """Counts and answers; everything happens in one thread."""

    def __init__(self, latency: float, faults: float) -> None:
        self._latency, self._faults = latency, faults
        self._rng = random.Random(7)  # noqa: S311 — a benchmark
        self.requests = self.failed = self.now = self.most = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if head.startswith(b"GET"):
                    count = {"requests": self.requests, "faults": self.failed, "most": self.most}
                    writer.write(_http(200, json.dumps(count)))
                    continue
                length = next(
                    int(line[15:]) for line in head.lower().split(b"\r\n")
                    if line.startswith(b"content-length:")
                )  # fmt: skip
                body = json.loads(await reader.readexactly(length))
                if not await self._answer(body, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _answer(self, body: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        self.requests += 1
        self.now += 1
        self.most = max(self.most, self.now)
        fault = self._rng.choice(FAULTS) if self._rng.random() < self._faults else ""
        fault = fault if self.requests > 8 else ""  # the endpoint is found in order
        self.failed += bool(fault)
        await asyncio.sleep(self._latency * (_LATE if fault == "late" else 1))
        self.now -= 1
        if fault == "drop":
            return False
        if fault in ("429", "500"):
            more = "Retry-After: 0.1\r\n" if fault == "429" else ""
            writer.write(_http(int(fault), '{"error": {"message": "busy"}}', more))
        elif fault == "garbage":
            writer.write(_http(200, "<html>Sign in</html>"))
        else:
            writer.write(_http(200, _completion(body, is_cut=fault == "cut")))
        await writer.drain()
        return True


def _completion(body: dict[str, Any], *, is_cut: bool) -> str:
    schema = body["response_format"]["json_schema"]["schema"]
    content = json.dumps(least(schema, schema), ensure_ascii=False)
    choice = {
        "index": 0,
        "finish_reason": "length" if is_cut else "stop",
        "message": {"role": "assistant", "content": content[: 5 if is_cut else None]},
    }
    usage = {"prompt_tokens": 500, "completion_tokens": 50, "total_tokens": 550}
    whole = {"id": "1", "object": "chat.completion", "created": 1, "model": "bench"}
    return json.dumps(whole | {"choices": [choice], "usage": usage}, ensure_ascii=False)


def least(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """The least value that a JSON Schema takes, and words where it wants a text."""
    if "$ref" in schema:
        return least(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        choices = (least(choice, root) for choice in schema["anyOf"])
        return min(choices, key=lambda value: value is not None)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: least(field, root) for name, field in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [least(schema["items"], root)] * schema.get("minItems", 0)
    return "全乡的各项工作都有了新的进展" if schema.get("type") == "string" else None


def _http(status: int, body: str, more: str = "") -> bytes:
    data = body.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{more}"
    return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


async def _main(latency: float, faults: float) -> None:
    server = Server(latency, faults)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=1024)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]), float(sys.argv[2])))
