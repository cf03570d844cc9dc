"""Which rows and columns of a table are its headers, and where its units stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, zip_longest

from summarizer.zh.script import fold
from summarizer.zh.tables.headings import (
    Heading,
    Scaled,
    amount_unit,
    announced,
    ends,
    heading,
    indicator,
    is_amount,
    is_of,
    plain,
    scaled,
)
from summarizer.zh.tables.numbering import numbers_columns
from summarizer.zh.tables.numbers import bare, is_blank, is_year, several

MOST = 0.6  # share of a column's filled cells that make it one of names, or of units
_NO_HEADER = re.compile(r"\([\d,]+(?:\.\d+)?\)|[\d,.]+(?: +[-+]?[\d,.]+)+")  # (300), 30 40
DEEPEST = 10  # rows of headers
LONGEST = 20  # characters of a caption that may name what is measured

Rows = Sequence[Sequence[str]]
_OVER_NAMES = frozenset({"money", "mass", "area"})  # 万元, 万吨; 年 and 米 are no units there


@dataclass(frozen=True)
class Layout:
    """A table's rows, merged cells repeated in each place that they cover.

    `above` are the words before the table, in which a unit for all of it may be announced; `whole`
    is the table that it is a part of, whose captions and headers are its own.

    >>> table = Layout([["乡镇", "投资(万元)"], ["", "2019"], ["甲镇", "300"]], "")
    >>> table.heads, table.names, table.data
    ([0, 1], [0], [1])
    """

    raw: Rows
    above: str = ""
    whole: Layout | None = None
    texts: list[list[str]] = field(init=False, repr=False)
    parts: dict[int, int] = field(init=False, repr=False, default_factory=dict)
    _headings: dict[int, list[Heading]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", [[plain(cell) for cell in row] for row in self.raw])

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.texts), default=0)

    @cached_property
    def first(self) -> int:
        """The first row of data."""
        if self.whole is not None:
            return self.whole.first
        for number, row in enumerate(self.texts):
            told = [cell for cell in row[1:] or row if not is_blank(cell)]
            numbers = [cell for cell in told if _is_number(cell) or _NO_HEADER.fullmatch(cell)]
            if not numbers and (number or self._opens_with_amounts()):
                numbers = [cell for cell in told if is_amount(cell)]
            are_years = all(map(is_year, numbers)) and not self._is_named(number)
            if numbers and not are_years and not numbers_columns(row):
                return number
            if not numbers and number < DEEPEST and self._begins_data(number):
                return number
        return len(self.texts)

    @cached_property
    def heads(self) -> list[int]:
        """The rows of column headers: those before the data that are no caption."""
        above = range(self.first)
        return [n for n in above if not self._is_caption(n)]

    @cached_property
    def body(self) -> list[int]:
        """The rows of data, with group headings among them; repeated headers are none."""
        heads = [self.texts[n] for n in self.heads]
        return [n for n in range(self.first, len(self.texts)) if self.texts[n] not in heads]

    @cached_property
    def serial(self) -> int | None:
        """The column that numbers the rows."""
        for column in range(min(2, self.width)):
            names = self.column_names(column)
            values = [bare(self._at(row, column)) for row in self.body]
            counted = [value for value in values if value is not None]
            follows = all(b - a == 1 for a, b in pairwise(counted))
            words = self.width > column + 1 and not any(map(_is_number, self._told(column + 1)[:1]))
            if any(is_of("serial", name) for name in names):
                return column
            if counted and counted[0] == 1 and len(counted) > 1 and follows and words and not names:
                return column
        return None

    @cached_property
    def units(self) -> int | None:
        """The column of the rows' units. The leading one is none unless its header says so."""
        leading = 0 if self.serial is None else self.serial + 1
        for column in range(self.width):
            if column == leading and not any(is_of("unit", n) for n in self.column_names(column)):
                continue
            told = self._told(column)
            of_units = sum(scaled(cell) is not None for cell in told)
            if told and of_units >= MOST * len(told):
                return column
        return None

    @cached_property
    def years(self) -> int | None:
        """The column of the years that the rows are of, where they do not name them: 年份."""
        found = [column for column in range(self.width) if self._has_years(column)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def names(self) -> list[int]:
        """The leading columns that name the rows, behind numbers and codes of them."""
        found: list[int] = []
        for column in range(self.width):
            is_code = any(ends("other", name) for name in self.column_names(column))
            if column in (self.serial, self.units, self.years) or (is_code and not found):
                continue
            told = self._told(column)
            words = [cell for cell in told if not (_is_number(cell) or several(cell))]
            words = [cell for cell in words if not (found and is_amount(cell))]
            is_words = told and len(words) >= MOST * len(told)
            if not is_words and not self._are_years(column, told):
                break
            found.append(column)
        return found

    @cached_property
    def data(self) -> list[int]:
        """The columns that may hold quantities."""
        others = {self.serial, self.units, self.years, *self.names}
        return [column for column in range(self.width) if column not in others]

    @cached_property
    def unit(self) -> Scaled | None:
        """The unit of the whole table, announced in a caption or before it."""
        captions = [self.texts[n] for n in range(self.first) if n not in self.heads]
        said = [cell for row in captions for cell in dict.fromkeys(row)]
        found = [*map(announced, (*said, self.above)), *(i.unit for i in [self.indicator] if i)]
        in_heads = (announced(c) for n in self.heads for c in self.texts[n] if "单位:" in c)
        over_names = (heading(self._at(n, c)) for n in self.heads for c in self.names)
        alone = (one.unit for one in over_names if one.unit and not (one.name or one.period))
        at_names = (u for u in alone if u.scale != 1 and u.unit.kind in _OVER_NAMES)
        return next((unit for unit in (*found, *in_heads, *at_names) if unit is not None), None)

    @cached_property
    def indicator(self) -> Heading | None:
        """The one thing that all numbers are, by a line before the table or above its data."""
        said = [cell for row in self.texts[: self.first] for cell in row[:1]]
        return indicator("\n".join(said)) or indicator(self.above)

    @cached_property
    def title(self) -> str:
        """What the table is of, where a caption or the line above says it in a word: 用电量."""
        captions = [self.texts[n][0] for n in range(self.first) if n not in self.heads]
        if self.indicator is not None:
            return self.indicator.name
        said = " ".join((*captions, unicodedata.normalize("NFKC", fold(self.above)))).split()
        names = [heading(text).name for text in said if ":" not in text and len(text) < LONGEST]
        return next((name for name in reversed(names) if ends("measured", name)), "")

    def headings(self, column: int) -> list[Heading]:
        """The headers over a column, from the top; a merged one once."""
        known = self._headings.get(column)
        if known is None:
            told = (row for row in self.heads if not numbers_columns(self.texts[row]))
            said = dict.fromkeys(self._at(r, column) for r in told if self.is_class(r, column))
            known = [heading(text) for text in said if not is_blank(text) and "单位:" not in text]
            self._headings[column] = known
        return known

    @cached_property
    def beside(self) -> list[tuple[int, Layout]]:
        """The tables that stand beside each other under headers that recur, and where each begins.

        >>> rows = [["村名", "户数", "村名", "户数"], ["甲村", "30", "乙村", "40"]]
        >>> [(first, table.names) for first, table in Layout(rows).beside]
        [(0, [0]), (2, [0])]
        """
        last = self.texts[self.heads[-1]] if self.heads else []
        starts = [c for c, cell in enumerate(last) if cell == last[0] and not is_blank(cell)]
        wide = starts[1] if len(starts) > 1 else 0
        if wide < 2 or self.width % wide or starts != [*range(0, self.width, wide)]:
            return [(0, self)]
        parts = [Layout([r[at : at + wide] for r in self.raw], self.above, self) for at in starts]
        return [*zip(starts, parts, strict=True)] if all(p.names for p in parts) else [(0, self)]

    def column_names(self, column: int) -> list[str]:
        """What its headers call a column."""
        return [one.name for one in self.headings(column) if one.name]

    def _at(self, row: int, column: int) -> str:
        cells = self.texts[row]
        return cells[column] if column < len(cells) else ""

    def _told(self, column: int) -> list[str]:
        """What a column's data say."""
        return [cell for row in self.body if not is_blank(cell := self._at(row, column))]

    def _are_years(self, column: int, told: Sequence[str]) -> bool:
        """Whether years name the rows: the first column, of years alone, each another one."""
        years = [cell for cell in told if is_year(cell.removesuffix("年"))]
        return column == 0 and len(told) > 1 and len({*years}) == len(told)

    def _has_years(self, column: int) -> bool:
        """Whether a column has years alone, under a header of them or under none: 年份, 2023年."""
        heads = [cell for n in self.heads if not is_blank(cell := self._at(n, column))]
        is_headed = bool(heads) and is_of("period", heads[-1])
        told = [] if heads and not is_headed else self._told(column)
        ends = ("年", "年度", "" if is_headed else "年")
        is_of_years = told and all(is_year(cell[:4]) and cell[4:] in ends for cell in told)
        return bool(is_of_years) and not self._are_years(column, told)

    def _is_named(self, number: int) -> bool:
        """Whether a row has a name of its own, below headers: its years may be counts, 2010户."""
        row, before = self.texts[number], self.texts[max(0, number - 1)]
        is_first = all(map(self._is_caption, range(number)))
        own = row[0] if row else ""
        return not is_first and not is_blank(own) and own not in before[:1]

    def is_class(self, row: int, column: int) -> bool:
        """Whether a header's number may be a class: a span, 60岁以上, or beside another, 3个月."""
        beside = (self._at(row, c) for c in (column - 1, column + 1) if c >= 0)
        return not is_amount(self._at(row, column)) or any(cell[:1].isdigit() for cell in beside)

    def _opens_with_amounts(self) -> bool:
        """Whether the first row is one of data by its amounts: 青山村 350万元, 总投资 350万元.

        They stand over others of their kind, or are no fewer than its words and no classes: of one
        kind, side by side, over what is no amount of another.
        """
        row = self.texts[0]
        units = {c: unit for c, cell in enumerate(row) if (unit := amount_unit(cell))}
        below = {c: amount_unit(self._below(c)) for c in units}
        if any(one and one.unit.kind == units[c].unit.kind for c, one in below.items()):
            return True
        is_alike = len({unit.unit.kind for unit in units.values()}) == 1
        is_over = any(one and not one.is_share for one in below.values())
        is_classes = is_alike and all(self.is_class(0, c) for c in units)
        is_span = any(cell[:1].isdigit() for c, cell in enumerate(row) if c and c not in units)
        told = [cell for cell in row[1:] or row if not is_blank(cell)]
        return 2 * len(units) >= len(told) and not (is_classes and (is_span or not is_over))

    def _below(self, column: int) -> str:
        """The first cell below the first row of a column that says anything."""
        told = (self._at(row, column) for row in range(1, len(self.texts)))
        return next((cell for cell in told if not is_blank(cell)), "")

    def _begins_data(self, number: int) -> bool:
        """Whether a row of words is one of data: its headers need no other row to be told apart.

        Such a row has a name of its own, in the letters of those below it, and more than units,
        periods and numbering: 甲镇 待定.
        """
        row = self.texts[number]
        heads = [self.texts[above] for above in range(number) if self._is_header(above)]
        stubs = [above[0] for above in heads if not is_blank(above[0])]
        own, told = row[:1], [heading(cell) for cell in row[1:] if not is_blank(cell)]
        below = next((r[0] for r in self.texts[number + 1 :] if r and not is_blank(r[0])), "")
        is_named = any(not is_blank(cell) and cell not in stubs for cell in own)
        is_translated = any(cell.isascii() for cell in own) and not below.isascii()
        is_more = any(one.name and not is_of("numbering", one.name) for one in told)
        if not stubs or not is_named or is_translated or not is_more:
            return False
        over = list(zip_longest(*heads, fillvalue=""))[1:]
        is_told_apart = all(left != right for left, right in pairwise(over))
        return is_told_apart and not any(all(map(is_blank, cells)) for cells in over)

    def _is_header(self, number: int) -> bool:
        """Whether a row above the data heads columns: no caption, and not 填报单位:财政局 alone."""
        told = (cell for cell in self.texts[number][1:] if not is_blank(cell))
        return not self._is_caption(number) and any(":" not in cell.rstrip(":") for cell in told)

    def _is_caption(self, number: int) -> bool:
        """Whether one text stands for the whole row, though the table has more columns."""
        table = self.whole or self
        row = table.texts[number]
        told = {cell for cell in row if not is_blank(cell)}
        return table.width > 1 and len(told) == 1 and len(row) > 1 and len({*row}) == 1


def _is_number(text: str) -> bool:
    return bare(text) is not None or bare(text.rstrip("%‰")) is not None
