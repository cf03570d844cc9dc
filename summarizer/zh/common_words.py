"""The common words of the language, so that nothing is cut inside one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.names.lexicon import Words
from summarizer.zh.names.table import rows


@lru_cache(maxsize=1)
def common_words() -> Words:
    """Common words of two and three characters (`names/words.tsv`) and some longer ones.

    >>> common_words().behind("就业人数", 0), common_words().behind("就有人数", 0)
    (2, 0)
    """
    common = {row["word"] for row in rows("words.tsv") if row["class"] != "m"}
    return Words(common | {row[0] for row in cells(Path(__file__).with_suffix(".tsv"))})
