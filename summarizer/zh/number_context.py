"""What the words around a number say of it: of which years, of a part of one, whose.

Each function takes the words of the sentence before the number, and those behind it, in simplified
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from summarizer.zh.date_pattern import number
from summarizer.zh.date_phrases import years_said
from summarizer.zh.lexicon import by_kind
from summarizer.zh.measured import LIKE, core, is_of_change, led_from, likeness
from summarizer.zh.names import find_names

CLAUSES = re.compile(r"[,，;；、。!！?？\n]")
_WORDS = by_kind(Path(__file__).with_name("number_context.tsv"))
_COMPARED = re.compile(rf"(?:{_WORDS['compared']})\s*$")
_YEARED = re.compile(r"(?:\d{4}|[今去上前本])年$")
_BACKGROUND = re.compile(
    rf"^[^,，;；。]{{0,20}}?(?:{_WORDS['background']}|(?:{_WORDS['begun']})[^,，;；。]{{0,3}}的)"
)
_FACED = re.compile(rf"(?:{_WORDS['faced']})了?$")
_TIME_AHEAD = re.compile(rf"(?:{_WORDS['ahead']}|\d{{4}}年|[全我][国省市县区州旗镇乡])*$")
_BESIDE = re.compile(rf"(?:{_WORDS['beside']})的?[一-鿿]{{0,6}}[县市区州旗省]")
_OWN = re.compile(r"[,，;；。](?:而?我们|[全我][县市区州旗镇乡])")
_PART = re.compile(
    r"(?:第?[一二三四1-4]|前[两三二]个?)季度|前(?:\d{1,2}|[三六八九十]|十一)个月|[上下]半年|单季|截至(?:\d{4}年)?(?:1[01]|0?[1-9])月份?[底末](?!前)|(?<!\d)1[-—–至到]\d{1,2}月"
    r"|(?<![各每个本当上下同\d一二三四五六七八九十])[周月季]度?均(?![衡匀已])"  # not 各月均实现
)
_MONTH = re.compile(  # 2023年12月份,全县收入|5亿元
    r"(?:^|[,，;；。])(?:(?:\d{4}|[今去上前本])年)?(?P<month>(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?)"
    r"(?![底末初上中下以内前起至到])[,，]?(?P<words>[^,，;；。\d的]*)$"
)
_HAN_NUMBER = re.compile("十[一二三四五六七八九]?|[一二两三四五六七八九]")
_BESIDE_NUMBER = re.compile("(?<=月)份|第(?=.季度)")
_AVERAGE = re.compile(rf"^的?[“\"]?[一-鿿]{{0,5}}平均(?:{_WORDS['average']})")
_TOWNS = "镇乡村"
_LEVELS = "国省市州区县旗镇乡村"  # 全区 of a county is the region that it lies in
_HELD = re.compile(rf"占([全我本][{_LEVELS}])[^,，;；。、\d]{{0,8}}$")
_PARTED = re.compile(r"的\d")
_WHOLE = re.compile(rf"^(?:[^,，]{{0,8}}[年月])?([全我本][{_LEVELS}])")
_ASIDE = re.compile(  # a number in brackets, or one held against: (全省5.8%), 比全省5.8%
    rf"(?:[(（]|{_WORDS['beyond']})([全我本][{_LEVELS}])[^,，;；。、()（）\d]{{0,6}}(?<![高低快慢多少])$"
)
_COUNTED = re.compile(r"(?<![第\d.])\d[\d.]*(?!\d|[.年月日])")
_YEAR_NAMED = r"(?P<year>\d{4})年|(?P<before_last>前年)|" + _WORDS["named_year"]
_ENDS = f"(?:{_WORDS['same_time']})?的?"
_BASES = (  # how a clause leads to what it is compared with or moves from, and what stands behind
    (re.compile(rf"[比较](?:{_YEAR_NAMED}){_ENDS}$"), re.compile("")),
    (re.compile(rf"[与同和跟](?:{_YEAR_NAMED}){_ENDS}$"), re.compile(r"[^,，;；。、\d]{0,4}相?比")),
    (
        re.compile(rf"\d[^,，;；。]{{0,8}}[,，(（](?:{_YEAR_NAMED}){_ENDS}(?:{_WORDS['stated']})$"),
        re.compile(""),
    ),
    (
        re.compile(rf"[由从](?:{_YEAR_NAMED})?[^,，;；。、\d]{{0,12}}$"),
        re.compile(rf"[^,，;；。、\d]{{0,6}}[到至为](?:{_WORDS['led_to']}|\d{{4}}年)*\d"),
    ),
)
_TOLD_OF = re.compile(rf"^(?:{_WORDS['told_of']}|\d{{4}}年|[:：])*")
_PROVINCE = re.compile(
    rf"(?![全我本各])[一-鿿]{{2,3}}(?:{_WORDS['province']})(?!{_WORDS['of_office']})"
)
_LAST_YEAR = re.compile(
    rf"(?P<last>{_WORDS['last_year']})|{_WORDS['this_year']}|{_WORDS['own_year']}(?!末)"
)
_WHICH = re.compile("(?<=[一-鿿])的(?=[一-鿿]{1,8}[县市区州旗])")
_SHARE = re.compile(
    rf"(?:{_WORDS['share']})[^,，;；。、\d]{{1,14}}(?<!最[高低快慢大小好])(?<!位数)的$"
)
_ASKS_SHARE = re.compile(_WORDS["asks_share"])


def year_asked(about: str) -> int | None:
    """Which year some words ask for by their first one, told from the report's own.

    >>> year_asked("上年地区生产总值"), year_asked("今年目标"), year_asked("地区生产总值")
    (-1, 0, None)
    """
    match = _LAST_YEAR.match(about)
    if match is None:
        return None
    return -1 if match["last"] else 0


def other_years(before: str, year: int | None, asked: int) -> tuple[int, int] | None:
    """The years that a number is of, where they are not the one asked for; `year` is its 今年.

    The last ones named before the number count; one that is compared with (比上年) is nobody's,
    nor one that is told as the background (面对2022年的冲击, 在2022年高基数上).

    >>> other_years("2022年生产总值", 2024, 2023), other_years("2023年比2022年增长", 2024, 2023)
    ((2022, 2022), None)
    >>> other_years("在2022年高基数上再创新高,达到", 2024, 2023)
    """
    named = [
        (first, last)
        for at, first, last in years_said(before, year)
        if not _COMPARED.search(before[:at])
        and not _FACED.search(before[:at])
        and not _BACKGROUND.match(before[at:])
    ]
    if not named or named[-1][0] <= asked <= named[-1][1]:
        return None
    return named[-1]


def base_year(before: str, behind: str, own: int) -> int | None:
    """The year of a number that another one is compared with or moves from; None for no such one.

    A base without a year of its own is of the one before the year that its sentence names last, or
    before `own`, that of its part of the text.

    >>> base_year("比上年的", "增长6%", 2023), base_year("由", "增加到165亿元", 2023)
    (2022, 2022)
    >>> base_year("与2020年的", "相比,增长明显", 2023), base_year("比上年增长", "", 2023)
    (2020, None)
    """
    for lead, tail in _BASES:
        match = lead.search(before)
        if match is None or not tail.match(behind):
            continue
        if match["year"]:
            return int(match["year"])
        told = [last for at, _, last in years_said(before[: match.start()], own)]
        return (told[-1] if told else own) - (2 if match["before_last"] else 1)
    return None


def part_of_year(before: str) -> str:
    """The part of a year that is named last before a number, "" for none.

    In a clause of its own only where the clause opens with it.

    >>> part_of_year("一季度只增长"), part_of_year("比前三季度提高")
    ('一季度', '')
    >>> part_of_year("与2024年第四季度相比,投诉减少12.3%,诉求减少")
    ''
    >>> part_of_year("上半年,工业增长"), part_of_year("经受住上半年疫情冲击,工业增长")
    ('上半年', '')
    """
    words = re.split("[;；]", before)[-1]
    own = len(words) - len(CLAUSES.split(words)[-1])
    parts = [
        m
        for m in _PART.finditer(words)
        if not _COMPARED.search(_YEARED.sub("", words[: m.start()]))
        and (m.start() >= own or _TIME_AHEAD.fullmatch(CLAUSES.split(words[: m.start()])[-1]))
    ]
    if not parts or "全年" in words[parts[-1].end() :]:
        return ""
    return parts[-1][0]


def month_of(before: str, about: str) -> str:
    """The month that opens the words before a number, where what a field asks for follows.

    >>> month_of("2023年12月收入", "上年收入"), month_of("6月开工的水厂投资", "上年投资")
    ('12月', '')
    """
    match = _MONTH.search(before)
    rest = core(match["words"]) if match else ""
    return match["month"] if match and rest and not likeness(core(about), rest) < LIKE else ""


def asks_part(part: str, about: str) -> bool:
    """Whether a field asks for a part of a year, or for the time that a mean is over.

    >>> asks_part("一季度", "一季度收入"), asks_part("月均", "上年月工资")
    (True, True)
    >>> asks_part("十二月份", "12月收入"), asks_part("2月", "12月收入")
    (True, False)
    """
    is_named = re.search(rf"(?<!\d){re.escape(_in_digits(part))}", _in_digits(about))
    return bool(is_named) or (part.endswith("均") and part[0] in about)


def _in_digits(time: str) -> str:
    """A part of a year in the one way to write it: 6月 for 六月份."""
    return _HAN_NUMBER.sub(lambda found: str(number(found[0])), _BESIDE_NUMBER.sub("", time))


def is_share(before: str, about: str) -> bool:
    """Whether a percentage is a part of something, where a field asks by how much it moved.

    >>> is_share("收入4亿元,为调整预算的", "上年收入增速"), is_share("增长", "上年收入增速")
    (True, False)
    >>> is_share("收入4亿元,为调整预算的", "完成预算的比例")
    False
    """
    return is_of_change(about) and not _ASKS_SHARE.search(about) and bool(_SHARE.search(before))


def other_region(before: str, behind: str, place: str) -> str:
    """The region whose number it is, where that is not the report's own place: wider, or beside.

    The last clause that opens with a region says whose a number is: its own, or one with a number
    of its own (全省生产总值10万亿元,税收2万亿元; not 全省排名第5位,税收2亿元).

    >>> other_region("全省生产总值", "", "临湖县"), other_region("全县生产总值", "", "临湖县")
    ('全省', '')
    >>> other_region("邻近的沅溪县生产总值", "", ""), other_region("农民收入", "的平均水平", "")
    ('邻近的沅溪县', '平均水平')
    """
    beside = list(_BESIDE.finditer(before))
    if beside and not _OWN.search(before, beside[-1].end()):
        return beside[-1][0]
    if average := _AVERAGE.match(CLAUSES.split(behind)[0]):
        return average[0].removeprefix("的")
    held = _HELD.search(before) if _PARTED.match(behind) else None
    level, own = held[1] if held else _whole_said(before), place[-1:]
    if not level or not own or own not in _LEVELS:
        return ""
    return level if _LEVELS.index(level[-1]) < _LEVELS.index(own) else ""


def town_within(before: str, place: str) -> str:
    """The town or village inside of the report's own place whose number it is.

    A field of a year or a goal is one of the whole place; an item's own number may be its village's
    (岩脚村全村612人).

    >>> town_within("全镇生产总值", "临湖县"), town_within("全乡生产总值", "大坪镇")
    ('全镇', '')
    """
    level, own = _whole_said(before), place[-1:]
    if not own or own not in _LEVELS or level[-1:] not in tuple(_TOWNS):
        return ""
    is_within = own not in _TOWNS or (level[-1] == "村" and own != "村")
    return level if is_within else ""


def _whole_said(before: str) -> str:
    """The whole (全县, 本镇) whose number it is by the words before it; "" for none."""
    if aside := _ASIDE.search(before):
        return aside[1]
    led = led_from(before)
    for start, clause in reversed(_clauses(before)):
        match = _WHOLE.match(clause.strip())
        if match and (start >= led or _COUNTED.search(clause)):
            return match[1]
    return ""


def _clauses(before: str) -> list[tuple[int, str]]:
    """The clauses of some words, each with where it begins."""
    starts = [0, *(match.end() for match in CLAUSES.finditer(before))]
    return [(a, before[a:b]) for a, b in zip(starts, [*starts[1:], len(before) + 1], strict=True)]


def named_region(before: str, about: str, place: str) -> str:
    """The region other than `place` that is named right before what a field asks for, "" for none.

    >>> named_region("沅溪县生产总值", "上年地区生产总值", "临湖县")
    '沅溪县'
    >>> named_region("沅溪县至城区公路完成投资", "上年交通投资", "临湖县")
    ''
    >>> named_region("省内总量第一的沅溪县生产总值", "上年地区生产总值", "临湖县")
    '沅溪县'
    >>> named_region("同为山区县的沅溪县,去年生产总值", "上年地区生产总值", "临湖县")
    '沅溪县'
    """
    start = led_from(before)
    words = before[start:].strip()
    for name, behind in _regions_in(words, before[:start]) if place else ():
        if name.endswith(place) or place.endswith(name):
            return ""
        wanted, rest = core(about), core(behind)
        if not rest or (rest[:2] in wanted and not likeness(wanted, rest) < LIKE):
            return name
    return ""


def _regions_in(words: str, clauses: str) -> Iterator[tuple[str, str]]:
    """The regions that words or the clause before open with or say which they are; what follows."""
    opening = _TOLD_OF.sub("", words)
    if name := _region_at(opening):
        yield name, opening[len(name) :]
    for match in _WHICH.finditer(words):
        if name := _region_at(words[match.end() :]):
            yield name, words[match.end() + len(name) :]
    last = CLAUSES.split(clauses.rstrip(",，"))[-1] if clauses.endswith((",", "，")) else ""
    told = last[found.end() :] if (found := _WHICH.search(last)) else ""
    if told and _region_at(told) == told:
        yield told, words


@lru_cache(maxsize=4096)
def _region_at(words: str) -> str:
    """The province, or the place within it, that some words open with."""
    province = _PROVINCE.match(words)
    start = province.end() if province else 0
    inside = (n for n in find_names(words[start:]) if n.kind in ("place", "village"))
    first = next((n for n in inside if n.span.start == 0), None)
    return words[: start + (len(first.text) if first else 0)]
