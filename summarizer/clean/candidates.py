"""What a text says about itself: its title, publisher, date and place. Nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.clean.layout import Region
from summarizer.clean.places import find_place
from summarizer.types import Span

MOST_REGIONS = 200  # lines of a long text that may name its place

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
