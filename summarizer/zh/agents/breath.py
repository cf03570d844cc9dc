"""Names told in one breath, by the words of a sentence alone."""

from __future__ import annotations

from collections.abc import Collection

from summarizer.zh.segment import JOINERS

OF = "的"


def opens(words: str, last: int, names: Collection[str]) -> int:
    """Where the run of names begins that the one at `last` ends.

    >>> opens("村民甲、乙和丙养羊", 6, ["甲", "乙", "丙"])
    2
    """
    found = True
    while found:
        found = False
        for name in names:
            for joint in JOINERS:
                before = last - len(joint) - len(name)
                if before >= 0 and words.startswith(name + joint, before):
                    last, found = before, True
    return last


def follows(words: str, name: str) -> bool:
    """Whether words begin with a name that they belong to: 的|李杰."""
    return words.removeprefix(OF).startswith(name)
