"""The floors of a batch: `python -m evals.bench.batch [speed|memory|kills|storm] [DOCUMENTS]`.

A server of ours answers on loopback after a fixed time, in a process of its own. Each run is
forked from this process, which has imported everything, so that its own CPU time and memory can be
read. A floor that is missed ends with exit code 1. That of memory is meant for 100,000.

    speed    wall time against requests × latency ÷ jobs; our CPU a request; where that goes
    memory   the peak for many documents against the peak for few, replayed from the store
    kills    50 random SIGKILLs: the output is that of an undisturbed run, byte for byte
    storm    30 % faults: every document done, and how many more requests that took
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TEXT = "青石乡工作汇报\n\n全乡共投入资金{0}万元，新建水渠{1}公里。\n"
WAITING = (
    *("threading", "ssl", "socket", "queue", "tenacity.nap", "concurrent.futures.thread"),
    *("httpcore2._backends", "httpcore2._synchronization", __name__),
    *("summarizer.batch.gate", "summarizer.batch.runner"),
)
"""Modules in which a thread that is seen there waits."""
SIZES = {"speed": 1000, "memory": 5000, "kills": 60, "storm": 300}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a forked run ended: exit code, wall and CPU seconds, peak memory in MiB."""

    code: int
    seconds: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Place:
    """A server under way, and a folder with documents."""

    url: str
    folder: Path

    def count(self) -> dict[str, int]:
        """What the server has counted."""
        with urllib.request.urlopen(f"{self.url}/count") as answer:  # noqa: S310 — loopback
            found: dict[str, int] = json.load(answer)
        return found

    def command(self, *more: str, out: str = "out.jsonl", store: str = "off") -> list[str]:
        """The batch of this place's documents."""
        inputs = ["batch", str(self.folder / "in"), "-o", str(self.folder / out), "--quiet"]
        where = ["--model", "bench", "--base-url", f"{self.url}/v1", "--store", store]
        return [*inputs, *where, *more]


def speed(documents: int) -> bool:
    """At most 1.15 times the ideal wall time, and 8 ms of our CPU a request."""
    latency, jobs = 2.0, 128
    with place(documents, latency=latency) as here:
        ended = run(here.command("--jobs", str(jobs)))
        requests = here.count()["requests"]
        profiled = here.command("--jobs", "16", "--limit", "64", out="profiled.jsonl")
        run(profiled, profile=True)
    ideal = requests * latency / jobs
    cpu = 1000 * ended.cpu / requests
    print(
        f"speed: {documents} documents, {requests} requests of {latency:g} s, {jobs} at a time: "
        f"{ended.seconds:.1f} s, {ended.seconds / ideal:.2f} × the ideal; "
        f"CPU {cpu:.1f} ms a request"
    )
    return ended.code == 0 and ended.seconds <= 1.15 * ideal and cpu <= 8


def memory(documents: int) -> bool:
    """Below 400 MiB, and at most 1.3 times the peak for a hundredth of the documents."""
    peaks = []
    for count in (max(50, documents // 100), documents):
        with place(count, alike=True) as here:
            ended = run(here.command(store="use"))
            peaks.append(ended.peak)
            requests = here.count()["requests"]
        rate = f"{1000 * ended.cpu / count:.0f} ms of CPU each"
        print(f"memory: {count} documents, {requests} requests: {ended.peak:.0f} MiB, {rate}")
    print(f"memory: {peaks[1] / peaks[0]:.2f} × the peak for a hundredth")
    return peaks[1] < 400 and peaks[1] <= 1.3 * peaks[0]


def kills(documents: int, times: int = 50) -> bool:
    """No duplicate, no loss, the same bytes."""
    rng = random.Random(11)  # noqa: S311 — a benchmark
    with place(documents, latency=0.05) as here:
        assert run(here.command(out="whole.jsonl")).code == 0
        struck = 0
        for _ in range(times):
            before = here.count()["requests"]
            child = fork(here.command("--jobs", "2"))
            while here.count()["requests"] == before and not os.waitpid(child, os.WNOHANG)[0]:
                time.sleep(0.01)
            time.sleep(rng.uniform(0, 0.4))
            struck += _kill(child)
        ended = run(here.command())
        same = (here.folder / "out.jsonl").read_bytes() == (
            here.folder / "whole.jsonl"
        ).read_bytes()
    print(f"kills: {struck} of {times} struck, then exit {ended.code}; the same bytes: {same}")
    return ended.code == 0 and same


def storm(documents: int) -> bool:
    """Every document done, with at most 1.6 times the requests."""
    with place(documents, latency=0.02) as here:
        run(here.command("--jobs", "16", store="use"))
        calm = here.count()["requests"]
    with place(documents, latency=0.02, faults=0.3) as here:
        ended = run(here.command("--jobs", "16", store="use"))
        counted = here.count()
        done = (here.folder / "out.jsonl").read_text(encoding="utf-8").count('"status": "ok"')
    times = counted["requests"] / calm
    print(
        f"storm: {counted['faults']} faults in {counted['requests']} requests, {times:.2f} × the "
        f"{calm} of a calm day; {done} of {documents} done, exit {ended.code}"
    )
    return done == documents and times <= 1.6


@contextmanager
def place(
    documents: int, *, latency: float = 0.0, faults: float = 0.0, alike: bool = False
) -> Iterator[Place]:
    """A server, and a folder with so many documents; `alike`: they differ in blanks only."""
    command = [sys.executable, "-m", f"{__spec__.parent}._server", str(latency), str(faults)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["SUMMARIZER_CACHE_DIR"] = str(Path(folder, "cache"))
            for n in range(documents):
                path = Path(folder, "in", f"{n // 1000:03}", f"{n:06}.txt")
                path.parent.mkdir(parents=True, exist_ok=True)
                blanks = f"{n:b}".replace("0", " ").replace("1", "\t")
                text = TEXT.format(*((320, 18) if alike else (n + 101, n + 1)))
                path.write_text(f"{text}{blanks}\n", encoding="utf-8")
            assert server.stdout is not None
            yield Place(f"http://127.0.0.1:{server.stdout.readline().strip()}", Path(folder))
    finally:
        server.terminate()
        server.wait()


def fork(arguments: list[str], *, profile: bool = False) -> int:
    """Start the command line in a child that has imported everything; its process id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    from summarizer.cli import run as command

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os._exit(_profiled(command, arguments) if profile else command(arguments))


def run(arguments: list[str], *, profile: bool = False) -> Ended:
    """The same, waited for."""
    start = time.monotonic()
    _, status, used = os.wait4(fork(arguments, profile=profile), 0)
    seconds = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return False
    return True


def _profiled(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run, and print which packages the threads were in while they ran and did not wait."""
    seen: Counter[str] = Counter()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.01):
            for frame in sys._current_frames().values():  # noqa: SLF001 — the way to it
                name = frame.f_globals.get("__name__", "?")
                if not name.startswith(WAITING):
                    seen[".".join(name.split(".")[:2])] += 1

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    code = command(arguments)
    over.set()
    watcher.join()
    total = sum(seen.values()) or 1
    for name, count in seen.most_common(12):
        print(f"  {100 * count / total:5.1f} %  {name}")
    sys.stdout.flush()
    return code


def main(arguments: tuple[str, ...] = ()) -> None:
    """Every floor, or the one named, with its own number of documents."""
    import instructor
    import openai

    import summarizer.cli.batch
    import summarizer.pipeline  # noqa: F401 — the same

    _ = instructor.patch, openai.OpenAI
    floors = {"speed": speed, "memory": memory, "kills": kills, "storm": storm}
    names = arguments[:1] or tuple(floors)
    size = int(arguments[1]) if len(arguments) > 1 else None
    missed = [name for name in names if not floors[name](size or SIZES[name])]
    if missed:
        print(f"missed: {', '.join(missed)}")
        raise SystemExit(1)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
