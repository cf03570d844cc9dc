"""The numbers of a table: value and unit by its headers, and the words for what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.types import MentionKind, Quantity
from summarizer.zh.quantities.units import plain
from summarizer.zh.tables.aligned import aligned, continued
from summarizer.zh.tables.cell_units import contradict, counted_unit, is_count, unit_of
from summarizer.zh.tables.headings import Heading, Scaled, ends, heading, is_amount, is_of
from summarizer.zh.tables.layout import Layout
from summarizer.zh.tables.numbers import bare, is_blank, is_year, several
from summarizer.zh.tables.rows import Level, Row, is_name, names_of

_NO_QUANTITIES: tuple[tuple[str, str, MentionKind], ...] = (
    ("rank", "rank", "ordinal"),
    ("other", "identifier", "identifier"),
    ("date", "date", "date"),
)  # kinds of headers whose numbers are none
_NUMERAL = re.compile("[0-9零一二三四五六七八九十百千万亿两半]")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETED = re.compile(r"[(][0-9][0-9,.]*[)]")  # below zero, or a note: who knows


@dataclass(frozen=True, slots=True)
class CellReading:
    """A bare number of a table: what it is, and what its headers say of it.

    `quantity` is None where the headers say that it is none, or give no unit: `rule` says why.
    `step` is what its last digit counts, `level` what its row is to the others; `part` is its place
    among the numbers of a cell that has several.
    """

    row: int
    column: int
    kind: MentionKind
    rule: str
    quantity: Quantity | None = None
    label: str = ""
    subject: str | None = None
    period: str | None = None
    step: Decimal = Decimal()
    level: Level = "row"
    part: int | None = None

    @property
    def words(self) -> str:
        """What its headers say, as words that would lead to its number.

        >>> CellReading(1, 2, "quantity", "cell", None, "投资", "甲镇", "2019").words
        '2019年甲镇投资'
        """
        period = f"{self.period}年" if re.fullmatch(r"\d{4}", self.period or "") else self.period
        said = f"{period or ''}{self.subject or ''}{self.label}"
        return said.replace("本期", "本年")


WORDS, HEADER = "cell_words", "header"  # of the data; of what names rows and columns


def read_table(
    rows: Sequence[Sequence[str]], above: str = "", *, every: bool = False
) -> Iterator[CellReading]:
    """What each bare number of a table is. `rows` repeat a merged cell wherever it covers.

    With `every` also of cells that may be a number with its unit, 350万元 or 60岁以上: what their
    headers say, by the rules WORDS and HEADER.

    >>> rows = [["乡镇", "投资(万元)"], ["乡镇", "2019年"], ["甲镇", "300"]]
    >>> [one] = read_table(rows)
    >>> one.quantity.value, one.quantity.unit, one.label, one.subject, one.period
    (Decimal('3000000'), '元', '投资', '甲镇', '2019年')
    """
    whole = Layout(continued(aligned(rows)), above)
    found = [
        replace(one, column=one.column + first, level="row" if first else one.level)
        for first, table in whole.beside  # a sum in the second may be that of both
        for one in (*_read(table, every=every), *(_of_headers(table) if every else ()))
    ]
    return iter(sorted(found, key=lambda one: (one.row, one.column)))


def _of_headers(table: Layout) -> Iterator[CellReading]:
    """The cells above the data; where there is none, they may be the data."""
    heads = [n for n in range(len(table.texts)) if n not in table.body] if table.body else []
    for row in heads:
        for column, text in enumerate(table.texts[row]):
            value = bare(text)
            if value is None and _NUMERAL.search(text) and table.is_class(row, column):
                yield CellReading(row, column, "name", HEADER)
            elif is_year(text):
                yield CellReading(row, column, "date", "date")
            elif value is not None:
                yield CellReading(row, column, "ordinal", "column_number")


def _read(table: Layout, *, every: bool) -> Iterator[CellReading]:
    """The bare numbers of one table, row by row, and its other cells."""
    if not table.body or not (table.heads or table.names):
        return
    whole = ""
    for row in table.body:
        names = Row(names_of(table, row), whole, table)
        if not names.is_part:
            whole = names.own
        shifted = _is_shifted(table, row)
        for column, text in enumerate(table.texts[row]):
            value = bare(text)
            if value is None:
                yield from _others(table, row, column, names, every=every)
                continue
            if shifted and column in table.data:
                yield CellReading(row, column, "unknown", "cell_without_unit")
                continue
            if column == table.serial:
                yield CellReading(row, column, "ordinal", "row_number")
            elif is_year(text) and (
                column in (*table.names, table.years) or _is_of_years(table, column)
            ):
                yield CellReading(row, column, "date", "date")
            elif column in table.data:
                yield _cell(table, row, column, value, names)


def _is_of_years(table: Layout, column: int) -> bool:
    """Whether a column is headed 年: what looks like a year there is no duration."""
    units = [one.unit for one in table.headings(column) if one.unit and not one.name]
    return any(unit.unit.surface == "年" for unit in units)


def _others(
    table: Layout, row: int, column: int, names: Row, *, every: bool
) -> Iterator[CellReading]:
    """A cell that is no bare number: numbers in paragraphs, one in brackets, words."""
    text = table.texts[row][column]
    if column in table.data and _BRACKETED.fullmatch(text):
        yield CellReading(row, column, "unknown", "unread_sign")
    elif column in table.data and (values := several(text)):
        for part, value in enumerate(values):
            yield replace(_cell(table, row, column, value, names), part=part)
    elif every and column in table.data and _NUMERAL.search(text):
        over, names = _headers(table, row, column, names)
        said = (*_words(_names(over), names, table), _period(over, names))
        yield CellReading(row, column, "quantity", WORDS, None, *said)
    elif every and column in table.names and _NUMERAL.search(text):
        yield CellReading(row, column, "name", HEADER)


def _is_shifted(table: Layout, row: int) -> bool:
    """Whether a row has a number where no header stands: 1,200 without quotes is two cells."""
    cells = table.texts[row]
    beyond = (c for c in table.data if c < len(cells) and bare(cells[c]) is not None)
    return bool(table.heads) and any(not table.headings(column) for column in beyond)


def _cell(table: Layout, row: int, column: int, value: Decimal, names: Row) -> CellReading:
    """A bare number of a column of data."""
    over, names = _headers(table, row, column, names)
    own = _names(over)
    for said in (own[-1:], [] if names.is_named else [names.own]):
        for kind, rule, is_what in _NO_QUANTITIES:
            has_unit = any(one.unit for one in (*over, *names.headings))
            if said and ends(kind, said[0]) and (kind == "rank" or not has_unit):
                return CellReading(row, column, is_what, rule)
    if contradict(table, row, over, names):
        return CellReading(row, column, "unknown", "units_contradict")
    unit = unit_of(table, row, column, over, names)
    is_whole = not value % 1
    is_part = unit is not None and counted_unit(over, names) == unit and not is_whole
    if is_part or (unit is None and not is_count(own, names, is_whole=is_whole)):
        return CellReading(row, column, "unknown", "cell_without_unit")
    label, subject = _words(own, names, table)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return CellReading(
        row,
        column,
        "quantity",
        "table_cell",
        _quantity(value, unit),
        label,
        subject,
        _period(over, names),
        step * (unit.scale if unit else 1),
        names.level,
    )


def _headers(table: Layout, row: int, column: int, names: Row) -> tuple[Sequence[Heading], Row]:
    """What heads a cell and names its row; in a form that is the key on its left alone."""
    over = table.headings(column)
    if any(one.unit for one in over) or (key := _key(table, row, column)) is None:
        return over, names
    if not table.heads or key.unit or counted_unit([key], None) or ends("other", key.name):
        return [], Row([key], "", table, is_key=True)
    return over, replace(names, headings=[replace(one, unit=None) for one in names.headings])


def _names(over: Sequence[Heading]) -> list[str]:
    return [one.name for one in over if one.name]


def _period(over: Sequence[Heading], names: Row) -> str | None:
    return next((one.period for one in reversed(over) if one.period), None) or names.period


def _key(table: Layout, row: int, column: int) -> Heading | None:
    """What names a number in a form, 总投资(万元) 300 户数 45: the words on its left."""
    text = table.texts[row][column - 1] if column - 1 in table.data else ""
    if is_blank(text) or bare(text) is not None or is_amount(text) or not _LETTER.search(text):
        return None
    told = heading(text)
    return told if told.name and not is_blank(told.name) and bare(told.name) is None else None


def _words(own: Sequence[str], names: Row, table: Layout) -> tuple[str, str | None]:
    """A label of the headers' words, and whose the number is."""
    telling = [name for name in own if not is_of("generic", name)]
    columns = "".join(dict.fromkeys(telling))
    is_whose = not names.is_named or (table.width == 2 and not is_name(names.name))
    if telling and len(telling) == len(own) == 1 and is_name(columns) and is_whose:
        return names.name or columns, columns
    if names.is_total:
        return f"{columns}{names.name}" if columns else f"{''.join(own)}{names.name}", None
    if names.is_named:
        return columns or "".join(own) or table.title or names.name, names.name
    return f"{names.name}{columns}" or "".join(own), None


def _quantity(value: Decimal, unit: Scaled | None) -> Quantity:
    if unit is None:
        return Quantity(plain(value), None, "count", implied_unit=True)
    whole = plain(value * unit.scale)
    one = unit.unit
    return Quantity(
        whole,
        one.surface,
        one.kind,
        base_value=one.to_base(whole),
        base_unit=one.base_unit,
        implied_unit=True,
        per=unit.per,
    )
