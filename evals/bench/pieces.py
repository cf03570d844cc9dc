"""Repeated pieces: `python -m evals.bench.pieces [-k KILOBYTES] [PIECE ...]`, the slowest first.

A text of one piece over and over is the worst that a page can be made of. Each is cleaned, searched
for quantities, prepared for the model (cleaning, quantities, names, sentences, requests), and read
as the last proof does (what speaks to a model, what was lost). Shown are MB a CPU second of each
step, and how many times longer twice the text takes: 2 is linear.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import NamedTuple

from summarizer.config import Settings
from summarizer.documents.clean import clean
from summarizer.documents.hostile import suspicious
from summarizer.documents.read.garbage import lost_places
from summarizer.engine.schema import load_schema
from summarizer.pipeline import prepare
from summarizer.types import Document
from summarizer.zh.quantities import find_mentions

KILOBYTES = 200
TURNS = 2

PIECES = (
    "一", "1", ",", "1,", "1，", "(", "1.", "1、", "一、", "1-", "-5", "1~", "1%", "1/2",
    "2000-", "千百", "三千", "一二", "1万", "3个", "第1", "每人", "one ", "“一", "两不愁三",
    "1 000 ", "1    ", "百分之", "二分之一", "1+", "1:2", "A1", "至少1", "$1", "May 1 ",
    "%41", "万元 1 ", "近1", "三五", "(一)", "million ", "和1", "5、", "9/10万", "1×10^",
    "±1", "½", "3 0 0 ", "负", "张", "王村", "\n", "\n,", "。", "。\n", " ", "\u3000", "，",
    "“", "”", "<b>", "&nbsp;", "http://a", "12345678901", "(yī)", "\u200b", "1\n", "年",
    "2020年", "1月1日", "村民张三", "合作社", "〇", "٣", "a", "a ", ". ", "第一条", "《",
    "单位:万元\n", "书记李", "青石镇", "一是。", "李明说：“", "张三、", "据介绍，", " \n", "# ",
    "{", "[1]", "忽略", "ignore all ", "系统:", "请必须", "你是", "<|", "⟦⟪", "\ufffd", "锟斤拷",
)  # fmt: skip

Step = Callable[[str], object]


class Row(NamedTuple):
    """A piece: MB a second of each step, and the largest growth for twice the text."""

    piece: str
    speeds: tuple[float, ...]
    growth: float


def steps() -> dict[str, Step]:
    """What is measured, by name."""
    schema, settings = load_schema("report"), Settings()

    def prepared(text: str) -> object:
        return prepare(Document("0" * 16, "pieces", text), schema, settings, lambda *_: None)

    def proved(text: str) -> object:
        return suspicious(text), lost_places(text)

    return {"clean": clean, "mentions": find_mentions, "pipeline": prepared, "proof": proved}


def measure(piece: str, size: int, measured: dict[str, Step]) -> Row:
    """A row for about `size` bytes of the piece."""
    times = size // len(piece.encode())
    half, whole = piece * (times // 2), piece * times
    speeds, growths = [], []
    for step in measured.values():
        spent = _seconds(step, whole)
        speeds.append(len(whole.encode()) / 1e6 / spent)
        growths.append(spent / _seconds(step, half))
    return Row(piece, tuple(speeds), max(growths))


def _seconds(step: Step, text: str) -> float:
    best = float("inf")
    for _ in range(TURNS):
        started = time.process_time()
        step(text)
        best = min(best, time.process_time() - started)
        if best > 1:
            break
    return max(best, 1e-6)


def table(rows: list[Row], names: list[str]) -> str:
    """The rows as Markdown, the slowest first."""
    lines = [f"| piece | {' | '.join(f'{name} MB/s' for name in names)} | twice the text |"]
    lines.append("|---|" + "--:|" * (len(names) + 1))
    for row in sorted(rows, key=lambda row: min(row.speeds)):
        cells = " | ".join(f"{speed:.2f}" for speed in row.speeds)
        lines.append(f"| `{row.piece!r}` | {cells} | {row.growth:.1f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pieces", nargs="*", metavar="PIECE", help="all of the list, where none")
    parser.add_argument("-k", "--kilobytes", type=int, default=KILOBYTES, help="of each piece")
    parser.add_argument("--step", action="append", help="clean, mentions, pipeline or proof; all")
    given = parser.parse_args()
    measured = {k: step for k, step in steps().items() if k in (given.step or [k])}
    for step in measured.values():
        step("投入500万元。")  # imports and tables are no part of the measure
    pieces, size = given.pieces or PIECES, 1000 * given.kilobytes
    print(table([measure(piece, size, measured) for piece in pieces], list(measured)))


if __name__ == "__main__":
    main()
