"""Whose figure it is and when it held, as far as the text around it says so.

Both are the source's own words: a year that would have to be worked out (去年 of a report from
2020) is left as it is said, since no number may be invented. Words for the time of the report
itself (今年, 目前) add nothing to the summary's own period: they end what was told of another time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.types import Mention
from summarizer.zh.attribution.parsed import ParsedSentence
from summarizer.zh.attribution.subject import find_subject
from summarizer.zh.segment import Sentence

_YEAR = (
    r"(?:(?:19|20)\d\d年|民国1\d\d年|(?<![\d.])1\d\d年(?=[度底初末]|\d{1,2}月)"
    "|二[〇零○][一二三四五六七八九〇零○]{2}年)"
)
_WHEN = re.compile(
    rf"(?:自|从|截至|截止到?|到)?{_YEAR}度?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:以来|至今|底|末|初)?"
    r"|(?:19|20)\d\d[-—–](?:19|20)?\d\d(?:财政)?年度"
    r"|(?:截至|截止到?)\d{1,2}月(?:\d{1,2}日|底|末)?"
    r"|去年|上年|前年|明年|每[年月季]|(?<!近)[一两三四五六七八九十]年来"
    r"|今年(?:以来)?|本年度?|全年|如今|目前|眼下|现在|现(?=[有存已共])"
)
PIECES = 5  # of a sentence without end to look back in
_NOW = re.compile("如今|目前|眼下|现")
_OF_THE_REPORT = re.compile("今年|本年|全年|一年来")
_EVERY = re.compile("每")
_COMPARED = re.compile(r"[比较由与和同是为]$|高于$|低于$|超过$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The subject and the period of one figure; None where the text says nothing near it."""

    subject: str | None
    period: str | None


def attribute(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> Attribution:
    """The setting of a mention. `sentences` are the document's, in order."""
    period = _period(mention, sentence, sentences)
    return Attribution(find_subject(mention, sentence, sentences), period)


def _period(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> str | None:
    """The last word of time before the mention in its sentence, and in what that goes on from."""
    ahead = ParsedSentence.of(sentence).text[: mention.at.start - sentence.span.start]
    found = _last(ahead, mention, sentence)
    for _ in range(PIECES):
        if found is not None or not sentence.goes_on:
            break
        sentence = sentences[sentence.number - 2]
        found = _last(ParsedSentence.of(sentence).text, mention, sentence)
    return found or None


def _last(ahead: str, mention: Mention, sentence: Sentence) -> str | None:
    """The last word of time in some words; "" where it is the report's own, None for none."""
    for match in reversed(list(_WHEN.finditer(ahead))):
        if _NOW.match(match[0]):
            return ""  # ends an earlier time of its sentence, but not a 以来
        if _holds(match, ahead, mention, sentence):
            return "" if _OF_THE_REPORT.match(match[0]) else match[0]
    return None


def _holds(match: re.Match[str], ahead: str, mention: Mention, sentence: Sentence) -> bool:
    """Whether a word of time is the mention's: not what another is compared with or grew from.

    What happens 每年 is told of the next quantity only.
    """
    between = ahead[match.end() :]
    if _EVERY.match(match[0]):
        start = sentence.span.start + match.end()
        is_next = not any(start <= m.at.start < mention.at.start for m in sentence.mentions)
        return is_next and not re.search("[,，;；]", between)
    if not _COMPARED.search(ahead[: match.start()]) and not match[0].startswith("从"):
        return True
    is_times = mention.quantity is not None and mention.quantity.unit == "倍"
    return between.endswith("的") and not is_times and not re.search(r"[\d,，]", between)
