"""Text as the scorers compare it: simplified, without pinyin annotations, quotes or spaces."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import opencc

ANNOTATION = re.compile(r"[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňḿ]{1,6}[)）]")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def strip_annotations(text: str) -> str:
    """The text without the pinyin that some sites put after converted characters.

    >>> strip_annotations("15支專項(xiàng)攻堅(jiān)小組(試行)")
    '15支專項攻堅小組(試行)'
    """
    return ANNOTATION.sub("", text)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Simplified characters, no annotations; 餘 and the like become what gold writes.

    >>> fold("10萬餘元")
    '10万余元'
    """
    simple: str = _converter().convert(strip_annotations(text))
    return simple.replace("馀", "余")


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Folded letters, digits and characters only: what is left to compare of a name or a label.

    >>> key("“七彩田園” 合作社(試點)")
    '七彩田园合作社试点'
    """
    return "".join(c for c in fold(text).casefold() if c.isalnum())


def share(ours: str, gold: str) -> float:
    """Of gold's characters (after `key`), the share that ours has too, as multisets.

    >>> share("后备干部人数", "培育村级后备干部人数")
    0.6
    """
    wanted, given = Counter(key(gold)), Counter(key(ours))
    total = wanted.total()
    return (wanted & given).total() / total if total else 0.0


def common(a: str, b: str) -> int:
    """Length of the longest common subsequence.

    >>> common("贫困户数", "贫困人口户数")
    4
    """
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], (last + 1 if x == y else max(row[j + 1], row[j]))
    return row[-1]


def likeness(ours: str, gold: str) -> float:
    """How alike in order and length: twice the common subsequence over both lengths (ROUGE-L).

    >>> likeness("贫困户数", "贫困户数"), round(likeness("投入资金三百万元改造电网", "投入资金"), 2)
    (1.0, 0.5)
    """
    a, b = key(ours), key(gold)
    return 2 * common(a, b) / (len(a) + len(b)) if a and b else 0.0


def same_name(ours: str, gold: str) -> bool:
    """Whether two names are one: equal after `key`, or one inside the other with 60 % of it.

    >>> same_name("吳昌勇", "吴昌勇"), same_name("合作社", "姜庄村党支部领办合作社")
    (True, False)
    """
    a, b = key(ours), key(gold)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return short in long and 10 * len(short) >= 6 * len(long)
