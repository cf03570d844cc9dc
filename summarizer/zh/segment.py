"""A sentence of a text, with the quantities and the proper names inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from summarizer.types import Mention, Span
from summarizer.zh.names import Name

SectionKind = Literal["deeds", "plans", "problems"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of body or heading: `number` counts from 1 over the document.

    `span` counts the clean text, `raw` the document's; `paragraph` is the number of its line, which
    it may open; `mentions` are its quantities and `names` its proper names, in order. It
    `section_kind` deeds where its section is neither of plans nor of problems.
    """

    number: int
    span: Span
    raw: Span
    text: str
    paragraph: int
    heading: bool
    mentions: tuple[Mention, ...] = ()
    names: tuple[Name, ...] = ()
    opens: bool = False
    section_kind: SectionKind = "deeds"
