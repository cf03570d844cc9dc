"""The words of a clause that belong to a quantity, put together.

A quantity counts what follows it (3个村) or ends what comes before (后备干部44名). In a list each
has its own item; quantities in a row (122户326人8.3万元) share the words around them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.labels.clauses import QuantityContext
from summarizer.zh.labels.counted_nouns import counted_noun, predicate
from summarizer.zh.labels.ellipsis import joined, of_same_head, of_same_verb
from summarizer.zh.labels.money import spent
from summarizer.zh.labels.phrases import last_verb, trimmed
from summarizer.zh.segment import JOINERS

_REACHED = re.compile("(?:达到?|超过?|不少于|不低于)$")
_VALUED = re.compile(
    "(?:达到?|为|超过?|有|是|共计|增收|分红|收入|均|工资|占|约|能?挣|可?得|不少于|至少)$"
)
_LISTS = re.compile("、$|(?<![涉惠普波触])及$")
_STEP = re.compile("^(?:在|从|由|向|对|把|将|让|为|与|用|给)|等$")
_WITHIN = re.compile("^(?:[以之]?内)?的?")


@lru_cache(maxsize=4096)
def label_core(part: QuantityContext) -> str:
    """The words that tell what a quantity measures."""
    for way in (spent, _behind):
        if words := way(part):
            return trimmed(words)
    return trimmed(_ahead(part))


def _behind(part: QuantityContext) -> str:
    """The words behind the quantity, with what leads to them."""
    after = part.after
    if not after:
        return ""
    lead = _lead(part)
    if part.initial.startswith("占") and not part.last:
        return lead.removeprefix("占") + after
    noun, rest = counted_noun(after)
    if noun and (words := _noun_first(part, lead, noun, rest)):
        return words
    if part.before.endswith(("的", "的这")) and not noun and predicate(after):
        return re.sub("的这?$", "的", lead) + ("金额" if part.kind == "money" else "")
    body = after if part.last or part.listed or noun else after + part.tail
    return lead + _WITHIN.sub("", body).rstrip(JOINERS)


def _noun_first(part: QuantityContext, lead: str, noun: str, rest: str) -> str:
    """What is counted, where it is told what it does or has: 60户|建卡贫困户|已全部脱贫."""
    if not rest:
        return ""
    if not part.last and _REACHED.search(rest) and not has_action_verb(lead):
        amount = part.raw[part.marks[part.index + 1].slice]
        return f"{lead}{rest}{amount}的{noun}"
    if rest.startswith(("的", "在内")) or (not part.last and _VALUED.search(rest)):
        return lead + noun
    if predicate(rest):
        return _doing(part, lead, noun, rest if part.last or part.listed else rest + part.tail)
    return f"{lead}{trimmed(rest)}的村" if noun == "村" and has_action_verb(lead) else ""


def _doing(part: QuantityContext, lead: str, noun: str, rest: str) -> str:
    """Who is counted, behind what they do: 全部脱贫的|建卡贫困户."""
    if part.before.endswith("的") and not part.index:
        return lead + noun
    if has_action_verb(lead):
        return lead + noun + rest.rstrip(JOINERS)
    doing = trimmed(rest)
    return f"{trimmed(lead)}{doing}的{noun}" if doing else lead + noun


def _lead(part: QuantityContext) -> str:
    """What stands before the quantity and belongs to it too."""
    initial, between = part.initial, part.before
    if not part.index:
        return last_verb(initial) if _LISTS.search(initial) else initial
    if part.text[part.marks[part.index - 1].end] in JOINERS:
        item = re.split(f"[{JOINERS}]", between)[-1]
        return of_same_verb(item, trimmed(initial)) if trimmed(item) else _left(initial)
    if has_action_verb(between) or _STEP.search(between):
        return between
    if joined(between[-1:]):
        return _left(initial)
    return initial if trimmed(initial) else between


def _left(initial: str) -> str:
    """What the first of a list leaves for the others."""
    return "" if initial.endswith(("的", "有", "辖")) else trimmed(initial)


def _ahead(part: QuantityContext) -> str:
    """The words before the quantity that it ends, where none follow."""
    shared = part.tail if part.tail.startswith("的") else ""
    initial, between = part.initial, part.before
    if not part.index:
        return initial + shared
    if initial.startswith("占"):
        return initial + between
    item = trimmed(re.split("[、和]", between)[-1])
    if joined(between):
        first = trimmed(initial)
        own = of_same_verb(of_same_head(item, first), first) if item else initial
        return own + shared
    if trimmed(between):
        noun, rest = counted_noun(between)
        short = len(noun) in (1, 2) and predicate(rest) and rest[1:2] != "均"
        return rest if short else between
    return initial
