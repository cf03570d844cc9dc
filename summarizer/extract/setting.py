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
from summarizer.script import fold
from summarizer.types import Mention

_WHEN = re.compile(
    r"(?:(?:自|从|截至|截止到?|到)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:以来|至今|底|末|初)?"
    r"|(?:截至|截止到?)\d{1,2}月(?:\d{1,2}日|底|末)?|去年|上年|前年|每[年月季])"
)
_LEANS = re.compile(
    r"^(?:[^,，。;；]{0,6})?(?:该|其|他|她|它|此后|全村|村里|村集体|全社|全厂|全县|全镇)"
)
_SUBJECTS = frozenset({"person", "village", "organisation", "project", "place"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The subject and the period of one figure; None where the text says nothing near it."""

    subject: str | None
    period: str | None


def setting(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> Setting:
    """The setting of a mention. `sentences` are the document's, in order."""
    return Setting(_subject(mention, sentence, sentences), _period(mention, sentence))


def _period(mention: Mention, sentence: Sentence) -> str | None:
    """The last word of time before the mention in its sentence."""
    ahead = fold(sentence.text[: mention.at.start - sentence.span.start])
    said = [match[0] for match in _WHEN.finditer(ahead)]
    return said[-1] if said else None


def _subject(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> str | None:
    """The last name before the mention in its sentence.

    For a sentence that leans on what was said (该合作社, 他, 全村) and names nobody itself, the
    first name of the nearest sentence before it.
    """
    ahead = [n for n in sentence.names if not mention.at.start < n.span.end]
    near = [n.text for n in ahead if n.kind in _SUBJECTS and n.rule != "by_line"]
    if near:
        return fold(near[-1])
    if not _LEANS.search(fold(sentence.text)):
        return None
    for earlier in reversed(sentences[: sentence.number - 1]):
        if earlier.paragraph < sentence.paragraph - 1:
            break
        if earlier.names:
            return fold(earlier.names[0].text)
    return None
