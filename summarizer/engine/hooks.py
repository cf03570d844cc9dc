"""How a genre helps the engine: functions of sentences, each with a default that knows no genre.

A schema that is a folder may have a `hooks.py` beside its `schema.py`; what is defined there stands
in the place of the default of the same name. Hooks propose, filter and word for a small model; a
model that leads is shown everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from summarizer.errors import ConfigError
from summarizer.zh.agents.roles import parties
from summarizer.zh.agents.roles import role as role_of
from summarizer.zh.agents.together import groups
from summarizer.zh.names import Name
from summarizer.zh.segment import Sentence


def _named(sentences: Sequence[Sentence]) -> list[list[Name]]:
    """Every name of each sentence that stands for itself, once."""
    return [parties(sentence) for sentence in sentences]


def _no_heading(sentence: Sentence, _following: Sentence | None) -> bool:
    return not sentence.heading


def _joined(sentence: Sentence) -> list[Sequence[Name]]:
    return list(groups(sentence))


@dataclass(frozen=True)
class Hooks:
    """The hooks of a genre; `Hooks()` are the defaults."""

    candidates: Callable[[Sequence[Sentence]], list[list[Name]]] = _named
    """The names worth offering, of each sentence."""

    may_be_cited: Callable[[Sentence, Sentence | None], bool] = _no_heading
    """Whether a sentence, given with the one after it, is worth asking about."""

    is_left_out: Callable[[Sentence], bool] = lambda _: False
    """Whether a sentence is of a section in which no item stands."""

    may_report: Callable[[Sentence], bool] = lambda _: True
    """Whether a sentence can tell of an action."""

    must_report: Callable[[Sentence, Sequence[Name]], bool] = lambda *_: False
    """Whether one that can, with these candidates, surely does."""

    together: Callable[[Sentence], Sequence[Sequence[Name]]] = _joined
    """The names of a sentence that are told of in one breath."""

    most_actions: Callable[[str], int | None] = lambda _: None
    """How many actions a sentence's text can tell of, where the item's class does not say; None
    for as many as there are."""

    role: Callable[[str, Sequence[Sentence]], str] = role_of
    """What the text calls the party of a name, of which these sentences tell."""

    fallback_title: Callable[[str], str] = lambda _: ""
    """An action in a sentence's own words, where a small model's cannot stand; "" for none."""

    @classmethod
    def of(cls, module: Any, where: str) -> Hooks:
        """The hooks that a module defines. Raises ConfigError for a function that is none."""
        known = {one.name for one in fields(cls)}
        own = {
            name: value
            for name, value in vars(module).items()
            if callable(value) and getattr(value, "__module__", "") == module.__name__
        }
        public = {name: value for name, value in own.items() if not name.startswith("_")}
        if unknown := sorted(set(public) - known):
            raise ConfigError(
                f"{where}: {', '.join(unknown)} is no hook; there are: {', '.join(sorted(known))}"
            )
        return cls(**public)
