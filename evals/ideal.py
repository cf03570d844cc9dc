"""The summary that a gold describes, as JSON: every scorer must give it full marks.

Tests plant errors in it, one kind at a time, and see that exactly the right metric falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.provenance import Usage
from summarizer.types import Span

from .cases import Case, GoldFigure, GoldItem
from .text import strip_annotations


def ideal(case: Case) -> dict[str, Any]:
    """A summary in JSON of a case with gold; verbatim repeats are merged into the first."""
    gold = case.gold
    assert gold is not None, case.name
    figures = [
        _figure(case, i, figure) for i, figure in enumerate(gold.figures) if figure.repeats is None
    ]
    merged = sum(len(f["also_at"]) for f in figures)
    return {
        "schema_id": "report.v1",
        "document": {"id": case.id, "source": str(case.path)},
        "title": gold.title,
        "place": gold.place,
        "period": None,
        "publisher": gold.publisher,
        "overview": "",
        "figures": figures,
        "coverage": {
            "found": len(figures) + merged,
            "figures": len(figures),
            "merged": merged,
            "set_aside": [],
            "missed": [],
        },
        "issues": [],
        "provenance": {"usage": Usage(requests=1).model_dump(mode="json")},
    } | {name: _items(case, name, items) for name, items in gold.items.items()}


def _figure(case: Case, index: int, f: GoldFigure) -> dict[str, Any]:
    assert case.gold is not None
    repeats = [g.span for g in case.gold.figures if g.repeats == index]
    return {
        "id": f"f{index}",
        "label": f.label,
        "subject": f.subject,
        "period": f.period,
        "text": strip_annotations(f.text),
        "span": _span(f.span),
        "value": str(f.value),
        "high": None if f.high is None else str(f.high),
        "unit": f.unit,
        "bound": f.bound,
        "kind": f.kind,
        "evidence": _proof(case.text, _around(case.text, f.span)),
        "also_at": [_span(span) for span in repeats],
    }


def _items(case: Case, name: str, items: Sequence[GoldItem]) -> list[dict[str, Any]]:
    return [
        {field: strip_annotations(said[0]) for field, said in item.values.items() if said}
        | {
            "id": f"{name[0]}{i}",
            "evidence": [_proof(case.text, span) for span in item.evidence],
            "figures": [],
        }
        for i, item in enumerate(items)
    ]


def _around(text: str, span: Span) -> Span:
    """The line that holds a span."""
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _proof(text: str, span: Span) -> dict[str, Any]:
    return {"span": _span(span), "quote": text[span.slice]}


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
