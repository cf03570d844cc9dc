"""Families of rules that decide what a text means, and how each is switched off.

What a family does when it is off is what a plain program would do: the words of the clause, no
subject, every name. What finds, reads, proves or totals is no such family.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .swaps import Swap

LONGEST = 26
"""Characters of a label where nothing shortens it better."""


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that stand or fall together: `about` is what they do in a few words."""

    group: str
    name: str
    about: str
    swaps: tuple[Swap, ...]


def _always(value: Any) -> Callable[..., Any]:
    return lambda _function, *_, **__: value


def _given(index: int) -> Callable[..., Any]:
    """What was given at a place, as it is."""
    return lambda _function, *args, **_: args[index]


def _clause(_function: Any, sentence: Any, mention: Any, *_: Any, **__: Any) -> str:
    """The words of a quantity's clause without its quantities: the plainest label there is."""
    at = mention.at.start - sentence.span.start
    text, start = sentence.text, 0
    for other in sentence.mentions:
        inside = other.at.start - sentence.span.start, other.at.end - sentence.span.start
        text = text[: inside[0]] + "\ufffc" * (inside[1] - inside[0]) + text[inside[1] :]
    for match in re.finditer(r"[,，。;；:：!！?？\n]", text):
        if match.start() >= at:
            text = text[: match.start()]
            break
        start = match.end()
    return text[start:].replace("\ufffc", "").strip()[-LONGEST:] or "数量"


def _core(_function: Any, part: Any) -> Any:
    return part.text[part.clause.slice].replace("\ufffc", "").strip("、 ")


def _unresolved(function: Any, sentence: Any, mention: Any, *_: Any, **__: Any) -> Any:
    beside = function.__globals__
    return beside["core_of"](beside["parted"](sentence, mention))


def _tail(_function: Any, words: str, *_: Any, **__: Any) -> str:
    return words[-LONGEST:]


def _everybody(_function: Any, sentences: Any) -> list[Any]:
    """Every name of each sentence, whatever is told of it."""
    return [list({name.text: name for name in one.names}.values()) for one in sentences]


def _alone(_function: Any, sentence: Any) -> list[Any]:
    return [[name] for name in sentence.names]


def _as_answered(function: Any, mention: Any, chunk: Any, sentences: Any, said: str) -> Any:
    """A mention with the model's name for it, whatever that is."""
    named = function(mention, chunk, sentences, said)
    return replace(named, label=said.strip() or "–", fault="")


_ALL_DEEDS: Callable[..., Any] = lambda _function, lines: ["deeds"] * len(lines)  # noqa: E731

MODEL_ALONE = (
    Swap("figures", "naming", _as_answered),
    Swap("items", "_drafted", _always([])),
    Swap("report", "_told", _always([])),
)
"""What stands in the place of an answer, off: drafts of labels and titles, words of categories."""

LABELS, SUBJECTS, AGENTS, OTHERS = "labels", "subject and period", "agents", "others"

FAMILIES = (
    Family(LABELS, "topics", "what a clause leans on", (Swap("topics", "resolved", _unresolved),)),
    Family(
        LABELS,
        "leaning",
        "增长4.1% leans on the number before; items of a list share a verb",
        (
            Swap("leaning", "leans", _always(False)),
            Swap("leaning", "next_of_list", _given(0)),
            Swap("leaning", "of_same_verb", _given(0)),
            Swap("leaning", "of_same_head", _given(0)),
        ),
    ),
    Family(
        LABELS,
        "wholes",
        "which words of a clause are a quantity's",
        (Swap("wholes", "core_of", _core),),
    ),
    Family(
        LABELS,
        "money",
        "what money went into",
        (Swap("money", "spent", _always("")), Swap("money", "fund", _always(""))),
    ),
    Family(
        LABELS,
        "patterns",
        "ages, both ends of a change, a measure before its thing, 分别",
        tuple(Swap("patterns", n, _always("")) for n in ("aged", "turned", "measured", "apart")),
    ),
    Family(
        LABELS,
        "phrases",
        "what leads in and out is cut off, long ones at a verb",
        (
            Swap("phrases", "trimmed", lambda _, words: words.replace("\ufffc", "").strip("、 ")),
            Swap("phrases", "ended", _given(0)),
            Swap("phrases", "balanced", _given(0)),
            Swap("phrases", "shortened", _tail),
        ),
    ),
    Family(
        LABELS,
        "counted",
        "60户|建卡贫困户|已全部脱贫",
        (
            Swap("counted", "counted", _always(("", ""))),
            Swap("counted", "predicate", _always(False)),
        ),
    ),
    Family(
        LABELS, "english", "English sentences", (Swap("english", "is_english", _always(False)),)
    ),
    Family(
        LABELS,
        "nouns",
        "户数, 面积, 金额 behind a label",
        (Swap("nouns", "with_noun", _given(0)), Swap("nouns", "of_unit", _given(0))),
    ),
    Family(
        LABELS, "owned", "whose it is before a short label", (Swap("drafts", "owned", _given(0)),)
    ),
    Family(
        LABELS, "aimed", "(目标) behind a plan's label", (Swap("figures", "_aimed", _given(0)),)
    ),
    Family(
        LABELS, "all of them", "the clause's words instead", (Swap("drafts", "draft", _clause),)
    ),
    Family(
        SUBJECTS,
        "heads",
        "who heads a clause",
        (
            Swap("heads", "heads", _always(None)),
            Swap("heads", "noun", _always(None)),
            Swap("heads", "another", _always(None)),
            Swap("heads", "pronoun", _always(False)),
            Swap("heads", "object_of", _always(None)),
        ),
    ),
    Family(
        SUBJECTS,
        "own",
        "the report's own place",
        (
            Swap("own", "level", _always(None)),
            Swap("own", "each", _always(None)),
            Swap("own", "village", _always(False)),
            Swap("own", "whole", _always(False)),
            Swap("own", "names_own", _always(False)),
            Swap("own", "is_authority", _always(False)),
            Swap("own", "governs", _always(False)),
        ),
    ),
    Family(
        SUBJECTS, "setting", "the period told before", (Swap("setting", "_period", _always(None)),)
    ),
    Family(
        SUBJECTS, "speaker", "who says 我 in quotes", (Swap("speaker", "speaker", _always(None)),)
    ),
    Family(
        SUBJECTS,
        "said",
        "what a word stands for, what a sentence carries on",
        (Swap("subject", "_stood_for", _always(None)), Swap("subject", "_carried", _always(None))),
    ),
    Family(
        SUBJECTS, "listed", "several places at once", (Swap("listed", "listed", _always(None)),)
    ),
    Family(
        SUBJECTS,
        "described",
        "25岁的李杰; the person of a later clause; whose report it is",
        (
            Swap("subject", "_described", _always(None)),
            Swap("subject", "_ahead", _always(None)),
            Swap("subject", "_of_title", _always(None)),
        ),
    ),
    Family(
        SUBJECTS,
        "all of them",
        "no subject and no period",
        (Swap("subject", "find_subject", _always(None)), Swap("setting", "_period", _always(None))),
    ),
    Family(AGENTS, "actors", "which names act", (Swap("actors", "acting", _everybody),)),
    Family(AGENTS, "together", "甲、乙和丙 act as one", (Swap("together", "groups", _alone),)),
    Family(AGENTS, "roles", "石桥村党支部书记|李春明", (Swap("roles", "role", _always("")),)),
    Family(
        AGENTS,
        "all of them",
        "every name, by itself, without a role",
        (
            Swap("actors", "acting", _everybody),
            Swap("together", "groups", _alone),
            Swap("roles", "role", _always("")),
        ),
    ),
    Family(
        OTHERS,
        "sections",
        "plans and problems by heading",
        (Swap("sections", "tellings", _ALL_DEEDS),),
    ),
    Family(
        OTHERS,
        "endings",
        "titles and deeds that were cut end on something whole",
        (
            Swap("endings", "ended", _given(0)),
            Swap("endings", "balanced", _given(0)),
            Swap("endings", "quoted", _given(0)),
        ),
    ),
    Family(
        OTHERS,
        "drafted titles",
        "a sentence's own words",
        (Swap("items", "_drafted", _always([])),),
    ),
    Family(OTHERS, "categories", "words that tell one", (Swap("report", "_told", _always([])),)),
)
"""Each family alone, and at the end of a group all of it at once."""
