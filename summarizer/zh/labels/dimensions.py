"""A quantity that describes the thing behind it: 总长[12.7公里]的|观光大道, [4米多]宽的|小路上."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.labels.clauses import QuantityContext
from summarizer.zh.labels.phrases import BLANK, trimmed, verbs
from summarizer.zh.lexicon import cells

_NEAR = re.compile("[约近达为共逾超]+$")
_ACROSS = "宽长高深厚"  # behind a quantity: 4米宽的
_ENDS = re.compile(rf"[、,，和与及已{BLANK}]")
_WHERE = re.compile("[上里中内下]$")
LEAST, MOST = 2, 40  # characters of a thing; of the words it is looked for in
ABSTRACT = "-"
"""What stands in the place of a noun for a word that names no thing: 在占地20亩的|情况下."""


def described(part: QuantityContext) -> str:
    """The thing with the dimension that the quantity gives of it; "" where it describes none."""
    text, at = part.text, part.at.end
    if text[at : at + 1] in _ACROSS and text.startswith("的", at + 1):
        dimension, at = text[at], at + 2
    elif text.startswith("的", at):
        before, at = _NEAR.sub("", part.before), at + 1
        dimension = next((word for word in _nouns() if before.endswith(word)), "")
    else:
        return ""
    thing = _thing(text[at : min(part.clause.end, at + MOST)]) if dimension else ""
    return thing + _nouns()[dimension] if thing else ""


def _thing(words: str) -> str:
    """What stands at the head of some words, up to a mark, a verb or another quantity."""
    words = _ENDS.split(words, maxsplit=1)[0]
    acts = (at for at in range(LEAST, len(words) - 1) if words[at : at + 2] in verbs())
    words = words[: next(acts, len(words))].removesuffix("主体")  # 水库主体|完工
    thing = trimmed(_WHERE.sub("", words))
    return thing if len(thing) >= LEAST and not thing.endswith(_abstract()) else ""


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    """The noun of each dimension, the longest word first."""
    rows = [row for row in cells(Path(__file__).with_suffix(".tsv")) if row[1] != ABSTRACT]
    return dict(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=1)
def _abstract() -> tuple[str, ...]:
    rows = cells(Path(__file__).with_suffix(".tsv"))
    return tuple(word for word, noun in rows if noun == ABSTRACT)
