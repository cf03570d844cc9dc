"""Headers that lost what merged them: over the columns on their right, or down over the names.

A sheet as CSV and a page that was copied have no merged cells. They are merged again where the
headers themselves leave no other reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.zh.tables.headings import ends, heading, is_of, plain
from summarizer.zh.tables.numbers import bare, is_blank, is_year

MOST_HEADS = 4  # rows of headers that may have lost what merged them

Rows = Sequence[Sequence[str]]


def aligned(rows: Rows) -> Rows:
    """The rows of a table, with a header row that slid to the left where it belongs.

    The second row of headers begins over the names. It tells so itself where what it begins with
    heads values and no names, and its last column, of numbers alone, has no header in either row.

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


def continued(rows: Rows) -> Rows:
    """The rows of a table, with headers over all columns that are told apart below them.

    So it is where the same headers recur under several, or what is below are periods.

    >>> data = ["甲镇", "1", "2"]
    >>> continued([["镇", "投资", ""], ["", "2019年", "2020年"], data])[0]
    ['镇', '投资', '投资']
    >>> continued([["镇", "投资", ""], ["", "计划", "完成"], data])[0]
    ['镇', '投资', '']
    >>> over, row = ["镇", "投资", "", "产值", ""], ["", "计划", "完成", "计划", "完成"]
    >>> continued([over, row, [*data, "3", "4"]])[0]
    ['镇', '投资', '投资', '产值', '产值']
    """
    for number in range(min(MOST_HEADS, len(rows) - 2)):
        over, row = rows[number], [plain(cell) for cell in rows[number + 1]]
        if len(over) != len(row) or not any(is_blank(plain(cell)) for cell in over[1:]):
            continue
        wide = [group for group in _groups(over) if len(group) > 1]
        if wide and _is_second(over, row) and _tells_apart([[row[c] for c in g] for g in wide]):
            merged = list(over)
            for group in wide:
                merged[group.start : group.stop] = [over[group.start]] * len(group)
            return [*rows[:number], merged, *rows[number + 1 :]]
    return rows


def _groups(over: Sequence[str]) -> Iterator[range]:
    """The columns from each header on to the next, but for those of names."""
    starts = [c for c, cell in enumerate(over) if c and not is_blank(plain(cell))]
    ends = [*starts, len(over)][1:]
    yield from (range(first, end) for first, end in zip(starts, ends, strict=True))


def _is_second(over: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is one of headers below another, and none of data."""
    if any(bare(cell) is not None and not is_year(cell) for cell in row):
        return False
    first = plain(over[0])
    if is_blank(first) and any(is_year(cell) for cell in row):
        return is_blank(row[0]) or is_of("named", row[0])
    return is_blank(first) or is_blank(row[0]) or first == row[0]


def _tells_apart(below: Sequence[Sequence[str]]) -> bool:
    """Whether headers below others are the same for each of these, or periods."""
    if any(is_blank(cell) for cells in below for cell in cells):
        return False
    if any(len({*cells}) < len(cells) for cells in below):
        return False
    told = [heading(cell) for cells in below for cell in cells]
    are_periods = all(one.period and not one.name and not one.unit for one in told)
    return are_periods or (len(below) > 1 and all(cells == below[0] for cells in below))


def _has_slid(rows: Rows, number: int) -> bool:
    over, row, data = rows[number - 1], rows[number], rows[number + 1 :]
    if len(row) < 3 or not data or any(len(one) != len(row) for one in (over, *data)):
        return False
    if row[-1].strip() or over[-1].strip() or is_blank(plain(over[0])) or over[0] == row[0]:
        return False
    said = [plain(cell) for cell in row[:-1]]
    if any(is_blank(cell) or any(map(str.isdigit, cell)) for cell in said):
        return False
    return _heads_values(said[0], plain(over[0])) and all(map(_is_named, data))


def _heads_values(text: str, over: str) -> bool:
    """Whether a header is one of values: 绝对数, 增长; (亿元) where what is over it has no unit."""
    told = heading(text)
    is_unit = told.unit is not None and not told.name and is_of("named", over)
    is_ratio = ends("ratio", told.name) and not is_of("rank", text)
    return is_unit or is_of("absolute", text) or is_ratio


def _is_named(row: Sequence[str]) -> bool:
    """Whether a row of data has a name at its left and a number at its right."""
    return bare(plain(row[0])) is None and bare(plain(row[-1])) is not None
