"""Dates and deadlines as whole phrases, and the days that they mean: 2024年12月底前, 每月5日前.

The grammar finds the dates that have digits; a phrase is such a date with the words that belong to
it, or one of words alone (今年底, 上半年). 今年 and 12月 are told against the report's year, and
what is told so is marked as derived.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.types import Bound, Mention, Span

_DASH = "[-—–~至到]"
_HAN = "一二三四五六七八九十"
_RELATIVE = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
}
_AFTER_NAMED = {"当年": 0, "次年": 1, "下一年": 1}
_ANY_YEAR = "|".join(sorted((*_RELATIVE, *_AFTER_NAMED), key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3}(?=年)"
_MONTH = rf"1[0-2]|0?[1-9]|十[一二]?|[{_HAN}]"
_DAY = rf"3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}]"
_PHRASE = re.compile(
    rf"(?:(?P<year>{_YEAR})(?:年?{_DASH}(?P<last_year>(?:19|20)\d\d))?年度?|(?P<iso>(?:19|20)\d\d[-./]\d\d?[-./]\d\d?)"
    rf"|(?P<relative>{_ANY_YEAR})度?|(?P<every>每年))?"
    rf"(?P<half>[上下]半年)?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<each_quarter>每季度))?"
    rf"(?:(?<!\d)(?P<month>{_MONTH})(?:月?份?{_DASH}(?P<last_month>{_MONTH}))?月份?|(?P<each>每月|次月|当月|本月|下月))?"
    rf"(?:(?<!\d)(?P<day>{_DAY})(?:{_DASH}(?P<last_day>{_DAY}))?[日号])?"
    r"(?P<part>年?(?:底|末|初|内)|月(?:底|末|初)|季末|[上中下]旬)?"
    r"(?P<tail>(?:以|之)?(?:前|内|后)|起)?"
)
_ENDS = ("half", "quarter", "month", "day", "part")
_ALONE = ("年底", "年末", "年初", "年内", "月底", "月末", "月初", "季末")
_WITHIN = re.compile("(?:以|之)?内")
_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A phrase: its place in the text, its words, and what is known of the days that it means."""

    span: Span
    text: str
    start: str | None = None
    end: str | None = None
    bound: Bound = "exact"
    derived: bool = False


def date_phrases(
    text: str, mentions: Sequence[Mention], year: int | None = None
) -> list[DatePhrase]:
    """The dates and deadlines of a text whose mentions are known; `year` is the report's own.

    >>> from summarizer.zh.quantities import find_mentions
    >>> text = "2024年底前整改,收到资金后30日内拨付"
    >>> [(p.text, p.end, p.bound) for p in date_phrases(text, find_mentions(text))]
    [('2024年底前', '2024-12-31', 'at_most'), ('30日内', None, 'at_most')]
    >>> [(p.text, p.start, p.derived) for p in date_phrases("明年上半年", (), 2023)]
    [('明年上半年', '2024-01-01', True)]
    >>> [(p.start, p.end) for p in date_phrases("2024年3月中旬前", ())]
    [('2024-03-11', '2024-03-20')]
    >>> [p.end for p in date_phrases("2022年开工、次年6月底前完工", (), 2024)]
    ['2022-12-31', '2023-06-30']
    """
    counted = [m.at for m in mentions if m.quantity is not None]
    found = [
        resolved(match, known)
        for match, known in _with_years(text, year)
        if _is_date(match) and not any(Span(*match.span()).overlaps(at) for at in counted)
    ]
    for mention in mentions:
        within = _WITHIN.match(text, mention.at.end)
        if within and mention.quantity is not None and mention.quantity.kind == "duration":
            span = Span(mention.at.start, within.end())
            found.append(DatePhrase(span, text[span.slice], bound="at_most"))
    return sorted(found, key=lambda phrase: phrase.span)


def resolved(match: re.Match[str], known: int | None) -> DatePhrase:
    """A match as a phrase with its first and last day, where its year is known."""
    parts = match.groupdict()
    span = Span(*match.span())
    tail = parts["tail"] or ""
    is_within = bool(tail) or (parts["part"] or "").endswith("内")
    bound: Bound = "at_least" if tail.endswith(("后", "起")) else "exact"
    bound = "at_most" if is_within and bound == "exact" else bound
    own = parts["year"] or parts["iso"]
    if parts["iso"]:
        days = _iso(parts["iso"])
    else:
        days = _days(known, parts) if known is not None else None
    if days is None or parts["every"] or parts["each"] or parts["each_quarter"]:
        return DatePhrase(span, match[0], bound=bound)
    first, last = days
    return DatePhrase(span, match[0], first.isoformat(), last.isoformat(), bound, own is None)


def years_said(text: str, year: int | None) -> list[tuple[int, int, int]]:
    """The years that a text names: where, the first and the last; 今年 is told by `year`.

    >>> years_said("2021—2023年累计,今年增长", 2024)
    [(0, 2021, 2023), (13, 2024, 2024)]
    """
    found = []
    for match, known in _with_years(text, year):
        parts = match.groupdict()
        if known is not None and (parts["year"] or parts["relative"]):
            found.append((match.start(), known, int(parts["last_year"] or known)))
    return found


def _with_years(text: str, year: int | None) -> Iterator[tuple[re.Match[str], int | None]]:
    """Each match with its first year; 次年 and 当年 are told from the last year that was named."""
    named: int | None = None
    for match in _PHRASE.finditer(text):
        parts = match.groupdict()
        if parts["relative"] in _AFTER_NAMED:
            yield match, None if named is None else named + _AFTER_NAMED[parts["relative"]]
            continue
        known = _year_of(parts, year)
        if parts["iso"]:
            named = int(parts["iso"][:4])
        elif known is not None and (parts["year"] or parts["relative"]):
            named = int(parts["last_year"] or known)
        yield match, known


def _is_date(match: re.Match[str]) -> bool:
    if not match[0]:
        return False
    if match["year"] or match["iso"] or match["relative"] or match["every"]:
        return True
    if match["part"] and not any(match[name] for name in ("month", "half", "quarter", "each")):
        return match["part"] in _ALONE and not match["day"]
    return any(match[name] for name in (*_ENDS, "each_quarter"))


def _year_of(parts: dict[str, str | None], year: int | None) -> int | None:
    if parts["year"]:
        return int("".join(str(_HAN_DIGITS.get(c, c)) for c in parts["year"]))
    return None if year is None else year + _RELATIVE.get(parts["relative"] or "今年", 0)


def _days(year: int, parts: dict[str, str | None]) -> tuple[date, date] | None:
    """The first and the last day; None for a day that there is none of, or of no month."""
    last_year = int(parts["last_year"] or year)
    low, high = 1, 12
    if parts["half"]:
        low, high = (1, 6) if parts["half"][0] == "上" else (7, 12)
    elif parts["quarter"]:
        quarter = _number(parts["quarter"])
        low, high = 3 * quarter - 2, 3 * quarter
    elif parts["month"]:
        low = _number(parts["month"])
        high = _number(parts["last_month"]) if parts["last_month"] else low
    elif parts["day"]:
        return None
    part = (parts["part"] or "")[-1:]
    try:
        first, last = date(year, low, 1), date(last_year, high, monthrange(last_year, high)[1])
        if parts["day"]:
            first = date(year, low, _number(parts["day"]))
            last = first.replace(day=_number(parts["last_day"])) if parts["last_day"] else first
    except ValueError:
        return None
    if part in ("底", "末"):
        return last, last
    if part == "旬" and not parts["last_month"]:
        at = "上中下".index((parts["part"] or "")[0])
        end = last if at == 2 else first.replace(day=10 * at + 10)
        return first.replace(day=10 * at + 1), end
    return (first, first) if part == "初" else (first, last)


def _iso(text: str) -> tuple[date, date] | None:
    try:
        day = date(*(int(part) for part in re.split(r"[-./]", text)))
    except ValueError:
        return None
    return day, day


def _number(text: str) -> int:
    """A month or a day, in digits or written out.

    >>> [_number(text) for text in ("09", "十二", "二十五", "三十", "八")]
    [9, 12, 25, 30, 8]
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)
