"""A passage as the model sees it: sentences with numbers, headings without, and who acts in it."""

from __future__ import annotations

import re
from functools import cached_property

from summarizer.engine.chunk import Chunk
from summarizer.zh.agents.actors import acting
from summarizer.zh.agents.together import groups
from summarizer.zh.attribution.subject import heading
from summarizer.zh.doing import says_action, says_firmly
from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

_WHO = frozenset({"person", "village", "place"})  # of these only who acts is offered at all
_UNSURE = frozenset({"office", "site", "quoted"})  # names told of more often than held up
_TRAITS = frozenset({"age", "duration", "percent"})  # kinds of quantity that count no deed
OPENING = 4  # characters of a sentence in its key: a bare number slips by one
SHORT = 18  # characters: a shorter first sentence that says no number announces what follows
_CLAUSE = re.compile(r"[,，;；:：]")
_LISTED = re.compile(r"[一二三四五六七八九十]+是")
_FIRST_PERSON = re.compile(r"[“「『\"][^”」』]{0,20}[我俺咱]")


class Passage:
    """A chunk whose sentences are cited by number.

    `is_led`: for a small model the rules decide what surely is an item, and it only words that.
    `examples` are the words of the prompt's examples, which no answer may borrow. What only
    announces has no number: headings, short sentences without a quantity or a name that open a
    paragraph or an item of a list (积极开展光伏扶贫。), what somebody says of himself in quotes.
    """

    def __init__(self, chunk: Chunk, examples: str = "", *, is_led: bool = False) -> None:
        self.is_led = is_led
        self.chunk = chunk
        self.examples = examples

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences that can be cited; the first has the number 1."""
        sentences = self.chunk.sentences
        after = (*sentences[1:], None)
        return [s for s, n in zip(sentences, after, strict=True) if _tells(s, n)]

    @cached_property
    def _acting(self) -> list[list[Name]]:
        """The names of each that act in it."""
        return acting(self.body)

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

    def can_tell(self, number: int) -> bool:
        """Whether a sentence can tell of something done: by an act, or by a doing that is counted.

        坚持…, 推进…, 加强… without a count are what every report opens and closes with.
        """
        sentence, text = self.body[number - 1], self.texts[number - 1]
        doing = says_firmly(text) or (bool(sentence.mentions) and says_action(text))
        return sentence.tells_of == "deeds" and doing

    def must_tell(self, number: int) -> bool:
        """Whether a sentence that can tell of something done surely does: no person did it.

        What a small model leaves out of such sentences is left out by chance.
        """
        return not any(name.kind == "person" for name in self._acting[number - 1])

    def must_hold_up(self, name: str) -> bool:
        """Whether a name surely stands for a deed.

        A person or a village that acts does, and a firm whose own the counts of a sentence are.
        """
        if self.names[name].kind in _WHO:
            return True
        if self.names[name].rule in _UNSURE:
            return False
        for number in self.where(name):
            sentence = self.body[number - 1]
            for mention in sentence.mentions:
                counts = mention.quantity and mention.quantity.kind not in _TRAITS
                if counts and name in (heading(mention, sentence) or ""):
                    return True
        return False

    @cached_property
    def names(self) -> dict[str, Name]:
        """The proper names it offers, those that act, by their simplified form and in order."""
        offered: dict[str, Name] = {}
        for sentence, names in zip(self.body, self._acting, strict=True):
            for name in names if sentence.tells_of == "deeds" else ():
                offered.setdefault(fold(name.text), name)
        return offered

    @cached_property
    def parties(self) -> dict[str, tuple[str, ...]]:
        """What is asked about: a name, or names told in one breath and nowhere else, as one.

        钱志祥、郝兴亚和齐健 did one thing together, and it need be told only once.
        """
        joint: dict[str, tuple[str, ...]] = {}
        for number, sentence in enumerate(self.body, 1):
            for group in groups(sentence):
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
        ]

    def told_of(self, name: str) -> list[int]:
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
        opening = following.span.start + len(_CLAUSE.split(following.text)[0])
        others = any(name.span.start < opening for name in following.names)
        return one.paragraph == following.paragraph and not (others or self._acting[number])

    def cited(self, numbers: list[int]) -> list[Sentence]:
        """The sentences of these numbers, in order and each once."""
        return [self.body[n - 1] for n in sorted(set(numbers))]


def _tells(sentence: Sentence, following: Sentence | None) -> bool:
    if sentence.heading:
        return False
    bare = not sentence.mentions and not sentence.names
    leads = following is not None and following.paragraph == sentence.paragraph
    announces = sentence.opens or bool(_LISTED.match(sentence.text))
    if bare and leads and announces and len(sentence.text) < SHORT:
        return False
    return not (bare and _FIRST_PERSON.match(sentence.text))
