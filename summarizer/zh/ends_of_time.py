"""Which end of a time a day is, by the words around it: 调查从3月1日开始, 6月30日截止."""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.zh.asked_words import End, is_attribute
from summarizer.zh.date_pattern import DASH
from summarizer.zh.lexicon import by_kind

_WORDS = by_kind(Path(__file__).with_name("asked_words.tsv"))
_FROM_BEFORE = re.compile(f"(?:{_WORDS['from_before']})$")
_FROM_BEHIND = re.compile(f"^(?:{_WORDS['from_behind']})")
_FROM_END = re.compile(f"(?:{_WORDS['from_behind']})$")
_TO_BEFORE = re.compile(f"(?:{_WORDS['to_before']})$")
_TO_BEHIND = re.compile(f"^(?:{_WORDS['to_behind']})")
_TO_END = re.compile(f"(?:{_WORDS['to_behind']})$")
_AS_OF = re.compile(f"(?:{_WORDS['as_of']})$")
_AT_LAST = re.compile(f"(?:{_WORDS['to_behind']}|{_WORDS['last']})")
_STATED = re.compile(rf"^(?:{_WORDS['done']})|\d")
_ON = re.compile(f"^{DASH}")


def is_other_end(end: End, before: str, text: str, behind: str, *, is_part: bool = False) -> bool:
    """Whether a day is the other end of a time than the one that is asked for, if one is.

    `is_part`: it is one of the two days of a stretch.

    >>> is_other_end("last", "调查从", "3月1日", "开始"), is_other_end("last", "到", "3月9日", "")
    (True, False)
    >>> is_other_end("last", "调查为", "3月1日", "至5月31日。", is_part=True)
    True
    """
    if not end:
        return False
    if _AS_OF.search(before) and (end == "first" or _is_as_of(before, behind)):
        return True
    leads_on = is_part and _ON.search(behind)
    starts = (
        leads_on
        or _FROM_BEFORE.search(before)
        or _FROM_BEHIND.search(behind)
        or _FROM_END.search(text)
    )
    ends = leads_to_end(before) or _TO_BEHIND.search(behind) or _TO_END.search(text)
    other, asked = (starts, ends) if end == "last" else (ends, starts)
    return bool(other) and not asked


def leads_to_end(before: str) -> bool:
    """Whether the last day of a time stands behind some words: 3月1日至."""
    return _TO_BEFORE.search(before) is not None


def _is_as_of(before: str, behind: str) -> bool:
    """Whether 截至 before a day leads to what was so on it, and is no end of what stands before it.

    >>> _is_as_of("截至", ",登记1200户。"), _is_as_of("报名截至", "。")
    (True, False)
    >>> [_is_as_of("合同截至", behind) for behind in ("到期。", "签订12份。", "已签订。", "的合同")]
    [False, True, True, True]
    """
    if _AT_LAST.match(behind):
        return False
    is_led = re.search(r"[\w:：]$", _AS_OF.sub("", before)) and not is_attribute(behind)
    return not is_led or _STATED.search(behind) is not None
