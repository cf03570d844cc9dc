"""A batch on Ray: the same bytes as on this machine's threads, whatever becomes of the others."""

import hashlib
import importlib.util
import os
import platform
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_server import FakeServer, Held, Reply, error
from forked import until
from ray_cluster import TwoNodes
from test_batch import command, kept, records, reports
from test_cli_summarize import answered
from test_imports import HELP, modules_after

from summarizer.batch.journal import Pending
from summarizer.batch.making import Made
from summarizer.batch.recipe import recipe
from summarizer.batch.sources import Source
from summarizer.batch.worker import Crew, Order, Worker, opened, read_order
from summarizer.cli import run
from summarizer.config import Settings
from summarizer.engine.schema import load_schema

KEY = "sk-never-to-be-written-anywhere"
SECOND = "second"  # what the requests of the second node say

needs_ray = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="Ray is not installed: `make .venv/.done-ray`, if there is one for Python "
        + platform.python_version(),
    ),
]


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reports(6)
    return tmp_path


# --- without Ray


def test_without_ray_the_extra_is_named_and_nothing_asked(server, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ray", None)
    assert run(command(server, "--engine", "ray")) == 2
    assert "pip install 'report-summarizer[ray]'" in capsys.readouterr().err
    assert not server.requests
    assert not Path("out.jsonl").exists()


@pytest.mark.parametrize(
    "wrong",
    [["--engine", "pigeon"], ["--address", "auto"], ["--engine", "ray", "--via", "batch-api"]],
    ids=" ".join,
)
def test_what_does_not_go_together(wrong, server, capsys):
    assert run(command(server, *wrong)) == 2
    assert "--engine" in capsys.readouterr().err
    assert not server.requests


@pytest.mark.parametrize(
    "program", ["import summarizer.batch", HELP.format(arguments=["batch", "--help"])]
)
def test_nothing_imports_ray_before_it_is_asked_for(program):
    assert "ray" not in modules_after(program)


def delivered(server, asked=("", 1), secret="", **changes) -> Made:
    """What becomes of a document in a worker, here without a cluster around it."""
    settings = Settings(model="fake", base_url=server.url, store="off")
    made_so = recipe("fake", load_schema(settings.schema), replace(settings, **changes))
    worker = Worker(Crew(settings=settings, made_so=made_so, asked=lambda _key: asked, key=secret))
    path = Path("in", "r000.txt")
    key = made_so.key(hashlib.sha256(path.read_bytes()).hexdigest())
    order = Order(Pending(key, Source(path.absolute(), name=str(path))), 1)
    delivery = opened(worker(read_order(order.row(), settings.max_bytes)))
    assert delivery.key == key
    assert len(delivery.answers) == len(server.requests)
    return delivery.made


def test_a_worker_makes_the_same_record(server):
    assert run(command(server, "--limit", "1")) == 0
    server.requests.clear()
    assert f"{delivered(server).outcome.record}\n" == Path("out.jsonl").read_text("utf-8")


def test_a_worker_that_would_make_something_else_stops_the_batch(server):
    made = delivered(server, max_tokens=77)
    assert made.verdict == "stop"
    assert "would make other summaries, for its settings differ" in str(made.error)
    assert not server.requests


@pytest.mark.parametrize(("asked", "verdict"), [(("drain", 0), "back"), (("", 5), "failed")])
def test_a_worker_asks_before_it_begins(asked, verdict, server):
    assert delivered(server, asked).verdict == verdict
    assert not server.requests


def test_a_worker_opens_the_endpoint_with_the_key_of_its_crew(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "of this machine")
    assert delivered(server, secret=KEY).error is None
    assert {asked.headers["authorization"] for asked in server.requests} == {f"Bearer {KEY}"}


def test_a_worker_that_hears_of_the_end_lets_nobody_in_any_more(server):
    settings = Settings(model="fake", base_url=server.url, store="off")
    made_so = recipe("fake", load_schema(settings.schema), settings)
    words = ["", "drain", "close"]  # what the driver says, from one moment to the next
    heard = []

    def asked(_key):
        heard.append(words.pop(0) if words else "close")
        return heard[-1], 0

    worker = Worker(Crew(settings=settings, made_so=made_so, asked=asked))
    until(lambda: worker._gate.is_closed)
    assert heard[:3] == ["", "drain", "close"]


# --- with Ray


@pytest.fixture(scope="module")
def nodes():
    with TwoNodes() as running:
        yield running


class Driver:
    """A batch on the cluster, in a process of its own."""

    def __init__(self, server: FakeServer, nodes: TwoNodes, *more: str) -> None:
        at = ["--engine", "ray", "--address", nodes.address]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", *command(server, *at, *more)],
            stderr=subprocess.PIPE, text=True, env=os.environ | {"OPENAI_API_KEY": KEY},
        )  # fmt: skip

    def wait(self) -> tuple[int, str]:
        told = self.process.communicate()[1]
        return self.process.returncode, told


def from_second(requests) -> bool:
    return any(asked.headers.get("openai-organization") == SECOND for asked in requests)


class TestOnACluster:
    """In this order: the last test kills a node."""

    pytestmark = needs_ray

    def test_a_wrong_key_stops_the_batch(self, nodes):
        with FakeServer(error(401, "bad key")) as server:
            code, told = Driver(server, nodes, "--jobs", "1").wait()
        assert code == 4, told
        assert "6 open" in told
        assert told.count("OPENAI_API_KEY") == 1
        assert KEY not in told
        assert not Path("out.jsonl").exists()

    def test_ctrl_c_finishes_what_is_in_work_and_the_next_run_the_rest(self, server, nodes):
        reports(20)
        assert run(command(server, out="whole.jsonl")) == 0
        each = len(server.requests) // 20
        server.requests.clear()
        held = Held(lambda body: Reply(answered(body).body, delay=0.5), 8)
        server.replies = [held]  # so slowly that the word to stop is faster than the rest
        driver = Driver(server, nodes, "--jobs", "2")
        until(lambda: len(server.requests) > 8)
        driver.process.send_signal(signal.SIGINT)
        held.go.set()
        code, told = driver.wait()
        assert code == 130, told
        assert "run the same command again to go on" in told
        assert 2 <= kept() == len(records()) < 20
        server.replies = [answered]
        asked, rest = len(server.requests), 20 - kept()
        assert run(command(server)) == 0
        assert len(server.requests) - asked == each * rest
        assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()

    def test_a_node_is_killed_and_every_document_is_there_once(self, server, nodes):
        count = 40
        reports(count)
        Path("in", "a.txt").write_bytes(b"")
        assert run(command(server, out="whole.jsonl")) == 1
        calm = len(server.requests)
        server.requests.clear()
        free = calm // 2
        held = Held(answered, free)
        server.replies = [held]
        driver = Driver(server, nodes, "--jobs", "3", "--fail-on-error", "1")
        until(lambda: from_second(server.requests[free:]))
        nodes.kill_second()
        held.go.set()
        code, told = driver.wait()
        assert code == 0, told
        assert f"{count + 1} documents: {count} ok, 1 failed, 0 open" in told
        assert len(server.requests) > calm  # what was lost was asked again
        assert {asked.headers["authorization"] for asked in server.requests} == {f"Bearer {KEY}"}
        assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()

    def test_the_key_is_written_nowhere(self, nodes):
        written = [path for path in nodes.folder.rglob("*") if path.is_file()]
        assert written
        assert not [p for p in written if KEY.encode() in p.read_bytes()]
