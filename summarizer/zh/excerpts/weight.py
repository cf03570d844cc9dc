"""How much a reader wants to hear some clauses: what they count, of whom, and what they are not."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from summarizer.types import Mention, Quantity
from summarizer.zh.action_verbs import has_strong_action
from summarizer.zh.excerpts.reporter import WORDS, Reporter
from summarizer.zh.names import Name
from summarizer.zh.script import fold

SMALL = 10_000  # money below this is a price, or one person's
SUBJECT = 14  # characters in which the party of a story stands
AHEAD = 2  # years before the report's own from which a sentence tells of the past
_AIMS = re.compile(WORDS["aims"])
_LACKS = re.compile(WORDS["lacks"])
_SOLVED = re.compile(rf"(?:{WORDS['solved']})[^,，。]*?(?:{WORDS['lacks']})")
_WHOLE = re.compile(WORDS["whole"])
_STORIES = re.compile(WORDS["stories"])
_YEAR = re.compile(r"^(\d{4})年")
QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]*)[”」』\"》]")
_PEOPLE = frozenset("人户名位") | {"人次", "户次"}


def weight(
    text: str,
    quantities: Sequence[Quantity],
    names: Sequence[Name],
    reporter: Reporter,
    *,
    deeds: bool = True,
) -> float:
    """The weight of some clauses with their quantities; `names` are those of the sentence.

    Where no `deeds` are looked for, what is ordered or wrong weighs as much.
    """
    worths = sorted(map(_worth, quantities), reverse=True)
    others = [n for n in names if n.kind not in ("person", "project") and not reporter.owns(n)]
    named = sum(fold(name.text) in text for name in others)
    counted = sum(worth * 0.5**rank for rank, worth in enumerate(worths[:4]))
    said = 1.5 * bool(_WHOLE.search(text)) + 1.5 * reporter.opens(text)
    said += 1.0 * has_strong_action(text)
    back = 3.0 * min(named, 2) + 8.0 * _is_story(text, reporter) + 2.0 * _is_old(text, reporter)
    back += 6.0 * (deeds and _is_undone(QUOTED.sub("", text), reporter)) + 0.75 * ("每" in text)
    return counted + said - back - len(text) / 50


def _worth(quantity: Quantity) -> float:
    first = {"money": 2.0, "area": 1.0, "percent": 0.5}.get(quantity.kind, 0.75)
    first -= 1.5 * (quantity.kind == "money" and quantity.value < SMALL)
    people = 0.75 * (quantity.unit in _PEOPLE)
    return first + people + math.log10(1 + min(abs(float(quantity.value)), 1e9)) / 5


def _is_story(text: str, reporter: Reporter) -> bool:
    """Whether some clauses open with one of several parties, without its name."""
    story = None if reporter.opens(text) else _STORIES.search(text[:SUBJECT])
    return story is not None and story[0] not in reporter.title


def _is_old(text: str, reporter: Reporter) -> bool:
    year = _YEAR.match(text)
    return year is not None and not reporter.year < int(year[1]) + AHEAD


def _is_undone(text: str, reporter: Reporter) -> bool:
    """Whether some clauses tell what is wanted or wrong; in a text of orders that is its matter."""
    return bool(
        _LACKS.search(_SOLVED.sub("", text)) or (not reporter.orders and _AIMS.search(text))
    )


def quantities_of(mentions: Sequence[Mention]) -> list[Quantity]:
    """The quantities of some mentions."""
    return [mention.quantity for mention in mentions if mention.quantity is not None]
