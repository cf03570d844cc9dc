"""A provider's batch files, against a server of ours that speaks their protocol."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from fake_server import says
from forked import Nursery, until
from test_batch import records, reports
from test_cli_summarize import answered

from summarizer.cli import run

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

FULL = (
    "Enqueued token limit reached for fake. Limit: 90,000 enqueued tokens. Please try again later."
)


class Provider(ThreadingHTTPServer):
    """Files, batches, contents. A batch is done at the second look; answers come in any order.

    `spoil(round, request)` gives another line in place of an answer's, or None; the next looks at
    a batch meet the `faults`.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.rounds: list[list[dict[str, Any]]] = []
        self.looks: dict[str, int] = {}
        self.done_at = 2
        self.status = "completed"
        self.spoil: Callable[[int, dict[str, Any]], Any] = lambda _round, _request: None
        self.made: Callable[[], None] = lambda: None  # between making a batch and telling its id
        self.of_file: list[str] = []
        self.lists = 200
        self.refuses = 0
        self.since: dict[int, float] = {}  # when batches were made, if not now
        self.faults: list[int] = []
        self.mark = b""
        self.room = 10**9  # requests that the queue holds; more are refused, at once or later
        self.is_late = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def result(self, number: int) -> str:
        lines = []
        for request in self.rounds[number]:
            reply = {"status_code": 200, "body": answered(request["body"]).body}
            given = {"custom_id": request["custom_id"], "response": reply, "error": None}
            line = self.spoil(number, request) or given
            lines.append(line if isinstance(line, str) else json.dumps(line))
        random.Random(number).shuffle(lines)
        return "\n".join(lines) + "\n"


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/files"):
            lines = [json.loads(p) for p in body.splitlines() if p.startswith(b'{"custom_id"')]
            name = f"file-{len(self.server.files)}"
            self.server.files[name] = lines
            self._send({"id": name, "object": "file", "bytes": len(body), "created_at": 1,
                        "filename": "requests.jsonl", "purpose": "batch", "status": "processed"})  # fmt: skip
        elif self.path.endswith("/batches"):
            name = json.loads(body)["input_file_id"]
            if self.server.refuses:
                self._send({"error": {"message": "no such project"}}, self.server.refuses)
                return
            if not self.server.is_late and len(self.server.files[name]) > self.server.room:
                self._send({"error": {"message": FULL, "code": "token_limit_exceeded"}}, 429)
                return
            self.server.of_file.append(name)
            self.server.rounds.append(self.server.files[self.server.of_file[-1]])
            self.server.made()
            self._send(self._batch(len(self.server.rounds) - 1, "validating"))
        else:
            self.send_error(404)

    def do_GET(self) -> None:
        kind, _, name = self.path.rpartition("/")
        if name == "content":
            text = self.server.mark + self.server.result(int(kind.rpartition("-")[2])).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
            return
        if name.startswith("batches?"):
            self._list(parse_qs(name).get("after", [""])[0])
            return
        if self.server.faults:
            self.send_error(self.server.faults.pop())
            return
        looks = self.server.looks[name] = self.server.looks.get(name, 0) + 1
        is_done = looks >= self.server.done_at
        self._send(self._batch(int(name.rpartition("-")[2]), self.server.status if is_done else "in_progress"))  # fmt: skip

    def _list(self, after: str) -> None:
        """One batch a page, the newest first."""
        if self.server.lists != 200:
            self.send_error(self.server.lists)
            return
        before = int(after.rpartition("-")[2]) if after else len(self.server.rounds)
        page = [self._batch(n, "in_progress") for n in range(before - 1, before - 2, -1) if n >= 0]
        self._send({"object": "list", "data": page, "has_more": before > 1,
                    "first_id": None, "last_id": None})  # fmt: skip

    def _batch(self, number: int, status: str) -> dict[str, Any]:
        is_full = len(self.server.rounds[number]) > self.server.room
        status = "failed" if is_full and status == "completed" else status
        output = f"out-{number}" if status in ("completed", "expired") else None
        told = [{"code": "x", "message": "too many tokens waiting"}] if status == "failed" else []
        told = [{"code": "token_limit_exceeded", "message": FULL}] if is_full else told
        return {"id": f"batch-{number}", "object": "batch", "endpoint": "/v1/chat/completions",
                "input_file_id": self.server.of_file[number], "completion_window": "24h",
                "status": status, "created_at": int(self.server.since.get(number, time.time())), "output_file_id": output,
                "errors": {"object": "list", "data": told}}  # fmt: skip

    def _send(self, value: Any, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def provider():
    with Provider() as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(autouse=True)
def _desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reports(4)


def command(provider, *more: str) -> list[str]:
    where = ["--model", "fake", "--base-url", provider.url, "--via", "batch-api", "--poll", "0.01"]
    return ["batch", "in", "-o", "out.jsonl", *where, *more]


def test_every_document_is_done_in_a_few_rounds(provider):
    assert run(command(provider)) == 0
    assert [record["status"] for record in records()] == ["ok"] * 4
    assert 1 < len(provider.rounds) < 7
    ids = [request["custom_id"] for requests in provider.rounds for request in requests]
    assert len(ids) == len(set(ids))
    assert not list(Path().glob(".*.requests"))
    before, rounds = Path("out.jsonl").read_bytes(), len(provider.rounds)
    assert run(command(provider)) == 0
    assert (Path("out.jsonl").read_bytes(), len(provider.rounds)) == (before, rounds)


def test_what_failed_is_asked_again_and_then_given_up(provider):
    first: list[str] = []

    def spoil(number, request):
        first.append(request["custom_id"])
        if request["custom_id"] != first[0]:
            return None
        return {"custom_id": first[0], "response": {"status_code": 500, "body": {}}, "error": None}

    provider.spoil = spoil
    assert run(command(provider)) == 0
    asked = [r["custom_id"] for requests in provider.rounds for r in requests]
    assert asked.count(first[0]) == 3
    issues = [i["code"] for record in records() for i in record["summary"]["issues"]]
    assert "no_answer" in issues


def test_days_may_pass_between_two_runs(provider, capsys):
    provider.done_at = 10**9
    seconds = 1
    while not provider.rounds:  # a busy machine may not have asked by then
        assert run(command(provider, "--deadline", str(seconds))) == 1
        assert "deadline" in capsys.readouterr().err
        seconds *= 2
    assert len(provider.rounds) == 1
    provider.done_at = 1
    assert run(command(provider)) == 0
    assert len(records()) == 4
    first = {request["custom_id"] for request in provider.rounds[0]}
    assert not any(r["custom_id"] in first for requests in provider.rounds[1:] for r in requests)


def test_a_provider_that_refuses(provider, capsys):
    provider.status = "failed"
    assert run(command(provider)) == 4
    assert "batch-0 failed: too many tokens waiting" in capsys.readouterr().err
    provider.status = "completed"
    assert run(command(provider)) == 0


def test_a_provider_that_makes_no_batch_is_told_in_its_words(provider, capsys):
    provider.refuses = 400
    assert run(command(provider)) == 4
    assert "no such project" in capsys.readouterr().err
    provider.refuses = 0
    assert run(command(provider)) == 0


def test_a_provider_that_cannot_be_asked_any_more_ends_the_run(provider, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    provider.faults = [500] * 20
    assert run(command(provider)) == 4
    provider.faults = []
    assert run(command(provider)) == 0
    ids = [request["custom_id"] for requests in provider.rounds for request in requests]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("line", ["", "<html>", "[]", '{"custom_id": 3}', '{"response": 1}'])
def test_a_line_that_is_missing_is_asked_for_again_and_then_given_up(line, provider):
    lost: list[str] = []

    def spoil(_number, request):
        lost.append(request["custom_id"])
        return (line or " ") if request["custom_id"] == lost[0] else None

    provider.spoil = spoil
    assert run(command(provider)) == 0
    asked = [r["custom_id"] for requests in provider.rounds for r in requests]
    assert asked.count(lost[0]) == 3
    assert [record["status"] for record in records()] == ["ok"] * 4


def test_an_answer_of_a_batch_that_is_cut_at_its_limit_is_asked_again_in_halves(provider):
    """The next round holds smaller requests in place of the one that was cut."""
    reports(1)
    many = "".join(f"投入资金{n}万元,修路{n}公里。\n" for n in range(11, 15))
    Path("in", "r000.txt").write_text(many, encoding="utf-8")
    cut: list[str] = []

    def spoil(number, request):
        if number or cut:
            return None
        cut.append(request["custom_id"])
        reply = says("{", finish="length")
        response = {"status_code": 200, "body": reply.body}
        return {"custom_id": request["custom_id"], "response": response, "error": None}

    provider.spoil = spoil
    assert run(command(provider)) == 0
    asked = [r["custom_id"] for requests in provider.rounds for r in requests]
    assert asked.count(cut[0]) == 1
    assert len(provider.rounds) > 1
    assert "ok" in [record["status"] for record in records()]


def test_an_expired_batch_gives_what_it_has(provider):
    provider.status = "expired"
    provider.spoil = lambda number, request: " " if number == 0 and "101" in str(request) else None
    assert run(command(provider)) == 0
    assert [record["status"] for record in records()] == ["ok"] * 4


def test_what_a_batch_costs_is_told_and_limited(provider, capsys):
    assert run(command(provider, "--max-tokens", "50")) == 1
    told = capsys.readouterr().err
    assert len(provider.rounds) == 1
    assert f"spent by this run: {len(provider.rounds[0])} requests" in told
    assert "the budget of 50 tokens is used up" in told
    assert run(command(provider)) == 0
    assert "spent by this run: 0 requests" not in capsys.readouterr().err


def test_a_provider_may_stumble_while_it_is_waited_for(provider, capsys):
    provider.faults = [502, 503, 429]
    assert run(command(provider)) == 0
    assert len(records()) == 4
    provider.faults = [401]
    reports(5)
    assert run(command(provider)) == 4
    errors = capsys.readouterr().err
    assert errors.count("OPENAI_API_KEY") == 1
    assert "does not do batches" not in errors


def test_a_server_that_does_no_batches_is_told(provider, capsys):
    provider.faults = [405]
    assert run(command(provider)) == 4
    assert f"{provider.url} does not do batches" in capsys.readouterr().err


def test_answers_that_cannot_be_kept_are_not_asked_for_again(provider, monkeypatch, capsys):
    Path("full").write_bytes(b"")
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", "full")
    assert run(command(provider)) == 1
    assert "cannot keep the provider's answers" in capsys.readouterr().err
    monkeypatch.delenv("SUMMARIZER_CACHE_DIR")
    first = {r["custom_id"] for r in provider.rounds[0]}
    assert run(command(provider)) == 0
    assert not any(r["custom_id"] in first for requests in provider.rounds[1:] for r in requests)


def test_ctrl_c_does_not_wait_for_the_next_look(provider, tmp_path):
    provider.done_at = 10**9
    with Nursery() as nursery:
        child = nursery.start(command(provider, "--poll", "3000"), cwd=tmp_path)
        until(lambda: provider.looks)
        os.kill(child.pid, signal.SIGINT)
        assert child.wait()[0] == 130
    provider.done_at = 1
    assert run(command(provider)) == 0


def killed_at_the_batch(provider, number: int, desk: Path) -> None:
    """A run that is killed when batch `number` is made, before it can hear the batch's id."""

    def strike() -> None:
        if len(provider.rounds) == number:
            os.kill(child.pid, signal.SIGKILL)

    provider.made = strike
    with Nursery() as nursery:
        child = nursery.start(command(provider), cwd=desk)
        assert child.wait()[0] == -signal.SIGKILL
    provider.made = lambda: None
    assert len(provider.rounds) == number


@pytest.mark.parametrize("number", [1, 2])
def test_a_batch_that_was_made_in_the_moment_of_a_crash_is_found_again(number, provider, tmp_path):
    killed_at_the_batch(provider, number, tmp_path)
    assert run(command(provider)) == 0
    assert [record["status"] for record in records()] == ["ok"] * 4
    ids = [request["custom_id"] for requests in provider.rounds for request in requests]
    assert len(ids) == len(set(ids))


def test_the_batches_of_others_are_passed_over(provider, tmp_path):
    killed_at_the_batch(provider, 1, tmp_path)
    provider.of_file.append("file-of-others")
    provider.rounds.append([])
    assert run(command(provider)) == 0
    ids = [request["custom_id"] for requests in provider.rounds for request in requests]
    assert len(ids) == len(set(ids))


def test_a_batch_that_was_never_made_is_not_looked_for_among_old_ones(provider, tmp_path):
    killed_at_the_batch(provider, 1, tmp_path)
    provider.of_file[0], provider.since[0] = "file-of-others", time.time() - 1e7
    assert run(command(provider)) == 0
    assert len(records()) == 4
    first, second, *_ = ({r["custom_id"] for r in requests} for requests in provider.rounds)
    assert first == second


def test_while_a_provider_cannot_say_what_it_has_nothing_is_paid_for_twice(
    provider, tmp_path, monkeypatch
):
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    killed_at_the_batch(provider, 1, tmp_path)
    provider.lists = 500
    assert run(command(provider)) == 4
    assert len(provider.rounds) == 1
    provider.lists = 200
    assert run(command(provider)) == 0
    ids = [request["custom_id"] for requests in provider.rounds for request in requests]
    assert len(ids) == len(set(ids))


def test_a_provider_that_lists_nothing_is_asked_again(provider, tmp_path):
    provider.lists = 404
    killed_at_the_batch(provider, 1, tmp_path)
    assert run(command(provider)) == 0
    assert len(records()) == 4
    first, second, *_ = ({r["custom_id"] for r in requests} for requests in provider.rounds)
    assert first == second


@pytest.mark.parametrize("wrong", [["--via", "pigeon"], ["--model", "local"]], ids=str)
def test_what_cannot_go_by_batch(wrong, provider, capsys):
    assert run([*command(provider), *wrong]) == 2
    assert "--via" in capsys.readouterr().err


def test_a_mark_at_the_beginning_of_the_results_costs_no_line(provider):
    assert run(command(provider)) == 0
    rounds = len(provider.rounds)
    provider.mark = "\ufeff".encode()
    assert run([*command(provider), "--fresh", "--store", "off"]) == 0
    asked = [request["custom_id"] for one in provider.rounds[rounds:] for request in one]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("is_late", [True, False])
def test_a_full_queue_is_asked_for_less_at_once(is_late, provider):
    provider.room, provider.is_late = 3, is_late
    assert run(command(provider)) == 0
    assert [record["status"] for record in records()] == ["ok"] * 4
    taken = [one for one in provider.rounds if len(one) <= 3]
    ids = [request["custom_id"] for requests in taken for request in requests]
    assert len(ids) == len(set(ids))
    issues = [i["code"] for record in records() for i in record["summary"]["issues"]]
    assert "no_answer" not in issues


def test_a_queue_that_stays_full_is_told_and_may_be_tried_later(provider, capsys):
    provider.room = 0
    assert run(command(provider)) == 4
    assert "stayed full" in capsys.readouterr().err
    provider.room = 10**9
    assert run(command(provider)) == 0
    assert [record["status"] for record in records()] == ["ok"] * 4
