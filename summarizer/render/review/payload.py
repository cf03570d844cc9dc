"""A summary with its source → what the page shows of it, as JSON. Spans count the raw text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.item_list import ItemList
from summarizer.engine.schema import Schema
from summarizer.engine.verify.doubts import OF_ISSUES, Doubt, doubts
from summarizer.engine.verify.unaccounted import unaccounted
from summarizer.fields import Pick
from summarizer.render.outline import choices, heading, is_text, outline
from summarizer.render.picks import own_rows, pick_text
from summarizer.render.review.messages import LANGUAGES
from summarizer.render.review.sources import parsed_source
from summarizer.render.translate import translated
from summarizer.types import Evidence, Figure, Item, Span, Summary, Tally
from summarizer.zh.quantities.reasons import REASONS
from summarizer.zh.script import detect

Json = dict[str, Any]
_RULES = {reason: rule for rule, reason in REASONS.items()}
_SHOWN = frozenset({"body", "heading"})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A summary, its schema, and its source where that was found."""

    summary: Summary
    schema: Schema
    parsed: ParsedDocument | None


def reviewed(summary: Summary, schema: Schema, folder: Path = Path()) -> Reviewed:
    """A summary with its source; `folder` is where the summary lies."""
    return Reviewed(summary, schema, parsed_source(summary, folder))


def digest(summary: Summary) -> str:
    """What decisions about a summary are bound to: 12 hex digits of what it says."""
    said = summary.model_dump_json(exclude={"provenance": True, "document": {"text", "source"}})
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:12]


def payload(one: Reviewed) -> Json:
    """All that the page needs of a document."""
    summary, parsed = one.summary, one.parsed
    text = parsed.text.document.text if parsed else None
    by_ref: dict[str, list[Any]] = {}
    for doubt in doubts(summary, one.schema, parsed) if parsed else ():
        by_ref.setdefault(doubt.ref, []).append(_doubt(doubt))
    shown = outline(summary)
    return {
        "key": summary.document.id,
        "digest": digest(summary),
        "source": summary.document.source,
        "title": shown.title if summary.title else PurePath(summary.document.source).name,
        "facts": [[name, getattr(summary, name)] for name in ("place", "period", "publisher")],
        "overview": summary.overview,
        "lang": f"zh-{'Hans' if detect(text or summary.overview) == 'Hans' else 'Hant'}",
        "text": text,
        "figures": [_figure(f, by_ref.get(f.id, [])) for f in summary.figures],
        "lists": [_list(summary, listed, by_ref) for listed in one.schema.lists],
        "own": [
            {
                "id": f"field.{row.name}",
                "heading": row.heading,
                "text": row.text,
                "value": row.value,
                "evidence": [_proof(proof) for proof in row.evidence],
            }
            for row in own_rows(summary)
        ],
        "tallies": list(tallies(one)),
        "numerals": _numerals(parsed) if parsed else [],
        "regions": _regions(parsed) if parsed else [],
    }


def index_entry(given: Json) -> Json:
    """What the list of documents shows of a payload before it is opened."""
    things = [*given["figures"], *(item for one in given["lists"] for item in one["items"])]
    rest = [one for one in given["tallies"] if one["became"] != "set_aside"]
    codes = sorted({doubt[0] for thing in things for doubt in thing["doubts"]})
    return {
        "key": given["key"],
        "digest": given["digest"],
        "title": given["title"],
        "lang": given["lang"],
        "source": given["source"],
        "place": given["facts"][0][1],
        "total": len(things) + len(rest) + len(given["own"]),
        "doubts": sum(bool(thing["doubts"]) for thing in things) + len(rest),
        "codes": codes + sorted({one["became"] for one in rest}),
    }


def _figure(figure: Figure, found: list[Any]) -> Json:
    plain = figure.model_dump(
        mode="json",
        include={"id", "label", "subject", "period", "text", "value", "high", "unit", "per"}
        | {"base_value", "base_unit", "bound", "kind", "implied_unit"},
    )
    return plain | {
        "span": _pair(figure.span),
        "also": [_pair(span) for span in figure.also_at],
        "evidence": [_proof(figure.evidence)],
        "doubts": found,
    }


def _list(summary: Summary, listed: ItemList, by_ref: dict[str, list[Any]]) -> Json:
    return {
        "name": listed.name,
        "heading": heading(listed.name, type(summary).model_fields[listed.name]),
        "fields": [
            {
                "name": name,
                "heading": heading(name, field),
                "choices": choices(field),
                "typed": is_text(field),
                "blank": _blank(listed, name),
            }
            for name, field in listed.fields.items()
        ],
        "items": [_item(i, listed, by_ref.get(i.id, [])) for i in getattr(summary, listed.name)],
    }


def _blank(listed: ItemList, name: str) -> Json | None:
    """What a field says that is left empty, as {"is": null}; None where it has to say something."""
    field = listed.fields[name]
    if listed.types[name].is_optional:
        return {"is": None}
    may = name in listed.roles or (not field.is_required() and field.default == "")
    return {"is": ""} if may else None


def _item(item: Item, listed: ItemList, found: list[Any]) -> Json:
    return {
        "id": item.id,
        "values": {name: _said(getattr(item, name)) for name in listed.fields},
        "figures": item.figures,
        "evidence": [_proof(one) for one in item.evidence],
        "doubts": found,
    }


def _said(value: Any) -> Any:
    """A field's value as the page can show it; what is no text is shown and not edited."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Pick):
        return pick_text(value)
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def tallies(one: Reviewed) -> Iterator[Json]:
    """What became no figure; a summary of before `unaccounted` has it counted again."""
    coverage = one.summary.coverage
    rest: Sequence[Tally] = coverage.unaccounted
    if not rest and one.parsed:
        rest = unaccounted(one.parsed.mentions, one.parsed.text)
    parts = (("missed", coverage.missed), ("unaccounted", rest), ("set_aside", coverage.set_aside))
    for became, found in parts:
        for tally in found:
            outside = tally.reason.partition(":")[0] in ("boilerplate", "repeat", "metadata")
            yield {
                "id": f"t{tally.span.start}-{tally.span.end}",
                "became": "set_aside" if outside else became,
                "span": _pair(tally.span),
                "text": tally.text,
                "reason": tally.reason,
                "rule": _RULES.get(tally.reason, ""),
            }


def _numerals(parsed: ParsedDocument) -> list[Any]:
    """Numerals that are no quantity, with their kinds: dates, ordinals, slogans."""
    return [
        [*_pair(m.span), m.kind]
        for m in parsed.mentions
        if m.quantity is None and m.kind != "unknown"
    ]


def _regions(parsed: ParsedDocument) -> list[Any]:
    """The lines that were not read as the report's, in raw spans."""
    text = parsed.text
    return [[*_pair(text.to_raw(r.span)), r.kind] for r in text.regions if r.kind not in _SHOWN]


def _doubt(doubt: Doubt) -> list[Any]:
    """Its code, its place, its words; where these are a message, also what they are in others."""
    place = (doubt.code, *_pair(doubt.span), doubt.words)
    if doubt.code not in OF_ISSUES.values():
        return [*place]
    return [*place, {name: translated(doubt.words, name) for name in LANGUAGES if name != "en"}]


def _proof(evidence: Evidence) -> list[Any]:
    return [*_pair(evidence.span), evidence.quote]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
