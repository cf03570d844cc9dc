"""Whether a sentence or a name may be an item at all, as the model holds it or says it at first.

What a small model writes of it is as good as a coin. What it holds of a text is not, nor is how
sure it is of its first word: where a list has a probe for the model, its readout tells of every
sentence and name; else one token is asked for each. What is judged to be no item is not asked about
further.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from summarizer.engine.answers import telling
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.lanes import Lanes
from summarizer.engine.passage import AskedPassage, Refused
from summarizer.engine.planning import Plan
from summarizer.engine.probe import Probe, Readout
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

    told: Sequence[tuple[Question, Verdict]]
    asked: Sequence[tuple[Question, Future[Verdict]]]

    @classmethod
    def of(
        cls,
        lanes: Lanes,
        plan: Plan,
        schema: Schema,
        asker: StructuredCaller,
    ) -> Judge:
        """What a list's probe tells, else ask by its template if the policy is to judge by odds."""
        told: list[tuple[Question, Verdict]] = []
        asked: list[tuple[Question, Future[Verdict]]] = []
        for listed in schema.lists if asker.policy.judgement == "odds" else ():
            passages = [AskedPassage(chunk, schema.hooks) for chunk in plan.items]
            probe, template = plan.probes.get(listed.name), plan.judges.get(listed.name)
            if probe is not None:
                weigh = _weighed_names if listed.names else _weighed_sentences
                told += [one for p in passages for one in weigh(listed, p, probe, plan.readout)]
            elif template is not None:
                found = [one for p in passages for one in questions(listed, p, template)]
                asked += zip(found, lanes.add(_judged(asker, template), found), strict=True)
        return cls(told, asked)

    def _answered(self) -> list[tuple[Question, Verdict]]:
        """Every question with what came of it, once all answers are there."""
        return [*self.told, *((about, verdict.result()) for about, verdict in self.asked)]

    def refused(self, on_progress: Callable[[int, int, Sequence[Any]], None]) -> Refused:
        """What is judged to be none, once all answers are there."""
        for done, (_, verdict) in enumerate(self.asked, 1):
            verdict.result()
            on_progress(done, len(self.asked), ())
        no = [question for question, verdict in self._answered() if verdict.is_none]
        yes = [question for question, verdict in self._answered() if verdict.is_one]
        names = {(name, n) for one in no for name in one.names for n in one.sentences}
        sure = {(one.listed.name, name) for one in yes for name in one.names}
        return Refused(frozenset(names), _sentences(no), _sentences(yes), frozenset(sure))

    def with_sure(self, found: Sequence[ItemDraft]) -> list[ItemDraft]:
        """The items found, each as sure as its name or the surest of its sentences, if known."""
        sure: dict[tuple[str, int | str], float] = {}
        names: dict[str, str] = {}
        for question, verdict in self._answered():
            listed = question.listed
            names |= {listed.name: listed.names[0]} if listed.names else {}
            for about in question.names or question.sentences if verdict.sure is not None else ():
                key = (listed.name, about)
                sure[key] = max(verdict.sure or 0.0, sure.get(key, 0.0))

        def of(one: ItemDraft) -> float | None:
            named = fold(one.values[names[one.list]]) if one.list in names else ""
            about = [named] if named else [sentence.number for sentence in one.sentences]
            told = [sure[one.list, each] for each in about if (one.list, each) in sure]
            return max(told, default=None)

        return [replace(one, sure=of(one)) for one in found]

    def issues(self) -> list[Issue]:
        """One where all that could be an item of a list is judged to be none: how many, of which.

        For when all answers are there.
        """
        judged: dict[str, dict[tuple[Any, ...], bool]] = {}
        for question, verdict in self._answered():
            about = judged.setdefault(question.listed.name, {})
            known = question.names or question.sentences
            about[known] = about.get(known, True) and verdict.is_none
        every = {name: some.values() for name, some in judged.items()}
        lines = [f"{name}: none of {len(some)}" for name, some in every.items() if all(some)]
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


def _judged(asker: StructuredCaller, template: Template) -> Callable[[Question], Verdict]:
    """Asks how likely it is one; where there are no probabilities nobody is asked any more."""
    first, is_known, is_mute = threading.Lock(), threading.Event(), threading.Event()
    unanswered: list[Question] = []

    def judged(question: Question) -> Verdict:
        if is_known.is_set():
            return asked(question)
        with first:  # whether there are probabilities the first answer says, and nobody asks before
            try:
                return asked(question)
            finally:
                is_known.set()

    def asked(question: Question) -> Verdict:
        if is_mute.is_set() or len(unanswered) >= ENOUGH:
            return Verdict()
        try:
            odds = asker.odds(question.messages, template.choices, about=template.id)
        except NoProbabilities:
            is_mute.set()
            return Verdict()
        if odds is None:
            unanswered.append(question)
            return Verdict()
        is_none = odds < template.least
        is_one = not is_none and not question.listed.is_of_actions  # of actions odds say too little
        return Verdict(is_none, template.likelihood(odds), is_one)

    return judged


def _weighed_sentences(
    listed: ItemList, passage: AskedPassage, probe: Probe, readout: Readout
) -> Iterator[tuple[Question, Verdict]]:
    """Every sentence of a passage, as far as the model read it, with what a probe tells of it."""
    told = readout.sentences.get(listed.name, {})
    for n, sentence in enumerate(passage.body, 1):
        if sentence.number in told:
            odds = told[sentence.number]
            verdict = probe_verdict(probe, odds, is_offered=passage.may_report(n))
            yield Question(listed, [], (), (sentence.number,)), verdict


def _weighed_names(
    listed: ItemList, passage: AskedPassage, probe: Probe, readout: Readout
) -> Iterator[tuple[Question, Verdict]]:
    """Every name that a passage offers, as far as the model told it, with what a probe tells.

    One is held up by the mean of the odds at its places; where it is not is no place to tell of it
    by.
    """
    told = readout.names.get(listed.name, {})
    for name in passage.names:
        if name in told:
            verdict = probe_verdict(probe, _mean_odds([*told[name].values()]))
            for number in (passage.body[n - 1].number for n in passage.where(name)):
                is_none = verdict.is_none or told[name].get(number, probe.least) < probe.least
                yield Question(listed, [], (name,), (number,)), replace(verdict, is_none=is_none)


def _mean_odds(odds: Sequence[float]) -> float:
    """The logarithm of the mean of some odds, which are given as logarithms.

    >>> round(_mean_odds([3.0, -2.0]), 1), round(_mean_odds([-2.0]), 1)
    (2.3, -2.0)
    """
    most = max(odds)
    return most + math.log(fmean(math.exp(one - most) for one in odds))


def probe_verdict(probe: Probe, odds: float, *, is_offered: bool = False) -> Verdict:
    """What so many log-odds come to: a sentence that rules offer is none only far below.

    In between it is asked about, and may be none.
    """
    is_none = odds < probe.least - OFFERED * is_offered
    sure = (1 + math.tanh(odds / 2)) / 2  # the logistic function, for odds of any size
    return Verdict(is_none, sure, odds >= probe.least)
