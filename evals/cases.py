"""Cases: a document and what is known of it.

A dataset is `seeds` (evals/gold with the files of seeds/), `own` (evals/own, written by us), `all`
of both, a folder of evals/genres by its name (`indicators`), the path of a file or folder of one's
own, or a pattern (`folder/audit_*`). A document there has gold when a JSON file of the same stem
stands beside it, or a TOML file for a schema with picks. Their forms are described in
evals/gold/README.md and in docs/evals.md.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from summarizer.resources import resource
from summarizer.types import Span

from .wanted import Wanted, load_wanted

HERE = Path(__file__).parent
GENRES = HERE / "genres"
NON = "non_"
READABLE = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
"""What is taken from a folder; formats but plain text are read by the product."""


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One figure that a reader finds. `units` are all that are accepted, `repeats` an index."""

    span: Span
    text: str
    value: Decimal
    high: Decimal | None
    unit: str
    units: frozenset[str]
    bound: str
    kind: str
    label: str
    subject: str | None
    period: str | None
    repeats: int | None
    implied_unit: bool
    borderline: bool


@dataclass(frozen=True, slots=True)
class NonFigure:
    """A numeral that states no amount; a figure predicted over it is false."""

    span: Span
    text: str
    why: str
    borderline: bool


@dataclass(frozen=True, slots=True)
class GoldItem:
    """An item of a list: by field what is accepted there, the best first.

    `evidence` holds every place where its quotes stand.
    """

    values: dict[str, tuple[str, ...]]
    evidence: tuple[Span, ...]
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class NonItem:
    """A name in the text that is no item of a list, and why."""

    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Gold:
    """All that an annotator found in one document.

    `items` has the lists that were annotated, `non_items` what is named and belongs to none.
    """

    figures: tuple[GoldFigure, ...] = ()
    non_figures: tuple[NonFigure, ...] = ()
    items: dict[str, tuple[GoldItem, ...]] = field(default_factory=dict)
    non_items: dict[str, tuple[NonItem, ...]] = field(default_factory=dict)
    title: str | None = None
    place: str | None = None
    publisher: str | None = None
    period: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A document by its raw text; `gold` is None where nobody has annotated it.

    `wanted` is what a schema with picks should find there, where somebody wrote that down.
    """

    name: str
    path: Path
    text: str
    id: str
    gold: Gold | None
    wanted: Wanted | None = None


def load_cases(dataset: str) -> list[Case]:
    """The cases of a dataset, sorted by name. Raises ConfigError when there are none."""
    if dataset == "all":
        return load_cases("seeds") + load_cases("own")
    if dataset == "seeds":
        seeds = _seeds()
        found = [
            _case(seeds / _source(gold), gold) for gold in sorted((HERE / "gold").glob("*.json"))
        ]
    elif dataset == "own":
        found = [_case(path, path.with_suffix(".json")) for path in _texts(HERE / "own", (".txt",))]
    else:
        path = GENRES / dataset if is_genre(dataset) else Path(dataset)
        found = [_case(p, p.with_suffix(".json")) for p in _named(path)]
    if not found:
        raise ConfigError(f"dataset {dataset!r} has no documents: name seeds, own, all, or a path")
    return found


def is_genre(dataset: str) -> bool:
    """Whether a dataset is one of evals/genres, whose gold is of one schema.

    >>> is_genre("indicators"), is_genre("seeds"), is_genre("../genres")
    (True, False, False)
    """
    return dataset.isidentifier() and (GENRES / dataset).is_dir()


def schema_of(dataset: str) -> str:
    """The schema that a dataset's gold is of, "" for those of the report.

    >>> schema_of("audit"), schema_of("english"), schema_of("own")
    ('audit', 'indicators', '')
    """
    if not is_genre(dataset):
        return ""
    return "indicators" if dataset == "english" else dataset


def _named(path: Path) -> list[Path]:
    """A file, the files of a folder, or those of a folder that a pattern names."""
    if path.is_file():
        return [path]
    if "*" in path.name:
        return [p for p in _texts(path.parent) if p.match(path.name)]
    return _texts(path)


def _seeds() -> Path:
    try:
        return resource("seeds")
    except ConfigError as error:
        raise ConfigError("the seeds are in the source only; here name own or a path") from error


def _texts(folder: Path, suffixes: tuple[str, ...] = READABLE) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.suffix.lower() in suffixes and p.is_file())


def _source(gold: Path) -> str:
    return str(json.loads(gold.read_text(encoding="utf-8"))["source"])


def _case(path: Path, gold: Path) -> Case:
    text, identity = _read(path)
    known = (
        parse_gold(json.loads(gold.read_text(encoding="utf-8")), text) if gold.is_file() else None
    )
    wanted = load_wanted(path.with_suffix(".toml"), text) if known is None else None
    return Case(path.stem, path, text, identity, known, wanted)


def _read(path: Path) -> tuple[str, str]:
    """The raw text and id; anything but plain UTF-8 is the product's to decode."""
    data = path.read_bytes()
    if path.suffix == ".txt":
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), hashlib.sha256(data).hexdigest()[:16]
    from summarizer.documents.read import read

    document = read(path)
    return document.text, document.id


def parse_gold(data: dict[str, Any], text: str) -> Gold:
    """Gold from its JSON; quotes are looked up in `text`."""
    meta = data["meta"]
    lists = {name: entries for name, entries in data.items() if is_item_list(name, entries)}
    return Gold(
        figures=tuple(_figure(f) for f in data["figures"]),
        non_figures=tuple(
            NonFigure(_span(f), f["text"], f["why"], f.get("borderline", False))
            for f in data["non_figures"]
        ),
        items={name: tuple(_item(e, text) for e in lists[name]) for name in lists},
        non_items={
            name.removeprefix(NON): tuple(_non_item(e) for e in entries)
            for name, entries in data.items()
            if name.startswith(NON) and name != "non_figures"
        },
        title=meta.get("title"),
        place=meta.get("place"),
        publisher=meta.get("publisher"),
        period=meta.get("period"),
        published=meta.get("published"),
    )


def places(text: str, quotes: list[str]) -> tuple[Span, ...]:
    """Every place in the text where one of the quotes stands.

    >>> places("修路。植树。修路。", ["修路"])
    (Span(start=0, end=2), Span(start=6, end=8))
    """
    found = []
    for quote in quotes:
        start = text.find(quote)
        while start >= 0:
            found.append(Span(start, start + len(quote)))
            start = text.find(quote, start + 1)
    return tuple(found)


def _figure(f: dict[str, Any]) -> GoldFigure:
    high = f.get("high")
    return GoldFigure(
        span=_span(f),
        text=f["text"],
        value=Decimal(f["value"]),
        high=None if high is None else Decimal(high),
        unit=f["unit"],
        units=frozenset([f["unit"], *f.get("unit_alt", ())]),
        bound=f["approx"] or "exact",
        kind=f["kind"],
        label=f["label"],
        subject=f["subject"],
        period=f["period"],
        repeats=f["dup_of"],
        implied_unit=f.get("unit_implied", False),
        borderline=f.get("borderline", False),
    )


def _span(entry: dict[str, Any]) -> Span:
    return Span(entry["start"], entry["end"])


def is_item_list(name: str, entries: Any) -> bool:
    """Whether a part of a gold file lists items, of whatever schema: objects with evidence."""
    if name in ("figures", "notes") or name.startswith(NON) or not isinstance(entries, list):
        return False
    return all(isinstance(entry, dict) and "evidence" in entry for entry in entries)


def _item(entry: dict[str, Any], text: str) -> GoldItem:
    values = {
        name: _accepted(entry, name)
        for name, value in entry.items()
        if isinstance(value, str) and not name.endswith(("_hans", "_alt")) and name != "note"
    }
    return GoldItem(values, places(text, entry["evidence"]), entry.get("borderline", False))


def _non_item(entry: dict[str, Any]) -> NonItem:
    return NonItem(_accepted(entry, "name"), entry["why"])


def _accepted(entry: dict[str, Any], name: str) -> tuple[str, ...]:
    """What a field may say: its value, the same with conversions undone, and its alternatives."""
    said = (entry[name], entry.get(f"{name}_hans"), *entry.get(f"{name}_alt", ()))
    return tuple(dict.fromkeys(one for one in said if one))
