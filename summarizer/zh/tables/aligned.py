"""A row of headers that slid to the left: the cell over the names lost what merged it downward."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.zh.tables.headings import heading, is_of, plain, tells
from summarizer.zh.tables.numbers import bare, is_blank

MOST_HEADS = 4  # rows of headers in which one may have slid


def aligned(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows of a table, with a header row that slid to the left where it belongs.

    A page that was copied keeps no rowspan: the second row of headers begins over the names. It
    tells so itself where what it begins with heads values and no names, and its last column, of
    numbers alone, has nothing over it.

    >>> aligned([["地区", "产值", ""], ["绝对数", "增长", ""], ["甲县", "30", "4"]])[1]
    ['地区', '绝对数', '增长']
    >>> aligned([["地区", "产值", ""], ["绝对数", "增长", ""], ["甲县", "30", ""]])[1]
    ['绝对数', '增长', '']
    """
    for number in range(1, min(MOST_HEADS, len(rows))):
        if _has_slid(rows, number):
            over, row = rows[number - 1], rows[number]
            return [*rows[:number], [over[0], *row[:-1]], *rows[number + 1 :]]
    return rows


def _has_slid(rows: Sequence[Sequence[str]], number: int) -> bool:
    over, row, data = rows[number - 1], rows[number], rows[number + 1 :]
    if len(row) < 3 or not data or any(len(one) != len(row) for one in (over, *data)):
        return False
    if row[-1].strip() or is_blank(plain(over[0])) or over[0] == row[0]:
        return False
    said = [plain(cell) for cell in row[:-1]]
    if any(is_blank(cell) or any(map(str.isdigit, cell)) for cell in said):
        return False
    return _heads_values(said[0], plain(over[0])) and all(map(_is_named, data))


def _heads_values(text: str, over: str) -> bool:
    """Whether a header is one of values: 绝对数, 增长; (亿元) where what is over it has no unit."""
    told = heading(text)
    is_unit = told.unit is not None and not told.name and is_of("named", over)
    return is_unit or is_of("absolute", text) or (tells("ratio", text) and not is_of("rank", text))


def _is_named(row: Sequence[str]) -> bool:
    """Whether a row of data has a name at its left and a number at its right."""
    return bare(plain(row[0])) is None and bare(plain(row[-1])) is not None
