"""Document → CleanText: characters tidied, regions told apart, every position kept.

Cleaning deletes and replaces characters and says so (`edits`), and it throws no line away: it says
what each one is (`regions`). See docs/cleaning.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from summarizer.documents.clean.alignment import Alignment, Edit
from summarizer.documents.clean.candidates import Candidate, find_candidates
from summarizer.documents.clean.layout import Region, find_regions
from summarizer.documents.clean.lines import matching
from summarizer.documents.clean.repeated import REPEATED, is_repeated, repeated
from summarizer.documents.clean.rules import tidy
from summarizer.types import Document, Span

__all__ = ["REPEATED", "Candidate", "CleanText", "Edit", "Region", "clean", "is_repeated"]


@dataclass(frozen=True, slots=True)
class CleanText:
    """A document's text after cleaning: all of it, with what each line is.

    Spans of regions and candidates count `text`; `to_raw` takes them to the document's.
    """

    document: Document
    text: str
    alignment: Alignment
    regions: tuple[Region, ...]
    candidates: tuple[Candidate, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every change, in the order of the raw text."""
        return self.alignment.edits

    @property
    def kept(self) -> str:
        """What goes to the model: body and headings, a line each."""
        kept = (region for region in self.regions if region.kind in ("body", "heading"))
        return "\n".join(self.text[region.span.slice] for region in kept)

    def to_raw(self, span: Span) -> Span:
        """Where a span of `text` stands in `document.text`."""
        return self.alignment.to_raw(span)

    def to_clean(self, span: Span) -> Span:
        """Where a span of `document.text` stands in `text`; empty if all of it was deleted."""
        return self.alignment.to_clean(span)


def clean(document: Document | str) -> CleanText:
    r"""The document's text without damage, its regions and its candidates.

    >>> cleaned = clean("扶貧工作\n來源：日報\n投入500\u200b萬元，惠及197戶。")
    >>> [(region.kind, cleaned.text[region.span.slice]) for region in cleaned.regions]
    [('heading', '扶貧工作'), ('boilerplate', '來源：日報'), ('body', '投入500萬元，惠及197戶。')]
    >>> cleaned.to_raw(Span(12, 17))
    Span(start=12, end=18)
    """
    if isinstance(document, str):
        digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()
        document = Document(id=digest[:16], source="<text>", text=document)
    text, alignment = tidy(document.text, repeated(document))
    folded = matching(text)
    regions = find_regions(folded)
    candidates = find_candidates(text, folded, regions)
    return CleanText(document, text, alignment, regions, candidates)
