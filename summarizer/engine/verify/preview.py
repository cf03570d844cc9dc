"""Figures and items as soon as they are found, for those who watch: before the summary is whole.

What is told early has passed every check that needs no other answer. Ids, links from items to
figures and the merging of repeated passages come with the whole summary; the ids here are empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.extract import ItemDraft, LabelledMention, Read
from summarizer.engine.item_draft import made
from summarizer.engine.schema import Schema
from summarizer.engine.verify.figures import figure_of
from summarizer.engine.verify.items import is_same
from summarizer.engine.verify.proof import figure_faults, item_faults
from summarizer.engine.verify.source import Source
from summarizer.engine.verify.wording import Wording
from summarizer.types import Figure, Issue, Item


class Preview:
    """Makes of each chunk's results what the summary will hold of them; one for a document."""

    def __init__(self, parsed: ParsedDocument, schema: Schema, script: str) -> None:
        self._text = parsed.text
        self._source = Source(parsed)
        self._wording = Wording(parsed.text, script)
        self._lists = {listed.name: listed for listed in schema.lists}
        self._known: list[ItemDraft] = []

    def made(self, found: Sequence[Read]) -> tuple[Figure | Item, ...]:
        """The figures and items of these results that hold; an item told before is not repeated."""
        return tuple(self._made(found))

    def _made(self, found: Sequence[Read]) -> Iterator[Figure | Item]:
        for one in found:
            if isinstance(one, LabelledMention):
                figure = self._wording.figure(figure_of(one, self._text))
                if _holds(figure_faults(figure, self._source)):
                    yield figure
            elif isinstance(one, ItemDraft) and not self._is_known(one):
                listed = self._lists[one.list]
                item = self._wording.item(listed, made(listed, one, self._text))
                if _holds(item_faults(listed, item, self._source)):
                    yield item

    def _is_known(self, finding: ItemDraft) -> bool:
        listed = self._lists[finding.list]
        known = [one for one in self._known if one.list == finding.list]
        self._known.append(finding)
        return any(is_same(listed, one, finding) for one in known)


def _holds(issues: Sequence[Issue]) -> bool:
    """Whether nothing is broken; what is merely unwelcome is told with the whole summary."""
    return not any(issue.severity == "error" for issue in issues)
