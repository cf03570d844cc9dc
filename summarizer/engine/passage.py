"""A passage as the model sees it: sentences with numbers, headings without, and the names in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.engine.chunk import Chunk
from summarizer.engine.hooks import Hooks
from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, first_clause

OPENING = 4  # characters of a sentence in its key: a bare number slips by one


@dataclass(frozen=True, slots=True)
class Refused:
    """What was judged to be no item: names with the sentences they act in, and sentences by list.

    `held` are the sentences that were judged to tell of one, `sure` lists with the names that were
    judged to be one. All sentences are numbers in the document.
    """

    names: frozenset[tuple[str, int]] = frozenset()
    sentences: Mapping[str, frozenset[int]] = field(default_factory=dict)
    held: Mapping[str, frozenset[int]] = field(default_factory=dict)
    sure: frozenset[tuple[str, str]] = frozenset()


class AskedPassage:
    """A chunk whose sentences are cited by number.

    `is_led`: for a small model the rules decide what surely is an item, and it only words that.
    `examples` are the words of the prompt's examples, which no answer may borrow. What the genre's
    hooks say may not be cited, headings above all, has no number. With more `room` a sentence may
    tell of so many times as many items.
    """

    def __init__(
        self, chunk: Chunk, hooks: Hooks, *, is_led: bool = False, refused: Refused | None = None
    ) -> None:
        self.is_led = is_led
        self.chunk = chunk
        self.hooks = hooks
        self.refused = refused or Refused()
        self.examples = ""
        self.room = 1

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences that can be cited; the first has the number 1."""
        sentences = self.chunk.sentences
        after = (*sentences[1:], None)
        return [s for s, n in zip(sentences, after, strict=True) if self.hooks.may_be_cited(s, n)]

    @cached_property
    def _acting(self) -> list[list[Name]]:
        """The candidates of each."""
        return self.hooks.candidates(self.body)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each, in simplified characters."""
        return [fold(s.text) for s in self.body]

    @property
    def lines(self) -> list[str]:
        """What is shown: each sentence behind its number, a heading behind a #."""
        numbers = {s.number: n for n, s in enumerate(self.body, 1)}
        shown = ((numbers.get(s.number), fold(s.text)) for s in self.chunk.sentences)
        return [f"{number}.{text}" if number else f"# {text}" for number, text in shown]

    @cached_property
    def keys(self) -> dict[str, int]:
        """What each sentence is called in the answer: the first characters of its line."""
        return {f"{n}.{text[:OPENING]}": n for n, text in enumerate(self.texts, 1)}

    def may_report(self, number: int) -> bool:
        """Whether a sentence can tell of something done."""
        sentence = self.body[number - 1]
        return not self.hooks.is_left_out(sentence) and self.hooks.may_report(sentence)

    def must_report(self, number: int) -> bool:
        """Whether a sentence that can tell of something done surely does."""
        return self.hooks.must_report(self.body[number - 1], self._acting[number - 1])

    @cached_property
    def names(self) -> dict[str, Name]:
        """The candidates it offers, by their simplified form and in order."""
        offered: dict[str, Name] = {}
        for sentence, names in zip(self.body, self._acting, strict=True):
            for name in () if self.hooks.is_left_out(sentence) else names:
                if (fold(name.text), sentence.number) not in self.refused.names:
                    offered.setdefault(fold(name.text), name)
        return offered

    @cached_property
    def name_groups(self) -> dict[str, tuple[str, ...]]:
        """What is asked about: a name, or names told in one breath and nowhere else, as one."""
        joint: dict[str, tuple[str, ...]] = {}
        for number, sentence in enumerate(self.body, 1):
            for group in self.hooks.together(sentence):
                names = tuple(dict.fromkeys(fold(name.text) for name in group))
                if all(n in self.names and self.where(n) == [number] for n in names):
                    joint |= dict.fromkeys(names, names)
        found = (joint.get(name, (name,)) for name in self.names)
        return {"、".join(names): names for names in found}

    @property
    def persons(self) -> set[str]:
        """Every person it names, in whatever part."""
        names = (name for sentence in self.body for name in sentence.names)
        return {fold(name.text) for name in names if name.kind == "person"}

    def where(self, name: str) -> list[int]:
        """The numbers of the sentences in which an offered name acts."""
        return [
            number
            for number, actors in enumerate(self._acting, 1)
            if any(fold(actor.text) == name for actor in actors)
            and (name, self.body[number - 1].number) not in self.refused.names
        ]

    def continuation_sentences(self, name: str) -> list[int]:
        """The numbers of the sentences in which an offered name acts or is still spoken of.

        In its paragraph what follows is told of it until somebody else acts or is named.
        """
        told: list[int] = []
        acts = set(self.where(name))
        for number in range(1, len(self.body) + 1):
            if number in acts or (number - 1 in told and self._goes_on(number - 1)):
                told.append(number)
        return told

    def _goes_on(self, number: int) -> bool:
        """Whether the sentence after this one is of its paragraph and begins with nobody else."""
        one, following = self.body[number - 1 : number + 1]
        opening = following.span.start + len(first_clause(following.text))
        others = any(name.span.start < opening for name in following.names)
        return one.paragraph == following.paragraph and not (others or self._acting[number])

    def cited(self, numbers: list[int]) -> list[Sentence]:
        """The sentences of these numbers, in order and each once."""
        return [self.body[n - 1] for n in sorted(set(numbers))]
