"""The year in which a report speaks: what its 今年 is, and its 上年 the year before of."""

from __future__ import annotations

import re

from summarizer.documents.clean import CleanText
from summarizer.documents.facts import DocumentFacts
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
_SPAN = re.compile(r"(?:19|20)\d\d年?[-—–~至到](?:19|20)\d\d年?")


def report_year(text: CleanText, facts: DocumentFacts) -> int | None:
    """The last year of the title; else of the day on which it was given, released or signed.

    That day is a line of its own: what the text tells of, or asks for by a day, is of other years.
    Where no line says it, a day in the head does, else the period. A report given in January looks
    back on the year before: 上年 is that one. 二〇二一年 is 2021年.
    """
    title = _in_digits(fold(facts.title or ""))
    head, own = _own_days(text)
    dates = (_in_digits(fold(c.text)) for c in text.candidates if c.kind == "date")
    for words, form in (
        (_SPAN.sub("", title), _YEAR),
        ("\n".join(head), _YEAR),
        *((words, _YEAR) for words in dates),
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
