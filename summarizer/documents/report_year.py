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
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年\d{1,2}月\d{1,2}日")
_SPAN = re.compile(r"(?:19|20)\d\d年?[-—–~至到](?:19|20)\d\d年?")


def report_year(text: CleanText, facts: DocumentFacts) -> int | None:
    """The last year of the title; else of the date in its head, of its release, or of its period.

    A report given in January looks back on the year before: 上年 is that one. 二〇二一年 is 2021年.
    """
    title = _in_digits(fold(facts.title or ""))
    dates = (fold(c.text) for c in text.candidates if c.kind == "date")
    for words, form in (
        (_SPAN.sub("", title), _YEAR),
        (_in_digits(fold(text.text[:HEAD])), _DAY),
        *((words, _YEAR) for words in dates),
        (_in_digits(fold(facts.period or "")), _YEAR),
    ):
        if years := form.findall(words):
            return max(map(int, years))
    return None


def _in_digits(text: str) -> str:
    """The text with its years in digits.

    >>> _in_digits("窦阳市二〇二一年公报")
    '窦阳市2021年公报'
    """
    return _HAN_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)
