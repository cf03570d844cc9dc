"""The year and the month that a date without its own is of, by those that its sentence names.

2021年3月开工,12月建成 ends in 2021; 12月 alone is of the report's year. Where the words leave it
open there is none: 12月底前完成80%,3月底前全部完成 may end in the next year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.zh.date_pattern import (
    AFTER_NAMED,
    DASH,
    EACH,
    PHRASE,
    RELATIVE,
    is_at_most,
    is_date,
    number,
)
from summarizer.zh.segment import SectionKind

_JOINT = re.compile(rf"[^\S\t\n]*{DASH}+[^\S\t\n]*")  # what lies between two cells joins nothing
_CLAUSE_END = re.compile("[,，;；。]")
_COMPARED_BY = re.compile("(?:[比较]|相对于?|[高低快慢]于)$")
_COMPARED = re.compile("[与同和跟]$")
_COMPARING = re.compile("[^,，;；。]{0,8}(?:相?比|持平|一样)")
_TITLED = re.compile("《[^》]*$")
_GOAL = re.compile("(?<!截)[到至]$")
_ONGOING = re.compile("以来")
_WHICH = re.compile("[^,，;；。]{0,12}的")  # 2022年签约的项目已于5月30日终止
_OPENS = re.compile("(?:^|[,，;；。:：])[于在从自]?$")
_FAR_BACK = 6  # months by which a deadline is before what is told before it: it is the next year's


@dataclass(frozen=True, slots=True)
class Now:
    """When a report speaks: the year that its 今年 is, and the month, where they are known.

    Of one that `is_ending` the plans are the next year's: what 今年 is among them nobody says.
    """

    year: int | None = None
    month: int | None = None
    is_ending: bool = False

    def within(self, section: SectionKind) -> Now:
        """When it speaks in a section of that kind."""
        return Now() if self.is_ending and section == "plans" else self


@dataclass(frozen=True, slots=True)
class Dated:
    """A match, with the year and the month that it is of, where they are known.

    `is_joined` says that it ends what the match before it begins (3月1日至[5月31日]).
    """

    match: re.Match[str]
    year: int | None = None
    month: int | None = None
    is_joined: bool = False

    @property
    def last_year(self) -> int | None:
        """The year in which it ends."""
        return int(self.match["last_year"] or self.year) if self.year is not None else None

    @property
    def first_month(self) -> int | None:
        """The month in which it begins; None for a year alone."""
        if half := self.match["half"]:
            return 1 if half[0] == "上" else 7
        if quarter := self.match["quarter"]:
            return 1 if self.match["since"] else 3 * number(quarter) - 2
        if month := self.match["month"]:
            return number(month)
        end = (self.match["part"] or "").removeprefix("年")  # 今年|底, 年底; not 月底
        return self.month or {"底": 12, "末": 12, "初": 1}.get(end)


def dated(text: str, year: int | None, month: int | None = None) -> Iterator[Dated]:
    """The dates of a sentence; `year` and `month` are those in which the report speaks.

    次年 and 同年 are told from the last year that was named.

    >>> [one.year for one in dated("2021年3月开工,12月建成,今年6月验收", 2024)]
    [2021, 2021, 2024]
    >>> [one.year for one in dated("2021年11月开工,3月建成", 2024)]
    [2021, None]
    >>> [one.year for one in dated("2023年下达,6月底前用完", 2024)]
    [2023, None]
    >>> [one.year for one in dated("1月底前完成", 2024, 10)]
    [None]
    >>> [one.month for one in dated("5月20日会议要求,月底前报送,每月5日前,月底前", 2024)]
    [5, 5, None, None]
    """
    named: int | None = None
    leading: Dated | None = None  # what names the year that holds for those behind it
    last: Dated | None = None
    for match in PHRASE.finditer(text):
        if not is_date(match):
            continue
        joined_to = last if last is not None and _is_joint(last.match, match) else None
        own_month = _month(match)
        if match["relative"] in AFTER_NAMED:
            known = None if named is None else named + AFTER_NAMED[match["relative"]]
        elif _names_year(match):
            known = _own_year(match, year)
        elif own_month is None and last is not None and (joined_to or _is_of_month(match)):
            known, own_month = last.year, last.month
        elif joined_to or leading is not None or not _is_past(match, last, month):
            known = joined_to.year if joined_to else _held(match, leading, last, year)
        else:
            known = None
        last = Dated(match, known, own_month, joined_to is not None)
        if _names_year(match):
            leading = leading if _is_aside(match) else last
            named = named if known is None or match["relative"] in AFTER_NAMED else last.last_year
        yield last


def _held(
    match: re.Match[str], leading: Dated | None, last: Dated | None, year: int | None
) -> int | None:
    """The year of a date without its own: the report's, or the one that its sentence named."""
    if leading is None or leading.last_year == year:
        return None if _is_passed(match, leading, last) else year
    lead = leading.match
    if leading.year is None or lead["last_year"]:
        return None
    text, is_alone = match.string, leading.first_month is None
    if _GOAL.search(text[: lead.start()]) or _ONGOING.match(text, lead.end()):
        return None
    if is_at_most(match) and year is not None and leading.year < year:
        return year if is_alone and not _OPENS.search(text[: lead.start()]) else None
    if is_alone and not _CLAUSE_END.search(text, lead.end(), match.start()):
        return None
    begun, begins = last and last.first_month, Dated(match).first_month
    return None if begun and begins and begins < begun else leading.year


def _is_passed(match: re.Match[str], leading: Dated | None, last: Dated | None) -> bool:
    """Whether a date would be before what is told before it, were both of the report's year.

    One behind a month with a year (2024年11月开工,3月建成); a deadline behind another (年底前报送,
    3月底前完成), or half a year before a month (11月开工,3月底前完工; not 9月开学,8月底前报到).
    """
    begun, begins = last and last.first_month, Dated(match).first_month
    if last is None or not begun or not begins:
        return False
    if last is leading:
        return begins < begun
    if not is_at_most(match):
        return False
    open_before = is_at_most(last.match) and (last.year is None or begins < begun)
    return open_before or begun - begins >= _FAR_BACK


def _is_past(match: re.Match[str], last: Dated | None, month: int | None) -> bool:
    """Whether a deadline would be over before the month in which the report speaks.

    Behind a day of what is told (9月12日要求,9月底前整改) it may well be.
    """
    begins = Dated(match).first_month
    is_told = last is not None and last.year is not None
    return bool(is_at_most(match) and month and begins and begins < month and not is_told)


def _names_year(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("year", "iso", "relative"))


def _own_year(match: re.Match[str], year: int | None) -> int | None:
    if match["relative"]:
        return None if year is None else year + RELATIVE[match["relative"]]
    return number(match["year"] or match["iso"][:4])


def _month(match: re.Match[str]) -> int | None:
    """The one month that a date names."""
    if match["iso"]:
        return int(re.split("[-./]", match["iso"])[1])
    return number(match["month"]) if match["month"] and not match["last_month"] else None


def _is_of_month(match: re.Match[str]) -> bool:
    """Whether a date is the end or the beginning of a month that it does not name."""
    part = match["part"] or ""
    return part[:1] == "月" and not any(match[name] for name in ("month", *EACH))


def _is_joint(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two dates are the ends of one stretch of time."""
    is_year = _names_year(first) and Dated(first, month=_month(first)).first_month is None
    joint = _JOINT.fullmatch(first.string, first.end(), second.start())
    return joint is not None and (not is_year or _names_year(second))


def _is_aside(match: re.Match[str]) -> bool:
    """Whether a year is compared with, says which thing is meant, or stands in a title."""
    before = match.string[: match.start()]
    if _COMPARED_BY.search(before) or _TITLED.search(before):
        return True
    if match[0].endswith("度") or _WHICH.match(match.string, match.end()):
        return True
    return bool(_COMPARED.search(before) and _COMPARING.match(match.string, match.end()))
