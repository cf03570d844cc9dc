"""Title, place, period and publisher of a report: only what its text says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from summarizer.documents.clean import CleanText
from summarizer.documents.clean.lines import matching
from summarizer.types import Span
from summarizer.zh.script import fold

_IN_TITLE = re.compile(
    r"(?:19|20)\d\d[-—–~至](?:(?:19|20)\d\d|\d\d)(?:财政|学)?年度?"
    r"|(?:中华)?民国\d{2,3}年度?|(?<![\d第])(?:9\d|1\d\d)年度|(?:19|20)\d\d年"
)
_TAKES_STOCK = re.compile("公报|普查|总结|小结|汇报|报告|年报|统计")
_OPENS = re.compile(
    r"(?:截至|截止|以)?((?:19|20)\d\d年)"
    r"(?:末|底|度|全年|,|\d{1,2}月(?:\d{1,2}日(?:零时|0时)|底|末))"
)
_FISCAL = re.compile(r"(?:19|20)\d\d[-—–/](?:(?:19|20)\d\d|\d\d)(?:财政)?年度")
_REVIEW = re.compile(r"((?:19|20)\d\d年)度?(?:政府|主要)?工作(?:回顾|总结|情况|完成情况)")
_PORTRAIT = re.compile("事迹|见闻|侧记|[-—]+记")
_YEAR = re.compile(
    r"(?<!\d)(?<![,。;:\n]到)(?<!力争)(?<!力争到)(?<!计划到)((?:19|20)\d\d)(?:年|[-./]\d)"
)
_OTHER = re.compile(r"[自从比较]\s*$")  # 自|2022年以来, 比|2021年增长
_BEGAN = re.compile(  # 2017|年至今
    r"年?(?:\d{1,2}月(?:份|\d{1,2}日)?)?(?:至今|起(?!草)|始建)"
)
_OFFICE_OF = re.compile(  # 临湖县|农业农村局
    r"(?![省市县区镇乡国全州])([一-鿿]{1,6}?(?:自治县|县|市|区|旗|镇|乡))"
    r"(?=[一-鿿]{0,14}(?:局|委员会|委|办公室|办|政府|处|厅|中心)$)"
)
_LAST_YEAR = re.compile(r"一年来|过去的?一年|去年以来|全年|年度总结")
_THIS_YEAR = re.compile(r"今年|本年")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a report says of itself; None where it says nothing."""

    title: str | None
    place: str | None
    period: str | None
    publisher: str | None


def document_facts(text: CleanText) -> DocumentFacts:
    """The first candidate of each kind, and the year the report speaks of."""
    first: dict[str, str] = {}
    for candidate in text.candidates:
        first.setdefault(candidate.kind, candidate.text)
    return DocumentFacts(
        title=first.get("title"),
        place=first.get("place") or _of_office(first.get("publisher", "")),
        period=_period(text, first.get("title", ""), first.get("date", "")),
        publisher=first.get("publisher"),
    )


def _of_office(publisher: str) -> str | None:
    """The place whose office published a text that names none itself (全县春耕进展情况)."""
    match = _OFFICE_OF.match(fold(publisher))
    return publisher[match.start(1) : match.end(1)] if match else None


def _period(text: CleanText, title: str, published: str) -> str | None:
    """The reporting year, in the words of the text.

    A year in the title; what a report that takes stock opens with or looks back on; the year of
    publication (the one before it for a look back that came out in its first two months); the year
    that the body names most, the latest of several, but of no portrait, which spans many; 今年
    where no year is given at all.
    """
    head = matching(title)
    if in_title := _IN_TITLE.search(head):
        return title[slice(*in_title.span())]
    if counted := _counted(text, head):
        return text.text[counted.slice]
    body = fold(text.kept)
    date = re.search(r"((?:19|20)\d\d)\D{1,2}(\d{1,2})", published)
    if date:
        year = int(date[1])
        early = int(date[2]) < 3 and str(year - 1) in body
        return f"{year - 1 if early and _LAST_YEAR.search(body) else year}年"
    years = Counter(() if _PORTRAIT.search(head) else _years(head + body))
    if years:
        return f"{max(years, key=lambda year: (years[year], year))}年"
    this = _THIS_YEAR.search(body)
    return this[0] if this else None


def _years(text: str) -> list[str]:
    """The years of a text, but those in which something merely began, or that others are held to.

    >>> _years("2017年至今移栽40万株,自2016年以来,2020年种树3亩,比2019年多")
    ['2020']
    >>> _years("2023年建成道路30公里")
    ['2023']
    """
    found = _YEAR.finditer(text)
    return [
        match[1]
        for match in found
        if not _OTHER.search(text, max(0, match.start() - 2), match.start())
        and not _BEGAN.match(text, match.end(1))
    ]


def _counted(text: CleanText, title: str) -> Span | None:
    """Where a report says which year it counts: its first sentence, or a heading that looks back.

    `title` is given as `matching` gives it.
    """
    folded = matching(text.text)
    own = [region for region in text.regions if region.kind in ("body", "heading")]
    first = next((region.span for region in own if "。" in folded[region.span.slice]), None)
    if first:
        sentence_end = folded.index("。", first.start)
        if fiscal := _FISCAL.search(folded, first.start, sentence_end):
            return Span(*fiscal.span())
        opens = _OPENS.match(folded, first.start, sentence_end)
        if opens and _TAKES_STOCK.search(title):
            return Span(*opens.span(1))
    for region in own:
        review = _REVIEW.search(folded, region.span.start, region.span.end)
        if review and region.kind == "heading":
            return Span(*review.span(1))
    return None
