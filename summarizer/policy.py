"""Who decides what: rules or the model. One `Policy` a size of model, and nothing about sizes else.

A small model slips where a large one reads, and a large one is paid by the token. Each decision is
a setting; its reason for either size is shown by `summarizer settings`.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any, Final

SMALL: Final = 4.0  # billions of parameters up to which a model is taken for small
_PARAMETERS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?P<unit>[bm])(?![a-z0-9])")


def setting(
    default: Any,
    about: str,
    choices: tuple[str, ...] = (),
    *,
    least: int = 0,
    why: tuple[str, str] = ("", ""),
) -> Any:
    """A field of settings; `why` are the reasons of its default for a small and a large model."""
    told = {"about": about, "choices": choices, "least": least, "why": why}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the model decides and what rules decide; `Policy()` is that of a small model."""

    request: str = setting(
        "window",
        "what one request asks: everything of a passage, or labels and items apart",
        ("window", "passage"),
        why=(
            "a small model mixes up what it is asked at once",
            "a passage is read once, and its words are paid once",
        ),
    )
    label: str = setting(
        "draft",
        "which label of the model's stands: one near the grammar's draft, or any grounded one",
        ("draft", "model"),
        why=(
            "its own words are less alike gold's than the draft's",
            "a quarter to a third of gold's labels are no draft's",
        ),
    )
    asked_labels: str = setting(
        "doubtful",
        "which labels are asked for where labels and items are apart: of doubtful drafts, or all",
        ("doubtful", "all"),
        why=(
            "on unseen text the drafts are as good, and half of all requests went into labels",
            "a passage is asked for all of its labels at once",
        ),
    )
    attribution: str = setting(
        "rules",
        "whose a figure is, of when, and whether it is one: by rules, or asked",
        ("rules", "asked"),
        why=(
            "it has enough to do with the label",
            "rules do not know who did it",
        ),
    )
    selection: str = setting(
        "rules",
        "which sentences and names may be items: those that rules offer, or all",
        ("rules", "free"),
        why=(
            "asked freely a small model leaves out two measures of three",
            "the model judges what is held up, rules only propose",
        ),
    )
    judgement: str = setting(
        "odds",
        "whether what may be an item is judged first, by a probe or the odds of the model's yes",
        ("odds", "none"),
        why=(
            "probes and its odds tell what may be an item; its words do not",
            "it says in its answer what is none",
        ),
    )
    choice: str = setting(
        "hinted",
        "a choice that an item's words suggest otherwise: theirs stands, or the model's own",
        ("hinted", "own"),
        why=("a small model takes the first that fits", "the model has read the passage"),
    )
    overview: str = setting(
        "extract",
        "the overview: sentences of the report, or written by the model over the facts",
        ("extract", "written"),
        why=(
            "10 of 17 that a small model wrote were refused twice",
            "its numbers and names are proved, its sentences are its own",
        ),
    )
    reasks: int = setting(
        1,
        "how often a refused answer is asked again",
        why=("a small model is slow, and its first answer is kept to a form", ""),
    )
    max_tokens: int = setting(
        1024,
        "longest answer, in tokens",
        least=1,
        why=("an answer that runs on is none", "a passage's answer holds all that is in it"),
    )
    chunk_chars: int = setting(
        350,
        "most characters of text in one request",
        least=1,
        why=("a small model loses its place in more", "who and when stand far from the number"),
    )
    chunk_mentions: int = setting(
        6,
        "most quantities that one request asks labels for",
        least=1,
        why=("with more a small model slips by one", "what fits into one answer"),
    )
    examples: int = setting(
        8,
        "most examples of a prompt that one request shows",
        why=("it learns the form from them", "it learns the form from one"),
    )


POLICIES: Final = {
    "small": Policy(),
    "large": Policy(
        request="passage",
        label="model",
        asked_labels="all",
        attribution="asked",
        selection="free",
        judgement="none",
        choice="own",
        overview="written",
        max_tokens=8192,
        chunk_chars=2500,
        chunk_mentions=60,
        examples=1,
    ),
}


def decided(size: str) -> dict[str, Any]:
    """What the policy of a size says of each of its settings.

    >>> decided("small")["request"], decided("large")["request"]
    ('window', 'passage')
    """
    return dataclasses.asdict(POLICIES[size])


def reason(name: str, size: str) -> str:
    """Why a setting of the policy has its default for this size; "" for a setting of no policy."""
    for one in dataclasses.fields(Policy):
        if one.name == name:
            small, large = one.metadata["why"]
            return str(large if size == "large" else small)
    return ""


def size_of(model: str) -> str:
    """Whether a model is small or large, as its name tells: a model at an endpoint is large.

    Unless its name counts no more than 4 billion parameters; a model in this process is small.

    >>> [size_of(name) for name in ("local", "gpt-5", "qwen2.5-1.5b-instruct", "qwen3-30b-a3b")]
    ['small', 'large', 'small', 'large']
    """
    if model.partition(":")[0] == "local":
        return "small"
    counted = [
        float(match[1]) / (1 if match["unit"] == "b" else 1000)
        for match in _PARAMETERS.finditer(model.lower())
    ]
    return "small" if counted and max(counted) <= SMALL else "large"
