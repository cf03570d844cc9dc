"""The anchored strategy: the grammar drafts a name, the model says it better, or the draft stays.

By `asked_labels` only those of doubtful drafts are asked for.

The model is asked for one required key a mention, and the key is the mention's own text: with bare
numbers as keys a small model slips by one and labels the neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.candidates import Candidate
from summarizer.engine.chunk import Chunk
from summarizer.engine.grounding import char_recall, ungrounded_numbers
from summarizer.engine.prompt import Messages, Template
from summarizer.types import Issue, Mention
from summarizer.zh.attribution.attribute import attribute
from summarizer.zh.broken import broken
from summarizer.zh.labels.drafts import draft, nearest, plain
from summarizer.zh.labels.measure_nouns import is_unlike, noun_of, of_unit
from summarizer.zh.labels.moves import based
from summarizer.zh.labels.phrases import balanced, ended
from summarizer.zh.labels.targets import aimed, bare
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.unproved import unit_characters

SHORTEST, LONGEST = 4, 28
KEPT = 0.8  # share of the draft's characters that a name keeps which surely is of its clause
HELD = 0.7  # share of the words nearest to the quantity that any other name must hold
OWN = 0.6  # share of the name's characters that its sentences must have
NEAR = 0.7  # share of its characters that its own sentence must have, where it is not the draft's
NEIGHBOURS = 8  # quantities on either side that a name may belong to instead
SLIP = 0.25  # how much more a neighbour's draft must be in the name for it to be the neighbour's
DOUBTFUL = 20  # characters of a draft that no reader takes for a name
TOKENS_EACH = 40
TABLE = "its table's headers name it"


@dataclass(frozen=True, slots=True)
class LabelledMention:
    """A mention with its name; `fault` says why the model's own was not taken, empty if it was."""

    mention: Mention
    sentence: Sentence
    label: str
    fault: str = ""
    subject: str | None = None
    period: str | None = None

    @property
    def is_read(self) -> bool:
        """Whether its draft is what a model's states tell."""
        return self.mention.at in dict(self.sentence.labels)


def keys(chunk: Chunk) -> dict[str, Mention]:
    """What each mention of a chunk is called in the answer: its text, numbered where it recurs."""
    seen: Counter[str] = Counter()
    named: dict[str, Mention] = {}
    for mention in chunk.mentions:
        text = fold(mention.text)
        seen[text] += 1
        named[text if seen[text] == 1 else f"{text}({seen[text]})"] = mention
    return named


def messages(chunk: Chunk, template: Template) -> Messages:
    """The request for a chunk: its sentences in simplified characters, and the keys."""
    return template.messages(text=fold(chunk.text), keys=list(keys(chunk)))


def name_figures(
    chunk: Chunk, sentences: Sequence[Sentence], asker: StructuredCaller, template: Template
) -> tuple[list[LabelledMention], list[Issue]]:
    """A name for every mention of the chunk. `sentences` are the document's, for the drafts."""
    named = keys(chunk)
    answer = asker.ask(
        messages(chunk, template),
        _answer(list(named)),
        max_tokens=60 + TOKENS_EACH * len(named),
        about=template.id,
    )
    given: dict[str, Any] = answer.model_dump(by_alias=True)
    is_free = asker.policy.label == "model"
    answers = {key: str(given.get(key) or "") for key in named}
    namings = {
        key: naming(mention, chunk, sentences, answers[key], is_free=is_free)
        for key, mention in named.items()
    }
    issues = [
        replaced(one, f"“{said}”: {one.fault}", code="label_replaced")
        if one.fault
        else replaced(one, f"“{said}”", code="label_completed")
        for key, one in namings.items()
        if (said := answers[key]) and said != one.label
    ]
    return list(namings.values()), issues


def replaced(naming: LabelledMention, told: str, *, code: str) -> Issue:
    """That a label stands for what was answered, with both.

    A label that is the model's but for its unit's noun, a mark (目标, 原来) or a number that it had
    is `label_completed`.
    """
    span = naming.mention.span
    return Issue(
        code=code,
        severity="info",
        message=f"“{naming.label}” stands for {told}",
        ref=f"{span.start}-{span.end}",
    )


def drafted(chunk: Chunk, sentences: Sequence[Sentence]) -> list[LabelledMention]:
    """The drafts alone, for a chunk whose answer could not be had."""
    return [naming(mention, chunk, sentences, "") for mention in chunk.asked]


def doubted(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Mention]:
    """The quantities of a sentence whose drafts say too little, or too much, to be read alone."""
    return [m for m in sentence.mentions if _is_doubtful(_draft(m, sentence, sentences), m)]


def _is_doubtful(drafted: str, mention: Mention) -> bool:
    return drafted == noun_of(mention.quantity) or len(drafted) > DOUBTFUL


def _draft(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> str:
    subject = attribute(mention, sentence, sentences).subject
    return draft(sentence, mention, _before(sentence, sentences), subject)


def _before(sentence: Sentence, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence before it in its paragraph."""
    index = sentence.number - 1
    before = sentences[index - 1] if index else None
    return before if before is not None and before.paragraph == sentence.paragraph else None


def tabled(document: ParsedDocument) -> list[LabelledMention]:
    """The numbers of tables, named by their headers: no model is asked for them."""
    named = []
    sentences = document.sentences
    ends = [sentence.span.end for sentence in sentences]
    for mention in document.mentions:
        told = document.told.get(mention.id)
        if told is None or told.quantity is None:
            continue
        at = bisect_left(ends, mention.at.end)
        if at < len(sentences) and sentences[at].span.covers(mention.at):
            row = sentences[at]
            named.append(
                LabelledMention(mention, row, told.label, TABLE, told.subject, told.period)
            )
    return named


def called(place: Candidate, sentences: Sequence[Sentence]) -> str:
    """What rules call a number, in simplified characters: a table's by its headers; "" for none."""
    if place.headers is not None:
        return place.headers
    if place.mention is None:
        return ""
    return fold(naming(place.mention, Chunk((place.sentence,)), sentences, "").label)


def naming(
    mention: Mention,
    chunk: Chunk,
    sentences: Sequence[Sentence],
    said: str,
    *,
    is_free: bool = False,
) -> LabelledMention:
    """The model's name for a mention if it can stand, else the grammar's draft.

    A free one need not keep to the draft.
    """
    sentence = next(s for s in chunk.sentences if mention in s.mentions)
    before = _before(sentence, sentences)
    where = attribute(mention, sentence, sentences)
    own = draft(sentence, mention, before, where.subject)
    label = ended(balanced(bare(said, mention)))
    others = _neighbours(sentence, mention)
    fault = _fault(label, chunk, mention)
    if fault or is_free:
        pass
    elif not char_recall(plain(own), label) < KEPT:
        drafts = [plain(draft(sentence, other, before)) for other in others]
        fault = _slipped(label, plain(own), drafts, SLIP)
    elif char_recall(label, sentence.text + unit_characters()) < NEAR:
        fault = "is in the words of other sentences"
    else:
        fault = _off(label, sentence, mention, others)
    name = own if fault else of_unit(label, mention.quantity)
    name = based(aimed(name, mention, sentence), mention, sentence)
    return LabelledMention(mention, sentence, name, fault, where.subject, where.period)


def _neighbours(sentence: Sentence, mention: Mention) -> list[Mention]:
    at = sentence.mentions.index(mention)
    near = sentence.mentions[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    return [m for m in near if m is not mention]


def _fault(label: str, chunk: Chunk, mention: Mention) -> str:
    """Why no quantity of the chunk can have this name, or nothing."""
    if len(label) < SHORTEST - 1:
        return "too short"
    if ungrounded_numbers(label, next(s.text for s in chunk.sentences if mention in s.mentions)):
        return "has a number that its sentence lacks"
    if is_unlike(label, mention.quantity):
        return "tells of another kind of unit"
    if wrong := broken(label, next(s.text for s in chunk.sentences if mention in s.mentions)):
        return f"is broken: {wrong}"
    if char_recall(label, chunk.text + unit_characters()) < OWN:
        return "is not in the words of its sentences"
    return ""


def _off(label: str, sentence: Sentence, mention: Mention, others: Sequence[Mention]) -> str:
    """Why a name that says little of the clause is not even of the words nearest to its quantity.

    In a list each quantity has words of its own, and the clause's lead is another's:
    拆除危房618栋,改路1200平方米 has 改路面积 as a name, without 拆除危房.
    """
    words = nearest(sentence, mention)
    if not words or char_recall(words, label) < HELD or len(plain(label)) < SHORTEST:
        return "passes over the clause it names"
    return _slipped(label, words, [nearest(sentence, other) for other in others], 0)


def _slipped(label: str, words: str, others: Sequence[str], margin: float) -> str:
    """Whether the name is rather a neighbour's: more of that one's words are in it."""
    mine = char_recall(words, label)
    closest = max((char_recall(other, label) for other in others if other), default=0.0)
    return "names its neighbour" if mine + margin < closest else ""


def _answer(names: Sequence[str]) -> type[BaseModel]:
    """One required string a key; the lengths guide decoding, and are not grounds for refusal."""
    hint = {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST}
    fields: dict[str, Any] = {
        f"k{i}": (Annotated[Any, WithJsonSchema(hint)], Field(alias=name))
        for i, name in enumerate(names)
    }
    return create_model("Labels", **fields)
