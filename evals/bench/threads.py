"""Threads of the embedded model: `python -m evals.bench.threads [--others N …] [--most SECONDS]`.

A short report is summarized beside 0, 1 and 2 processes that compute all the time: with all cores
(as `threads` would set it), with one thread, and with what is chosen, one after the other, nothing
stored. Shown are tokens written and seconds, up to `--most` seconds a run, the threads at the end,
and the load of the machine: what else runs there changes every figure, so compare the rows of one
table only. `--answer TOKENS` measures one answer of so many tokens instead.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import summarizer
from summarizer.config import Settings
from summarizer.errors import AnswerTruncated, TooCostly
from summarizer.models import Model, local, open_model
from summarizer.models.threads import usable_cores

REPORT = Path(__file__).parents[2] / "tests" / "data" / "short_report.txt"
BUSY = "print(flush=True)\nwhile True: pass"


class Row(NamedTuple):
    """A run: what was fixed (0: chosen), what was written, and what the engine had at the end."""

    others: int
    fixed: int
    tokens: int
    seconds: float
    whole: bool
    threads: str
    load: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=int, nargs="*", default=[0, 1, 2], metavar="N")
    parser.add_argument("--threads", type=int, nargs="*", metavar="N", help="0 is what is chosen")
    parser.add_argument("--most", type=float, default=600, help="seconds a run; then it is cut off")
    parser.add_argument("--answer", type=int, metavar="TOKENS", help="one answer, no document")
    parser.add_argument("--model", default="local", help="local or local:PATH.gguf")
    given = parser.parse_args()
    sides = given.threads if given.threads is not None else [*sorted({usable_cores(), 1}), 0]
    print("| others | threads | tokens | seconds | tokens/s | at the end | load |")
    print("|--:|--:|--:|--:|--:|---|--:|")
    for others in given.others:
        for fixed in sides:
            with computing(others):
                print(line(measured(others, fixed, given)), flush=True)


@contextmanager
def computing(count: int) -> Iterator[None]:
    """So many processes that use a core each, or as much as they are given."""
    busy = [
        subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE) for _ in range(count)
    ]
    try:
        for one in busy:
            assert one.stdout is not None
            one.stdout.readline()
        yield
    finally:
        for one in busy:
            one.kill()
            one.communicate()


def measured(others: int, fixed: int, given: argparse.Namespace) -> Row:
    """One run."""
    settings = Settings(
        model=given.model, store="off", threads=fixed, max_document_seconds=given.most
    )
    with open_model(settings.model, settings) as model:
        counting = model.counting()
        began, whole = time.monotonic(), True
        if given.answer:
            _answer(counting, given.answer)
        else:
            whole = _document(counting, settings)
        seconds = time.monotonic() - began
        threads = str(local.loaded_threads())
    tokens = counting.ledger.usage().completion_tokens
    return Row(others, fixed, tokens, seconds, whole, threads, os.getloadavg()[0])


def _answer(model: Model, tokens: int) -> None:
    text = REPORT.read_text(encoding="utf-8") + "\n逐条说明每个数字的含义。"
    try:
        model.create(messages=[{"role": "user", "content": text}], max_tokens=tokens)
    except AnswerTruncated:
        return


def _document(model: Model, settings: Settings) -> bool:
    """Whether the report was done in time."""
    try:
        summarizer.summarize(REPORT, model=model, settings=settings)
    except TooCostly:
        return False
    return True


def line(row: Row) -> str:
    """The row as Markdown.

    >>> line(Row(1, 0, 60, 12.0, False, "1 of 2 cores: the other is busy", 2.5))
    '| 1 | chosen | 60 | > 12 | 5.00 | 1 of 2 cores: the other is busy | 2.5 |'
    """
    seconds = f"{'' if row.whole else '> '}{row.seconds:.0f}"
    speed = row.tokens / row.seconds if row.seconds else 0.0
    return (
        f"| {row.others} | {row.fixed or 'chosen'} | {row.tokens} | {seconds} | {speed:.2f} "
        f"| {row.threads} | {row.load:.1f} |"
    )


if __name__ == "__main__":
    main()
