"""Which kind of thing a description asks for, and whether what has a name is of another one.

A list of 合作社或家庭农场 has no person and no town among its rows, however likely a small model
finds them; what a description asks for in words that no name ends in (一个典型) may be anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.types import NameKind
from summarizer.zh.asked_words import asks_another_level, first_clause
from summarizer.zh.lexicon import by_kind
from summarizer.zh.names.table import rows

_ENDS = re.compile(
    "(?:{})$".format(
        "|".join(sorted((row["suffix"] for row in rows("suffixes.tsv")), key=len, reverse=True))
    )
)
_OF_PERSON = re.compile(
    "(?:{})$".format(by_kind(Path(__file__).with_name("asked_words.tsv"))["of_person"])
)
_PLACES: tuple[NameKind, ...] = ("place", "village")


@lru_cache(maxsize=256)
def _asked(about: str) -> tuple[str, ...]:
    """What the first clause of a description asks for, one after the other."""
    return tuple(one for one in re.split("[、或和及]", first_clause(about)) if one)


def asks_another_kind(about: str, name: str, kind: NameKind) -> bool:
    """Whether a description asks for what no such name can be: a firm, and this is a person.

    >>> about = "一个作典型的合作社、家庭农场或村集体"
    >>> [asks_another_kind(about, *one) for one in (("李杰", "person"), ("桐树镇", "place"))]
    [True, True]
    >>> [asks_another_kind(about, *one) for one in (("红旗村", "village"), ("某", "organisation"))]
    [False, False]
    >>> lists = ("合作社或带头人", "一个典型", "一个村")
    >>> [asks_another_kind(one, "李杰", "person") for one in lists]
    [False, False, True]
    """
    asked = _asked(about)
    if not any(_ENDS.search(one) for one in asked):
        return False
    if kind == "person":
        return not any(_OF_PERSON.search(one) for one in asked)
    return kind in _PLACES and all(asks_another_level(one, name, inside=True) for one in asked)
