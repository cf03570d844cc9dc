"""What makes a reader doubt some words: they tell of what is to come, or are not the source's.

These are reasons to look, never to change anything: `doubts.tsv` has the words they go by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold

LONGEST = 20  # characters of a label or a title that are read at a glance
_HAN = re.compile("[\u3400-\u9fff]+")


def tells_of_aim(ahead: str, label: str) -> str:
    """The word before a number that makes it a target, "" where it is none or the label says so.

    >>> tells_of_aim("预计到2020年增收", "村集体增收"), tells_of_aim("已投入", "投入资金")
    ('预计', '')
    >>> tells_of_aim("全年目标任务是减贫", "减贫任务数")
    ''
    """
    if _any("aimed", fold(label)):
        return ""
    clause = re.split(r"[。;!?\n]", fold(ahead).replace("；", ";"))[-1]
    found = _last("ahead", clause)
    return found[0] if found and not _any("done", clause[found[1] :]) else ""


def strange_words(words: str, source: str) -> list[str]:
    """Stretches of some words of which the source does not even have the characters.

    What merely counts (人数, 金额) is no word of anybody's.

    >>> strange_words("脱贫户数", "实现32户脱贫"), strange_words("养猪户数", "带动32户")
    ([], ['养猪'])
    """
    plain = sorted((*_words("counting"), *_words("aimed")), key=len, reverse=True)
    said = re.sub("|".join(plain), " ", fold(words))
    known = fold(source)
    found = []
    for run in _HAN.findall(said):
        missing = "".join(c if c not in known else " " for c in run).split()
        found += [part for part in missing if len(part) > 1 or len(run) < 3]
    return found


def is_place(name: str) -> bool:
    """Whether a name ends as those of places do: 大坪村, 桐木镇.

    >>> is_place("大坪村"), is_place("李长保")
    (True, False)
    """
    return fold(name).endswith(tuple(_words("place")))


def _any(kind: str, text: str) -> bool:
    return any(word in text for word in _words(kind))


def _last(kind: str, text: str) -> tuple[str, int] | None:
    """The last word of a kind in a text, and where it ends."""
    found = [(text.rfind(word) + len(word), len(word), word) for word in _words(kind)]
    end, _, word = max((one for one in found if one[0] >= one[1]), default=(0, 0, ""))
    return (word, end) if word else None


@lru_cache(maxsize=8)
def _words(kind: str) -> tuple[str, ...]:
    rows = cells(Path(__file__).with_name("doubts.tsv"))
    return tuple(word for group, word in rows if group == kind)
