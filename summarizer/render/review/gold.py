"""A reviewed summary → gold that `evals` takes: the source, and a JSON file of the same stem.

What the reader did not decide about, or is not sure of, is `borderline`: found or not, it counts
neither way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.item_list import ItemList
from summarizer.errors import InputError, SummarizerError
from summarizer.render.review.decisions import Decision, DocumentDecisions
from summarizer.render.review.payload import Reviewed, digest
from summarizer.types import Figure, Span
from summarizer.zh.script import detect

Json = dict[str, Any]
_DECIDED = frozenset({"right", "edited", "added"})


def write_gold(after: Reviewed, before: Reviewed, said: DocumentDecisions, folder: Path) -> Path:
    """Write source and gold of a corrected summary into a folder; the path of the gold.

    Raises InputError where the source is not there.
    """
    document = after.summary.document
    if after.parsed is None:
        raise InputError(f"{document.source}: gold needs the source, and that is not there")
    stem = Path(document.source).stem.replace("\0", "")
    stem = document.id if stem in ("", "-") else stem
    text = after.parsed.text.document.text
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (stem, f"{stem}_{document.id}", f"{stem}_{document.id}_{digest(before.summary)}")
        paths = [folder / f"{name}.json" for name in names]
        path = next((path for path in paths if _is_ours(path, before)), paths[-1])
        given = gold_of(after, before, said, f"{path.stem}.txt")
        gold = json.dumps(given, ensure_ascii=False, indent=1) + "\n"
        path.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
        path.write_text(gold, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SummarizerError(f"cannot write into {str(folder)!r}: {error.strerror}") from error
    return path


def _is_ours(path: Path, before: Reviewed) -> bool:
    """Whether gold of a summary may be written here: nothing is, or earlier gold of it."""
    if not path.exists():
        return not path.with_suffix(".txt").exists()
    try:
        given = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        return False
    if not isinstance(given, dict) or given.get("document") != before.summary.document.id:
        return False
    ours = digest(before.summary)
    return bool(given.get("summary", ours) == ours)


def gold_of(after: Reviewed, before: Reviewed, said: DocumentDecisions, source: str) -> Json:
    """The gold of a corrected summary, as evals/gold/README.md describes it.

    `source` is the name of the file beside it that holds the text.
    """
    assert after.parsed is not None
    summary, known = after.summary, said.by_ref()
    raw = after.parsed.text.document.text
    figures = list(_figures(summary.figures, raw, known))
    taken = [Span(f["start"], f["end"]) for f in figures]
    lists = {
        listed.name: list(_items(after, listed, known, figures)) for listed in after.schema.lists
    }
    refused = {
        f"non_{listed.name}": list(_refused(before, listed, known))
        for listed in after.schema.lists
        if listed.names
    }
    return {
        "source": source,
        "document": summary.document.id,
        "summary": digest(before.summary),
        "about": "made from a review; what nobody decided about is borderline",
        "meta": {
            "title": summary.title,
            "place": summary.place,
            "publisher": summary.publisher,
            "period": summary.period,
            "published": None,
            "script": detect(raw),
        },
        "figures": figures,
        "non_figures": list(_others(after.parsed, before, taken, known)),
        **lists,
        **refused,
    }


def _figures(
    figures: tuple[Figure, ...], raw: str, known: Mapping[str, Decision]
) -> Iterator[Json]:
    numbered = {figure.id: n for n, figure in enumerate(figures)}
    added = _added(known, "figures")
    copies = [(f, span) for f in figures for span in f.also_at]
    for figure, span in (*((f, f.span) for f in figures), *copies):
        decided = _is_decided(known.get(figure.id)) or (span.start, span.end) in added
        yield {
            "text": raw[span.slice],
            "start": span.start,
            "end": span.end,
            "value": f"{figure.value:f}",
            "high": None if figure.high is None else f"{figure.high:f}",
            "unit": figure.unit or "",
            "approx": None if figure.bound == "exact" else figure.bound,
            "kind": figure.kind,
            "label": figure.label,
            "subject": figure.subject,
            "period": figure.period,
            "dup_of": None if span == figure.span else numbered[figure.id],
            "unit_implied": figure.implied_unit or figure.unit is None,
        } | ({} if decided else {"borderline": True})


def _others(
    parsed: ParsedDocument, before: Reviewed, taken: list[Span], known: Mapping[str, Decision]
) -> Iterator[Json]:
    """Every numeral of the text that is no figure; borderline where nobody said that it is none."""
    wrong = [
        span
        for f in before.summary.figures
        if f.id in known and known[f.id].verdict == "wrong"
        for span in (f.span, *f.also_at)
    ]
    for mention in parsed.mentions:
        if any(mention.span.overlaps(span) for span in taken):
            continue
        tally = known.get(f"t{mention.span.start}-{mention.span.end}")
        is_number = mention.quantity is not None or mention.kind == "unknown"
        refused = mention.span in wrong or (tally is not None and tally.verdict == "right")
        yield {
            "text": parsed.text.document.text[mention.span.slice],
            "start": mention.span.start,
            "end": mention.span.end,
            "why": "reviewer" if refused else mention.kind,
        } | ({"borderline": True} if is_number and not refused else {})


def _items(
    after: Reviewed, listed: ItemList, known: Mapping[str, Decision], figures: list[Json]
) -> Iterator[Json]:
    added = {f"{listed.name}-added-{start}-{end}" for start, end in _added(known, listed.name)}
    for item in getattr(after.summary, listed.name):
        values = {name: getattr(item, name) for name in listed.fields}
        spans = [one.span for one in item.evidence]
        inside = [
            n
            for n, f in enumerate(figures)
            if f["dup_of"] is None and any(s.covers(Span(f["start"], f["end"])) for s in spans)
        ]
        decided = item.id in added or _is_decided(known.get(item.id))
        yield (
            {name: value for name, value in values.items() if isinstance(value, str)}
            | {
                "evidence": [one.quote for one in item.evidence],
                "figures": inside,
            }
            | ({} if decided else {"borderline": True})
        )


def _refused(before: Reviewed, listed: ItemList, known: Mapping[str, Decision]) -> Iterator[Json]:
    for item in getattr(before.summary, listed.name):
        if item.id in known and known[item.id].verdict == "wrong":
            yield {"name": str(getattr(item, listed.names[0])), "why": "reviewer"}


def _added(known: Mapping[str, Decision], kind: str) -> set[tuple[int, int]]:
    """The places where something was added for sure."""
    added = (one.add for one in known.values() if one.add and _is_decided(one))
    return {add.span for add in added if add.kind == kind}


def _is_decided(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict in _DECIDED
