"""What a text says about itself: its title, publisher, date and place. Nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.documents.clean.layout import Region
from summarizer.documents.clean.places import find_place
from summarizer.types import Span

MOST_REGIONS = 200  # lines of a long text that may name its place

LONGEST_TITLE = 60  # characters of a title's second line

MOST_OPENING = 12  # lines among which a piece of news begins

CandidateKind = Literal["title", "publisher", "date", "place"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of the clean text that may be its title, publisher, date or place.

    `text` is the clean text at `span`, without the line break of a title in two lines; only a place
    put together from two names is shorter: its span reaches from the first to the second.
    """

    kind: CandidateKind
    text: str
    span: Span


_BREAK = re.compile(r"\s*\n\s*")
_DATE = re.compile(
    r"(?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2}|年\d{1,2}月\d{1,2}日)"
)
_PUBLISHER = re.compile(
    r"(?:来源|稿源|来自|发布机构|发布单位|发布部门|提供单位|发文机关|资料来源|供稿单位)\s*:\s*"
    r"([^\s:|,。;()\[\]]{2,30}?)(?=\s|[|,。;()\[\]]|$|编辑|责任编辑|责编|作者|记者|发布|点击|浏览|阅读|字号|时间)"
)
_SITE = re.compile(r"([\w]{2,14}(?:网|网站|日报|晚报|新闻网|政府网))(?=[-—_|·\s]|$)")


_BODY = (
    r"(?:人民政府|政府|公所|办公室|办事处|委员会|管委会|党委|居委会|村委会|[一-鿿]局|[一-鿿]厅|统计局|有限公司"
    r"|公司|集团|中心|学校|中学|小学|医院|卫生院|协会|联合会|基金会|合作社|工作队|外事办|扶贫办|[主统]计处|[务书理]处|调查队"
    r"|指挥部|领导小组|[省市县区工]委|[组宣统武][织传战装]部)"
)
_NAMED = rf"[一-鿿]{{2,24}}?{_BODY}"
_TITLED = re.compile(
    rf"({_NAMED}|国务院)(?=关于|(?:民国)?\d{{2,4}}年|(?:公告|通告|通报|公报|公示|令|启事|声明)$)"
)
_PUBLISHES = re.compile(
    r"(?:通知|公告|通告|通报|公报|公示|决定|决议|意见|条例|规定|办法|细则|命令|令|批复|函|启事|声明|倡议书|施政成果"
    r"|施政(?:成果)?报告|年度报告|年报|责任报告|可持续发展报告|环境报告)(?:\([^()]*\))?$"
)
_SIGNED = re.compile(rf"([一-鿿]{{2,24}}{_BODY})(?:[\s、]+[一-鿿]{{2,24}}{_BODY})*")
_DATED = re.compile(
    r"[(]?(?:(?:19|20)\d\d|二[〇○零][一二三四五六七八九〇○零]{2}|中?华?民国\d{2,3})年.{1,9}[日月]"
)
_PRESS = re.compile("新闻公报|新闻稿")
_OFFICE = re.compile("[一-鿿]{2,14}?(?:局|处|署|司|厅|委员会|办公室)")
_HERE = re.compile("(香港|澳门)时间")
_GOVERNMENT = re.compile(
    "(?:欢迎(?:访问|光临|来到))?([一-鿿]{2,4}?[省市县区镇乡])(?:人民)?政府(?:门户|官方|信息|政务)?(?:网站?|官网)"
)
_SECOND = re.compile(r"[-—–―]{1,2}(?![-—])(?!.*(?:会议|大会|会)上(?:的.{0,6})?$)(?!\d).{2,}")
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
    title = _title(folded, regions)
    found: list[_Found] = [("title", title)] if title else []
    found += [*_publishers(folded, regions, title), *_dates(folded, regions)]
    named = [
        Candidate(kind, _BREAK.sub("", text[span.slice]), span)
        for kind, span in dict.fromkeys(found)
    ]
    return (*named, *_places(text, folded, regions, title))


_Found = tuple[CandidateKind, Span]


def _title(folded: str, regions: Sequence[Region]) -> Span | None:
    """The line that is the title, with a second that goes on with it: ——石泉乡老鹰岩村事迹材料."""
    for k, region in enumerate(regions):
        if region.rule != "title":
            continue
        line, following = region.span, regions[k + 1 : k + 2]
        for second in following:
            words = folded[second.span.slice]
            goes_on = _SECOND.fullmatch(words) or (
                words.startswith("关于") and re.fullmatch(_NAMED, folded[line.slice])
            )
            own = second.kind in ("heading", "body") and len(words) <= LONGEST_TITLE
            if goes_on and own and not words.endswith(("。", ";", ":")):
                return Span(line.start, second.span.end)
        return line
    return None


def _publishers(folded: str, regions: Sequence[Region], title: Span | None) -> Iterator[_Found]:
    for region in regions:
        if region.rule == "navigation":
            match = _SITE.match(folded, region.span.start, region.span.end)
            if match:
                yield "publisher", Span(match.start(1), match.end(1))
    for region in regions:
        if region.kind == "boilerplate":
            for match in _PUBLISHER.finditer(folded, region.span.start, region.span.end):
                yield "publisher", Span(match.start(1), match.end(1))
    for span in (
        *_signatures(folded, regions),
        *_heads(folded, regions, title),
        *_datelines(folded, regions),
    ):
        yield "publisher", span


def _signatures(folded: str, regions: Sequence[Region]) -> Iterator[Span]:
    """Whose paper it is by a line with its name before the date, the first of several.

    Who signs a letter to somebody writes, and publishes nothing.
    """
    if any(_SALUTES.match(folded, r.span.start, r.span.end) for r in regions):
        return
    first: Span | None = None
    for region in regions:
        line = region.span
        match = _SIGNED.fullmatch(folded, line.start, line.end)
        if match and region.rule != "title":
            first = first or Span(*match.span(1))
        elif first:
            if _DATED.match(folded, line.start, line.end):
                yield first
            first = None


def _heads(folded: str, regions: Sequence[Region], title: Span | None) -> Iterator[Span]:
    """Whose paper it is by its title: a notice, a bulletin, a firm's own report, news of an office.

    Who is named by the title of a work report has written it; nothing says that it is published.
    """
    if title is None:
        return
    head = _BREAK.sub("", folded[title.slice])
    match = _TITLED.match(head)
    if match and _PUBLISHES.search(head):
        yield Span(title.start, title.start + match.end(1))
    office = _OFFICE.match(head)
    is_press = any(_PRESS.fullmatch(folded[r.span.slice]) for r in regions[:MOST_OPENING])
    if office and is_press and re.search(rf"{office[0]}(?:发言人|今[日天]|昨[日天])", folded):
        yield Span(title.start, title.start + office.end())


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


def _places(
    text: str, folded: str, regions: Sequence[Region], title: Span | None
) -> Iterator[Candidate]:
    own = [region.span for region in regions[:MOST_REGIONS] if region.kind in ("body", "heading")]
    place = find_place(folded, title, own)
    if place:
        span = place[1]
        words = text[span.slice] if len(place[0]) == span.end - span.start else place[0]
        yield Candidate("place", words, span)
    elif spoken := next(_sites(folded, regions), None):
        yield Candidate("place", text[spoken.slice], spoken)


def _sites(folded: str, regions: Sequence[Region]) -> Iterator[Span]:
    """A place that only the page names: of the government whose site it is, of its time zone."""
    is_press = any(_PRESS.fullmatch(folded[r.span.slice]) for r in regions[:MOST_OPENING])
    for region in regions:
        government = region.rule == "nav" and _GOVERNMENT.match(folded, *_ends(region))
        here = is_press and _HERE.match(folded, *_ends(region))
        if match := government or here:
            yield Span(*match.span(1))


def _ends(region: Region) -> tuple[int, int]:
    return region.span.start, region.span.end
