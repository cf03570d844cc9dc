"""The review page in a browser: `python -m evals.bench.review [DOCUMENTS ...]`.

For each number of documents, a page of so many is made of summaries from stored answers, and opened
in Chromium: seconds until the first document is on the screen, and milliseconds until the screen
shows what a key did. Beside both stand the same of an empty page, and how many times longer it is:
the machine and the browser are in both. The floors are 0.5 s for 100 documents, 2 s for 2,000, and
50 ms a key.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.answers import Variant, opened
from evals.bench.tables import maker
from evals.cases import load_cases
from summarizer.cli import run
from summarizer.documents.read import read

SIZES = (1, 100, 2_000)
KINDS = 8  # different documents; the others are the same under another id
TURNS = 5
KEYS = 24
FLOORS = {100: 0.5, 2_000: 2.0}  # seconds
KEY_FLOOR = 50  # milliseconds
EMPTY = "<!doctype html><meta charset=utf-8><title>empty</title><p class=card>–</p>"
PRESS = """(async () => {
  const taken = [];
  for (let n = 0; n < KEYS; n++) {
    const start = performance.now();
    const key = n % 2 ? "j" : "a";
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    taken.push(performance.now() - start);
  }
  return taken;
})()""".replace("KEYS", str(KEYS))


class Taken(NamedTuple):
    """Seconds until the first document is there, and milliseconds a key, over some turns."""

    opening: list[float]
    keys: list[float]


def lines(count: int) -> Iterator[str]:
    """So many summaries with their sources, each of a document of its own id."""
    made = []
    with opened(Variant()) as session:
        for case in load_cases("all")[: min(count, KINDS)]:
            summary = session.summarize(case.path)
            summary["document"]["text"] = read(case.path).text
            made.append(summary)
    for number in range(count):
        summary = made[number % len(made)]
        document = summary["document"] | {"id": f"{number:016x}"}
        yield json.dumps(summary | {"document": document}, ensure_ascii=False) + "\n"


def taken(page: Any, address: str) -> Taken:
    """A page opened and used, a few times."""
    opening = []
    for _ in range(TURNS):
        page.ask("Page.navigate", url="about:blank")
        page.wait("location.href === 'about:blank'")
        started = time.perf_counter()
        page.ask("Page.navigate", url=address)
        page.wait("document.querySelector('.card')")
        opening.append(time.perf_counter() - started)
    page.wait("document.readyState === 'complete'")
    return Taken(opening, page.run(PRESS))


def row(name: str, found: Taken, empty: Taken) -> str:
    """A line of the table: medians, the slowest, and how many times the empty page's."""
    opening, base = statistics.median(found.opening), statistics.median(empty.opening)
    key, base_key = statistics.median(found.keys), statistics.median(empty.keys)
    return (
        f"{name:>9} {opening:>9.2f} {max(found.opening):>9.2f} {opening / base:>8.1f}"
        f" {key:>9.0f} {max(found.keys):>9.0f} {key / base_key:>8.1f}"
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("documents", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args(argv).documents
    browser = maker("browser")
    program = browser.found()
    if program is None:
        sys.exit("no Chromium here: `apt-get install chromium`, or name one in REVIEW_BROWSER")
    with tempfile.TemporaryDirectory() as name, browser.Browser(program, Path(name)) as page:
        folder = Path(name)
        (folder / "empty.html").write_text(EMPTY, encoding="utf-8")
        empty = taken(page, (folder / "empty.html").as_uri())
        print(f"{'':>9} {'s to open':>9} {'slowest':>9} {'× empty':>8}", end="")
        print(f" {'ms a key':>9} {'slowest':>9} {'× empty':>8}")
        print(row("empty", empty, empty))
        for count in sizes:
            (folder / "s.jsonl").write_text("".join(lines(count)), encoding="utf-8")
            html = folder / f"{count}.html"
            run(["review", str(folder / "s.jsonl"), "-o", str(html), "--lang", "en"])
            print(row(f"{count:,}", taken(page, html.as_uri()), empty))
            if page.problems:
                sys.exit("; ".join(page.problems))
    floors = ", ".join(f"{seconds} s for {count:,}" for count, seconds in FLOORS.items())
    print(f"\nfloors: {floors}, {KEY_FLOOR} ms a key")


if __name__ == "__main__":
    main()
