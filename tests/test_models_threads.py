"""How many threads the embedded model gets, on machines that are folders of files."""

import json
import logging
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from summarizer.cli import run
from summarizer.config import Settings
from summarizer.models import local, open_model, threads
from summarizer.models.reloading import Engine
from summarizer.models.threads import Choice, Look, Watch, choose, chosen, free_between, quota

FORMAT = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"enum": ["甲"]}}}
HUNDREDTHS = os.sysconf("SC_CLK_TCK")


class Machine:
    """A folder with the files of Linux that tell how busy it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.busy(0.0)

    def busy(self, seconds: float) -> None:
        """Every core has worked this long for others since the start, and idled as long."""
        ticks = round(seconds * HUNDREDTHS)
        row = f"{ticks} 0 0 {ticks + 100} 0 0 0 0 0 0"
        lines = [f"cpu {row}", *(f"cpu{core} {row}" for core in range(max(CORES) + 1)), "intr 7"]
        self.write("proc/stat", "\n".join(lines) + "\n")

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="ascii")


CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(
    ("free", "allowed", "expected"),
    [
        (8.0, None, Choice(8, 8, "all are free")),
        (7.8, None, Choice(8, 8, "all are free")),  # a browser that sits there
        (7.0, None, Choice(7, 8, "the rest is busy")),
        (0.0, None, Choice(1, 8, "the rest is busy")),
        (None, None, Choice(8, 8, "all are free")),  # nothing tells
        (8.0, 1.5, Choice(1, 8, "this container may use 1.5")),
        (8.0, 0.5, Choice(1, 8, "this container may use 0.5")),
        (2.0, 4.0, Choice(2, 8, "the rest is busy")),
        (8.0, 16.0, Choice(8, 8, "all are free")),
    ],
)
def test_threads_are_the_whole_cores_that_are_free_and_allowed(
    monkeypatch, free, allowed, expected
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert chosen(free, allowed) == expected


@pytest.mark.parametrize(
    ("before", "after", "free"),
    [
        (Look(0, 100.0, 5.0), Look(10, 100.0, 5.0), 2.0),
        (Look(0, 100.0, 5.0), Look(10, 110.0, 5.0), 1.0),
        (Look(0, 100.0, 5.0), Look(10, 120.0, 25.0), 2.0),  # all of it ours
        (Look(0, 100.0, 5.0), Look(10, 120.0, 15.0), 1.0),  # two of ours share with one of others
        (Look(0, 100.0, 5.0), Look(10, 100.0, 25.0), 2.0),  # ours is counted finer
        (Look(0, 100.0, 5.0), Look(0, 100.0, 5.0), None),
        (Look(0, None, 5.0, 3.0), Look(10, None, 25.0, 3.0), 1.0),  # macOS: the load, less ours
        (Look(0, None, 5.0), Look(10, None, 5.0), None),  # Windows
    ],
)
def test_what_others_leave_is_free_and_our_own_work_does_not_count(before, after, free):
    assert free_between(before, after, 2.0) == free


@linux
def test_a_look_reads_the_cores_of_this_process(machine):
    before = threads.look(machine.root)
    machine.busy(7.5)
    assert threads.look(machine.root).others - before.others == 7.5 * len(CORES)


@linux
@pytest.mark.parametrize("text", ["", "cpu", "cpu0 1 2\n", "cpu0 a b c d\n", None])
def test_a_machine_that_tells_nothing_of_its_cores_is_known_by_its_load(machine, text):
    if text is None:
        (machine.root / "proc/stat").unlink()
    else:
        machine.write("proc/stat", text)
    seen = threads.look(machine.root)
    assert seen.others is None
    assert seen.load is not None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, None),
        ({"sys/fs/cgroup/cpu.max": "150000 100000\n"}, 1.5),
        ({"sys/fs/cgroup/cpu.max": "max 100000\n"}, None),
        ({"sys/fs/cgroup/cpu.max": "\n"}, None),
        (
            {
                "proc/self/cgroup": "0::/a.slice/b.scope\n",
                "sys/fs/cgroup/a.slice/cpu.max": "200000 100000",
                "sys/fs/cgroup/a.slice/b.scope/cpu.max": "max 100000",
            },
            2.0,
        ),
        (
            {
                "proc/self/cgroup": "4:memory:/m\n3:cpu,cpuacct:/docker/1\n",
                "sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us": "50000",
                "sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us": "100000",
            },
            0.5,
        ),
        (
            {
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
            },
            None,
        ),
    ],
)
def test_a_containers_quota_is_found(machine, files, expected):
    for name, text in files.items():
        machine.write(name, text)
    assert quota(machine.root) == expected


@linux
def test_a_control_group_with_a_name_in_other_bytes_is_a_group_like_others(machine):
    name = "组".encode("gbk")
    machine.write("proc/self/cgroup", "")
    (machine.root / "proc/self/cgroup").write_bytes(b"0::/" + name + b"\n")
    machine.write(f"sys/fs/cgroup/{os.fsdecode(name)}/cpu.max", "150000 100000")
    assert quota(machine.root) == 1.5


@pytest.mark.parametrize(
    "told",
    [
        {"predicted_n": None, "predicted_per_second": 4.5},
        {"predicted_n": "40", "predicted_per_second": 4.5},
        {"predicted_n": 40, "predicted_per_second": None},
        {"predicted_n": 40},
        [40, 4.5],
        None,
    ],
)
def test_a_report_that_tells_no_count_or_no_speed_tells_nothing(told):
    assert threads.speed_of(told, 1) is None


@linux
def test_one_thread_where_other_processes_compute_on_every_core():
    busy = [sys.executable, "-c", "print(flush=True)\nwhile True: pass"]
    others = [subprocess.Popen(busy, stdout=subprocess.PIPE) for _ in range(3 * len(CORES))]
    try:
        for other in others:
            other.stdout.readline()
        assert choose().threads == 1
    finally:
        for other in others:
            other.kill()
            other.communicate()


class Told:
    """A watch over two of `cores`, told of looks a second apart."""

    def __init__(self, has: int, cores: int = 2) -> None:
        self.cores = cores
        self.now = Look(0.0, 0.0, 0.0)
        self.watch = Watch(Choice(has, cores, "so it began"), self.now)

    def hear(self, *, others: float, speed: float = 9.0, times: int = 1) -> list[int]:
        """Others use so many cores for so many seconds: the numbers of threads that come of it."""
        heard = []
        for _ in range(times):
            at, busy, ours, _ = self.now
            self.now = Look(at + 1, busy + others, ours)
            choice = self.watch.heard(speed, self.now)
            heard += [choice.threads] if choice else []
        return heard


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


@pytest.mark.usefixtures("two_cores")
def test_threads_follow_what_is_free_when_it_stays_so():
    told = Told(2)
    assert told.hear(others=1.0, times=4) == []
    assert told.hear(others=0.0, times=2) == []  # only for a while
    assert told.hear(others=1.0, times=6) == [1]
    assert told.watch.choice.why == "the other is busy"
    assert told.hear(others=0.0, times=11) == [2]


@pytest.mark.usefixtures("two_cores")
def test_a_machine_that_comes_and_goes_is_followed_ever_more_seldom():
    told = Told(2)
    changes = sum(
        len(told.hear(others=float(second // 30 % 2), times=1)) for second in range(86_400)
    )
    assert 2 <= changes <= 4


@pytest.mark.usefixtures("two_cores")
def test_answers_that_become_far_slower_halve_the_threads_whatever_the_looks_say():
    told = Told(2)
    assert told.hear(others=0.1, speed=9.0, times=3) == []
    assert told.hear(others=0.1, speed=1.0) == []  # once is chance
    assert told.hear(others=0.1, speed=5.0) == []
    assert told.hear(others=0.1, speed=1.0, times=2) == [1]
    assert told.watch.choice.why == "answers came 9 times slower"
    assert told.hear(others=0.1, speed=0.1, times=5) == []  # fewer than one there are not
    assert told.hear(others=0.1, speed=4.0, times=9) == [2]  # and cores are free, so it is tried


def test_where_nothing_tells_what_is_free_the_speed_alone_does():
    watch = Watch(Choice(8, 8, "all are free"), Look(0, None, 0.0))
    heard = [watch.heard(speed, Look(at, None, 0.0)) for at, speed in enumerate((9, 1, 1, 1), 1)]
    assert heard == [None, None, Choice(4, 8, "answers came 9 times slower"), None]


def test_an_answer_of_a_few_tokens_or_without_a_report_tells_no_speed():
    watch = Watch(Choice(8, 8, "all are free"), Look(0, None, 0.0))
    assert [watch.heard(None, Look(at, None, 0.0)) for at in range(9)] == [None] * 9


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return write_tiny_gguf(tmp_path / "tiny.gguf")


def asked(text: str) -> dict[str, object]:
    return {
        "messages": [{"role": "user", "content": text}],
        "max_tokens": 10,
        "ignore_eos": True,
        "temperature": 0,
    }


def said(raw: dict[str, object]) -> str:
    return json.dumps(raw["choices"][0]["message"]["content"])


class Started:
    """Loads the tiny model, and remembers with how many threads."""

    def __init__(self, gguf: Path) -> None:
        self.threads: list[int] = []
        self._load = partial(local._load, local.Plan(gguf, 0, 2048, 2))

    def __call__(self, count: int) -> object:
        self.threads.append(count)
        return self._load(count)


@linux
def test_the_engine_is_loaded_again_between_requests_and_answers_the_same(gguf, machine):
    machine.write("sys/fs/cgroup/cpu.max", "100000 100000")  # more would wait for each other here
    start = Started(gguf)
    engine = Engine(start, root=machine.root)
    texts = [f"第{number}次" for number in range(8)]
    before = [said(engine.answer(asked(text))) for text in texts]
    too_many = Choice(64, len(CORES), "so it began")  # any look calls for fewer
    engine._watch = Watch(too_many, threads.look(machine.root), patience=0, apart=0)
    with ThreadPoolExecutor(4) as pool:
        after = [said(raw) for raw in pool.map(engine.answer, map(asked, texts))]
    assert after == before
    assert len(start.threads) > 1
    assert engine.choice.threads == start.threads[-1]


@linux
def test_the_engine_is_not_loaded_again_while_it_answers(gguf, machine):
    waiting, go_on = threading.Event(), threading.Event()
    machine.write("sys/fs/cgroup/cpu.max", "100000 100000")  # more would wait for each other here
    start = Started(gguf)
    engine = Engine(start, root=machine.root)
    server = engine._server

    class Slow:
        """The server, whose first answer waits to be let go."""

        def handle_chat_completions(self, request):
            if not waiting.is_set():
                waiting.set()
                go_on.wait(60)
            return server.handle_chat_completions(request)

    engine._server = Slow()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(engine.answer, asked("甲"))
        waiting.wait(60)
        engine._wanted = Choice(1, 2, "somebody came")
        second = pool.submit(engine.answer, asked("乙"))
        assert len(start.threads) == 1
        assert not second.done()
        go_on.set()
        assert said(first.result(60))
        assert said(second.result(60))
    assert start.threads == [start.threads[0], 1]


def test_threads_that_are_set_are_not_watched(gguf):
    start = Started(gguf)
    engine = Engine(start, fixed=1)
    engine.answer(asked("甲"))
    assert engine._watch is None
    assert start.threads == [1]
    assert str(engine.choice).endswith("cores: the setting `threads` says so")


def test_an_engine_that_others_ask_stays_where_it_is(gguf):
    engine = Engine(Started(gguf))
    assert engine.address() == engine.address()
    assert engine._watch is None


def test_what_was_chosen_and_why_is_logged(gguf, caplog):
    with (
        caplog.at_level(logging.INFO, "summarizer.models.reloading"),
        open_model(f"local:{gguf}", Settings(store="off", context=2048)) as model,
    ):
        model.create(messages=[{"role": "user", "content": "甲"}], response_format=FORMAT)
    assert any(" cores: " in line for line in caplog.messages)


def test_debug_shows_what_was_chosen_and_a_plain_run_does_not(gguf, tmp_path, capsys):
    text = tmp_path / "report.txt"
    text.write_text("全村投入300万元,改造危房80户。", encoding="utf-8")
    command = ["summarize", str(text), "--model", f"local:{gguf}", "--store", "off"]
    assert run([*command, "--debug"]) in {0, 1, 4}
    lines = capsys.readouterr().err.splitlines()
    assert any(" cores: " in line for line in lines)
    assert run(command) in {0, 1, 4}
    assert " cores: " not in capsys.readouterr().err
