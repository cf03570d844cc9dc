"""Rows without a unit that are marked as the parts of one that has one, and add up to it.

Any numbers may add up by chance, villages and towns to money. So it takes both: the rows say that
they are parts, 其中 or one numbered run (第一产业, 第二产业; 1. 2.), and come to the row above them
in every column of amounts. That they are in its unit is inferred, and told nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from summarizer.zh.quantities.places import value_of
from summarizer.zh.tables.headings import Scaled, ends, heading, is_of, tells
from summarizer.zh.tables.layout import Layout
from summarizer.zh.tables.numbers import bare
from summarizer.zh.tables.rows import Row, names_of

ADDED = frozenset(("money", "count", "area", "length", "mass", "volume"))
MOST = 20  # rows that may be the parts of one
FEWEST = 2
_ASIDE = re.compile(r"[)\]:,、/%‰]")  # without one of these no name has a unit
FEWEST_DIGITS = 3  # of the whole: 5 is 2 and 3 of anything
_RUN = re.compile(
    r"(?P<open>[(]?)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<close>[)、.])(?!\d)(?=.)"
)
_ORDINAL = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3})(?P<close>\D+)")


def unit_by_sum(table: Layout, row: int, column: int) -> Scaled | None:
    """The unit of the row above of which this one and its neighbours are the parts, by their sum.

    >>> rows = [["产业", "产值"], ["合计(亿元)", "305"], ["1.工业", "105"], ["2.农业", "200"]]
    >>> unit_by_sum(Layout(rows), 3, 1).unit.surface, unit_by_sum(Layout(rows), 1, 1)
    ('元', None)
    >>> unit_by_sum(Layout([*rows[:2], ["工业", "105"], ["农业", "200"]]), 3, 1)
    >>> unit_by_sum(Layout([*rows[:3], ["2.农业", "201"]]), 3, 1)
    """
    at = bisect_left(table.body, row)
    for whole in range(at - 1, max(-1, at - 1 - MOST), -1):
        unit = _unit(table, table.body[whole])
        if unit is not None:
            if unit.unit.kind not in ADDED or unit.per:
                return None
            if whole not in table.parts:
                table.parts[whole] = _parts(table, whole, unit)
            is_part = at - whole <= table.parts[whole]
            return unit if is_part and _is_telling(table, whole, column) else None
    return None


def _unit(table: Layout, row: int) -> Scaled | None:
    """The unit that a row's name has."""
    if not any(_ASIDE.search(_at(table, row, column)) for column in table.names):
        return None
    return next((one.unit for one in names_of(table, row) if one.unit), None)


def _parts(table: Layout, whole: int, unit: Scaled) -> int:
    """How many rows below one are its parts; 0 where they do not add up in every column."""
    rows = _marked(table, whole)
    if len(rows) < FEWEST or any(_is_other(table, row, unit) for row in rows):
        return 0
    cells = [[_at(table, row, c) for row in (table.body[whole], *rows)] for c in _amounts(table)]
    values = [[bare(text) for text in column] for column in cells]
    told = [column for column in values if any(value is not None for value in column)]
    return len(rows) if told and all(map(_adds_up, told)) else 0


def _marked(table: Layout, whole: int) -> list[int]:
    """The rows right below one that are marked alike, as it is not: all of them."""
    below = table.body[whole + 1 : whole + 2 + MOST]
    marks = [_mark(table, row) for row in (table.body[whole], *below)]
    way = marks[1][0] if below else ""
    if not way or marks[0][0] == way:
        return []
    alike = next((n for n, (own, _) in enumerate(marks[1:]) if own != way), len(below))
    rows, numbers = below[:alike], [number for _, number in marks[1 : alike + 1]]
    is_run = numbers in ([0] * alike, [*range(1, alike + 1)])
    is_whole = alike <= MOST and all(_unit(table, row) is None for row in rows)
    return rows if is_run and is_whole else []


def _mark(table: Layout, row: int) -> tuple[str, int]:
    """In which way a row is marked as a part, and its number if that is a run."""
    text = _at(table, row, table.names[0]) if table.names else ""
    match = _RUN.match(text) or _ORDINAL.fullmatch(text)
    if match is None:
        return ("part", 0) if Row(names_of(table, row), "", table).is_part else ("", 0)
    number = match["number"]
    value = value_of([number] if number.isdigit() else list(number))
    form = "1" if number.isdigit() else "一"
    return f"{text[: match.start('number')]}{form}{match['close']}", int(value or 0)


def _is_other(table: Layout, row: int, unit: Scaled) -> bool:
    """Whether what names a row are things that are counted, 学校: in no unit of a sum."""
    own = Row(names_of(table, row), "", table).own.removeprefix("其中").removeprefix("#")
    name = heading(own).name
    is_counted = ends("counted", name) and not (unit.unit.kind == "count" and ends("count", name))
    return not name or is_of("named", name) or is_of("suffix", name) or is_counted


def _amounts(table: Layout) -> list[int]:
    """The columns that add up where rows do: not those of growth, of shares and of ranks."""
    return [column for column in table.data if not _is_ratio(table, column)]


def _is_ratio(table: Layout, column: int) -> bool:
    over = table.headings(column)
    last = [one.name for one in over if one.name][-1:]
    if any(ends("difference", name) for name in last):
        return False
    is_share = any(one.unit and one.unit.is_share for one in over)
    return is_share or any(tells("ratio", one.name) or ends("rank", one.name) for one in over)


def _adds_up(values: Sequence[Decimal | None]) -> bool:
    """Whether the first number is the sum of the others: of whole ones exactly."""
    known = [value for value in values if value is not None]
    total, *parts = known
    step = min(map(_step, known))
    room = len(parts) * step / 2 if step < 1 else Decimal()
    return len(known) == len(values) and abs(sum(parts, Decimal()) - total) <= room


def _is_telling(table: Layout, whole: int, column: int) -> bool:
    """Whether a column's sum is of digits enough, and of nothing below zero."""
    rows = table.body[whole : whole + 1 + table.parts[whole]]
    known = [bare(_at(table, row, column)) for row in rows]
    if column not in _amounts(table) or any(value is None or value < 0 for value in known):
        return False
    total = known[0]
    return total is not None and len(total.normalize().as_tuple().digits) >= FEWEST_DIGITS


def _at(table: Layout, row: int, column: int) -> str:
    cells = table.texts[row]
    return cells[column] if column < len(cells) else ""


def _step(value: Decimal) -> Decimal:
    """What the last digit of a number counts."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
