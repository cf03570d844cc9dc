"""Commands in processes of their own that start at once, to be killed: forked from one that has
imported everything.

    with Nursery() as nursery:
        child = nursery.start(["batch", "in", "-o", "out.jsonl"], cwd=folder)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PATIENCE = 300.0  # seconds; a busy machine is no failure


@dataclass(frozen=True)
class Child:
    """A command under way; what it says on standard error is in the file `told`."""

    pid: int
    told: Path
    ended: Path

    @property
    def is_alive(self) -> bool:
        return not self.ended.exists()

    def wait(self) -> tuple[int, str]:
        """The exit code (negative for a signal) and what was said."""
        until(self.ended.exists)
        return int(self.ended.read_text() or 0), self.told.read_text(encoding="utf-8")


class Nursery:
    """The process that forks."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=PATIENCE)

    def start(self, arguments: list[str], *, cwd: Path, largest_file: int = 0) -> Child:
        """Start `summarizer ARGUMENTS`; no file may grow beyond `largest_file`, if that is set."""
        asked = {"arguments": arguments, "cwd": str(cwd), "largest": largest_file}
        self._process.stdin.write(json.dumps(asked | {"environment": dict(os.environ)}) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        return Child(pid, cwd / f".told.{pid}", cwd / f".ended.{pid}")


def until(true: Any, seconds: float = PATIENCE) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        if end <= time.monotonic():
            raise TimeoutError("waited in vain")
        time.sleep(0.02)


def _nurse() -> None:
    """Start a command for each line of standard input; end when all have ended."""
    import instructor
    import openai

    import summarizer.batch
    import summarizer.cli.batch  # noqa: F401 — this is what the children need

    _ = openai.OpenAI, instructor.patch
    for line in sys.stdin:
        asked = json.loads(line)
        if not os.fork():
            _guard(asked)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def _guard(asked: dict[str, Any]) -> None:
    """Fork the command, tell its id, and write down how it ends."""
    pid = os.fork()
    if not pid:
        _child(asked)
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
    _, status = os.waitpid(pid, 0)
    ended = Path(asked["cwd"], f".ended.{pid}")
    part = ended.with_suffix(".part")
    part.write_text(str(os.waitstatus_to_exitcode(status)))
    part.replace(ended)
    os._exit(0)


def _child(asked: dict[str, Any]) -> None:
    from summarizer.cli import main

    os.chdir(asked["cwd"])
    os.environ.update(asked["environment"])
    sink = os.open(f".told.{os.getpid()}", os.O_WRONLY | os.O_CREAT)
    os.dup2(sink, 2)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(1, 0)
    if asked["largest"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"],) * 2)
    sys.argv = ["summarizer", *asked["arguments"]]
    code = 1
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _nurse()
