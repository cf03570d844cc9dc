"""Whether a sentence tells of what went wrong, and of nothing that was done about it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold


def tells_of_wrong(text: str) -> bool:
    """Whether something is told that should not have been done, or was done badly.

    What is done about it is no such thing.

    >>> tells_of_wrong("代企業編造數據,虛報產值35億元"), tells_of_wrong("查處虛報冒領案件12起")
    (True, False)
    """
    said = fold(text)
    return bool(_words("wrong").search(said)) and not _words("handled").search(said)


@lru_cache(maxsize=2)
def _words(use: str) -> re.Pattern[str]:
    rows = cells(Path(__file__).with_name("misdeeds.tsv"))
    return re.compile("|".join(word for word, used in rows if used == use))
