"""A passage as a leading model reads it: the text as it is, numbered, its quantities marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from summarizer.documents.clean import CleanText
from summarizer.documents.sections import rank
from summarizer.engine.candidates import Candidate, candidates
from summarizer.engine.chunk import Chunk, halves, head_of_table, passages
from summarizer.engine.field_types import FieldType
from summarizer.engine.marks import Marks, ids
from summarizer.engine.picking import Picker
from summarizer.types import Mention, Span
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

BEFORE = 300  # characters that are shown of the sentence before a passage
ASIDE = 400  # characters of what stands beside the text that are shown for title and publisher
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class MarkedPassage:
    """A chunk with numbers for its sentences and an id for each of its quantities.

    `sentences` are the document's: headings above the chunk and the sentence before it are shown
    as context. A heading has no number and may have quantities. `picker` is there for a schema
    with picks; only then other places than quantities are marked.
    """

    def __init__(
        self,
        chunk: Chunk,
        sentences: Sequence[Sentence],
        marks: Marks,
        picker: Picker | None = None,
    ) -> None:
        self.chunk = chunk
        self.marks = marks
        self.picker = picker
        self._sentences = sentences

    @property
    def opens(self) -> bool:
        """Whether the document begins here: only then title, place and the like are asked."""
        first = self.chunk.sentences[0].number == 1
        return first and len(self.chunk.asked) == sum(len(s.mentions) for s in self.chunk.sentences)

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences that can be cited; the first has the number 1."""
        return [s for s in self.chunk.sentences if not s.heading]

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The quantities asked about, by their ids."""
        return dict(zip(ids(), self.chunk.asked, strict=False))

    @cached_property
    def keys(self) -> dict[str, str]:
        """What each quantity is called in the answer, and its id: `a 86万元`."""
        return {f"{id_} {one_line(fold(m.text))}": id_ for id_, m in self.mentions.items()}

    @cached_property
    def places(self) -> dict[str, Candidate]:
        """What a field may pick, by its id; nothing where the schema has no picks."""
        if self.picker is None:
            return {}
        now = self.picker.setting.now
        return candidates(self.chunk.sentences, self.mentions, self.picker.trees, now)

    def pick_keys(self, tree: FieldType) -> list[str]:
        """The keys of the places that a pick may be: `a 86万元`."""
        fitting = (place for place in self.places.values() if place.fits(tree))
        return [f"{place.id} {one_line(fold(place.text))}" for place in fitting]

    @cached_property
    def lines(self) -> list[str]:
        """Each sentence behind its number, a heading behind a #, one line each."""
        numbers = {s.number: n for n, s in enumerate(self.body, 1)}
        return [
            f"[{numbers[s.number]}]{self.shown(s)}" if s.number in numbers else f"# {self.shown(s)}"
            for s in self.chunk.sentences
        ]

    @cached_property
    def headings(self) -> list[str]:
        """The headings that the passage stands under, the highest first; not those it shows."""
        return [one_line(fold(s.text)) for s in self.over(self.chunk.sentences[0])]

    def over(self, sentence: Sentence) -> list[Sentence]:
        """The headings that a sentence stands under, the highest first."""
        path: list[tuple[int, Sentence]] = []
        for ahead in self._sentences[: sentence.number - 1]:
            if ahead.heading:
                depth = rank(fold(ahead.text).strip()) if path else -1
                path = [(d, s) for d, s in path if d < depth]
                path.append((depth, ahead))
        return [heading for _, heading in path]

    @property
    def before(self) -> str:
        """The sentence before the passage, for what it leans on; of a table's row its head."""
        first = self.chunk.sentences[0]
        ahead = self._sentences[first.number - 2] if first.number > 1 else None
        told = head_of_table(first, self._sentences) or ahead
        return one_line(fold(told.text))[-BEFORE:] if told and not told.heading else ""

    @cached_property
    def source(self) -> str:
        """All words that an answer may have taken from here, in simplified characters."""
        texts = [fold(s.text) for s in self.chunk.sentences]
        return "\n".join([*self.headings, self.before, *texts])

    @cached_property
    def texts(self) -> list[str]:
        """The text of each sentence that can be cited, in simplified characters."""
        return [fold(s.text) for s in self.body]

    def sentence_of(self, mention: Mention) -> Sentence:
        """The sentence or heading that a quantity stands in."""
        return next(s for s in self.chunk.sentences if _holds(s, mention))

    def shown(self, sentence: Sentence) -> str:
        """A sentence with its quantities marked."""
        text, start = fold(sentence.text), sentence.span.start
        places = [
            (Span(m.at.start - start, m.at.end - start), id_)
            for id_, m in self.mentions.items()
            if _holds(sentence, m)
        ]
        others = [
            (Span(p.at.start - start, p.at.end - start), p.id)
            for p in self.places.values()
            if p.id not in self.mentions and p.sentence is sentence
        ]
        return one_line(self.marks.marked(text, [*places, *others]))


def _holds(sentence: Sentence, mention: Mention) -> bool:
    """Whether a quantity stands in a sentence."""
    return sentence.span.start <= mention.at.start < sentence.span.end


def one_line(text: str) -> str:
    r"""A text that cannot open a line of its own.

    >>> one_line("修路\n[9]拨款")
    '修路 [9]拨款'
    """
    return _BREAKS.sub(" ", text)


def aside(text: CleanText) -> str:
    """What stands beside the text proper, where title, place, date and publisher often are."""
    beside = (r for r in text.regions if r.kind not in ("body", "heading"))
    parts = [text.text[r.span.slice].strip() for r in beside if r.repeat_of is None]
    whole = one_line(fold(" / ".join(filter(None, parts))))
    return whole if len(whole) <= ASIDE else f"{whole[: ASIDE // 2]} … {whole[-ASIDE // 2 :]}"


def readings(
    sentences: Sequence[Sentence], *, chars: int, mentions: int, with_cells: bool = False
) -> list[Chunk]:
    """The passages of a document, each with as much text and as many quantities as allowed.

    `with_cells`: numbers of tables, which fields may pick, are among these quantities.
    """

    def fits(chunk: Chunk) -> bool:
        cells = sum(len(s.cells) for s in chunk.sentences) if with_cells else 0
        return len(chunk.asked) + cells <= mentions

    packed: list[Chunk] = []
    for chunk in passages(sentences, chars=chars, headings=True):
        whole = Chunk((*packed[-1].sentences, *chunk.sentences)) if packed else chunk
        if packed and len(whole.text) <= chars and fits(whole):
            packed[-1] = whole
        else:
            packed.append(chunk)
    return [part for chunk in packed for part in _fitting(chunk, mentions, fits)]


def _fitting(chunk: Chunk, mentions: int, fits: Callable[[Chunk], bool]) -> list[Chunk]:
    if fits(chunk):
        return [chunk]
    if len(chunk.sentences) > 1:
        return [part for half in halves(chunk) for part in _fitting(half, mentions, fits)]
    asked = chunk.asked
    steps = range(0, len(asked), mentions)
    return [Chunk(chunk.sentences, asked[i : i + mentions]) for i in steps] or [chunk]
