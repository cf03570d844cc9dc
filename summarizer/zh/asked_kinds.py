"""Which kind of thing a description asks for, and whether what has a name is of another one.

A list of 合作社或家庭农场 has no person and no town among its rows, however likely a small model
finds them; what a description asks for in words that no name ends in (一个典型) may be anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import and_
from pathlib import Path

from summarizer.types import NameKind
from summarizer.zh.asked_words import first_clause
from summarizer.zh.lexicon import by_kind
from summarizer.zh.names.table import rows
from summarizer.zh.script import fold

_KINDS = {row["suffix"]: row["kind"] for row in rows("suffixes.tsv")}
_ENDS = re.compile("(?:{})$".format("|".join(sorted(_KINDS, key=len, reverse=True))))
_WORDS = by_kind(Path(__file__).with_name("asked_words.tsv"))
_OF_PERSON = re.compile(f"(?:{_WORDS['of_person']})$")
_OF_PLACE = re.compile(_WORDS["of_place"])
# levels of places: villages, townships, counties
_LEVELS = (
    "(?:村|屯|社区)",
    "(?:镇|乡|街道)",
    "(?:县|市|旗|州|(?<![社小园景校库灾山片])区)",
)
_ASKED = [re.compile(f"{level}(?:$|[或和、名叫(（])") for level in _LEVELS]
_OF_LEVEL = [re.compile(f"{level}$") for level in _LEVELS]
_PLACES: tuple[NameKind, ...] = ("place", "village")


def _asked(about: str) -> tuple[str, ...]:
    """What the first clause of a description asks for, one after the other."""
    return tuple(one for one in re.split("[、或和及]", first_clause(about)) if one)


@lru_cache(maxsize=256)
def _kinds(about: str) -> frozenset[str]:
    """The kinds of names that a description asks for, by the word it ends in; 小区 is no 区."""
    found = {_KINDS[end[0]] for one in _asked(about) if (end := _ENDS.search(one))}
    return frozenset(found if asks_level(about) else found - {*_PLACES})


def is_place(kind: NameKind) -> bool:
    """Whether a name of such a kind is a place's."""
    return kind in _PLACES


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
    may_differ = is_place(kind) and bool(kinds - {*_PLACES})
    levels = _levels_of(name)
    return (
        may_differ and bool(levels) and not any(one.search(first_clause(about)) for one in levels)
    )


def asks_place(about: str, place: str) -> bool:
    """Whether a description asks for a place such as one: of its level, or where something is.

    >>> [asks_place(about, "大坪镇") for about in ("所在乡镇", "乡镇名称", "发生地点", "所在的县")]
    [True, True, True, False]
    >>> [asks_place(about, "大坪镇") for about in ("镇长姓名", "哪个镇的企业")]
    [False, False]
    """
    first, level = first_clause(about), re.escape(fold(place)[-1:])
    return bool(re.search(f"{level}(?:$|[名叫或和、(（])", first) or _OF_PLACE.search(first))


def asks_level(about: str) -> bool:
    """Whether a description asks for places of one level.

    >>> [asks_level(about) for about in ("受灾的一个村", "一个县(市、区)", "一个老旧小区")]
    [True, True, False]
    """
    first = first_clause(about)
    return any(form.search(first) for form in _ASKED)


def _levels_of(place: str) -> list[re.Pattern[str]]:
    """The levels of places that a name is of, each as what says it: 镇 is one of 镇乡街道."""
    name = fold(place)
    return [re.compile(level) for level in _LEVELS if re.search(f"{level}$", name)]


def asks_another_level(about: str, place: str) -> bool:
    """Whether a description asks for places of one level, and not for one such as this.

    >>> [asks_another_level(about, "大坪镇") for about in ("受灾的一个村", "一个乡镇", "一家企业")]
    [True, False, False]
    >>> [asks_another_level("一个乡镇", one) for one in ("城关街道", "柳湾村", "柳湾小学")]
    [False, True, False]
    """
    first, name = first_clause(about), fold(place)
    own = [level.search(name) is not None for level in _OF_LEVEL]
    asked = [form.search(first) is not None for form in _ASKED]
    return any(asked) and any(own) and not any(map(and_, asked, own))


def kinds_named(about: str) -> list[str]:
    """The kinds of thing that a description names, none of which is the name of one.

    >>> kinds_named("渔政执法艇的船名,照抄原文")
    ['渔政执法艇', '船名', '照抄原文']
    """
    return re.split("[的,，;；。、:：()（）]", fold(about))


def is_kind(name: str, about: str) -> bool:
    """Whether a name is no more than what the first clause of a description asks for.

    >>> about = "被点名的一所幼儿园或学校;如县直幼儿园"
    >>> [is_kind(name, about) for name in ("幼儿园", "不合格的学校", "县直幼儿园", "小天鹅幼儿园")]
    [True, True, False, False]
    >>> is_kind("不合格的", about)
    False
    """
    own = fold(name).removesuffix("的").rsplit("的", 1)[-1]
    asked = re.split("[的、或和]", first_clause(about))
    return any(one.endswith(own) for one in asked)
