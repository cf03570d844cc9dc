"""The one view of a document's text: cleaned, with quantities, sentences and facts, made once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from summarizer.documents.clean import CleanText, clean
from summarizer.documents.facts import DocumentFacts, document_facts
from summarizer.documents.language import Language, language_of
from summarizer.documents.sentences import inside, split_sentences
from summarizer.documents.tables.reading import with_tables
from summarizer.types import Document, Issue, Mention, Span
from summarizer.zh.names import Name, find_names
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.tables.reading import CellReading


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A cleaned text with its alignment, its mentions, its sentences, and what it says of itself.

    `names` are all proper names; sentences hold their quantities and the names of others than the
    report's own place: that is who reports, not who is held up. `told` is what a table's headers
    say of its numbers, by mention: those are none of a sentence's mentions, for nobody is asked
    what they are, but its cells;
    `issues` are what is amiss in the text itself; `language` is what it is written in.
    """

    text: CleanText
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    sentences: tuple[Sentence, ...]
    facts: DocumentFacts
    told: Mapping[str, CellReading] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    language: Language = "zh"

    @classmethod
    def of(cls, text: CleanText, mentions: tuple[Mention, ...]) -> ParsedDocument:
        """A cleaned text whose mentions are found, but for those that its tables tell."""
        facts, language = document_facts(text), language_of(text.kept)
        names = tuple(find_names(text.text))
        read = with_tables(text, mentions)
        asked = [mention for mention in read.mentions if mention.id not in read.told]
        cells = [(m, read.told[m.id]) for m in read.mentions if _is_amount(m, read.told)]
        sentences = split_sentences(text, asked, _others(names, facts), language, cells)
        return cls(text, read.mentions, names, sentences, facts, read.told, read.issues, language)

    def labelled(self, labels: Mapping[Span, str]) -> ParsedDocument:
        """The document with these words for the names of quantities, by where they stand."""
        own = {
            s.number: tuple((m.at, labels[m.at]) for m in s.mentions if m.at in labels)
            for s in self.sentences
        }
        named = (replace(s, labels=o) if (o := own[s.number]) else s for s in self.sentences)
        return replace(self, sentences=tuple(named)) if labels else self

    def renamed(self, names: Sequence[Name], within: Collection[int]) -> ParsedDocument:
        """The document with these names in place of others in the sentences of these numbers."""
        others = sorted(_others(names, self.facts), key=lambda name: name.span)
        starts = [name.span.start for name in others]
        changed = {
            s.number: replace(s, names=tuple(others[inside(starts, s.span)]))
            for s in self.sentences
            if s.number in within
        }
        gone = {name.span for s in self.sentences if s.number in within for name in s.names}
        kept = [name for name in self.names if name.span not in gone]
        known = {name.span for name in kept}
        new = [name for name in names if name.span not in known]
        return replace(
            self,
            names=tuple(sorted([*kept, *new], key=lambda name: name.span)),
            sentences=tuple(changed.get(s.number, s) for s in self.sentences),
        )


def parse(document: Document | str) -> ParsedDocument:
    r"""Everything that is known of a document before any model is asked.

    >>> parsed = parse(Document("0" * 16, "x", "青石镇工作总结\n投入500万元，建桥1座。"))
    >>> [s.text for s in parsed.sentences], parsed.facts.place
    (['青石镇工作总结', '投入500万元，建桥1座。'], '青石镇')
    """
    text = clean(document)
    return ParsedDocument.of(text, tuple(find_mentions(text)))


def _others(names: Sequence[Name], facts: DocumentFacts) -> list[Name]:
    own = fold(facts.place or "")
    return [name for name in names if fold(name.text) not in own]


def _is_amount(mention: Mention, told: Mapping[str, CellReading]) -> bool:
    """Whether a mention is an amount that a table's headers name."""
    return mention.id in told and told[mention.id].quantity is not None
