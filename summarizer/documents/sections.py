"""What the parts of a report tell of, by their headings: what was done, plans, or problems.

A work report ends with what is yet to come and with what is lacking; neither is a measure taken,
however many verbs of doing and quantities stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.zh.script import fold
from summarizer.zh.segment import SectionKind

_YEAR = r"(?:19|20)\d\d年|[一二三四五六七八九十]{1,3}五"
_PLAN = r"打算|计划|规划|思路|目标|安排|设想|任务"
_AHEAD = re.compile(
    rf"(?:下一?步|今后|明年|来年|下半年|下一?阶段|接下来).{{0,14}}(?:{_PLAN}|工作|重点|举措|措施)"
    rf"|(?:{_YEAR}).{{0,14}}(?:{_PLAN})"
    r"|(?:^|[、.．)）\s])(?:主要)?工作(?:打算|思路|设想|计划|安排)$|努力方向$"
)
_LACKING = re.compile(
    r"存在.{0,8}(?:问题|困难|不足|短板)|(?:问题|困难|不足)[和与及].{0,6}(?:困难|问题|不足|建议)"
)
_DONE = re.compile(r"总结|回顾|情况|成效|做法|成绩|落实|推进")
_OPENING = re.compile(
    r"^(?:[一二三四五六]是)?(?:下一?步|今后|明年|来年|接下来|下一?阶段)(?:[,，]|工作|我|将|要|全|继续)"
)
_LOOKS_BACK = re.compile(r"总结|回顾|情况|成效|成绩")
_DATED = re.compile(r"((?:19|20)\d\d)年")
_ANNEX = re.compile(  # 附表:2024年主要指标, 附件1
    r"附[件表录]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:[:：\s]|$)"
)
_RANKS = (
    re.compile(r"第[一二三四五六七八九十]+[章编部]"),
    re.compile(r"[一二三四五六七八九十]+[、.．\s]"),
    re.compile(r"[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"\d{1,2}[、.．]"),
    re.compile(r"[(（]\d{1,2}[)）]"),
)
_NUMBERINGS = (
    *_RANKS,
    re.compile(
        r"[【\[]?(?:典型)?(?:案例|案件|事例|案)之?"
        r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[】\]]|[】\]]?(?:[:：、.．。\s]|$))"
    ),
)
_COUNTED_OFF = re.compile("[一二三四五六七八九十]{1,2}是")


def classify_sections(lines: Sequence[tuple[str, bool]]) -> list[SectionKind]:
    """What each line, given as its text and whether it is a heading, tells of.

    A section of plans or of problems lasts until a heading of its own rank or a higher one, or an
    annex, that behind plans must look back; a paragraph that opens with 下一步 is all plans. The
    first heading is the title.

    >>> classify_sections([("2010年工作總結及2011年工作計劃", True), ("修路3公里。", False),
    ...           ("二、2011年工作目標", True), ("(一)交通", True), ("修路5公里。", False),
    ...           ("三、保障措施", True), ("成立領導小組。", False)])
    ['deeds', 'deeds', 'plans', 'plans', 'plans', 'deeds', 'deeds']
    >>> classify_sections([("报告", True), ("一、2024年工作回顾", True), ("修路。", False),
    ...           ("二、2025年重点工作", True), ("修桥。", False)])
    ['deeds', 'deeds', 'deeds', 'plans', 'plans']
    >>> classify_sections([("大事记", True), ("一、2023年", True), ("修路。", False),
    ...           ("二、2024年", True), ("修桥。", False)])
    ['deeds', 'deeds', 'deeds', 'deeds', 'deeds']
    """
    told: list[SectionKind] = []
    section: tuple[SectionKind, int] = (
        "deeds",
        0,
    )  # what the section that is open tells of, its rank
    opened, titled = "", 0  # its heading; the line that is the title of an annex to it
    years: dict[int, int] = {}  # which the last heading of each rank that looks back names
    for number, (line, is_heading) in enumerate(lines):
        text = fold(line).strip()
        if number and _ANNEX.match(text):
            is_bare = not _ANNEX.sub("", text, count=1).strip()
            title = fold(lines[number + 1][0]) if is_bare and number + 1 < len(lines) else text
            if section[0] != "plans" or _looks_back(title, opened):
                section, opened = (_kind(text), 0), text
            elif is_bare:
                titled = number + 1
        elif is_heading and number and number != titled:
            depth = rank(text)
            kind = _kind(text, years.get(depth) if depth else None)
            if _LOOKS_BACK.search(text) and (named := _DATED.findall(text)):
                years[depth] = max(map(int, named))
            if kind != "deeds" or not section[1] < depth:
                section, opened = (kind, depth), text
        is_plan = section[0] == "deeds" and _OPENING.match(text)
        told.append("plans" if is_plan else section[0])
    return told


def looks_ahead(heading: str) -> bool:
    """Whether a heading, in simplified characters, is one of plans.

    >>> looks_ahead("二、2025年主要任务"), looks_ahead("一、2024年工作回顾")
    (True, False)
    """
    return _kind(heading) == "plans"


def _looks_back(annex: str, plans: str) -> bool:
    """Whether an annex behind plans, each by its heading, tells of what was before them.

    A sentence is no heading.

    >>> _looks_back("附表:2024年主要指标", "二、2025年目标"), _looks_back("附件1", "二、2025年目标")
    (True, False)
    """
    years, planned = _DATED.findall(annex), _DATED.findall(plans)
    is_before = years and planned and max(years) < min(planned)
    return bool("。" not in annex and (is_before or _LOOKS_BACK.search(annex)))


def _kind(heading: str, before: int | None = None) -> SectionKind:
    """What a heading is of; `before` is the year that one before it of its rank looks back on.

    What is of a later year is yet to come: 二、2025年重点工作, behind 一、2024年工作回顾. So it is
    not where headings count the years off: (一)2023年, (二)2024年.
    """
    if _LACKING.search(heading):
        return "problems"
    is_later = before is not None and any(int(year) > before for year in _DATED.findall(heading))
    is_ahead = is_later or _AHEAD.search(heading)
    return "plans" if is_ahead and not _DONE.search(heading) else "deeds"


def rank(heading: str) -> int:
    """How deep a heading lies, by its numbering; one without any ranks as the highest."""
    return next((depth for depth, form in enumerate(_RANKS, 1) if form.match(heading)), 0)


def is_numbering(text: str) -> bool:
    """Whether a text is what numbers a heading or a case and no more, or nothing: (二).

    >>> [is_numbering(text) for text in ("(二)", "3.", "", "案例一:", "一是", "三、成效")]
    [True, True, True, True, True, False]
    """
    own = text.strip()
    return not own or any(form.fullmatch(own) for form in (*_NUMBERINGS, _COUNTED_OFF))


def is_numbered(text: str) -> bool:
    """Whether a text opens with what numbers a heading or a case, and not with a number.

    >>> [is_numbered(text) for text in ("2.和顺院。", "(二)卫生", "2.5万元已缴", "和顺院")]
    [True, True, False, False]
    >>> [is_numbered(text) for text in ("案例一:和顺院", "案例1 和顺院", "案例分析", "一是修路")]
    [True, True, False, False]
    """
    own = text.strip()
    opening = [form.match(own) for form in _NUMBERINGS]
    return any(one and not own[one.end() :][:1].isdigit() for one in opening)


def is_counted_off(text: str) -> bool:
    """Whether a text opens as one of several that are told one by one: 一是修路, 二是建桥.

    >>> [is_counted_off(text) for text in ("一是修路", "一条是路", "一、修路")]
    [True, False, False]
    """
    return _COUNTED_OFF.match(text.strip()) is not None


def without_numbering(text: str) -> str:
    """A text without what numbers it.

    >>> [without_numbering(text) for text in ("(二)和顺院", "案例一:和顺院", "2.5万元", "和顺院")]
    ['和顺院', '和顺院', '2.5万元', '和顺院']
    """
    own = text.strip()
    found = next((f for form in _NUMBERINGS if (f := form.match(own))), None)
    return own[found.end() :].strip() if found and is_numbered(own) else own
