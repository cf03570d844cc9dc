"""What a text says about itself: its title, publisher, date and place. Nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from summarizer.clean.layout import Region
from summarizer.clean.places import find_place
from summarizer.types import Span

MOST_REGIONS = 200  # lines of a long text that may name its place

MOST_OPENING = 12  # lines among which a piece of news begins

CandidateKind = Literal["title", "publisher", "date", "place"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of the clean text that may be its title, publisher, date or place.

    `text` is the clean text at `span`; only a place put together from two names of one sentence is
    shorter: its span reaches from the first to the second.
    """

    kind: CandidateKind
    text: str
    span: Span


_DATE = re.compile(
    r"(?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2}|年\d{1,2}月\d{1,2}日)"
)
_PUBLISHER = re.compile(
    r"(?:来源|稿源|来自|发布机构|发布单位|发布部门|发文机关|资料来源|供稿单位)\s*:\s*"
    r"([^\s:|,。;()\[\]]{2,30}?)(?=\s|[|,。;()\[\]]|$|编辑|责任编辑|责编|作者|记者|发布|点击|浏览|阅读|字号|时间)"
)
_SITE = re.compile(r"([\w]{2,14}(?:网|网站|日报|晚报|新闻网|政府网))(?=[-—_|·\s]|$)")


_BODY = (
    r"(?:人民政府|政府|公所|办公室|办事处|委员会|管委会|党委|居委会|村委会|[一-鿿]局|[一-鿿]厅|统计局|有限公司"
    r"|公司|集团|中心|学校|中学|小学|医院|卫生院|协会|联合会|基金会|合作社|工作队|外事办|扶贫办)"
)
_TITLED = re.compile(rf"([一-鿿]{{2,24}}?{_BODY})(?=关于|(?:民国)?\d{{2,4}}年)")
_SIGNED = re.compile(rf"[一-鿿]{{2,24}}{_BODY}")
_DATED = re.compile(r"(?:(?:19|20)\d\d|二[〇○零][一-九〇○零]{2})年.{1,8}[日月]")
_SALUTES = re.compile(r"(?:尊敬的|亲爱的|敬爱的|贵)[^。]{1,30}:|.{0,30}(?:您好|你们好)[:!]")
_DATELINE = re.compile(
    r"[(【]?([一-鿿]{1,8}(?:日报|晚报|晨报|时报|新闻网|网|新华社|时刻|在线|客户端))[)】]?"
    r"(?:[一-鿿]{0,8}\d{1,2}月\d{1,2}日(?:讯|电)|讯|消息)(?=[\s:(,]|$)"
)
_XINHUA = re.compile(r"(新华社|中新社)[一-鿿]{2,8}\d{1,2}月\d{1,2}日电")


def find_candidates(text: str, folded: str, regions: Sequence[Region]) -> tuple[Candidate, ...]:
    """Candidates of every kind, the best of each kind first.

    `folded` is the text as `lines.matching` gives it.
    """
    found = [*_titles(regions), *_publishers(folded, regions), *_dates(folded, regions)]
    named = [Candidate(kind, text[span.slice], span) for kind, span in dict.fromkeys(found)]
    return (*named, *_places(text, folded, regions))


_Found = tuple[CandidateKind, Span]


def _titles(regions: Sequence[Region]) -> Iterator[_Found]:
    return (("title", region.span) for region in regions if region.rule == "title")


def _publishers(folded: str, regions: Sequence[Region]) -> Iterator[_Found]:
    for region in regions:
        if region.rule == "navigation":
            match = _SITE.match(folded, region.span.start, region.span.end)
            if match:
                yield "publisher", Span(match.start(1), match.end(1))
    for region in regions:
        if region.kind == "boilerplate":
            for match in _PUBLISHER.finditer(folded, region.span.start, region.span.end):
                yield "publisher", Span(match.start(1), match.end(1))
    for span in (*_signatures(folded, regions), *_datelines(folded, regions)):
        yield "publisher", span


def _signatures(folded: str, regions: Sequence[Region]) -> Iterator[Span]:
    """Whose paper it is by its own form: a line with its name before the date, or its title.

    Who signs a letter to somebody writes, and publishes nothing.
    """
    is_letter = any(_SALUTES.match(folded, r.span.start, r.span.end) for r in regions)
    for region, beside in () if is_letter else pairwise(regions):
        line = region.span
        if _SIGNED.fullmatch(folded, line.start, line.end) and _DATED.match(
            folded, beside.span.start, beside.span.end
        ):
            yield line
    for region in regions:
        match = _TITLED.match(folded, region.span.start, region.span.end)
        if region.rule == "title" and match:
            yield Span(match.start(1), match.end(1))


def _datelines(folded: str, regions: Sequence[Region]) -> Iterator[Span]:
    """Who sends a piece of news, by how it opens: 湖南日报8月21日讯(记者 …."""
    for region in regions[:MOST_OPENING]:
        for pattern in (_XINHUA, _DATELINE):
            match = pattern.match(folded, region.span.start, region.span.end)
            if match:
                yield Span(match.start(1), match.end(1))


def _dates(folded: str, regions: Sequence[Region]) -> Iterator[_Found]:
    for region in regions:
        if region.kind == "boilerplate":
            for match in _DATE.finditer(folded, region.span.start, region.span.end):
                yield "date", Span(match.start(), match.end())


def _places(text: str, folded: str, regions: Sequence[Region]) -> Iterator[Candidate]:
    title = next((region.span for region in regions if region.rule == "title"), None)
    own = [region.span for region in regions[:MOST_REGIONS] if region.kind in ("body", "heading")]
    place = find_place(folded, title, own)
    if place:
        span = place[1]
        words = text[span.slice] if len(place[0]) == span.end - span.start else place[0]
        yield Candidate("place", words, span)
