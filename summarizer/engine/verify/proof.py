"""The last look at a summary, by itself and the raw text alone: whether the invariants hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.grounding import stands
from summarizer.engine.item_draft import PROOFS
from summarizer.engine.item_list import ItemList
from summarizer.engine.nested import free_texts
from summarizer.engine.schema import Schema
from summarizer.engine.verify.source import Source, error_issue, shown
from summarizer.types import Figure, Issue, Item, Summary
from summarizer.zh.script import fold
from summarizer.zh.segment import FULL_STOP
from summarizer.zh.unproved import unit_words


def prove(summary: Summary, schema: Schema, parsed: ParsedDocument) -> list[Issue]:
    """What does not hold: issues of severity `error`, and of `warning` for words without proof.

    Evidence must be the source's own words, figures must stand in their evidence, items may name
    only figures that exist, no text may hold a number that what it cites lacks, and coverage must
    add up.
    """
    source = Source(parsed)
    items = [(listed, item) for listed in schema.lists for item in getattr(summary, listed.name)]
    issues = source.misaligned()
    issues += [issue for figure in summary.figures for issue in figure_faults(figure, source)]
    issues += [issue for listed, item in items for issue in item_faults(listed, item, source)]
    known = {figure.id for figure in summary.figures}
    strange = (item.id for _, item in items if not set(item.figures) <= known)
    unnamed = "the item names a figure there is none of"
    issues += [error_issue("figure_unknown", unnamed, item) for item in strange]
    for name in ("title", "place", "publisher", "period"):
        said = getattr(summary, name) or ""
        issues += source.invented(name, said) if name != "period" else []
        issues += source.unproved(name, said, source.everything)
    issues += source.invented_years("period", summary.period or "")
    issues += overview_faults(summary, [item for _, item in items], source)
    issues += source.suspicious() + source.lost() + source.repeated() + source.pictured()
    c = summary.coverage
    if c.found != c.figures + c.merged + len(c.set_aside) + len(c.missed):
        issues.append(error_issue("coverage_broken", "coverage does not add up", None))
    return issues


def figure_faults(figure: Figure, source: Source) -> list[Issue]:
    """What does not hold of one figure by itself.

    Its subject and period may stand anywhere in the text, as they do where a sentence leaves them
    out; its label is held against its sentence, what its paragraph says before, and its subject.
    """
    issues = source.misquoted(figure.id, figure.evidence)
    if not figure.evidence.span.covers(figure.span):
        issues.append(error_issue("figure_outside", "the figure is not in its evidence", figure.id))
    if source.clean[source.parsed.text.to_clean(figure.span).slice] != figure.text:
        issues.append(error_issue("figure_changed", "the text is not that of its span", figure.id))
    issues += source.misread(figure)
    subject, period = figure.subject or "", figure.period or ""
    known = f"{subject}\n{source.names}\n{unit_words()}"
    around = source.table(figure.span) or source.around([figure.evidence])
    issues += source.invented(figure.id, fold(figure.label), f"{around}\n{subject}")
    issues += source.unproved(figure.id, figure.label, around, known)
    issues += source.invented(figure.id, fold(subject))
    issues += source.unproved(figure.id, subject, source.everything)
    issues += source.unproved(figure.id, period, source.everything)
    return issues + source.invented_years(figure.id, period)


def item_faults(listed: ItemList, item: Item, source: Source) -> list[Issue]:
    """What does not hold of one item by itself: every text of it, at any depth."""
    issues = [issue for one in item.evidence for issue in source.misquoted(item.id, one)]
    cited, around = source.cited(item.evidence), source.around(item.evidence)
    for name in listed.verbatim:
        words = getattr(item, name)
        if not any(stands(words, text) for text in cited.split("\n")):
            message = f"“{shown(words)}” does not stand in what the item cites"
            issues.append(error_issue("verbatim_broken", message, item.id))
    own = _own_words(listed)
    for name, words in _texts(listed, item):
        if name in listed.roles:  # read off the text, wherever it names the party
            issues += source.invented(item.id, words)
            issues += source.unproved(item.id, words, source.everything)
        else:
            issues += source.invented(item.id, words, cited)
            issues += source.unproved(item.id, words, around, own)
    return issues


def overview_faults(summary: Summary, items: Sequence[Item], source: Source) -> list[Issue]:
    """What the overview says and no evidence of a figure, an item or a field does.

    A sentence of it that stands in the source proves itself.
    """
    told = [s for s in summary.overview.split(FULL_STOP) if not source.has(s)]
    if not any(told):
        return []
    overview = FULL_STOP.join(told)
    cited = [*(f.evidence for f in summary.figures), *(e for i in items for e in i.evidence)]
    cited += [e for own in getattr(summary, PROOFS, {}).values() for e in own]
    evidence = list({one.span: one for one in cited}.values())
    subjects = "\n".join(f.subject for f in summary.figures if f.subject)
    place = summary.place or ""
    issues = source.invented("overview", overview, source.cited(evidence) or source.raw)
    known = f"{place}\n{subjects}\n{source.names}\n{unit_words()}"
    return issues + source.unproved("overview", overview, source.around(evidence), known)


def _texts(listed: ItemList, item: Item) -> Iterator[tuple[str, str]]:
    """Every text of an item with the field it is in; choices are words of the schema."""
    for name, field in listed.fields.items():
        if name not in listed.kinds:
            yield from (
                (name, words) for words in free_texts(field.annotation, getattr(item, name))
            )


def _own_words(listed: ItemList) -> str:
    """The words of a list's schema: what it says of itself and of its fields, and its choices."""
    schema: dict[str, Any] = listed.item.model_json_schema()
    return json.dumps(schema, ensure_ascii=False)
