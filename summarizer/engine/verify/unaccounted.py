"""Numerals that are no quantity for want of a unit or a reading: counted, so that none is lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summarizer.documents.clean import CleanText, Region
from summarizer.types import Mention, Tally
from summarizer.zh.quantities.reasons import REASONS

_ASKED = frozenset({"body", "heading"})
NO_READING = "no reading of it is known"


def unaccounted(mentions: Sequence[Mention], text: CleanText) -> tuple[Tally, ...]:
    """The mentions of kind `unknown`, in text order, each with why it is no quantity.

    Where the line is none of the report's (a menu, a repeat), its kind and rule are the reason, as
    for quantities there.

    >>> from summarizer.documents.parsed import parse
    >>> parsed = parse("其余28216这样的家庭中，已有197户搬走。")
    >>> [(one.text, one.reason[:27]) for one in unaccounted(parsed.mentions, parsed.text)]
    [('28216', 'digits that nothing says co')]
    """
    starts = [region.span.start for region in text.regions]
    return tuple(
        Tally(span=m.span, text=m.text, reason=_reason(m, _region(m, text, starts)))
        for m in mentions
        if m.kind == "unknown"
    )


def _region(mention: Mention, text: CleanText, starts: Sequence[int]) -> Region | None:
    at = bisect_right(starts, mention.at.start) - 1
    return text.regions[at] if at >= 0 else None


def _reason(mention: Mention, region: Region | None) -> str:
    if region is not None and region.kind not in _ASKED:
        return f"{region.kind}: {region.rule}"
    return REASONS.get(mention.rule, NO_READING)
