"""Sentences → chunks of whole sentences that fit one request.

A sentence with more quantities than one request asks for comes in several windows of the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from summarizer.types import Mention
from summarizer.zh.segment import Sentence


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one request is about: whole sentences, and the quantities of them to ask for."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        """Its sentences as running text, a paragraph a line."""
        parts: list[str] = []
        for i, sentence in enumerate(self.sentences):
            if i and sentence.paragraph != self.sentences[i - 1].paragraph:
                parts.append("\n")
            parts.append(sentence.text)
        return "".join(parts)

    @property
    def asked(self) -> tuple[Mention, ...]:
        """The quantities it is about: those chosen for it, or all of its sentences'."""
        return self.mentions or tuple(m for s in self.sentences for m in s.mentions)


def head_of_table(sentence: Sentence, sentences: Sequence[Sentence]) -> Sentence | None:
    """The first row of the table that a row is in, or what leads in to its numbers.

    None for the first sentence of all, and for one that is no row.
    """
    if not sentence.cells and _columns(sentence) == 1:
        return None
    ahead = sentences[: sentence.number - 1]
    rows = [*takewhile(lambda one: _columns(one) == _columns(sentence) > 1, reversed(ahead))]
    if rows:
        return rows[-1]
    return next((one for one in reversed(ahead) if not one.cells), None)


def _columns(row: Sentence) -> int:
    """How many cells a row of a table has, by the marks between them."""
    return max(row.text.count("\t") + 1, row.text.strip("| ").count("|") + 1)


Wanted = Callable[[Sentence], Sequence[Mention]]
"""Which quantities of a sentence are asked about."""


def windows(
    sentences: Sequence[Sentence],
    *,
    chars: int,
    mentions: int,
    wanted: Wanted = lambda sentence: sentence.mentions,
) -> list[Chunk]:
    """Chunks of the sentences that hold quantities, at most `mentions` of them and `chars` long.

    Sentences without a `wanted` quantity are left out. A window ends where the next sentence would
    not fit; a sentence that is too long for any is a window by itself.
    """
    chunks: list[Chunk] = []
    held: list[tuple[Sentence, Sequence[Mention]]] = []
    length = count = 0
    for sentence in sentences:
        asked = wanted(sentence)
        if not asked:
            continue
        length += len(sentence.text)
        count += len(asked)
        if held and (chars < length or mentions < count):
            chunks += _windows(held, mentions)
            held, length, count = [], len(sentence.text), len(asked)
        held.append((sentence, asked))
    return chunks + (_windows(held, mentions) if held else [])


def passages(sentences: Sequence[Sentence], *, chars: int, headings: bool = False) -> list[Chunk]:
    """Chunks of all sentences in order, at most `chars` long, cut at paragraphs if possible.

    One of headings alone is none, but with `headings` where they have quantities: short lines
    without a mark at their end are taken for headings.
    """
    chunks: list[Chunk] = []
    held: list[Sentence] = []
    length = 0
    for paragraph in _paragraphs(sentences):
        whole = sum(len(s.text) for s in paragraph)
        for sentence in paragraph:
            fits = not chars < length + len(sentence.text)
            better_later = sentence.heading and not held[-1].heading if held else False
            better_later |= (
                sentence is paragraph[0] and chars < length + whole and chars // 2 < length
            )
            if held and (not fits or better_later):
                chunks.append(Chunk(tuple(held)))
                held, length = [], 0
            held.append(sentence)
            length += len(sentence.text)
    if held:
        chunks.append(Chunk(tuple(held)))
    return [c for c in chunks if (headings and c.asked) or not all(s.heading for s in c.sentences)]


def halves(chunk: Chunk) -> list[Chunk]:
    """The chunk in two, by its mentions if it has chosen some, else by sentences; [] if it is one.

    What an answer was too long for is asked again in these.
    """
    if chunk.mentions:
        middle = len(chunk.mentions) // 2
        parts = [chunk.mentions[:middle], chunk.mentions[middle:]]
        return [Chunk(chunk.sentences, part) for part in parts] if middle else []
    middle = len(chunk.sentences) // 2
    cut = [chunk.sentences[:middle], chunk.sentences[middle:]]
    return [Chunk(part) for part in cut] if middle else []


def _windows(held: Sequence[tuple[Sentence, Sequence[Mention]]], most: int) -> list[Chunk]:
    """One window of these sentences, or several of near equal numbers of mentions.

    A third more than `most` is still one: halves would lose each other's sentences for little.
    """
    sentences = tuple(sentence for sentence, _ in held)
    asked = [mention for _, some in held for mention in some]
    parts = -(-len(asked) // (most + most // 3))
    size = -(-len(asked) // parts)
    return [Chunk(sentences, tuple(asked[i : i + size])) for i in range(0, len(asked), size)]


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    grouped: list[list[Sentence]] = []
    for sentence in sentences:
        if not grouped or grouped[-1][-1].paragraph != sentence.paragraph:
            grouped.append([])
        grouped[-1].append(sentence)
    return grouped
