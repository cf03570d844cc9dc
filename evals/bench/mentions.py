"""Quantity finders side by side: time, what they find of gold, and how exactly. `make bench`.

    python -m evals.bench.mentions [--seconds 20] [--megabytes 20]

Ours always; Recognizers-Text, JioNLP and cn2an where `evals/bench/requirements.txt` is installed.
A finder gives (start, end, value) triples of a text, -1 for places where it tells none. Speed is
measured in CPU seconds, a document at a time, on the seeds and on a bulletin with a quantity every
ten characters. The finders take turns and the best turn counts: other work on the machine slows
each of them, and the ratios say most. Then ours alone on long texts, each in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain, repeat
from pathlib import Path

from evals.bench._texts import renumbered, statistics
from summarizer.documents.clean import clean
from summarizer.documents.read import read
from summarizer.types import Span
from summarizer.zh.quantities import find_mentions, iter_mentions

ROOT = Path(__file__).parent.parent.parent
TURNS = 4
SAMPLE = 5000  # mentions between two looks at the memory

Hit = tuple[int, int, Decimal]
Finder = Callable[[str], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Document:
    """A seed: its clean text, and gold as (start, end, value, is optional) of that text."""

    text: str
    gold: tuple[tuple[int, int, Decimal, bool], ...]
    others: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How a finder did."""

    name: str
    recall: float
    precision: float
    exact: float
    on_seeds: float
    on_bulletin: float


def documents() -> list[Document]:
    """The seeds, cleaned, with their gold."""
    found = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        cleaned = clean(read(path))
        gold = json.loads((ROOT / "evals" / "gold" / f"{path.stem}.json").read_text("utf-8"))
        spans = [(cleaned.to_clean(_span(row)), row) for row in gold["figures"]]
        optional = [
            cleaned.to_clean(_span(row)) for row in gold["non_figures"] if row.get("borderline")
        ]
        found.append(
            Document(
                cleaned.text,
                tuple(
                    (s.start, s.end, Decimal(row["value"]), bool(row.get("borderline")))
                    for s, row in spans
                ),
                tuple((s.start, s.end) for s in optional),
            )
        )
    return found


def _span(row: dict[str, int]) -> Span:
    return Span(row["start"], row["end"])


def ours(text: str) -> Iterator[Hit]:
    """The grammar of this project."""
    for mention in find_mentions(text):
        if mention.quantity:
            yield mention.at.start, mention.at.end, mention.quantity.value


def recognizers() -> Finder:
    """Recognizers-Text: currency, dimension, age, percentage, number; the first at each place."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    all_of_them = (
        recognize_currency,
        recognize_dimension,
        recognize_age,
        recognize_percentage,
        recognize_number,
    )

    def find(text: str) -> Iterator[Hit]:
        taken: list[tuple[int, int]] = []
        for recognize in all_of_them:
            for result in recognize(text, "zh-cn"):
                start, end = result.start, result.end + 1
                value = _decimal((result.resolution or {}).get("value"))
                if value is None or any(start < b and a < end for a, b in taken):
                    continue
                taken.append((start, end))
                yield start, end, value

    return find


def jionlp() -> Finder:
    """JioNLP: its money extractor, the only one of its quantities."""
    import jionlp as jio

    def find(text: str) -> Iterator[Hit]:
        for result in jio.ner.extract_money(text, with_parsing=True):
            number = (result.get("detail") or {}).get("num")
            value = _decimal(number[0] if isinstance(number, list) else number)
            if value is not None:
                start, end = result["offset"]
                yield start, end, value

    return find


def cn2an() -> Finder:
    """cn2an: rewrites a text's Chinese numerals in digits; it tells no places."""
    import re

    from cn2an import transform

    digits = re.compile("[0-9]+(?:[.][0-9]+)?")

    def find(text: str) -> Iterator[Hit]:
        for match in digits.finditer(transform(text, "cn2an")):
            yield -1, -1, Decimal(match.group())

    return find


FINDERS: dict[str, Callable[[], Finder]] = {
    "ours": lambda: ours,
    "recognizers-text": recognizers,
    "jionlp (money)": jionlp,
    "cn2an": cn2an,
}


def measure(finders: dict[str, Finder], seconds: float) -> list[Row]:
    """Score the finders against gold and time them."""
    seeds = documents()
    texts = [document.text for document in seeds]
    bulletin = statistics(400_000).split("\n")
    on_seeds = _speeds(finders, texts, seconds / 2)
    on_bulletin = _speeds(finders, bulletin, seconds / 2)
    return [
        Row(name, *_score(find, seeds), on_seeds[name], on_bulletin[name])
        for name, find in finders.items()
    ]


def _score(find: Finder, seeds: list[Document]) -> tuple[float, float, float]:
    """Recall, precision, and the share of gold whose span is exact."""
    right = exact = false = wanted = 0
    for document in seeds:
        hits = list(find(document.text))
        for start, end, value, is_optional in document.gold:
            match = next((h for h in hits if h[2] == value and _overlaps(h, start, end)), None)
            wanted += not is_optional
            if match:
                hits.remove(match)
                right += not is_optional
                exact += not is_optional and match[:2] == (start, end)
        borderline = [*document.others, *((a, b) for a, b, _, maybe in document.gold if maybe)]
        false += sum(
            hit[0] < 0 or not any(_overlaps(hit, *span) for span in borderline) for hit in hits
        )
    return right / wanted, right / max(1, right + false), exact / wanted


def _overlaps(hit: Hit, start: int, end: int) -> bool:
    """Whether a hit is at a place; one that tells no place (-1) may be at any."""
    return hit[0] < 0 or (hit[0] < end and start < hit[1])


def _speeds(finders: dict[str, Finder], texts: list[str], seconds: float) -> dict[str, float]:
    """Megabytes a second, the best of some turns."""
    best = dict.fromkeys(finders, 0.0)
    gc.collect()
    gc.freeze()  # the hundreds of thousands of values that the tools' own imports made
    for _ in range(TURNS):
        for name, find in finders.items():
            best[name] = max(best[name], _speed(find, texts, seconds / TURNS))
    return best


def _speed(find: Finder, texts: list[str], seconds: float) -> float:
    started, size = time.process_time(), 0
    for text in chain.from_iterable(repeat(texts)):
        for _ in find(text):
            pass
        size += len(text.encode())
        if not (spent := time.process_time() - started) < seconds:
            return size / 1e6 / spent
    raise AssertionError("there are no texts")


def long_text(megabytes: float) -> str:
    """What a long text costs, in a process of its own; the row of a table."""
    command = [sys.executable, "-m", "evals.bench.mentions", "--long", str(megabytes)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _long_text(megabytes: float) -> str:
    text = renumbered([document.text for document in documents()], int(megabytes * 1e6))
    size, cells = len(text.encode()) / 1e6, [f"{megabytes:.0f} MB"]
    for find in (iter_mentions, find_mentions):
        before, most, started = _held(), 0.0, time.process_time()
        found = find(text)
        for i, _ in enumerate(found):
            most = most if i % SAMPLE else max(most, _held() - before)
        cells += [f"{size / (time.process_time() - started):.1f}", f"{most:.1f}"]
    return f"| {' | '.join(cells)} |"


def _held() -> float:
    """The memory that this process has now, in MiB; where the system does not say, the most yet."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)
    return pages * resource.getpagesize() / (1 << 20)


def table(rows: list[Row]) -> str:
    """The rows as Markdown; `×` says how many times faster ours is."""
    lines = [
        "| finder | recall | precision | F1 | exact span | seeds MB/s | × | bulletin MB/s | × |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    ours = rows[0]
    for row in rows:
        both = row.recall + row.precision
        f1 = 2 * row.recall * row.precision / both if both else 0.0
        lines.append(
            f"| {row.name} | {row.recall:.3f} | {row.precision:.3f} | {f1:.3f} | {row.exact:.3f} "
            f"| {row.on_seeds:.3f} | {ours.on_seeds / row.on_seeds:.1f} "
            f"| {row.on_bulletin:.3f} | {ours.on_bulletin / row.on_bulletin:.1f} |"
        )
    return "\n".join(lines)


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value).strip("%").replace(",", ""))
    except InvalidOperation:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="CPU seconds a finder")
    parser.add_argument("--megabytes", type=float, default=20.0, help="the longest text")
    parser.add_argument("--long", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.long:
        print(_long_text(given.long))
        return
    finders = {}
    for name, make in FINDERS.items():
        try:
            finders[name] = make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})", file=sys.stderr)
    print(table(measure(finders, given.seconds)))
    print("\n| text | one by one MB/s | MiB more | as a list MB/s | MiB more |")
    print("|---|--:|--:|--:|--:|")
    for share in (20, 4, 1):
        print(long_text(given.megabytes / share))


if __name__ == "__main__":
    main()
