"""Whether a sentence tells of what went wrong, and not of what was done about it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold

WRONG = "×"  # stands for what is wrong, while what was done about it is looked for
_LEFT_UNDONE = re.compile("[不未没无](?:能|有|予|及时|按时|按规定)?$")  # 管理不|规范, 未|整改
_FINDS = re.compile("发现|不|中|[厂站]")  # 检查|发现, 整改|不到位


def tells_of_wrong(text: str) -> bool:
    """Whether something is told that should not have been done, or was done badly.

    What is done about it is no such thing.

    >>> tells_of_wrong("代企業編造數據,虛報產值35億元"), tells_of_wrong("查處虛報冒領案件12起")
    (True, False)
    """
    said = fold(text)
    told = _words("wrong").sub(lambda found: "不" if found[0][0] == "不" else WRONG, said)
    return told != said and not any(
        not _LEFT_UNDONE.search(told[: match.start()]) and not _FINDS.match(told, match.end())
        for match in _words("handled").finditer(told)
    )


@lru_cache(maxsize=8)
def _words(use: str) -> re.Pattern[str]:
    rows = cells(Path(__file__).with_name("misdeeds.tsv"))
    return re.compile("|".join(word for word, used in rows if used == use))
