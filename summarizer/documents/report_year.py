"""The year of a report, which 上年 is the year before of, and when it speaks: what its 今年 is."""

from __future__ import annotations

import re

from summarizer.documents.clean import CleanText
from summarizer.documents.facts import DocumentFacts
from summarizer.documents.sections import looks_ahead
from summarizer.zh.date_pattern import number
from summarizer.zh.named_years import Now
from summarizer.zh.script import fold

_HAN_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九十])[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
HEAD = 400  # characters in which a report says where and when it was given
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-./]\d)")
_NUMBER = "(?:\\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"(?<!\d)((?:19|20)\d\d)年{_NUMBER}月{_NUMBER}日"
_TOLD = re.compile(  # no day by which something is to be done, no last day of a time
    rf"(?<!到)(?<![^截]至)(?<!日[-—–~]){_DAY}(?![之以]?前|止)"
)
_OWN = re.compile(  # (2025年1月8日在县第十八届人民代表大会上), 县法院办公室编 2024年5月31日
    rf"(?:\D*\s|[\W_]*){_DAY}(?:印发)?[\W_]*|[\W_]*{_DAY}在.*[会上][\W_]*"
)
_GIVEN = re.compile(rf"{_DAY}在")
_MONTH = re.compile(rf"(?<!\d)((?:19|20)\d\d)[-./年]({_NUMBER})[-./月]")
_LAST_MONTHS = (11, 12)  # in which a congress may hear what is to be done in the next year
_SPAN = re.compile(r"(?:19|20)\d\d年?[-—–~至到](?:19|20)\d\d年?")


def report_year(text: CleanText, facts: DocumentFacts) -> int | None:
    """The last year of the title; else of the day on which it was given, released or signed.

    That day is a line of its own: what the text tells of, or asks for by a day, is of other years.
    Where no line says it, a day in the head does, else the period. A report given in January looks
    back on the year before: 上年 is that one. So does one given in November or December whose
    headings name the next year's tasks: it is of that year. 二〇二一年 is 2021年.
    """
    days = _own_days(text)
    year = _year(text, facts, days)
    return year if year is None or not _looks_on(text, facts, year, days[0]) else year + 1


def report_now(text: CleanText, facts: DocumentFacts) -> Now:
    """When a report speaks: in its own year, and in the month of the day that it was given.

    One of December that is of the next year still calls the old one 今年.
    """
    head, own = _own_days(text)
    year = _year(text, facts, (head, own))
    is_ending = year is not None and _looks_on(text, facts, year, head)
    lines = [*head, *_released(text), *own[-1:]]
    days = [_MONTH.findall(line) for line in lines]
    named = (number(month) for found in days for of, month in found if int(of) == year)
    months = [month for month in named if 1 <= month <= 12]
    return Now(year, min(months, default=None), is_ending)


def _looks_on(text: CleanText, facts: DocumentFacts, year: int, head: list[str]) -> bool:
    """Whether a report was given when `year` was all but over, and a heading plans the next one."""
    if _YEAR.search(_SPAN.sub("", _in_digits(fold(facts.title or "")))):
        return False
    given = [line for line in head if _GIVEN.search(line)]
    months = [(int(of), number(month)) for line in given for of, month in _MONTH.findall(line)]
    if not any((year, month) in months for month in _LAST_MONTHS):
        return False
    lines = (fold(text.text[r.span.slice]) for r in text.regions if r.kind == "heading")
    names = re.compile(f"{year + 1}年|[明来]年")
    return any(looks_ahead(line) and names.search(_in_digits(line)) for line in lines)


def _released(text: CleanText) -> list[str]:
    """The days of release that stand beside the text, with their years in digits."""
    return [_in_digits(fold(c.text)) for c in text.candidates if c.kind == "date"]


def _year(text: CleanText, facts: DocumentFacts, days: tuple[list[str], list[str]]) -> int | None:
    """The year of the title, else of the report's own day, else of what it tells."""
    title = _in_digits(fold(facts.title or ""))
    head, own = days
    for words, form in (
        (_SPAN.sub("", title), _YEAR),
        ("\n".join(head), _YEAR),
        *((words, _YEAR) for words in _released(text)),
        ("".join(own[-1:]), _YEAR),
        (_in_digits(fold(text.text[:HEAD])), _TOLD),
        (_in_digits(fold(facts.period or "")), _YEAR),
    ):
        if years := form.findall(words):
            return max(map(int, years))
    return None


def _own_days(text: CleanText) -> tuple[list[str], list[str]]:
    """The lines that say no more than a day, and where: those of the head, and all of them."""
    lines = [(r.span, _in_digits(fold(text.text[r.span.slice]))) for r in text.regions]
    own = [(span, line) for span, line in lines if _OWN.fullmatch(line)]
    return [line for span, line in own if span.end <= HEAD], [line for _, line in own]


def _in_digits(text: str) -> str:
    """The text with its years in digits.

    >>> _in_digits("窦阳市二〇二一年公报")
    '窦阳市2021年公报'
    """
    return _HAN_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)
