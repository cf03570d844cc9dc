"""What the rules return: a name by its place in the folded text."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.types import NameKind


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A name at `[start, end)` of the folded text, and the rule that found it."""

    start: int
    end: int
    kind: NameKind
    rule: str
