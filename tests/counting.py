"""What tests count and wait for instead of seconds: steps of a work, and that it ends at all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

PATIENCE = 120.0  # seconds that a watchdog waits; a machine may be busy with something else


def steps(work: Callable[[], object]) -> int:
    """The calls that the work makes, of Python and of C.

    They do not depend on the machine. What one regular expression does inside is one call: the
    benchmark `evals.bench.pieces` sees that.
    """
    count = 0

    def called(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], object], small: int, large: int) -> float:
    """How many times the steps grow from one size to the other, over how many times the size does.

    1 is linear; quadratic work comes to `large / small`. Tables and caches are filled before.
    """
    work(small)
    return steps(lambda: work(large)) / steps(lambda: work(small)) / (large / small)


def ends(work: Callable[[], object]) -> None:
    """Do the work and fail if it does not end: a watchdog, no measure."""
    failed: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 — raised again where the test is
            failed.append(error)

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it did not end"
    if failed:
        raise failed[0]
