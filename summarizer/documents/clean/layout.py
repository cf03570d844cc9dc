"""Lines → regions: what of a clean text is the report, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.documents.clean.boilerplate import (
    DATA,
    Kind,
    RegionKind,
    is_date,
    may_be_own,
    recognise,
)
from summarizer.documents.clean.lines import Line, split_lines
from summarizer.documents.clean.repeats import find_repeats
from summarizer.types import Span
from summarizer.zh.lexicon import cells

LONGEST_HEADING = 45
LONGEST_CAPTION = 40

_NUMBERED = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.,:]|[(]?\d{1,2}[)、.]|第[一二三四五六七八九十\d]{1,3}[章节部]|[-—●◆■]|附"
)
_SECTION = re.compile(
    "(基本|总体|主要|工作|有关|存在)?(情况|概况|做法|成效|问题|措施|打算|计划|思路)|前言|引言|导语|总结|.{0,20}(报告|总结|汇报|公报)"
)
_PATHS: tuple[Kind, ...] = (("boilerplate", "navigation"), ("boilerplate", "nav"))
_STEPS = re.compile("[>»›→]")
_OPENERS = (("boilerplate", "related"), ("boilerplate", "comments"))
_CREDIT = re.compile(
    r"\((?:(?:责任?编辑?|责编|编辑|记者|通讯员|作者|来源|摄影|文|图)[^()。]{1,30}|完)\)$"
)
_HEAD = re.compile(r"\|.*\||第\d+期")  # 首页 | 院务公开 | 年度总结, 《南峰周刊》2022年第18期
_BYLINE = re.compile(  # behind a title: 作者:王某 来源:某报, 本报记者 王某
    r"\s+(?:(?:作者|来源|编辑|责编|记者|通讯员|发布时间|发布日期|日期)[::]\s*\S.*"
    r"|(?:本报|本网|特约|通讯)?(?:记者|通讯员)\s+[一-鿿]{2,4}(?:\s.*)?)$"
)
_NOT_HEADING = re.compile(r"[。;!?,、:…]$|\t|(?:^|\s)[-+]?\d[\d,.]*%?(?:\s|$)")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*%?")
_NEAR = 3  # lines below its head in which a table's first numbers stand
_REPORTS = re.compile(r"\d|报告|总结|汇报|通报|通知|公报|意见|方案|材料|纪实|情况$")


@dataclass(frozen=True, slots=True)
class Region:
    """A line of the clean text and what it is.

    Only body and headings go to the model; `rule` says why; `repeat_of` is where the same words
    stand in clean text.
    """

    span: Span
    kind: RegionKind
    rule: str
    repeat_of: Span | None = None


def find_regions(folded: str) -> tuple[Region, ...]:
    r"""Every line that is not blank as one region, in order.

    `folded` is a clean text as `lines.matching` gives it. A line is the report's until a rule says
    otherwise, and a line of prose takes more than a hint.

    >>> [region.kind for region in find_regions("产业路\n产业兴旺，收入增长8%。\n网友评论")]
    ['heading', 'body', 'boilerplate']
    """
    lines = list(split_lines(folded))
    rows = _rows(lines)
    kinds = _around(lines, rows)
    repeats = find_repeats(lines, [kind is None for kind in kinds])
    title = _title(lines, kinds, rows)
    last = max((k for k, line in enumerate(lines) if line.is_prose), default=len(lines))
    regions = []
    for k, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if k in repeats:
            regions.append(Region(line.span, "repeat", "repeat", repeats[k]))
        elif kind:
            regions.append(Region(line.span, *kind))
        else:
            own: Kind = ("heading", "title") if k == title else _own(line, heads=k < last)
            ends = line.text.endswith(")") or k == title
            regions += _without_credit(line, own) if ends else (Region(line.span, *own),)
    return tuple(regions)


def _without_credit(line: Line, own: Kind) -> Iterator[Region]:
    """The line, less the credit that may end it: （记者 黄某）, behind a title 作者:王某, too."""
    byline = _BYLINE.search(line.text) if own[1] == "title" else None
    credit = byline or _CREDIT.search(line.text)
    at = line.span.start + (credit.start() if credit else len(line.text))
    if line.span.start < at:
        end = line.span.start + len(line.text[: at - line.span.start].rstrip())
        yield Region(Span(line.span.start, end), *own)
    if credit:
        yield Region(Span(at, line.span.end), "boilerplate", "credit")


def _around(lines: Sequence[Line], rows: Container[int]) -> list[Kind | None]:
    """The kind of each line that is boilerplate or a caption; None for the report's own."""
    kinds: list[Kind | None] = [recognise(line, at_edge=False) for line in lines]
    _related(lines, kinds)
    prose = [k for k, line in enumerate(lines) if not kinds[k] and line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    for k in (*range(first), *range(last + 1, len(lines))):
        kinds[k] = kinds[k] or (None if k in rows else recognise(lines[k], at_edge=True))
    _related(lines, kinds)
    _over_path(lines, kinds, first)
    _leading_captions(lines, kinds, first)
    for edge in (range(first), range(last + 1, len(lines))) if prose else ():
        _own_lines(lines, kinds, edge)
    return kinds


def _own_lines(lines: Sequence[Line], kinds: list[Kind | None], edge: range) -> None:
    """A phone or a number is the notice's own where nothing else of a page stands at its edge."""
    own = [k for k in edge if kinds[k] and may_be_own(lines[k])]
    if all(kinds[k] is None or k in own or is_date(lines[k]) for k in edge):
        for k in own:
            kinds[k] = ("body", "text")


def _rows(lines: Sequence[Line]) -> set[int]:
    """Rows of tables of numbers, of three cells or more, and the heads right above them.

    A head of short words looks like a menu, and a first row like a title.
    """
    cells = [line.text.split("\t") for line in lines]
    numbers = [
        len(row) if len(row) > 2 and any(_NUMBER.fullmatch(cell.strip()) for cell in row) else 0
        for row in cells
    ]
    sizes = {size for size in numbers if size and numbers.count(size) > 1}
    return {
        k
        for k, row in enumerate(cells)
        if len(row) in sizes and len(row) in numbers[k : k + 1 + _NEAR]
    }


def _related(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """After "related articles" or "comments", lines are theirs until a whole sentence comes."""
    inside = False
    for k, line in enumerate(lines):
        if kinds[k] in _OPENERS:
            inside = k > 0
        elif inside and kinds[k] is None:
            inside = not line.is_prose or line.text.endswith(("…", "..."))
            if inside:
                kinds[k] = ("boilerplate", "related")


def _over_path(lines: Sequence[Line], kinds: list[Kind | None], first: int) -> None:
    """What stands over a page's path (首页 > 县域 > 正文) is the page's, where a title is below."""
    paths = [k for k in range(first) if kinds[k] in _PATHS and _STEPS.search(lines[k].text)]
    above = range(paths[-1]) if paths else range(0)
    below = range(paths[-1] + 1, first) if paths else range(0)
    own = [k for k in above if kinds[k] is None]
    is_title_below = any(kinds[k] is None and _is_title(lines[k]) for k in below)
    if is_title_below and not any(_REPORTS.search(lines[k].text) for k in own):
        for k in own:
            kinds[k] = _PATHS[0]


def _leading_captions(lines: Sequence[Line], kinds: list[Kind | None], first: int) -> None:
    """Between the line of date and source and the first paragraph, short lines name pictures."""
    meta = [k for k in range(first) if kinds[k] == ("boilerplate", "meta")]
    if not meta or not first < len(lines):
        return
    opening = next((k for k, kind in enumerate(kinds) if kind is None), first)
    for k in range(meta[-1] + 1, first):
        if kinds[k] is not None or (k == opening and _is_title(lines[k])):
            continue
        if _is_caption(lines[k]):
            kinds[k] = ("caption", "leading-caption")
            if k == opening:  # what comes next opens the report now
                opening = next((n for n in range(k, first) if kinds[n] is None), first)


def _is_caption(line: Line) -> bool:
    text = line.text
    if len(text) > LONGEST_CAPTION or _NUMBERED.match(text) or _SECTION.fullmatch(text):
        return False
    return not re.search("[。;!?:]$|——", text) and not re.search(r"\d", text)


def _title(lines: Sequence[Line], kinds: Sequence[Kind | None], rows: Container[int]) -> int | None:
    """The line that is the document's title: the first that is the report's own, if it is one.

    A menu or the head of a periodical gives way to a title behind it.
    """
    written = [k for k, kind in enumerate(kinds) if kind is None and k not in rows]
    own = [k for k in written if _is_title(lines[k])]
    if not own or own[0] != written[0]:
        return None
    above = 0
    while above + 1 < len(own) and own[above + 1] == own[above] + 1:
        text, below = lines[own[above]].text, lines[own[above + 1]].text
        if not (_is_head(text) or _heads()["issue"].fullmatch(below)):
            break
        above += 1
    return own[above]


def _is_head(line: str) -> bool:
    """Whether a line stands over a title: a menu, the head of a letter or a periodical."""
    return bool(_HEAD.search(line)) or any(one.fullmatch(line) for one in _heads().values())


@lru_cache(maxsize=1)
def _heads() -> dict[str, re.Pattern[str]]:
    """What stands over a title, by its kind."""
    found: dict[str, list[str]] = {}
    for kind, pattern in cells(DATA / "heads.tsv", comment="#\t"):
        found.setdefault(kind, []).append(f"(?:{pattern})")
    return {kind: re.compile("|".join(some)) for kind, some in found.items()}


def _is_title(line: Line) -> bool:
    text = line.text
    if not 3 < len(text) < 100 or re.search("[。;,、:]$", text):
        return False
    return not line.is_prose and not _NUMBERED.match(text)


def _own(line: Line, *, heads: bool) -> Kind:
    """Heading or body; a heading stands before some paragraph, a signature after all."""
    is_short = not line.is_prose and len(line.text) <= LONGEST_HEADING
    if heads and is_short and not _NOT_HEADING.search(line.text):
        return "heading", "short-line"
    return "body", "text"
