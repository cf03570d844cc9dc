"""The unit of a table's cell: its column's own, else its row's, else the whole table's."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.zh.tables.headings import Heading, Scaled, counted_by, ends, is_of, scaled, tells
from summarizer.zh.tables.layout import Layout
from summarizer.zh.tables.numbers import is_year
from summarizer.zh.tables.parts import unit_by_sum
from summarizer.zh.tables.rows import Row, is_name

_KINDS = ("money", "count", "area", "length", "mass", "age", "none")


def unit_of(
    table: Layout, row: int, column: int, over: Sequence[Heading], names: Row
) -> Scaled | None:
    """The unit of a cell: its column's own, else its row's, else the whole table's.

    Where none is told it may be that of the row of which this one is a part, by their sum.
    """
    own, of_name = own_unit(over), own_unit(names.headings)
    if own is not None:
        is_rate = of_name is not None and of_name.is_share
        return of_name if is_rate and not own.is_share else own
    is_difference = _is_difference(over)
    is_ratio = not is_difference and any(tells("ratio", one.name) for one in over)
    of_row = row_unit(table, row, names)
    if is_ratio:
        return of_row if of_row and of_row.is_share else None
    whole = of_row or table.unit
    if is_difference and whole is not None and whole.is_share:
        return None  # what two shares differ by is in points
    if of_row is not None:
        return of_row
    counted = counted_unit(over, names)
    is_told = _may_be_in(table.unit, over, names) and _is_told_of(table, row, names)
    if not _is_of_indicator(table, over, names):
        is_scale_open = counted is not None and _is_in_scale(table, counted)
        return None if is_scale_open else counted  # 人数 beside 常住人口(万人)
    told = table.unit if is_told else None
    is_scaled = told is not None and counted is not None and told.unit == counted.unit
    if told is None and counted is None and not (table.unit or names.is_key):
        summed = unit_by_sum(table, row, column)
        return summed if _may_be_in(summed, over, names) else None
    return told if is_scaled or counted is None else counted  # 人数 in 万人


def _is_difference(over: Sequence[Heading]) -> bool:
    """Whether a column is of what two amounts differ by: 比上年增减额, and no 比上年增减."""
    own = [one.name for one in over if one.name][-1:]
    return any(ends("difference", name) for name in own)


def own_unit(headings: Sequence[Heading]) -> Scaled | None:
    return next((one.unit for one in reversed(headings) if one.unit), None)


def row_unit(table: Layout, row: int, names: Row) -> Scaled | None:
    """The unit of a row: the one in the column of units, else its name's."""
    cells = table.texts[row]
    told = cells[table.units] if table.units is not None and table.units < len(cells) else ""
    return scaled(told) or own_unit(names.headings)


def contradict(table: Layout, row: int, over: Sequence[Heading], names: Row) -> bool:
    """Whether a cell's column and its row give it two units: 人口(人) under 预算数(万元).

    They do not where the column says what it measures (金额, 面积) of a thing that its row counts.
    """
    own, of_row = own_unit(over), row_unit(table, row, names)
    if own is None or of_row is None or own.measure == of_row.measure:
        return False
    if own.is_share or (of_row.is_share and of_row == own_unit(names.headings)):
        return False
    is_measured = of_row.per or of_row.unit.kind == "money"
    if is_measured or any(ends(kind, names.own) for kind in _KINDS):
        return True
    what = [one.name for one in over if one.name][-1:]
    return not what or any(is_of("generic", n) or ends("counted", n) or is_name(n) for n in what)


def _is_told_of(table: Layout, row: int, names: Row) -> bool:
    """Whether a row has a name or a year, where rows have names: else it is of nothing known."""
    has_year = any(is_year(text) for text in table.texts[row])
    return bool(names.headings) or has_year or not table.names


def _is_of_indicator(table: Layout, over: Sequence[Heading], names: Row) -> bool:
    """Whether a cell is of the one thing that a line says the table is of, where one does.

    Its headers then are places, periods, sums, that thing itself: under 常住人口(万人) neither
    生产总值 nor 床位 is in its unit.
    """
    thing = table.indicator
    if thing is None or thing.unit != table.unit:
        return True
    said = [one.name for one in (*over, *names.headings) if one.name]
    return all(
        name == thing.name
        or any(is_of(kind, name) for kind in ("generic", "total", "subtotal"))
        or (is_name(name) and not is_of("suffix", name))
        for name in said
    )


def _is_in_scale(table: Layout, counted: Scaled | None = None) -> bool:
    """Whether the one thing that a table is of is counted in 万 or 亿, by a header's own unit."""
    unit = table.indicator.unit if table.indicator else None
    if unit is None or unit.scale == 1 or unit.unit.kind != "count":
        return False
    return counted is None or counted.unit == unit.unit


def _may_be_in(unit: Scaled | None, over: Sequence[Heading], names: Row) -> bool:
    """Whether headers leave room for a table's unit: no 人口 is in 万元, no 率 in anything."""
    said = [one.name for one in over] + ([] if names.is_named else [names.own])
    kinds = {kind for kind in _KINDS if any(ends(kind, name) for name in said)}
    if unit is None or unit.is_share:
        return True
    is_rate = any(ends("rate", name) for name in said)
    return not is_rate and (not kinds or unit.unit.kind in kinds)


def counted_unit(over: Sequence[Heading], names: Row | None) -> Scaled | None:
    """The unit that a header counts by: 户数, 人数, 行政村个数."""
    said = (*(one.name for one in reversed(over)), names.name if names else "")
    return next((unit for name in said if (unit := counted_by(name)) is not None), None)


def is_count(own: Sequence[str], names: Row, *, is_whole: bool) -> bool:
    """Whether a header tells that things are counted, though it has no word for one of them.

    预算数 and 本年数, of which the period leaves 数, count nothing; of numbers with a fraction only
    an index is told without a unit, for 人口 82.62 may be a share, and so in a table that is of one
    thing in 万人: another may be in 万, too.
    """
    is_whole = is_whole and not _is_in_scale(names.table)
    said = [name for name in (*own, names.name) if name != "数" and not ends("uncounted", name)]
    return any(ends("counted" if is_whole else "index", name) for name in said)
