"""What rules know against a pick: another year, another region, a plan's number. One line each.

They refuse only what the words around the number say themselves (`zh/number_context.py`,
`zh/aims.py`); all else is the model's to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from summarizer.documents.language import Language
from summarizer.engine.candidates import Candidate
from summarizer.engine.field_types import FieldType, is_of_dates
from summarizer.fields import Change, Hints, Percent, hints
from summarizer.zh import aims
from summarizer.zh import number_context as context
from summarizer.zh.alike_units import is_rank_moved
from summarizer.zh.measured import led_from
from summarizer.zh.named_years import Now
from summarizer.zh.script import fold
from summarizer.zh.stated_bases import without_bases
from summarizer.zh.summed import is_summed, is_yearly_mean

ADDED = ("money", "count")  # kinds of quantities of which several years have a sum
_UNKNOWN = 9000  # stands for the report's year where that is not known, to tell 上年 from it
_NEAR = 10  # years that words such as 前年 are from it at most


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the report that a number stands in: its year and its place.

    `language` is the one in which a model is asked about it, `now` tells what its 今年 is.
    """

    year: int | None = None
    place: str = ""
    language: Language = "zh"
    now: Now = field(default_factory=Now)


def fault(tree: FieldType, candidate: Candidate, about: str, setting: Setting) -> str:
    """Why a pick cannot be this place, as a Chinese line, or nothing. `about` is the field's."""
    if not candidate.fits(tree) or _is_of_ranking(tree, candidate):
        return f"“{candidate.text}”不是要的那种{_wanted(tree)},请选别的代号或写 null"
    wrong = _fault(tree, candidate, about, setting)
    return f"“{candidate.text}”{wrong},请改选或写 null" if wrong else ""


def _fault(tree: FieldType, candidate: Candidate, about: str, setting: Setting) -> str:
    """What a number of the right kind is, where that is not what the field asks for."""
    said = dated_hints(tree.marks, about)
    if wrong := _time_fault(said, candidate, about, setting):
        return wrong
    is_past = said.goal is None and (said.year or 0) < 0
    if (is_past or said.goal is False) and _is_aim(candidate, setting):
        return "是目标、计划数,要的是已经实现的数"
    if said.goal and not (_may_be_aim(candidate) or _is_deadline(candidate)):
        return "不是目标、计划数"
    if tree.pick in (Percent, Change) and context.is_share(candidate.before, about):
        return "是占某数的比例,不是增减的数"
    region = context.other_region(candidate.before, candidate.behind, setting.place)
    if not region and (said.year is not None or said.goal is not None):
        region = context.named_region(candidate.before, fold(about), setting.place)
        region = region or context.town_within(candidate.before, setting.place)
    if region and region not in about:
        return f"是{region}的数,要的是{setting.place or '本地'}的"
    return ""


def is_planned(candidate: Candidate, asked: Iterable[Hints]) -> bool:
    """Whether a number is a plan's by its own clauses, and none such is asked for."""
    before = candidate.before[led_from(candidate.before) :]
    is_aim = _is_planned(candidate) or aims.is_aim(before, candidate.behind)
    return is_aim and not any(one.goal for one in asked)


def is_of_other_year(
    candidate: Candidate, asked: Iterable[Hints], setting: Setting, *, by_sentence: bool = False
) -> bool:
    """Whether a number is of another year by its own clauses, and none such is asked for.

    上年为[5亿元] is one, and what another one is compared with: 由2022年的[50亿元]下降到45亿元.
    By its sentence it is one where an earlier clause names the year: 去年检查30家,罚款[5万元].
    """
    if any((one.year or 0) < 0 for one in asked):
        return False
    before = candidate.before[0 if by_sentence else led_from(candidate.before) :]
    own = setting.year or _UNKNOWN
    if context.base_year(candidate.before, candidate.behind, own) is not None:
        return True
    spoken = own if setting.year is None else _spoken(candidate, setting)
    years = context.other_years(without_bases(before), spoken, own)
    return years is not None and (setting.year is not None or years[1] > _UNKNOWN - _NEAR)


def about_item(description: str | None, values: Mapping[str, Any]) -> str:
    """What a field of an item asks for: whose number it is, the item's own words may say."""
    words = (value for value in values.values() if isinstance(value, str))
    return " ".join((description or "", *words))


def dated_hints(marks: Iterable[Any], about: str) -> Hints:
    """The hints of a field; its year is that of its first word where none is given."""
    said = hints(marks)
    return said if said.year is not None else replace(said, year=context.year_asked(about))


def _is_of_ranking(tree: FieldType, candidate: Candidate) -> bool:
    """Whether a number tells how far something moved in a ranking, and persons are asked for."""
    quantity = candidate.mention.quantity if candidate.mention else None
    if quantity is None or tree.unit in (None, quantity.unit):
        return False
    return is_rank_moved(quantity, candidate.before, candidate.behind)


def _wanted(tree: FieldType) -> str:
    if is_of_dates(tree):
        return "日期"
    return f"数量(单位{tree.unit})" if tree.unit else "数量"


def _time_fault(said: Hints, candidate: Candidate, about: str, setting: Setting) -> str:
    """What the words before a number say of its time that is not what the field asks for."""
    if said.year is None:
        return ""
    if setting.year is not None:
        asked = setting.year + said.year
        spoken = _spoken(candidate, setting)
        if years := context.other_years(candidate.before, spoken, asked):
            first, last = years
            shown = f"{first}年" if first == last else f"{first}—{last}年"
            return f"是{shown}的数,要的是{asked}年的"
        own = setting.year - (0 if _is_planned(candidate) else 1)
        base = context.base_year(candidate.before, candidate.behind, own)
        if base is not None and base != asked:
            return f"是用来比较的{base}年的数,要的是{asked}年的"
    if is_summed(candidate.before, fold(candidate.sentence.lead)):
        return "是几年累计的数,要的是一年的"
    if _is_amount(candidate) and is_yearly_mean(candidate.before, fold(about)):
        return "是几年平均的数,要的是一年的"
    part = context.part_of_year(candidate.before) or context.month_of(candidate.before, fold(about))
    return "" if context.asks_part(part, about) else f"是{part}的数,要的是全年的"


def _is_amount(candidate: Candidate) -> bool:
    """Whether a number adds up over years, as money does and no concentration."""
    mention = candidate.mention
    return mention is not None and mention.quantity is not None and mention.quantity.kind in ADDED


def _spoken(candidate: Candidate, setting: Setting) -> int | None:
    """The year that 今年 is where a number stands."""
    return setting.now.within(candidate.sentence.section_kind).year


def _is_aim(candidate: Candidate, setting: Setting) -> bool:
    """Whether a number is one of a plan, by the words around it or by its section.

    One that its own words date back is none of the section's: an annex, what a goal is held to.
    """
    is_planned = _is_planned(candidate) and not _is_over(candidate, setting)
    return is_planned or aims.is_aim(candidate.before, candidate.behind)


def _is_over(candidate: Candidate, setting: Setting) -> bool:
    """Whether the words before a number name a year before the report's own."""
    if setting.year is None:
        return False
    years = context.other_years(candidate.before, _spoken(candidate, setting), setting.year)
    base = context.base_year(candidate.before, candidate.behind, setting.year)
    last = base if base is not None else years[1] if years else setting.year
    return last < setting.year


def _may_be_aim(candidate: Candidate) -> bool:
    """Whether a number may be one of a plan: a goal's pick is refused where nothing says so."""
    return _is_planned(candidate) or aims.may_be_aim(candidate.before, candidate.behind)


def _is_deadline(candidate: Candidate) -> bool:
    """Whether a date is one by which something is to be done: 12月20日前."""
    return candidate.date is not None and candidate.date.bound == "at_most"


def _is_planned(candidate: Candidate) -> bool:
    return candidate.sentence.section_kind == "plans"
