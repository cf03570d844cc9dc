"""How many threads the embedded model gets: as many as there are cores that nobody else uses.

llama.cpp's threads wait for each other after every step, so that one of them whose core is shared
holds up all: on two busy cores two threads write a tenth of what one does. Only what is free is
taken, therefore, and what is free is looked at again while answers come in.
"""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LOOK = 0.2  # seconds of a first look; /proc/stat counts in hundredths
APART = 1.0  # seconds between two looks later on
PATIENCE = 5.0  # seconds that a look must hold before threads are changed; twice that each time
ROUND_UP = 0.25  # of a core in use, by a shell or a browser, leaves it free
FELL_BELOW = 1 / 3  # of the best tokens a second so far, and that
IN_A_ROW = 2  # times, means that threads wait for each other
LEAST_TOKENS = 8  # an answer of fewer tells nothing of the speed
ROOT = Path("/")


@dataclass(frozen=True, slots=True)
class Choice:
    """A number of threads, of how many cores, and why."""

    threads: int
    cores: int
    why: str

    def __str__(self) -> str:
        """In words.

        >>> str(Choice(1, 2, "the rest is busy"))
        '1 of 2 cores: the rest is busy'
        """
        return f"{self.threads} of {self.cores} cores: {self.why}"


class Look(NamedTuple):
    """The machine at a moment: seconds that its cores were busy for anybody, and for us alone."""

    at: float
    others: float | None  # None where only `load` is known
    ours: float
    load: float | None = None


def look(root: Path = ROOT) -> Look:
    """What is counted by now; two looks tell what was free between them."""
    at, ours = time.monotonic(), time.process_time()
    busy = _busy_seconds(root / "proc/stat")
    if busy is not None:
        return Look(at, busy, ours)
    return Look(at, None, ours, os.getloadavg()[0] if hasattr(os, "getloadavg") else None)


def free_between(before: Look, after: Look, cores: float) -> float | None:
    """Cores that other processes left between two looks; None where nothing tells.

    >>> free_between(Look(0, 500.0, 10.0), Look(10, 515.0, 15.0), 2)  # 15 busy, 5 of them ours
    1.0
    """
    passed = after.at - before.at
    if passed <= 0:
        return None
    ours = (after.ours - before.ours) / passed
    if before.others is not None and after.others is not None:
        busy = (after.others - before.others) / passed
    elif after.load is not None:
        busy = after.load
    else:
        return None
    return max(0.0, cores - max(0.0, busy - ours))


def choose(root: Path = ROOT, seconds: float = LOOK) -> Choice:
    """Look for a moment how many cores are free, and choose."""
    before = look(root)
    time.sleep(seconds)
    return chosen(free_between(before, look(root), usable_cores()), quota(root))


def chosen(free: float | None, allowed: float | None) -> Choice:
    """As many threads as cores are free and allowed, one at least."""
    cores = usable_cores()
    free = cores if free is None else free
    threads = _whole(min(free, cores if allowed is None else allowed))
    if threads >= cores:
        return Choice(cores, cores, "all are free" if cores > 1 else "there is one")
    if allowed is not None and allowed < free:
        return Choice(threads, cores, f"this container may use {allowed:g}")
    return Choice(threads, cores, "the other is busy" if cores == 2 else "the rest is busy")


def as_set(threads: int) -> Choice:
    """What the setting says."""
    return Choice(threads, usable_cores(), "the setting `threads` says so")


def usable_cores() -> int:
    """The cores that this process may use, which can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def quota(root: Path = ROOT) -> float | None:
    """Cores that a container's control group allows, in cores; None without a limit."""
    found = [_limit(folder) for folder in _groups(root)]
    return min((limit for limit in found if limit is not None), default=None)


@dataclass(slots=True)
class Watch:
    """Says when another number of threads would be better; never twice for the same reason soon.

    Each change must have been called for twice as long as the one before, so that a machine that
    is busy now and then is not followed each time.
    """

    choice: Choice
    seen: Look
    allowed: float | None = None
    patience: float = PATIENCE
    apart: float = APART
    _best: dict[int, float] = field(default_factory=dict)
    _slow: int = 0
    _since: float | None = None
    _leads: int = 0  # where the looks lead since then: 1 to more threads, -1 to fewer

    def heard(self, speed: float | None, now: Look) -> Choice | None:
        """What to load with next, after an answer at `speed` tokens a second; None: as it is."""
        fallen = self._fallen(speed)
        fits = self._fits(now)
        if fallen is not None and self.choice.threads > 1:
            fewer = min(fits.threads if fits else self.choice.threads, self.choice.threads // 2)
            why = f"answers came {fallen:.0f} times slower"
            return self._changed(Choice(max(1, fewer), self.choice.cores, why))
        if fits is None:
            return None
        leads = _direction(self.choice.threads, fits.threads)
        if leads != self._leads:
            self._leads, self._since = leads, now.at
        if leads and self._since is not None and now.at - self._since >= self.patience:
            return self._changed(fits)
        return None

    def _fallen(self, speed: float | None) -> float | None:
        """How many times slower than at best, when it was so for some answers in a row."""
        if speed is None or speed <= 0:
            return None
        best = max(self._best.get(self.choice.threads, 0.0), speed)
        self._best[self.choice.threads] = best
        self._slow = self._slow + 1 if speed < best * FELL_BELOW else 0
        return best / speed if self._slow >= IN_A_ROW else None

    def _fits(self, now: Look) -> Choice | None:
        if now.at - self.seen.at < self.apart:
            return None
        free = free_between(self.seen, now, self.choice.cores)
        self.seen = now
        return None if free is None else chosen(free, self.allowed)

    def _changed(self, choice: Choice) -> Choice:
        self.choice = choice
        self.patience *= 2
        self._slow, self._since, self._leads = 0, None, 0
        return choice


def speed_of(timings: object, together: int) -> float | None:
    """Steps a second of all answers under way, by llama.cpp's report of one of them.

    A step writes a token and those that were drafted for it and accepted.

    >>> speed_of({"predicted_n": 40, "predicted_per_second": 4.5}, 2)
    9.0
    >>> speed_of({"predicted_n": 40, "draft_n_accepted": 20, "predicted_per_second": 9.0}, 1)
    4.5
    >>> speed_of({"predicted_n": 1, "predicted_per_second": 1000000.0}, 1)
    >>> speed_of({"predicted_n": None, "predicted_per_second": 4.5}, 1)
    """
    told = timings if isinstance(timings, dict) else {}
    written, speed = told.get("predicted_n"), told.get("predicted_per_second")
    if not isinstance(written, int | float) or not isinstance(speed, int | float):
        return None
    steps = written - (told.get("draft_n_accepted") or 0)
    return None if steps < LEAST_TOKENS else float(speed) * steps / written * together


def _whole(cores: float) -> int:
    """Threads that get a core each.

    >>> _whole(1.8), _whole(1.6), _whole(0.1)
    (2, 1, 1)
    """
    return max(1, math.floor(cores + ROUND_UP))


def _direction(has: int, fits: int) -> int:
    """1 to more threads, -1 to fewer, 0 where the difference is not worth it.

    >>> _direction(2, 1), _direction(1, 2), _direction(64, 62)
    (-1, 1, 0)
    """
    if abs(fits - has) <= has // 16:
        return 0
    return 1 if fits > has else -1


def _busy_seconds(stat: Path) -> float | None:
    """Seconds in which the cores of this process were in use or taken away, since the start."""
    try:
        lines = stat.read_text(encoding="ascii").splitlines()
        rows = {line.split()[0]: [int(n) for n in line.split()[1:9]] for line in lines if line}
        ours = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(0)
        counted = [rows[f"cpu{core}"] for core in ours]
        ticks = sum(sum(row) - row[3] - row[4] for row in counted)  # but for idle and iowait
        per_second = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, KeyError, IndexError):
        return None
    return ticks / per_second if any(map(sum, counted)) else None


def _groups(root: Path) -> list[Path]:
    """Folders of the control groups that this process is in, of version 2 and 1, upwards."""
    try:
        named = (root / "proc/self/cgroup").read_bytes()  # folders' names, in any bytes
        lines = os.fsdecode(named).split("\n")
    except OSError:
        lines = []
    folders = [root / "sys/fs/cgroup", root / "sys/fs/cgroup/cpu"]
    for line in lines:
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if controllers and "cpu" not in controllers.split(","):
            continue
        top = root / "sys/fs/cgroup" / ("cpu" if controllers else "")
        parts = Path(path.lstrip("/")).parts
        folders += [top.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
    return folders


def _limit(folder: Path) -> float | None:
    try:
        if (folder / "cpu.max").is_file():
            amount, period = (folder / "cpu.max").read_text(encoding="ascii").split()
        else:
            amount, period = (
                (folder / f"cpu.cfs_{name}_us").read_text(encoding="ascii")
                for name in ("quota", "period")
            )
        return int(amount) / int(period) if int(amount) > 0 else None
    except (OSError, ValueError, ZeroDivisionError):  # no such group, or "max"
        return None
