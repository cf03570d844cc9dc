"""The row of a table that only numbers its columns."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.zh.tables.headings import is_of
from summarizer.zh.tables.numbers import bare, is_blank

NUMBERING = 3  # columns that a row must number to be no data: 甲 1 2 3


def numbers_columns(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns.

    >>> numbers_columns(["甲", "乙", "1", "2", "3"]), numbers_columns(["甲镇", "1", "2", "3"])
    (True, False)
    """
    values = [bare(cell) for cell in row if not is_blank(cell)]
    counted = [int(value) for value in values if value is not None and value == int(value)]
    others = [cell for cell in row if not is_blank(cell) and bare(cell) is None]
    is_run = counted == list(
        range(counted[0] if counted else 1, len(counted) + (counted or [1])[0])
    )
    return (
        len(counted) >= NUMBERING
        and is_run
        and counted[0] in (0, 1, 2)
        and all(is_of("numbering", cell) for cell in others)
    )
