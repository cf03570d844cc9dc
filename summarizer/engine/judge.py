"""Whether a sentence or a name may be an item at all, by how likely the model's yes is.

What a small model writes of it is as good as a coin; how sure it is of its first word is not. One
token is asked for each, and what is judged to be no item is not asked about further.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from summarizer.engine.answers import telling
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.lanes import Lanes
from summarizer.engine.passage import AskedPassage, Refused
from summarizer.engine.prompt import Messages, Template
from summarizer.engine.schema import Schema
from summarizer.errors import NoProbabilities
from summarizer.types import Issue

ENOUGH = 3  # questions of a list without an answer, after which no more are asked
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

    asked: Sequence[tuple[Question, Future[Verdict]]]

    @classmethod
    def of(
        cls,
        lanes: Lanes,
        chunks: Sequence[Chunk],
        templates: Mapping[str, Template],
        schema: Schema,
        asker: StructuredCaller,
    ) -> Judge:
        """Ask by `templates`, one a list, in a lane each, if the policy is to judge by odds."""
        asked: list[tuple[Question, Future[Verdict]]] = []
        for listed in schema.lists if asker.policy.judgement == "odds" else ():
            template = templates.get(listed.name)
            if template is None:
                continue
            passages = (AskedPassage(chunk, schema.hooks) for chunk in chunks)
            found = [one for p in passages for one in questions(listed, p, template)]
            asked += zip(found, lanes.add(_judged(asker, template), found), strict=True)
        return cls(asked)

    def refused(self, on_progress: Callable[[int, int, Sequence[Any]], None]) -> Refused:
        """What is judged to be none, once all answers are there."""
        no: list[Question] = []
        for done, (question, verdict) in enumerate(self.asked, 1):
            no += [question] if verdict.result().is_none else []
            on_progress(done, len(self.asked), ())
        names = {(name, n) for one in no for name in one.names for n in one.sentences}
        yes = [question for question, verdict in self.asked if verdict.result().is_one]
        return Refused(frozenset(names), _sentences(no), _sentences(yes))

    def with_sure(self, found: Sequence[ItemDraft]) -> list[ItemDraft]:
        """The items found, each as sure as the surest of its sentences, where that is known."""
        sure: dict[tuple[str, int], float] = {}
        for question, verdict in self.asked:
            known = verdict.result().sure
            if known is not None:
                keys = [(question.listed.name, number) for number in question.sentences]
                sure |= {key: max(known, sure.get(key, 0.0)) for key in keys}
        told = ([sure.get((one.list, s.number)) for s in one.sentences] for one in found)
        most = (max((each for each in some if each is not None), default=None) for some in told)
        return [replace(one, sure=each) for one, each in zip(found, most, strict=True)]

    def issues(self) -> list[Issue]:
        """One where all that could be an item of a list is judged to be none: how many, of which.

        For when all answers are there.
        """
        judged: dict[str, list[bool]] = {}
        for question, verdict in self.asked:
            judged.setdefault(question.listed.name, []).append(verdict.result().is_none)
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
    is_mute = threading.Event()
    unanswered: list[Question] = []

    def judged(question: Question) -> Verdict:
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
        return Verdict(is_none, template.likelihood(odds), not is_none)

    return judged
