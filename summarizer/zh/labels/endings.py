"""Words of an answer as a reader can take them: ended on something whole, quoted as the source is.

A limit on the length of a text guides decoding, so what runs into it is cut anywhere.
"""

from __future__ import annotations

import re

from summarizer.zh.segment import PAUSES

LEAST = 4
_ENDS = (re.compile(f"[{PAUSES}][^{PAUSES}]*$"), re.compile(r"[、和与及][^、和与及]*$"))
_PAIRS = (
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("(", ")"),
    ("（", "）"),
)


def ended(words: str) -> str:
    """Words that were cut, up to their last whole clause, or their last whole part of a list.

    >>> ended("建成大棚七个,每年为村"), ended("破解了‘资源沉睡’、产业单一’和‘")
    ('建成大棚七个', '破解了资源沉睡、产业单一')
    """
    for end in _ENDS:
        kept = end.sub("", words)
        if kept != words and not len(kept) < LEAST:
            return balanced(kept)
    return balanced(words)


def balanced(words: str) -> str:
    """Without the quotation marks and brackets that are not both there.

    >>> balanced("启动“百日大会战"), balanced("启动“百日大会战”")
    ('启动百日大会战', '启动“百日大会战”')
    """
    for left, right in _PAIRS:
        if words.count(left) != words.count(right):
            words = words.replace(left, "").replace(right, "")
    return words


def quoted(words: str, source: str) -> str:
    """With double quotation marks where the source has them and an answer in JSON made them single.

    >>> quoted("成立‘七彩田园’合作社", "成立“七彩田园”合作社")
    '成立“七彩田园”合作社'
    """
    return re.sub(r"‘([^‘’]+)’", lambda m: f"“{m[1]}”" if f"“{m[1]}”" in source else m[0], words)
