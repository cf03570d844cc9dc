"""Words in the script that was asked for; quotes are never touched.

The model answers in simplified characters because it is asked in them. With `--script source` each
stretch of its words that the source has is given back in the source's own characters, so that a
surname such as 余 is not converted to 餘; only what the source lacks is converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.documents.clean import CleanText
from summarizer.engine.item_list import ItemList
from summarizer.engine.nested import with_texts
from summarizer.engine.schema import Schema
from summarizer.types import Figure, Item, Summary
from summarizer.zh.script import convert, detect, fold
from summarizer.zh.segment import FULL_STOP


@dataclass(frozen=True)
class Wording:
    """The script that a document's words are to be shown in: source, hans or hant."""

    text: CleanText
    script: str

    def words(self, words: str, near: int = 0) -> str:
        """Some words, taken from the source near an offset of the clean text if it has them."""
        if self.script != "source":
            return convert(words, self.script)
        return restored(words, self._folded, self.text.text, near) if self._is_hant else words

    def overview(self, overview: str) -> str:
        """An overview; sentences of the source are in its own script already."""
        if self.script != "source":
            return self.words(overview)
        told = overview.split(FULL_STOP)
        return FULL_STOP.join(s if s in self.text.text else self.words(s) for s in told)

    def figure(self, figure: Figure) -> Figure:
        """A figure with its label, its subject and its period in this script."""
        near = self.text.to_clean(figure.span).start
        texts = {name: getattr(figure, name) for name in ("label", "subject", "period")}
        update = {name: self.words(text, near) for name, text in texts.items() if text}
        return figure.model_copy(update=update)

    def item(self, listed: ItemList, item: Item) -> Item:
        """An item with every text of it in this script, at any depth; choices stay as they are."""
        near = self.text.to_clean(item.evidence[0].span).start if item.evidence else 0

        def say(words: str) -> str:
            return self.words(words, near)

        update = {
            name: with_texts(field.annotation, getattr(item, name), say)
            for name, field in listed.fields.items()
        }
        return item.model_copy(update=update)

    @cached_property
    def _folded(self) -> str:
        return fold(self.text.text)

    @cached_property
    def _is_hant(self) -> bool:
        return detect(self.text.text) != "Hans"


def worded(summary: Summary, schema: Schema, wording: Wording) -> Summary:
    """The summary with its labels, titles, names and free texts in the script asked for."""
    figures = tuple(wording.figure(f) for f in summary.figures)
    update: dict[str, Any] = {"figures": figures, "overview": wording.overview(summary.overview)}
    for name in ("title", "place", "publisher"):
        value = getattr(summary, name)
        update[name] = wording.words(value) if value else value
    for listed in schema.lists:
        items = getattr(summary, listed.name)
        update[listed.name] = type(items)(wording.item(listed, item) for item in items)
    for name, field in schema.fields.items():
        value = getattr(summary, name)
        update[name] = with_texts(field.info.annotation, value, wording.words)
    return summary.model_copy(update=update)


def restored(words: str, folded: str, source: str, near: int = 0) -> str:
    """Simplified words in the source's characters where it has them, converted where not.

    >>> source = "區委書記余長明深入兩村"
    >>> restored("余长明走访两村", fold(source), source)
    '余長明走訪兩村'
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        end = len(words)
        while at + 1 < end and words[at:end] not in folded:
            end -= 1
        found = _nearest(words[at:end], folded, near) if words[at:end] in folded else -1
        length = end - at
        out.append(source[found : found + length] if found >= 0 else convert(words[at], "hant"))
        at = end
    return "".join(out)


def _nearest(words: str, folded: str, near: int) -> int:
    after = folded.find(words, near)
    return after if after >= 0 else folded.find(words)
