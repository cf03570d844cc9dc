"""Whether a sentence or a name may be an item at all, as the model holds it or says it at first.

What a small model writes of it is as good as a coin. What it holds of a sentence is not, nor is how
sure it is of its first word: where a list has a probe for the model, that weighs every sentence of
a passage in one reading; else one token is asked for each. What is judged to be no item is not
asked about further.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from summarizer.engine.answers import telling
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.lanes import Lanes
from summarizer.engine.passage import AskedPassage, Refused
from summarizer.engine.planning import Plan
from summarizer.engine.probe import Probe
from summarizer.engine.prompt import Messages, Template
from summarizer.engine.schema import Schema
from summarizer.errors import NoProbabilities
from summarizer.types import Issue
from summarizer.zh.script import fold

ENOUGH = 3  # questions of a list without an answer, after which no more are asked
OFFERED = 2.0  # log-odds that it counts for a sentence that rules offer it
SHOWN = 200  # characters of the sentences in which a name acts


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a name, or where there is none a sentence, may be an item of a list."""

    listed: ItemList
    messages: Messages
    names: tuple[str, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a question: that it is none or that it is one, and how likely where known."""

    is_none: bool = False
    sure: float | None = None
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """The questions of a document under way, each with what comes of it."""

    asked: Sequence[tuple[Sequence[Question], Future[Sequence[Verdict]]]]

    @classmethod
    def of(
        cls,
        lanes: Lanes,
        plan: Plan,
        schema: Schema,
        asker: StructuredCaller,
    ) -> Judge:
        """Ask by a list's probe, else by its template, if the policy is to judge by odds."""
        asked: list[tuple[Sequence[Question], Future[Sequence[Verdict]]]] = []
        for listed in schema.lists if asker.policy.judgement == "odds" else ():
            passages = [AskedPassage(chunk, schema.hooks) for chunk in plan.items]
            probe, template = plan.probes.get(listed.name), plan.judges.get(listed.name)
            if probe is not None:
                about = [weighed_sentences(listed, passage) for passage in passages]
                asked += zip(about, lanes.add(_weighed(asker, probe), passages), strict=True)
            elif template is not None:
                found = [[one] for p in passages for one in questions(listed, p, template)]
                asked += zip(found, lanes.add(_judged(asker, template), found), strict=True)
        return cls(asked)

    def _answered(self) -> list[tuple[Question, Verdict]]:
        """Every question with what came of it, once all answers are there."""
        return [
            pair
            for about, verdicts in self.asked
            for pair in zip(about, verdicts.result(), strict=True)
        ]

    def refused(self, on_progress: Callable[[int, int, Sequence[Any]], None]) -> Refused:
        """What is judged to be none, once all answers are there."""
        for done, (_, verdicts) in enumerate(self.asked, 1):
            verdicts.result()
            on_progress(done, len(self.asked), ())
        no = [question for question, verdict in self._answered() if verdict.is_none]
        yes = [question for question, verdict in self._answered() if verdict.is_one]
        names = {(name, n) for one in no for name in one.names for n in one.sentences}
        return Refused(frozenset(names), _sentences(no), _sentences(yes))

    def with_sure(self, found: Sequence[ItemDraft]) -> list[ItemDraft]:
        """The items found, each as sure as the surest of its sentences, where that is known."""
        sure: dict[tuple[str, int], float] = {}
        for question, verdict in self._answered():
            if verdict.sure is not None:
                keys = [(question.listed.name, number) for number in question.sentences]
                sure |= {key: max(verdict.sure, sure.get(key, 0.0)) for key in keys}
        told = ([sure.get((one.list, s.number)) for s in one.sentences] for one in found)
        most = (max((each for each in some if each is not None), default=None) for some in told)
        return [replace(one, sure=each) for one, each in zip(found, most, strict=True)]

    def issues(self) -> list[Issue]:
        """One where all that could be an item of a list is judged to be none: how many, of which.

        For when all answers are there.
        """
        judged: dict[str, list[bool]] = {}
        for question, verdict in self._answered():
            judged.setdefault(question.listed.name, []).append(verdict.is_none)
        lines = [f"{name}: none of {len(some)}" for name, some in judged.items() if all(some)]
        message = f"judged before it was asked about: {'; '.join(lines)}"
        return [Issue(code="judged_none", severity="info", message=message)] if lines else []


def _sentences(asked: Sequence[Question]) -> dict[str, frozenset[int]]:
    """The sentences that questions without a name are about, by list."""
    found: dict[str, frozenset[int]] = {}
    for one in asked:
        if not one.names:
            found[one.listed.name] = found.get(one.listed.name, frozenset()).union(one.sentences)
    return found


def questions(listed: ItemList, passage: AskedPassage, template: Template) -> list[Question]:
    """What is asked of a passage for one list: each party, or each sentence that may tell of it."""
    if listed.names:
        return [
            _of_party(listed, passage, template, party, names)
            for party, names in passage.name_groups.items()
        ]
    return [
        Question(
            listed,
            template.messages(text=passage.texts[number - 1]),
            (),
            (passage.body[number - 1].number,),
        )
        for number in telling(listed, passage).values()
    ]


def weighed_sentences(listed: ItemList, passage: AskedPassage) -> list[Question]:
    """What a probe is asked of a passage for one list: each of its sentences."""
    return [Question(listed, [], (), (sentence.number,)) for sentence in passage.body]


def pieces(passage: AskedPassage) -> list[str]:
    """A passage as a probe reads it, its headings too."""
    return [fold(sentence.text) for sentence in passage.chunk.sentences]


def as_read(passage: AskedPassage) -> Messages:
    """A passage as the request of a probe holds it."""
    return [{"role": "user", "content": "\n".join(pieces(passage))}]


def _of_party(
    listed: ItemList,
    passage: AskedPassage,
    template: Template,
    party: str,
    names: tuple[str, ...],
) -> Question:
    """The question of a party, by the sentences in which it acts."""
    acts = passage.where(names[0])
    text = "".join(passage.texts[number - 1] for number in acts)[:SHOWN]
    sentences = tuple(passage.body[number - 1].number for number in acts)
    return Question(listed, template.messages(text=text, name=party), names, sentences)


def _judged(
    asker: StructuredCaller, template: Template
) -> Callable[[Sequence[Question]], Sequence[Verdict]]:
    """Asks how likely it is one; where there are no probabilities nobody is asked any more."""
    first, is_known, is_mute = threading.Lock(), threading.Event(), threading.Event()
    unanswered: list[Question] = []

    def judged(about: Sequence[Question]) -> Sequence[Verdict]:
        if is_known.is_set():
            return asked(about)
        with first:  # whether there are probabilities the first answer says, and nobody asks before
            try:
                return asked(about)
            finally:
                is_known.set()

    def asked(about: Sequence[Question]) -> Sequence[Verdict]:
        [question] = about
        if is_mute.is_set() or len(unanswered) >= ENOUGH:
            return [Verdict()]
        try:
            odds = asker.odds(question.messages, template.choices, about=template.id)
        except NoProbabilities:
            is_mute.set()
            return [Verdict()]
        if odds is None:
            unanswered.append(question)
            return [Verdict()]
        is_none = odds < template.least
        is_one = not is_none and not question.listed.is_of_actions  # of actions odds say too little
        return [Verdict(is_none, template.likelihood(odds), is_one)]

    return judged


def _weighed(asker: StructuredCaller, probe: Probe) -> Callable[[AskedPassage], Sequence[Verdict]]:
    """Weighs every sentence of a passage."""

    def weighed(passage: AskedPassage) -> Sequence[Verdict]:
        try:
            odds = asker.weighed(pieces(passage), probe) if passage.body else None
        except NoProbabilities:
            odds = None
        if odds is None:
            return [Verdict()] * len(passage.body)
        told = {s.number: one for s, one in zip(passage.chunk.sentences, odds, strict=True)}
        return [
            probe_verdict(probe, told[sentence.number], is_offered=passage.may_report(number))
            for number, sentence in enumerate(passage.body, 1)
        ]

    return weighed


def probe_verdict(probe: Probe, odds: float, *, is_offered: bool) -> Verdict:
    """What so many log-odds of a sentence come to: one that rules offer is none only far below.

    In between it is asked about, and may be none.
    """
    is_none = odds < probe.least - OFFERED * is_offered
    sure = (1 + math.tanh(odds / 2)) / 2  # the logistic function, for odds of any size
    return Verdict(is_none, sure, odds >= probe.least)
