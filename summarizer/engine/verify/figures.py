"""Named mentions → figures; repeated passages merged; everything else accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.documents.clean import CleanText, Region
from summarizer.engine.evidence import evidence
from summarizer.engine.extract import Extraction, LabelledMention
from summarizer.engine.verify.unaccounted import unaccounted
from summarizer.types import Coverage, Figure, Mention, Span, Tally
from summarizer.zh.script import fold
from summarizer.zh.tables.reading import HEADER

_ASKED = frozenset({"body", "heading"})  # kinds of region that go to the model
_HEADS = "header: it names rows or a column of a table"


@dataclass(frozen=True, slots=True)
class Accounted:
    """The figures, and the tally of what became of every quantity mention."""

    figures: tuple[Figure, ...]
    coverage: Coverage


def tally_mentions(mentions: Sequence[Mention], found: Extraction, text: CleanText) -> Accounted:
    """Every quantity mention, and what heads a table (60岁以上), as exactly one of the tally."""
    named = {n.mention.id: n for n in found.namings}
    refused = {one.mention.id: one.reason for one in found.aside}
    quantities = [m for m in mentions if m.quantity is not None]
    regions = _regions(quantities, text)
    copies: dict[str, list[Mention]] = {}
    merged: set[str] = set()
    for mention in quantities:
        original = _original(mention, regions[mention.id], quantities)
        if original is not None and original.id in named:
            copies.setdefault(original.id, []).append(mention)
            merged.add(mention.id)
    figures: list[Figure] = []
    aside: list[Tally] = []
    missed: list[Tally] = []
    for mention in quantities:
        region = regions[mention.id]
        if mention.id in named:
            id_ = f"f{len(figures) + 1}"
            copied = copies.get(mention.id, ())
            figures.append(figure_of(named[mention.id], text, id_, copied))
        elif mention.id in refused:
            aside.append(_tally(mention, f"model: {refused[mention.id]}"))
        elif mention.id not in merged and region is not None and region.kind not in _ASKED:
            aside.append(_tally(mention, f"{region.kind}: {region.rule}"))
        elif mention.id not in merged:
            missed.append(_tally(mention, "not named by the model"))
    heads = [_tally(m, _HEADS) for m in mentions if m.rule == HEADER]
    coverage = Coverage(
        found=len(quantities) + len(heads),
        figures=len(figures),
        merged=len(merged),
        set_aside=tuple(sorted((*aside, *heads), key=lambda one: one.span)),
        missed=tuple(missed),
        unaccounted=unaccounted(mentions, text),
    )
    return Accounted(tuple(figures), coverage)


def figure_of(
    naming: LabelledMention, text: CleanText, id_: str = "", copies: Sequence[Mention] = ()
) -> Figure:
    """A named mention as a figure: its value and unit are the grammar's, its quote the source's."""
    mention, quantity = naming.mention, naming.mention.quantity
    assert quantity is not None, mention
    return Figure(
        id=id_,
        label=naming.label,
        subject=naming.subject,
        period=naming.period,
        text=mention.text,
        span=mention.span,
        value=quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        base_value=quantity.base_value,
        base_unit=quantity.base_unit,
        bound=quantity.bound,
        kind=quantity.kind,
        implied_unit=quantity.implied_unit,
        per=quantity.per,
        evidence=evidence(naming.sentence, text),
        also_at=tuple(m.span for m in copies),
    )


def _regions(mentions: Sequence[Mention], text: CleanText) -> dict[str, Region | None]:
    """The region each mention stands in; both are in text order."""
    found: dict[str, Region | None] = {}
    regions = iter(text.regions)
    region = next(regions, None)
    for mention in mentions:
        while region is not None and region.span.end <= mention.at.start:
            region = next(regions, None)
        inside = region is not None and region.span.overlaps(mention.at)
        found[mention.id] = region if inside else None
    return found


def _original(
    mention: Mention, region: Region | None, mentions: Sequence[Mention]
) -> Mention | None:
    """The mention that this one repeats, where its region repeats another passage.

    Among those of the same words there, the one that stands as far in as this one does.
    """
    if region is None or region.repeat_of is None:
        return None
    there: Span = region.repeat_of
    same = [m for m in mentions if there.covers(m.at) and fold(m.text) == fold(mention.text)]
    offset = mention.at.start - region.span.start
    return min(same, key=lambda m: abs(m.at.start - there.start - offset), default=None)


def _tally(mention: Mention, reason: str) -> Tally:
    return Tally(span=mention.span, text=mention.text, reason=reason)
