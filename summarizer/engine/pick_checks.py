"""What rules know against a pick: another year, another region, a plan's number. One line each.

They refuse only what the words around the number say themselves; all else is the model's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from summarizer.engine.candidates import Candidate
from summarizer.engine.field_types import FieldType
from summarizer.fields import Day, Hints, hints
from summarizer.zh.date_phrases import years_said
from summarizer.zh.script import fold

_CLAUSES = re.compile(r"[,，;；、。!！?？\n]")
_COMPARED = re.compile(r"(?:比|较|同|与|自|从|相比|对比|超|高于|低于|相对)\s*$")
_AIM = re.compile(r"目标|预期|力争|计划|确保|争取|拟|将达|奋斗")
_MET = re.compile(r"(?:完成|超额|实现|达到|占|高于|超过)[^,，;；。]{0,12}(?:目标|预期|计划)")
_YEARS = (
    r"[两二三四五六七八九十\d]+年(?:来|间|以来|内|里|期间)?|任期以来"
    r"|十[一二三四五]五”?(?:时期|期间|以来)?"
)
_SUMMED = re.compile(
    rf"(?:{_YEARS})[^;；。]*(?:累计|合计|总共|共)[^,，;；。]*$|年均(?:增长|递增|增|下降|减少)[^,，;；。]*$"
)
_BESIDE = re.compile(r"(?:邻近|相邻|邻|周边|兄弟|毗邻)的?[一-鿿]{0,6}[县市区州旗省]")
_OWN = re.compile(r"[,，;；。](?:而?我们|[全我][县市区州旗镇乡])")
_PART = re.compile(
    r"(?:第?[一二三四1-4]|前[两三二]个?)季度|[上下]半年|单季|(?<!\d)1[-—–至到]\d{1,2}月"
)
_AVERAGE = re.compile(r"^的?[“\"]?[一-鿿]{0,5}平均(?:线|水平|值|数)")
_YEAR_ASKED = re.compile("上年|去年|今年|本年(?!末)")
_LEVELS = "国省市州县区旗镇乡村"
_WHOLE = re.compile(rf"^(?:[^,，]{{0,8}}[年月])?[全我]([{_LEVELS}])")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the report that a number stands in: its year and its place."""

    year: int | None = None
    place: str = ""


def fault(tree: FieldType, candidate: Candidate, about: str, setting: Setting) -> str:
    """Why a pick cannot be this place, as a Chinese line, or nothing. `about` is the field's."""
    said, words = told(tree.marks, about), f"“{candidate.text}”"
    if not candidate.fits(tree):
        return f"{words}不是要的那种{_wanted(tree)},请选别的代号或写 null"
    if other := _other_year(said, candidate, setting):
        return f"{words}是{other}的数,要的是{_asked_year(said, setting)}年的,请改选或写 null"
    if said.year is not None and _SUMMED.search(_before(candidate)):
        return f"{words}是几年累计的数,要的是一年的,请改选或写 null"
    if said.year is not None and (part := _part_of_year(candidate, about)):
        return f"{words}是{part}的数,要的是全年的,请改选或写 null"
    is_past = said.goal is None and (said.year or 0) < 0
    if (is_past or said.goal is False) and _is_aim(candidate):
        return f"{words}是目标、计划数,要的是已经实现的数,请改选或写 null"
    if said.goal and not _is_aim(candidate):
        return f"{words}不是目标、计划数,请改选或写 null"
    if region := _other_region(candidate, about, setting):
        return f"{words}是{region}的数,要的是{setting.place or '本地'}的,请改选或写 null"
    return ""


def told(marks: Iterable[Any], about: str) -> Hints:
    """The hints of a field; its year is that of its first words (上年…, 今年…) where none is given.

    >>> told((), "上年地区生产总值").year, told((), "地区生产总值").year
    (-1, None)
    """
    said = hints(marks)
    if said.year is None and (match := _YEAR_ASKED.match(about)):
        return replace(said, year=0 if match[0] in ("今年", "本年") else -1)
    return said


def _wanted(tree: FieldType) -> str:
    if tree.pick is not None and issubclass(tree.pick, Day):
        return "日期"
    return f"数量(单位{tree.unit})" if tree.unit else "数量"


def _asked_year(said: Hints, setting: Setting) -> int | None:
    return None if said.year is None or setting.year is None else setting.year + said.year


def _other_year(said: Hints, candidate: Candidate, setting: Setting) -> str:
    """The year that the words before a number name, where it is not the one asked for.

    The last year of the sentence before the number counts; a year that is compared with (比上年,
    较2020年) is nobody's.
    """
    asked = _asked_year(said, setting)
    if asked is None:
        return ""
    before = _before(candidate)
    named = [
        (first, last)
        for at, first, last in years_said(before, setting.year)
        if not _COMPARED.search(before[:at])
    ]
    if not named or named[-1][0] <= asked <= named[-1][1]:
        return ""
    first, last = named[-1]
    return f"{first}年" if first == last else f"{first}—{last}年"


def _part_of_year(candidate: Candidate, about: str) -> str:
    """The part of a year that the words before a number name last, where no year came after it."""
    before = re.split("[;；]", _before(candidate))[-1]
    parts = [m for m in _PART.finditer(before) if not _COMPARED.search(before[: m.start()])]
    if not parts or parts[-1][0] in about or "全年" in before[parts[-1].end() :]:
        return ""
    return parts[-1][0]


def _is_aim(candidate: Candidate) -> bool:
    """Whether a number is one of a plan, by its section or by the words around it."""
    if candidate.sentence.section_kind == "plans":
        return True
    words = _MET.sub("", _before(candidate)) + _behind(candidate)
    return _AIM.search(words) is not None


def _other_region(candidate: Candidate, about: str, setting: Setting) -> str:
    """The region whose number it is, where that is wider than the report's: 全省, 全国.

    The last clause before the number that opens with a region says whose it is.
    """
    own = setting.place[-1:]
    before = _before(candidate)
    beside = list(_BESIDE.finditer(before))
    if beside and not _OWN.search(before, beside[-1].end()):
        return beside[-1][0]
    if average := _AVERAGE.match(_behind(candidate)):
        return average[0].removeprefix("的")
    if not own or own not in _LEVELS:
        return ""
    for clause in reversed(_CLAUSES.split(_before(candidate))):
        if match := _WHOLE.match(clause.strip()):
            wider = _LEVELS.index(match[1]) < _LEVELS.index(own)
            return f"全{match[1]}" if wider and f"全{match[1]}" not in about else ""
    return ""


def _before(candidate: Candidate) -> str:
    start = candidate.at.start - candidate.sentence.span.start
    return fold(candidate.sentence.text)[:start]


def _behind(candidate: Candidate) -> str:
    """The rest of its clause."""
    end = candidate.at.end - candidate.sentence.span.start
    return _CLAUSES.split(fold(candidate.sentence.text)[end:])[0]
