"""Whose age a quantity is: [61岁]的|邹素珍过去靠低保过日子 is 邹素珍年龄."""

from __future__ import annotations

import re

from summarizer.zh.labels.clauses import QuantityContext

_BOUND = re.compile("[以之][上下内外前后]$|[左右上下]$")
_NOUN = "年龄"
_ONCE = re.compile("那年|时|起|开始|就|便|才|[以之]?[前后]|[以之][上下]")  # 十三岁就|学蓝染


def age_of(part: QuantityContext, subject: str | None) -> str:
    """The person whose age it is, with the noun; "" where nobody named has it now.

    Behind 的 that is who follows in the clause, else who stands last before it, else the subject if
    the sentence names him and has told no age of his.
    """
    words = part.raw[part.at.slice]
    if part.kind != "age" or _BOUND.search(words) or _ONCE.match(part.text, part.at.end):
        return ""
    clause, at = part.clause, part.at
    ahead = [name for span, name in part.persons if clause.start <= span.start < at.start]
    behind = [name for span, name in part.persons if at.end <= span.start < clause.end]
    if part.text.startswith("的", at.end):
        who = behind[:1]
    else:
        who = ahead[-1:] or [name for _, name in part.persons if name == subject][:1]
        who = [] if part.raw[at.start - 1 : at.start] == "比" or _is_told(part, who) else who
    return who[0] + _NOUN if who else ""


def _is_told(part: QuantityContext, who: list[str]) -> bool:
    """Whether an age stands between the first place of a person and this quantity."""
    first = min((span.end for span, name in part.persons if name in who), default=part.at.start)
    return "岁" in part.raw[first : part.at.start]
