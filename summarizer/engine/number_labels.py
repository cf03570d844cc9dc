"""Labels of numbers, read off what a model holds of the text: which are asked for, and taken.

The grammar drafts a label from the clause. Where that says too little, or runs on, the reader of
states tells which words near the number are most like its name (`models/number_names.py`). They are
its label where they are likelier to be one than the draft, and break no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from summarizer.types import Mention, Span
from summarizer.zh.broken import broken
from summarizer.zh.labels.drafts import draft, plain
from summarizer.zh.labels.ellipsis import GREW
from summarizer.zh.labels.measure_nouns import with_noun
from summarizer.zh.labels.phrases import balanced, ended, leaves_out_a_denial
from summarizer.zh.labels.places import places_of
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

SHORT, LONG = 2, 12  # characters of a draft, up to which it says too little, from which it runs on
SHORTEST, OF_LONG = 2, 4  # characters of a label, and of one for a draft that runs on


class ToldName(BaseModel):
    """Which words name a number, as the reader of states tells it, and how like they are.

    Places count the characters of the sentence before it and its own, one text; `drafted` is how
    like the draft's words are.
    """

    model_config = ConfigDict(strict=True)

    at: list[Annotated[list[int], Field(min_length=2, max_length=2)]]
    like: FiniteFloat
    drafted: FiniteFloat


def asked_numbers(
    sentences: Sequence[Sentence], *, every: bool = False
) -> list[list[dict[str, Any]]]:
    """What is asked of each sentence's quantities whose drafts are doubtful, or of `every` one."""
    return [
        [_asked(one, m, before) for m in (one.mentions if every else doubted(one, before))]
        for one, before in _with_before(sentences)
    ]


def doubted(sentence: Sentence, before: Sentence | None) -> list[Mention]:
    """The quantities of a sentence whose drafts say too little, or run on."""
    drafts = [(one, len(plain(draft(sentence, one, before)))) for one in sentence.mentions]
    return [one for one, length in drafts if not SHORT < length < LONG]


def labelled(sentences: Sequence[Sentence], told: Sequence[Sequence[ToldName]]) -> dict[Span, str]:
    """The labels of the doubtful quantities of some sentences, where they have one.

    None where it is not told of each of them, or places stand beyond the text.
    """
    asked = [(s, before, doubted(s, before)) for s, before in _with_before(sentences)]
    if [len(one) for _, _, one in asked] != [*map(len, told)]:
        return {}
    found: dict[Span, str] = {}
    for (sentence, before, mentions), several in zip(asked, told, strict=True):
        for mention, one in zip(mentions, several, strict=True):
            label = _label(sentence, before, one)
            whole = with_noun(label, mention.quantity)
            drafted = plain(draft(sentence, mention, before))
            if stands_for(label, drafted) and not broken(whole, _text(sentence, before)):
                found[mention.at] = label
    return found


def stands_for(label: str, drafted: str) -> bool:
    """Whether words may stand for a draft: they say something, and do not leave out a denial.

    >>> stands_for("残疾人之家", "没有建残疾人之家"), stands_for("同比增长", "水利投资同比增长")
    (False, False)
    """
    least = SHORTEST if len(drafted) <= SHORT else OF_LONG
    return len(GREW.sub("", label)) >= least and not leaves_out_a_denial(label, drafted)


def _label(sentence: Sentence, before: Sentence | None, told: ToldName) -> str:
    """The words that name a number, "" where its draft is as likely or they are none."""
    text = _text(sentence, before)
    if not told.like > told.drafted or not all(0 <= a < b <= len(text) for a, b in told.at):
        return ""
    names = [fold(name.text) for name in (*(before.names if before else ()), *sentence.names)]
    places = [_whole(range(start, end), text, names) for start, end in told.at]
    said = sorted({place for at in places for place in at})
    return ended(balanced("".join(text[place] for place in said)))


def _whole(at: range, text: str, names: Sequence[str]) -> range:
    """A place with the rest of a name that it would cut.

    >>> _whole(range(1, 6), "双河口村管线", ["双河口村"])
    range(0, 6)
    """
    for name in names:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if start < at.start < end or start < at.stop < end:
                at = range(min(at.start, start), max(at.stop, end))
            start = text.find(name, end)
    return at


def _asked(sentence: Sentence, mention: Mention, before: Sentence | None) -> dict[str, Any]:
    own = len(before.text) if before else 0
    closed = [_within(one, before, 0) for one in before.mentions] if before else []
    closed += [_within(one, sentence, own) for one in sentence.mentions]
    at = _within(mention, sentence, own)
    drafted = fold(plain(draft(sentence, mention, before)))
    taken = {place for one in closed for place in one}
    places = places_of(drafted, _text(sentence, before), at.start, taken)
    return {"at": _ends(at), "closed": [*map(_ends, closed)], "drafted": [*map(_ends, places)]}


def _with_before(
    sentences: Sequence[Sentence],
) -> zip[tuple[Sentence, Sentence | None]]:
    return zip(sentences, (None, *sentences), strict=False)


def _text(sentence: Sentence, before: Sentence | None) -> str:
    return fold((before.text if before else "") + sentence.text)


def _within(mention: Mention, sentence: Sentence, own: int) -> range:
    start = own - sentence.span.start
    return range(mention.at.start + start, mention.at.end + start)


def _ends(at: range) -> list[int]:
    return [at.start, at.stop]
