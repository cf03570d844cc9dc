"""Dates and deadlines as whole phrases, and the days that they mean: 2024年12月底前, 每月5日前.

The grammar finds the dates that have digits; a phrase is such a date with the words that belong to
it, or one of words alone (今年底, 上半年). 今年 and 12月 are told against the report's year, and
what is told so is marked as derived.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from summarizer.types import Bound, Mention, Span
from summarizer.zh.date_pattern import DASH, EACH, is_at_most, number
from summarizer.zh.named_years import Dated, dated

_FROM_QUARTER = re.compile(rf"[一二三1-3]{DASH}第?$")  # 一至|三季度
_TO_NOW = re.compile("至今(?!年)|以来|到现在")
_WITHIN = re.compile("(?:以|之)?内")
_IS_WITHIN = re.compile(f"(?:{_WITHIN.pattern})$")
_LENGTH = re.compile("(?:[一数几]个?|半个?)(?:年半?|月|季度|星期|周|天|小时|[日月])(?:以|之)?内")
_HAN_MONTH = re.compile("[一二三四五六七八九十]+月(?:以|之)?内")  # 一月内: in January, or a month


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A phrase: its place in the text, its words, and what is known of the days that it means.

    A stretch from one date to another is the `whole` of both, and they are each a `part` of it.
    """

    span: Span
    text: str
    start: str | None = None
    end: str | None = None
    bound: Bound = "exact"
    derived: bool = False
    extent: Literal["", "part", "whole"] = ""


def date_phrases(
    text: str, mentions: Sequence[Mention], year: int | None = None, month: int | None = None
) -> list[DatePhrase]:
    """The dates and deadlines of a text whose mentions are known.

    `year` is the report's own, and `month` the one of it in which the report speaks.

    >>> from summarizer.zh.quantities import find_mentions
    >>> text = "2024年底前整改,收到资金后30日内拨付,60日以内完成"
    >>> [(p.text, p.end, p.bound) for p in date_phrases(text, find_mentions(text))][:2]
    [('2024年底前', '2024-12-31', 'at_most'), ('30日内', None, 'at_most')]
    >>> [(p.text, p.bound) for p in date_phrases(text, find_mentions(text))][2:]
    [('60日以内', 'at_most')]
    >>> [(p.text, p.start, p.derived) for p in date_phrases("明年上半年", (), 2023)]
    [('明年上半年', '2024-01-01', True)]
    >>> [(p.start, p.end) for p in date_phrases("2024年3月中旬前", ())]
    [('2024-03-11', '2024-03-20')]
    >>> [p.end for p in date_phrases("2022年开工、次年6月底前完工", (), 2024)]
    ['2022-12-31', '2023-06-30']
    >>> [(p.text, p.start, p.end) for p in date_phrases("3月1日至5日", (), 2024)][-2:]
    [('3月1日至5日', '2024-03-01', '2024-03-05'), ('5日', '2024-03-05', '2024-03-05')]
    """
    counted = [m.at for m in mentions if m.quantity is not None]
    found: list[DatePhrase] = []
    for one in dated(text, year, month):
        if any(Span(*one.match.span()).overlaps(at) for at in counted):
            continue
        phrase = _resolved(one)
        if one.is_joined and found and found[-1].extent == "":
            first = found.pop()
            own = bool(one.match["relative"]) or first.derived
            found += _joined(first, replace(phrase, derived=phrase.derived and own), text)
        else:
            found.append(phrase)
    lengths = [Span(*match.span()) for match in _LENGTH.finditer(text)]
    for mention in mentions:
        within = _WITHIN.match(text, mention.at.end) or _IS_WITHIN.search(text, 0, mention.at.end)
        if within and mention.quantity is not None and mention.quantity.kind == "duration":
            lengths.insert(0, Span(mention.at.start, within.end()))
    for span in lengths:
        if not any(span.overlaps(phrase.span) for phrase in found):
            found.append(DatePhrase(span, text[span.slice], bound="at_most"))
    return sorted(found, key=lambda phrase: phrase.span)


def years_said(text: str, year: int | None) -> list[tuple[int, int, int]]:
    """The years that a text names: where, the first and the last; 今年 is told by `year`.

    >>> years_said("2021—2023年累计,今年增长", 2024)
    [(0, 2021, 2023), (13, 2024, 2024)]
    """
    return [
        (one.match.start(), one.year, one.last_year)
        for one in dated(text, year)
        if one.year is not None
        and one.last_year is not None
        and (one.match["year"] or one.match["relative"])
    ]


def _resolved(one: Dated) -> DatePhrase:
    """A date as a phrase with its first and last day, where its year is known."""
    match, span = one.match, Span(*one.match.span())
    starts = (match["tail"] or "").endswith(("后", "起"))
    bound: Bound = "at_least" if starts else "at_most" if is_at_most(match) else "exact"
    days = _iso(match["iso"]) if match["iso"] else _days(one)
    if days is None or any(match[name] for name in EACH) or _HAN_MONTH.fullmatch(match[0]):
        return DatePhrase(span, match[0], bound=bound)
    first, last = days
    derived = not (match["year"] or match["iso"])
    return DatePhrase(span, match[0], first.isoformat(), last.isoformat(), bound, derived)


def _joined(first: DatePhrase, last: DatePhrase, text: str) -> list[DatePhrase]:
    """Two dates and the stretch from one to the other; one that would run backwards has no days."""
    start, end, derived = first.start, last.end, first.derived or last.derived
    if start is None or end is None or end < start:
        start, end, derived = None, None, False
        last = replace(last, start=None, end=None, derived=False)
    span = Span(first.span.start, last.span.end)
    whole = DatePhrase(span, text[span.slice], start, end, "exact", derived, "whole")
    return [replace(first, extent="part"), whole, replace(last, extent="part")]


def _days(one: Dated) -> tuple[date, date] | None:
    """The first and the last day; None for a day that there is none of, or of no month."""
    if one.year is None or one.last_year is None or _is_open(one.match):
        return None
    parts = one.match.groupdict()
    part, first_month = parts["part"] or "", one.first_month
    low, high = 1, 12
    if parts["half"] or parts["quarter"]:
        assert first_month is not None, one
        low, high = first_month, 6 * (1 + (first_month > 6))
        high = 3 * number(parts["quarter"]) if parts["quarter"] else high
    elif parts["month"] or one.month:
        low = number(parts["month"]) if parts["month"] else one.month or 0
        high = number(parts["last_month"]) if parts["last_month"] else low
    elif parts["day"] or part in ("月底", "月末", "月初", "季末"):
        return None
    try:
        first = date(one.year, low, 1)
        last = date(one.last_year, high, monthrange(one.last_year, high)[1])
        if parts["day"]:
            first = first.replace(day=number(parts["day"]))
            last = first.replace(day=number(parts["last_day"])) if parts["last_day"] else first
        elif parts["month"] and one.year != one.last_year:
            first = first.replace(month=1)  # 2020年—2024年6月
    except ValueError:
        return None
    if last < first:  # 2023年12月至2月: of which year nobody says
        return None
    if part[-1:] in ("底", "末"):
        return last, last
    if part[-1:] == "旬" and not parts["last_month"]:
        at = "上中下".index(part[0])
        end = last if at == 2 else first.replace(day=10 * at + 10)
        return first.replace(day=10 * at + 1), end
    return (first, first) if part[-1:] == "初" else (first, last)


def _is_open(match: re.Match[str]) -> bool:
    """Whether the words of a date are one end of a stretch whose other end is not among them."""
    is_last = match["quarter"] and _FROM_QUARTER.search(match.string[: match.start()])
    return bool(is_last or _TO_NOW.match(match.string, match.end()))


def _iso(text: str) -> tuple[date, date] | None:
    try:
        day = date(*(int(part) for part in re.split(r"[-./]", text)))
    except ValueError:
        return None
    return day, day
