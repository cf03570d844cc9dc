"""What a rule hands back: a stretch of the folded text, a kind, and the quantity if it is one."""

from __future__ import annotations

from typing import NamedTuple

from summarizer.types import MentionKind, Quantity


class Found(NamedTuple):
    """text[start:end] is a mention of `kind`; `rule` says which rule of the inventory decided."""

    start: int
    end: int
    kind: MentionKind
    rule: str
    quantity: Quantity | None = None
