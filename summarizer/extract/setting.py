"""Whose figure it is and when it held, as far as the text around it says so.

Both are the source's own words: a year that would have to be worked out (去年 of a report from
2020) is left as it is said, since no number may be invented. Words for the time of the report
itself (今年, 目前) add nothing to the summary's own period and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.chunk import Sentence
from summarizer.extract.subject import find_subject
from summarizer.script import fold
from summarizer.types import Mention

_WHEN = re.compile(
    r"(?:(?:自|从|截至|截止到?|到)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:以来|至今|底|末|初)?"
    r"|(?:截至|截止到?)\d{1,2}月(?:\d{1,2}日|底|末)?|去年|上年|前年|每[年月季])"
)
_SINCE = re.compile(r"以来$|至今$|^截")
NEXT = 2  # sentences to look back for a 以来 that is carried on


@dataclass(frozen=True, slots=True)
class Setting:
    """The subject and the period of one figure; None where the text says nothing near it."""

    subject: str | None
    period: str | None


def setting(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> Setting:
    """The setting of a mention. `sentences` are the document's, in order."""
    return Setting(
        find_subject(mention, sentence, sentences), _period(mention, sentence, sentences)
    )


def _period(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> str | None:
    """The last word of time before the mention in its sentence, or a 以来 that it carries on."""
    ahead = fold(sentence.text[: mention.at.start - sentence.span.start])
    said = [match[0] for match in _WHEN.finditer(ahead)]
    if said:
        return said[-1]
    for earlier in _before(sentence, sentences, NEXT):
        if earlier.paragraph == sentence.paragraph:
            since = [m[0] for m in _WHEN.finditer(fold(earlier.text)) if _SINCE.search(m[0])]
            if since:
                return since[-1]
    return None


def _before(sentence: Sentence, sentences: Sequence[Sentence], most: int) -> list[Sentence]:
    """The sentences before this one, the nearest first."""
    index = sentence.number - 1
    return list(reversed(sentences[max(0, index - most) : index]))
