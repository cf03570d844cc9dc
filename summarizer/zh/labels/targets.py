"""Labels of what is yet to come, and labels without the quantity itself."""

from __future__ import annotations

import re

from summarizer.types import Mention
from summarizer.zh.action_verbs import is_prospective
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

TARGET = "(目标)"
_AIMED = re.compile(r"目标|计划|任务|要求|预计|力争|拟")
_OF = "的"


def aimed(label: str, mention: Mention, sentence: Sentence) -> str:
    """The label, marked as a target's where the text tells of what is yet to come."""
    ahead = sentence.text[: mention.at.start - sentence.span.start]
    if sentence.section_kind != "plans" and not is_prospective(ahead):
        return label
    return label if _AIMED.search(label) else label + TARGET


def bare(label: str, mention: Mention) -> str:
    """The label without the quantity itself, which a small model likes to repeat in it."""
    return label.strip(" \u3000,，。;；、:：").replace(fold(mention.text), "").removeprefix(_OF)
