"""A batch that is killed fifty times, and journals and stores that something has bitten."""

import contextlib
import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest
from fake_server import FakeServer
from forked import Nursery, until
from test_batch import command, kept, records, reports
from test_cli_summarize import answered

from summarizer.cli import run
from summarizer.config import Settings

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

KILLS = 50
JOURNAL = Path("out.jsonl.journal")


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_OVERVIEW", "written")
    return tmp_path


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


class Striker:
    """A server's script that kills whoever asks, a moment after the request of a given number."""

    def __init__(self) -> None:
        self.pid, self.left, self.moment = 0, -1, 0.0

    def aim(self, requests: int, moment: float) -> None:
        self.pid, self.left, self.moment = 0, requests, moment

    def __call__(self, body):
        self.left -= 1
        if self.left == 0:
            threading.Thread(target=self._strike).start()
        return answered(body)

    def _strike(self) -> None:
        until(lambda: self.pid)
        time.sleep(self.moment)
        with contextlib.suppress(ProcessLookupError):  # it was done before
            os.kill(self.pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("more", [("--live",), ("--store", "use")], ids=["live", "store"])
def test_killed_fifty_times_it_ends_with_the_same_bytes(more, desk):
    """At any request and a random moment after it: while it asks, keeps, writes or begins."""
    dice = random.Random(14)
    reports(40)
    killed, striker = 0, Striker()
    with FakeServer(answered) as calm:
        assert run(command(calm, *more, out="whole.jsonl")) == 0
    whole = Path("whole.jsonl").read_bytes()
    shutil.rmtree(Settings().cache, ignore_errors=True)
    with FakeServer(striker) as server, Nursery() as nursery:
        arguments = command(server, "--jobs", "2", *more)
        while killed < KILLS // 2:  # for each of the two ways of running it
            striker.aim(dice.randint(1, 12), dice.uniform(0, 0.03))
            child = nursery.start(arguments, cwd=desk)
            striker.pid = child.pid
            code, said = child.wait()
            killed += code == -signal.SIGKILL
            if code != -signal.SIGKILL:  # it was done before: from the beginning
                assert code == 0, said
                striker.left = -1
                assert Path("out.jsonl").read_bytes() == whole
                JOURNAL.unlink()
                shutil.rmtree(Settings().cache, ignore_errors=True)
        striker.left = -1
        assert run(arguments) == 0
    assert Path("out.jsonl").read_bytes() == whole
    assert kept() == 40


# --- what has been bitten


def bitten(data: bytes, how: str) -> bytes:
    """The file cut, with one bit turned, or as somebody's notes; `how` says which and where."""
    kind = how.partition(" ")[0]
    dice = random.Random(how)
    if kind == "text":
        return "这不是数据库。\n".encode() * 200
    if kind == "empty":
        return b""
    place = dice.randrange(len(data))
    if kind == "cut":
        return data[:place]
    return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]


DAMAGE = ["text", "empty", *(f"cut {n}" for n in range(6)), *(f"flip {n}" for n in range(24))]


@pytest.mark.parametrize("how", DAMAGE)
def test_a_bitten_journal_is_told_or_made_good(how, server, capsys):
    reports(4)
    assert run(command(server)) == 0
    whole = Path("out.jsonl").read_bytes()
    JOURNAL.write_bytes(bitten(JOURNAL.read_bytes(), how))
    Path("out.jsonl").unlink()
    code = run(command(server))
    errors = capsys.readouterr().err
    assert "unexpected" not in errors
    if code == 0:
        assert Path("out.jsonl").read_bytes() == whole
        return
    assert code in {1, 2}
    assert "out.jsonl.journal" in errors
    JOURNAL.unlink()
    assert run(command(server)) == 0
    assert Path("out.jsonl").read_bytes() == whole


@pytest.mark.parametrize("how", DAMAGE)
def test_a_bitten_store_is_set_aside_and_asked_anew(how, server, capsys):
    reports(2)
    arguments = [*command(server), "--store", "use"]
    assert run(arguments) == 0
    whole = Path("out.jsonl").read_bytes()
    store = Settings().cache / "answers.sqlite"
    store.write_bytes(bitten(store.read_bytes(), how))
    assert run([*arguments, "--fresh"]) == 0
    assert "unexpected" not in capsys.readouterr().err
    assert Path("out.jsonl").read_bytes() == whole
    if how == "text":
        assert store.with_suffix(".damaged").exists()
    assert len(records()) == 2
