"""Numbers of other years that are stated beside a number only to compare it with them.

The words are those of `number_context.tsv`.
"""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.zh.lexicon import by_kind

_WORDS = by_kind(Path(__file__).with_name("number_context.tsv"))
_STATED = re.compile(
    rf"(?<=\d)([^,，;；。\d]{{0,8}})[,，(（](?:\d{{4}}年|{_WORDS['named_year']})"
    rf"(?:{_WORDS['same_time']})?的?(?:{_WORDS['stated']})\d[^,，;；。()（）]*[)）]?(?=[,，])"
)


def without_bases(before: str) -> str:
    """Some words without the numbers that those before them are compared with.

    >>> without_bases("利润14亿元,上年为15亿元,下降"), without_bases("利润上年为15亿元,下降")
    ('利润14亿元,下降', '利润上年为15亿元,下降')
    """
    return _STATED.sub(r"\1", before)
