"""Throughput and memory of `read` + `clean`: `python -m evals.bench.reading [MEGABYTES]`.

The text is the seeds, over and over with their digits changed, so that nothing repeats. Each kind
is measured in a process of its own; memory is the growth of that process's peak over what it
needed for a small text.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
KINDS = {
    "simplified": ("002*.txt", "utf-8"),
    "traditional": ("001*.txt", "utf-8"),
    "annotated": ("00[04]*.txt", "utf-8"),
    "gb18030": ("00[13]*.txt", "gb18030"),
}


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    print(f"{'kind':<12} {'MB':>6} {'CPU s':>8} {'MB/s':>6} {'memory':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, (pattern, encoding) in KINDS.items():
            path = Path(folder, f"{kind}.txt")
            path.write_bytes(_text(pattern, int(megabytes * 1e6)).encode(encoding))
            subprocess.run([sys.executable, "-m", __spec__.name, "measure", kind, path], check=True)


def measure(kind: str, path: Path) -> None:
    """Print a line of the table. Runs in a process of its own."""
    from summarizer.documents.clean import clean
    from summarizer.documents.read import read

    size = path.stat().st_size / 1e6
    clean(read(path.read_bytes()[:40_000]))  # imports and tables are no part of the measure
    before = _peak()
    start = time.process_time()
    clean(read(path))
    seconds = time.process_time() - start
    times = (_peak() - before) / size
    print(f"{kind:<12} {size:>6.1f} {seconds:>8.2f} {size / seconds:>6.1f} {times:>7.1f}x")


def _text(pattern: str, size: int) -> str:
    rng = random.Random(7)  # noqa: S311 — a benchmark
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob(pattern))]
    pieces: list[str] = []
    length = 0
    while length < size:
        piece = re.sub(r"\d", lambda _: str(rng.randrange(10)), rng.choice(seeds))
        pieces.append(piece)
        length += len(piece.encode())
    return "\n".join(pieces)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
