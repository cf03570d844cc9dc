"""Cells and pages a CPU second: `python -m evals.bench.tables [-n ROWS] [KIND ...]`.

One table of ten columns as a file of every kind, made by the tests' own makers, is read to its text
and grid, and its numbers are then read by their headers. A PDF is read in a process of its own,
whose time is counted; its pages are full of prose or of tables, with lines drawn around the cells
and without. The floors are 50,000 cells and 20 pages a second on one core.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[2] / "tests"
ROWS = 3_000
PAGES = 60
CELLS_FLOOR, PAGES_FLOOR = 50_000, 20
HEADS: list[list[str | bool | None]] = [
    [
        "乡镇",
        "户数",
        "人口（人）",
        "投资（万元）",
        None,
        "产值",
        None,
        "耕地（亩）",
        "增速（%）",
        "备注",
    ],
    [True, True, True, "2022年", "2023年", "2022年（亿元）", "2023年（亿元）", True, True, True],
]
PROSE = "全县投入财政资金1250.5万元，硬化村组道路36公里，惠及脱贫户1,204户4,310人，户均增收3200元。"


def rows(count: int) -> list[list[str | bool | None]]:
    """A table of ten columns."""
    body: list[list[str | bool | None]] = [
        [
            f"第{n}镇",
            f"{n % 900 + 100:,}",
            str(n * 7 % 9000),
            f"{n * 13 % 5000}.5",
            str(n * 17 % 6000),
            f"{n % 90}.25",
            f"{n % 80}.5",
            f"{n * 11 % 20000:,}",
            f"-{n % 9}.3",
            "",
        ]
        for n in range(count)
    ]
    return [*HEADS, *body]


def maker(name: str) -> Any:
    """A module of the tests that makes files."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return importlib.import_module(name)


def files(count: int) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Each kind of file, what it is called, and what makes it."""
    makers = maker("table_makers")
    kept = {kind: make for kind, make in makers.MAKERS.items() if kind not in makers.PDFS}
    for kind, make in kept.items():
        size = min(count, 300) if kind == "doc" else count  # its maker writes a page for each run
        yield kind, f"a.{kind}", partial(make, ["2023年情况"], rows(size))


def pdfs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """PDFs of full pages."""
    tiny_files, tiny_pdf_tables = maker("tiny_files"), maker("tiny_pdf_tables")
    table = [row[:5] for row in rows(30)[2:]]
    prose = [(50, 780 - 20 * n, 11, PROSE[:44]) for n in range(36)]
    yield "prose", partial(tiny_files.placed_pdf, [prose] * PAGES)
    yield "table", partial(tiny_files.placed_pdf, [[*tiny_pdf_tables.placed(table)]] * PAGES)
    yield "ruled", partial(tiny_files.placed_pdf, [tiny_pdf_tables.ruled(table)[0]] * PAGES)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of those that it waited for: the better of two turns."""
    times = []
    for _ in range(2):
        before = os.times()
        work()
        after = os.times()
        times.append(sum(after[:4]) - sum(before[:4]))
    return max(min(times), 1e-3)


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line for every kind of file."""
    from summarizer.documents.parsed import parse
    from summarizer.documents.read import read

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=ROWS)
    parser.add_argument("kinds", nargs="*")
    told = parser.parse_args(argv)
    print(f"{'kind':<8} {'cells':>8} {'read/s':>9} {'with headers/s':>15}")
    for kind, name, make in files(told.n):
        if told.kinds and kind not in told.kinds:
            continue
        data = make()
        document = read(data, name=name)
        cells = sum(len(grid.cells) for grid in document.grids)
        reading = seconds(partial(read, data, name=name))
        both = reading + seconds(partial(parse, document))
        print(f"{kind:<8} {cells:>8,} {cells / reading:>9,.0f} {cells / both:>15,.0f}")
    print(f"\n{'PDF of':<8} {'pages':>8} {'pages/s':>9}")
    for kind, make_pdf in pdfs():
        if told.kinds and kind not in told.kinds:
            continue
        data = make_pdf()
        taken = seconds(partial(read, data, name="a.pdf"))
        print(f"{kind:<8} {PAGES:>8} {PAGES / taken:>9.1f}")
    print(f"\nfloors: {CELLS_FLOOR:,} cells, {PAGES_FLOOR} pages a second")


if __name__ == "__main__":
    main()
