"""How well the words around a place fit what a field asks for, as one number.

A Chinese name ends in its head, so the end of a field's words counts more than what restricts
them; the restriction (本次检查的) may stand elsewhere in the sentence, before it or in the title.
The weights were set by hand on documents of other genres than those that ship, by writers who had
not seen the rules, and measured on others (docs/decisions/0017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.engine.candidates import Candidate
from summarizer.zh.asked_words import first_clause, words_behind
from summarizer.zh.measured import clause, core, led_from, likeness, pairs, shared_by

SHORT = 0.45  # what of the likeness counts where only the last two characters of a field fit
HEAD = 2  # characters that a head has at least
LEAD, NEAR, SENTENCE, AROUND, HEADED = 1.0, 0.6, 0.4, 0.2, 0.2
WHOLE = LEAD + NEAR + SENTENCE + AROUND + HEADED
UNSAID = 0.3  # off for words that the document has nowhere
BEYOND = 0.1  # off where another number stands between a place and its words
LATER = 0.1  # off for the last sentence of the document: totals come first
DUE = 0.25  # for a day by which something is to be done, where such a day is asked for
MOST_DUE = 0.6  # that it may come to by this: what other words tell outweighs it
ELSEWHEN = 0.2  # off for another year's number and for a plan's, each


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a place: those that lead to it, its clause's, its sentence's, and before.

    `leads` are cores; `before` is the sentence before its own, and the title.
    """

    leads: Sequence[str]
    near: str
    sentence: str
    before: str


def near(place: Candidate) -> str:
    """The words of a place's own clause, and of those that it leans on.

    A day leans on others only where its own clause says nothing: 6月28日,县里启动应急响应.
    """
    leant_on = place.before[led_from(place.before) :]
    if place.mention is not None:
        shared = shared_by(place.before)
        return (leant_on if shared is None else shared) + words_behind(place.behind)
    own = clause(place.before) + first_clause(place.behind)
    return own if core(own) else leant_on + words_behind(place.behind.lstrip(",，:："))


def relevance(wanted: str, around: Surroundings, document: str) -> float:
    """From 0 to 1: how much of a wanted core the words around a place have.

    >>> place = Surroundings(["罚款"], "罚款", "本次检查结束,罚款3.2万元。", "")
    >>> other = Surroundings(["累计补助"], "累计补助", "累计补助5万元。", "")
    >>> document = place.sentence + other.sentence
    >>> told = [relevance("本次检查罚款", one, document) for one in (place, other)]
    >>> told[0] > 0.5 > 0.1 > told[1]
    True
    """
    lead = max(_led(wanted, words) for words in around.leads)
    told = (
        LEAD * lead
        + NEAR * _headed_share(wanted, around.near)
        + SENTENCE * _headed_share(wanted, around.sentence)
        + AROUND * _share(wanted, around.sentence + around.before)
        + HEADED * (wanted[-HEAD:] in around.near)
    )
    return told / WHOLE - UNSAID * (1 - _said(wanted, document))


def sentence_relevance(wanted: str, sentence: str, before: str) -> float:
    """From 0 to 1: how much of a wanted core a sentence has, and less so what stands before it.

    >>> told = sentence_relevance("流拍地块", "2号地块因无人报名流拍。", "")
    >>> told > sentence_relevance("流拍地块", "挂牌出让地块7宗。", "") > 0
    True
    """
    around = _share(wanted, sentence + before)
    return (_headed_share(wanted, sentence) + SENTENCE * around) / (1 + SENTENCE)


@lru_cache(maxsize=64)
def _said(wanted: str, document: str) -> float:
    """The share of a core that a whole document says; asked again for each of its places."""
    return _share(wanted, document)


@lru_cache(maxsize=4096)
def _led(wanted: str, words: str) -> float:
    """How like some words are to a core, or to its end."""
    if not set(wanted) & set(words):
        return 0.0
    return max(likeness(head, words) * weight for head, weight in _heads(wanted))


def _heads(wanted: str) -> Sequence[tuple[str, float]]:
    """A core and each of its ends, with what its likeness counts."""
    ends = range(HEAD, len(wanted))
    whole = max(1, len(wanted))
    return [(wanted, 1.0), *((wanted[-n:], SHORT + (1 - SHORT) * n / whole) for n in ends)]


def _share(wanted: str, words: str) -> float:
    told = pairs(wanted)
    return sum(pair in words for pair in told) / max(1, len(told))


def _headed_share(wanted: str, words: str) -> float:
    """The share of a core's pairs of characters that some words have; the last weighs double."""
    told = pairs(wanted)
    weights = [1 + (n + 1) / len(told) for n in range(len(told))]
    had = sum(weight for weight, pair in zip(weights, told, strict=True) if pair in words)
    return had / max(1, sum(weights))
