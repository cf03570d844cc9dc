"""Reasons to look at a figure or an item before others, each with a code and a place.

A doubt changes nothing and proves nothing: it says where a reader's minute is best spent. It is
computed from a summary and its parsed source, never kept in the summary.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.item_list import ItemList
from summarizer.engine.schema import Schema
from summarizer.types import Evidence, Figure, Item, Span, Summary
from summarizer.zh.broken import broken
from summarizer.zh.doubtful import LONGEST, is_place, strange_words, tells_of_aim
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

UNLIKELY = 0.5  # a label that is less likely right than this is told of
HEADLINE = 40  # characters: a field that may get longer is a sentence
CODES = (
    "unproved",
    "disagrees",
    "place_as_person",
    "words_elsewhere",
    "subject_elsewhere",
    "subject_unsaid",
    "no_header",
    "target",
    "implied_unit",
    "recognised",
    "unlikely",
    "reads_badly",
    "long",
)
"""Every code, the gravest first: what is shown first is sorted by them."""

OF_ISSUES = {
    "values_differ": "disagrees",
    "rate_disagrees": "disagrees",
    "parts_exceed_total": "disagrees",
    "parts_miss_total": "disagrees",
    "items_conflict": "disagrees",
    "unproved_words": "unproved",
    "figure_unproved": "unproved",
    "second_reader": "unproved",
    "number_invented": "unproved",
    "verbatim_broken": "unproved",
    "span_broken": "unproved",
    "figure_outside": "unproved",
}
"""The issues of a figure or an item that are a reason to doubt it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure or an item may be wrong: `words` are what is doubted, `span` where to look."""

    code: str
    ref: str
    span: Span
    words: str = ""


def doubts(summary: Summary, schema: Schema, parsed: ParsedDocument) -> list[Doubt]:
    """Every doubt of a summary, those of a figure or an item together, the gravest first."""
    found: list[Doubt] = [*_of_cells(summary.figures, parsed)]
    for figure in summary.figures:
        found += _of_figure(figure, parsed)
    for listed in schema.lists:
        for item in getattr(summary, listed.name):
            found += _of_item(item, listed)
    places = {thing.ref: thing.span for thing in _places(summary, schema)}
    for issue in summary.issues:
        code = OF_ISSUES.get(issue.code)
        if code and issue.ref in places and issue.severity != "info":
            found.append(Doubt(code, issue.ref, places[issue.ref], issue.message))
    found += _of_pictures(summary, schema)
    order = {ref: n for n, ref in enumerate(places)}
    return sorted(found, key=lambda doubt: (order[doubt.ref], CODES.index(doubt.code)))


def _of_cells(figures: Sequence[Figure], parsed: ParsedDocument) -> Iterator[Doubt]:
    """Those of tables' cells that no header says anything of: the row's own words name them."""
    told = {m.span.start: parsed.told[m.id] for m in parsed.mentions if m.id in parsed.told}
    for figure in figures:
        cell = told.get(figure.span.start)
        if cell is not None and cell.label in ("", cell.subject):
            yield Doubt("no_header", figure.id, figure.evidence.span, cell.label or figure.text)


def _of_figure(figure: Figure, parsed: ParsedDocument) -> Iterator[Doubt]:
    quote, start = figure.evidence.quote, figure.evidence.span.start
    ahead = quote[: max(0, figure.span.start - start)]
    if aim := tells_of_aim(ahead, figure.label):
        at = start + max(0, ahead.rfind(aim)) if aim in ahead else start
        yield Doubt("target", figure.id, Span(at, figure.span.end), aim)
    subject = figure.subject
    if subject and fold(subject) not in fold(quote) and not _is_own(subject, parsed):
        yield Doubt("subject_elsewhere", figure.id, figure.evidence.span, subject)
    if not subject and (named := _named_ahead(figure, parsed)):
        yield Doubt("subject_unsaid", figure.id, figure.evidence.span, named)
    if figure.implied_unit:
        yield Doubt("implied_unit", figure.id, figure.span, figure.unit or figure.text)
    if figure.confidence is not None and figure.confidence < UNLIKELY:
        yield Doubt("unlikely", figure.id, figure.evidence.span, f"{figure.confidence:.2f}")
    told = "".join(one.text for one in _sentence(figure, parsed))  # without what cleaning took away
    known = f"{told}{quote}{subject or ''}{parsed.facts.place or ''}"
    for code, words in _of_words(figure.label, known):
        yield Doubt(code, figure.id, figure.evidence.span, words)


def _named_ahead(figure: Figure, parsed: ParsedDocument) -> str:
    """The last party that its sentence names before a figure, whose it may be; "" for none."""
    sentence, start = _sentence(figure, parsed), parsed.text.to_clean(figure.span).start
    named = (name for one in sentence for name in one.names if name.is_party)
    ahead = [name for name in named if not start < name.span.end]
    return ahead[-1].text if ahead else ""


def _sentence(figure: Figure, parsed: ParsedDocument) -> Sequence[Sentence]:
    """The sentence that a figure stands in, if it stands in one."""
    at = bisect_right(parsed.sentences, figure.span.start, key=lambda one: one.raw.start)
    return parsed.sentences[at - 1 : at]


def _of_item(item: Item, listed: ItemList) -> Iterator[Doubt]:
    span = _span(item.evidence)
    cited = "".join(one.quote for one in item.evidence)
    is_person = any(getattr(item, name) == "person" for name in listed.kinds)
    for name in listed.names if is_person else ():
        if is_place(str(getattr(item, name))):
            yield Doubt("place_as_person", item.id, span, str(getattr(item, name)))
    for name in listed.prose:
        most = LONGEST + 5 if _most(listed.fields[name]) <= HEADLINE else 4 * LONGEST
        for code, words in _of_words(getattr(item, name), cited, most):
            yield Doubt(code, item.id, span, words)


def _of_pictures(summary: Summary, schema: Schema) -> Iterator[Doubt]:
    """What stands on a page whose text was recognised in a picture, by us or by who made it."""
    pages, of_others = summary.document.recognised, bool(summary.document.left_out.get("scans"))
    if not (pages or of_others):
        return
    for figure in summary.figures:
        if of_others or figure.evidence.page in pages:
            yield Doubt("recognised", figure.id, figure.span, figure.text)
    for listed in schema.lists:
        for item in getattr(summary, listed.name):
            first = next((one for one in item.evidence if of_others or one.page in pages), None)
            if first is not None:
                yield Doubt("recognised", item.id, first.span)


def _of_words(words: str, source: str, most: int = LONGEST) -> Iterator[tuple[str, str]]:
    """The doubts about some words; those that are a sentence may be long and end as one does."""
    if strange := strange_words(words, source):
        yield "words_elsewhere", "、".join(strange)
    if most <= HEADLINE and (bad := broken(words, source)):
        yield "reads_badly", bad
    if most < len(words):
        yield "long", str(len(words))


def _most(field: FieldInfo) -> int:
    """How long a text may get, as its schema says."""
    lengths = [limit.max_length for limit in field.metadata if isinstance(limit, MaxLen)]
    return min(lengths, default=HEADLINE)


def _is_own(subject: str, parsed: ParsedDocument) -> bool:
    """Whether it is the report's own place, which no sentence needs to say again."""
    place = fold(parsed.facts.place or "")
    return bool(place) and (fold(subject) in place or place in fold(subject))


def _places(summary: Summary, schema: Schema) -> Iterator[Doubt]:
    for figure in summary.figures:
        yield Doubt("", figure.id, figure.span)
    for listed in schema.lists:
        for item in getattr(summary, listed.name):
            yield Doubt("", item.id, _span(item.evidence))


def _span(evidence: Sequence[Evidence]) -> Span:
    return evidence[0].span if evidence else Span(0, 0)
