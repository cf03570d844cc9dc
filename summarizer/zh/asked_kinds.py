"""Which kind of thing a description asks for, and whether what has a name is of another one.

A list of 合作社或家庭农场 has no person and no town among its rows, however likely a small model
finds them; what a description asks for in words that no name ends in (一个典型) may be anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.types import NameKind
from summarizer.zh.asked_words import asks_another_level, asks_level, first_clause
from summarizer.zh.lexicon import by_kind
from summarizer.zh.names.table import rows
from summarizer.zh.script import fold

_KINDS = {row["suffix"]: row["kind"] for row in rows("suffixes.tsv")}
_ENDS = re.compile("(?:{})$".format("|".join(sorted(_KINDS, key=len, reverse=True))))
_OF_PERSON = re.compile(
    "(?:{})$".format(by_kind(Path(__file__).with_name("asked_words.tsv"))["of_person"])
)
_PLACES: tuple[NameKind, ...] = ("place", "village")


def _asked(about: str) -> tuple[str, ...]:
    """What the first clause of a description asks for, one after the other."""
    return tuple(one for one in re.split("[、或和及]", first_clause(about)) if one)


@lru_cache(maxsize=256)
def _kinds(about: str) -> frozenset[str]:
    """The kinds of names that a description asks for, by the word it ends in; 小区 is no 区."""
    found = {_KINDS[end[0]] for one in _asked(about) if (end := _ENDS.search(one))}
    return frozenset(found if asks_level(about) else found - {*_PLACES})


def is_called_as(about: str, name: str) -> bool:
    """Whether a name ends as those of the kind do that a description asks for.

    >>> [is_called_as("一个受灾的乡镇或街道", name) for name in ("龙潭镇", "城关街道", "岩口")]
    [True, True, False]
    >>> is_called_as("一个工程", "羊角坝水库"), is_called_as("一个典型", "羊角坝水库")
    (True, False)
    """
    own = _ENDS.search(fold(name))
    return own is not None and _KINDS[own[0]] in _kinds(about)


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
    >>> asks_another_kind("一个老旧小区", "建华新村", "village")
    False
    """
    kinds, asked = _kinds(about), _asked(about)
    if kind == "person":
        return bool(kinds) and not any(_OF_PERSON.search(one) for one in asked)
    is_place = kind in _PLACES and bool(kinds - {*_PLACES})
    return is_place and all(asks_another_level(one, name, inside=True) for one in asked)
