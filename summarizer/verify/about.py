"""Title, place, period and publisher of a report: only what its text says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.clean import CleanText
from summarizer.script import fold

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-./]\d)")
_LAST_YEAR = re.compile(r"一年来|过去的?一年|去年以来|全年|年度总结")
_THIS_YEAR = re.compile(r"今年|本年")


@dataclass(frozen=True, slots=True)
class About:
    """What a report says of itself; None where it says nothing."""

    title: str | None
    place: str | None
    period: str | None
    publisher: str | None


def about(text: CleanText) -> About:
    """The first candidate of each kind, and the year the report speaks of."""
    first: dict[str, str] = {}
    for candidate in text.candidates:
        first.setdefault(candidate.kind, candidate.text)
    return About(
        title=first.get("title"),
        place=first.get("place"),
        period=_period(fold(text.kept), first.get("title", ""), first.get("date", "")),
        publisher=first.get("publisher"),
    )


def _period(body: str, title: str, published: str) -> str | None:
    """The reporting year.

    A year in the title, else the year of publication (the one before it for a look back that came
    out in its first two months), else the year that the body names most, the latest of several;
    今年 where no year is given at all.
    """
    in_title = re.search(r"((?:19|20)\d\d)年", title)
    if in_title:
        return in_title[0]
    date = re.search(r"((?:19|20)\d\d)\D{1,2}(\d{1,2})", published)
    if date:
        year = int(date[1])
        early = int(date[2]) < 3 and str(year - 1) in body
        return f"{year - 1 if early and _LAST_YEAR.search(body) else year}年"
    years = _YEAR.findall(title + body)
    if years:
        return f"{max(years, key=lambda year: (years.count(year), year))}年"
    this = _THIS_YEAR.search(body)
    return this[0] if this else None
