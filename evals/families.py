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
    return beside["label_core"](beside["parted"](sentence, mention))


def _bare(_function: Any, words: str) -> str:
    return words.replace("\ufffc", "").strip("、 ")


def _tail(_function: Any, words: str, *_: Any, **__: Any) -> str:
    return words[-LONGEST:]


def _alone(_function: Any, sentence: Any) -> list[Any]:
    return [[name] for name in sentence.names]


def _as_answered(function: Any, *given: Any, **named: Any) -> Any:
    """A mention with the model's name for it, whatever that is: the last that is given."""
    return replace(function(*given, **named), label=given[-1].strip() or "–", fault="")


def _family(group: str, name: str, about: str, *off: tuple[str, Any]) -> Family:
    """A family whose functions, named `module.function`, are off as said: a value or a function."""
    swaps = []
    for path, instead in off:
        module, _, function = path.partition(".")
        swaps.append(Swap(module, function, instead if callable(instead) else _always(instead)))
    return Family(group, name, about, tuple(swaps))


def _deeds(_function: Any, lines: Any) -> list[str]:
    return ["deeds"] * len(lines)


AS_IS = _given(0)
LABELS, SUBJECTS, AGENTS, OTHERS = "labels", "subject and period", "agents", "others"

MODEL_ALONE = _family(
    "model",
    "alone",
    "drafts of labels and titles, words that decide a category",
    ("figures.naming", _as_answered),
    ("items._drafted", []),
    ("report._told", []),
).swaps
"""What stands in the place of an answer, off."""

_WITHOUT_LABELS = (
    _family(LABELS, "topics", "what a clause leans on", ("antecedents.resolve", _unresolved)),
    _family(
        LABELS,
        "leaning",
        "增长4.1% leans on the number before; items of a list share a verb",
        ("ellipsis.is_elliptical", False),
        ("ellipsis.next_of_list", AS_IS),
        ("ellipsis.of_same_verb", AS_IS),
        ("ellipsis.of_same_head", AS_IS),
    ),
    _family(LABELS, "wholes", "which of a clause's words are its", ("wholes.label_core", _core)),
    _family(LABELS, "money", "what it went into", ("money.spent", "")),
    _family(
        LABELS,
        "phrases",
        "what leads in and out is cut off, what is long at a verb",
        ("phrases.trimmed", _bare),
        ("phrases.ended", AS_IS),
        ("phrases.balanced", AS_IS),
        ("phrases.shortened", _tail),
    ),
    _family(
        LABELS,
        "counted",
        "60户|建卡贫困户|已全部脱贫",
        ("counted_nouns.counted_noun", ("", "")),
        ("counted_nouns.predicate", False),
    ),
    _family(LABELS, "english", "English sentences", ("english.is_english", False)),
    _family(
        LABELS,
        "nouns",
        "户数, 面积, 金额",
        ("measure_nouns.with_noun", AS_IS),
        ("measure_nouns.of_unit", AS_IS),
    ),
    _family(LABELS, "aimed", "(目标) behind a plan's label", ("targets.aimed", AS_IS)),
    _family(LABELS, "all of them", "the clause's words instead", ("drafts.draft", _clause)),
)
_WITHOUT_SUBJECTS = (
    _family(
        SUBJECTS,
        "heads",
        "the name that heads the sentence, or the number's clause",
        ("clause_subjects.clause_subject", None),
        ("sentence_heads.sentence_head", None),
    ),
    _family(
        SUBJECTS,
        "nouns",
        "公司, 支部, 双桥分院 that open a clause",
        ("clause_subjects.noun", None),
    ),
    _family(SUBJECTS, "pronouns", "他 that opens a clause", ("clause_subjects.pronoun", False)),
    _family(
        SUBJECTS,
        "own",
        "全镇, 镇政府, the report's own place",
        ("document_place.level", None),
        *((f"document_place.{n}", False) for n in ("village", "names_own", "is_authority")),
    ),
    _family(
        SUBJECTS,
        "said: stood for",
        "whom 该公司, 全村 or 他 stands for",
        ("subject._stood_for", None),
    ),
    _family(SUBJECTS, "described", "25岁的李杰", ("subject._described", None)),
    _family(SUBJECTS, "title", "whose own report it is", ("subject._of_title", None)),
    _family(SUBJECTS, "setting", "the period told before", ("attribute._period", None)),
    _family(
        SUBJECTS,
        "all of them",
        "no subject and no period",
        ("subject.find_subject", None),
        ("attribute._period", None),
    ),
)
_WITHOUT_AGENTS = (
    _family(AGENTS, "together", "甲、乙和丙 act as one", ("together.groups", _alone)),
    _family(AGENTS, "roles", "石桥村党支部书记|李春明", ("roles.role", "")),
    _family(
        AGENTS,
        "all of them",
        "every name by itself, without a role",
        ("together.groups", _alone),
        ("roles.role", ""),
    ),
)
_WITHOUT_OTHERS = (
    _family(
        OTHERS,
        "sections",
        "plans and problems, by headings",
        ("sections.classify_sections", _deeds),
    ),
    _family(
        OTHERS,
        "endings",
        "words that were cut end on something whole",
        *((f"endings.{name}", AS_IS) for name in ("ended", "balanced", "quoted")),
    ),
    _family(OTHERS, "drafted titles", "a sentence's own words", ("items._drafted", [])),
    _family(OTHERS, "categories", "words that tell one", ("report._told", [])),
)
FAMILIES = (*_WITHOUT_LABELS, *_WITHOUT_SUBJECTS, *_WITHOUT_AGENTS, *_WITHOUT_OTHERS)
"""Each family alone, and at the end of a group all of it at once."""
