"""A summary's JSON as the scorers see it: only what they ask for, whatever schema it follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.types import Span


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of a summary, or a mention of the grammar: then label and evidence are empty."""

    id: str
    span: Span
    text: str
    value: Decimal
    high: Decimal | None
    unit: str | None
    bound: str
    kind: str
    label: str = ""
    subject: str | None = None
    period: str | None = None
    evidence: Proof | None = None
    also_at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """A measure, an exemplar, or an item of anyone's schema; `texts` are its strings by field."""

    id: str
    texts: dict[str, str]
    evidence: tuple[Proof, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A whole summary. `given` is its JSON, for what has no field here."""

    document: str
    source: str
    texts: dict[str, str]
    figures: tuple[FigureView, ...]
    items: dict[str, tuple[ItemView, ...]]
    given: dict[str, Any]

    @property
    def usage(self) -> dict[str, Any]:
        return dict(self.given["provenance"]["usage"])

    def proofs(self) -> Iterator[tuple[str, Proof]]:
        """Every piece of evidence with the id of what it proves."""
        for figure in self.figures:
            if figure.evidence:
                yield figure.id, figure.evidence
        for items in self.items.values():
            for item in items:
                for proof in item.evidence:
                    yield item.id, proof


def load_views(path: Path) -> list[SummaryView]:
    """The views of a file: of a summary, or of those in a batch's lines. Raises InputError."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".jsonl":
            return [view(json.loads(text))]
        records = [json.loads(line) for line in text.split("\n") if line.strip()]
        return [view(one.get("summary", one)) for one in records if one.get("status") != "failed"]
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path} is no summary in JSON: {error!r}") from error


def view(given: dict[str, Any]) -> SummaryView:
    """The view of a summary's JSON; lists of objects with several `evidence` are its items."""
    items = {
        name: tuple(_item(entry) for entry in entries)
        for name, entries in given.items()
        if name not in ("figures", "issues")
        and isinstance(entries, list)
        and all(
            isinstance(entry, dict) and isinstance(entry.get("evidence"), list) for entry in entries
        )
    }
    texts = {n: t for n in ("title", "place", "period", "publisher", "overview") if (t := given[n])}
    return SummaryView(
        document=given["document"]["id"],
        source=given["document"]["source"],
        texts=texts,
        figures=tuple(_figure(entry) for entry in given["figures"]),
        items=items,
        given=given,
    )


def _figure(f: dict[str, Any]) -> FigureView:
    return FigureView(
        id=f["id"],
        span=_span(f["span"]),
        text=f["text"],
        value=Decimal(f["value"]),
        high=None if f.get("high") is None else Decimal(f["high"]),
        unit=f.get("unit"),
        bound=f.get("bound", "exact"),
        kind=f["kind"],
        label=f["label"],
        subject=f.get("subject"),
        period=f.get("period"),
        evidence=_proof(f["evidence"]),
        also_at=tuple(_span(s) for s in f.get("also_at", ())),
    )


def _item(entry: dict[str, Any]) -> ItemView:
    texts = {n: _said(v) for n, v in entry.items() if n not in ("id", "evidence", "figures")}
    texts = {name: said for name, said in texts.items() if said}
    proofs = tuple(_proof(p) for p in entry["evidence"])
    return ItemView(entry["id"], texts, proofs, tuple(entry.get("figures", ())))


def _said(value: Any) -> str:
    """The text of a field, texts of a list in a row; empty for what is none."""
    if isinstance(value, list):
        return "、".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else ""


def _proof(entry: dict[str, Any]) -> Proof:
    return Proof(_span(entry["span"]), entry["quote"])


def _span(entry: dict[str, int]) -> Span:
    return Span(entry["start"], entry["end"])
