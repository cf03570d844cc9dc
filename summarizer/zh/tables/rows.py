"""What a row of a table is called, and what it is to the others: a part, a sum, a place's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from summarizer.zh.names import find_names
from summarizer.zh.tables.headings import Heading, begins, ends, heading, is_of
from summarizer.zh.tables.layout import Layout
from summarizer.zh.tables.numbers import is_blank

_LEADS_IN = re.compile("^(?:其中|#|[一二三四五六七八九十]{1,3}、|[(]?[0-9]{1,2}[).、])?[:：]?")
Level = Literal["row", "numbered", "part", "subtotal", "total"]


@dataclass(frozen=True)
class Row:
    """What names a row: its headings, the row that it may be a part of, its table.

    `is_key`: in a form it names one number alone.
    """

    headings: list[Heading]
    whole: str
    table: Layout
    is_key: bool = False

    @cached_property
    def own(self) -> str:
        """What its own cells call it."""
        return "".join(dict.fromkeys(one.name for one in self.headings))

    @property
    def is_part(self) -> bool:
        """Whether it says that it is a part of a row before: 其中:女."""
        return begins("part", self.own)

    @cached_property
    def name(self) -> str:
        """What the row is called; a part with its whole, for 女 says nothing alone."""
        if not self.is_part or not self.whole:
            return self.own
        part = self.own.removeprefix("其中").removeprefix("#").lstrip(":")
        return f"{self.whole}其中{part}"

    @property
    def period(self) -> str | None:
        """The period that the row is of."""
        return next((one.period for one in self.headings if one.period), None)

    @property
    def is_total(self) -> bool:
        """Whether it adds up the others."""
        return is_of("total", self.own) or is_of("subtotal", self.own)

    @property
    def level(self) -> Level:
        """What it is to the other rows."""
        if self.is_part:
            return "part"
        if self.is_total:
            return "total" if is_of("total", self.own) else "subtotal"
        return "numbered" if any(one.is_numbered for one in self.headings) else "row"

    @cached_property
    def is_named(self) -> bool:
        """Whether its name is that of a place, a body, a person."""
        if self.is_total or self.is_key or not self.name:
            return False
        heads = [name for column in self.table.names for name in self.table.column_names(column)]
        return any(is_of("named", head) for head in heads) or is_name(self.name)


def names_of(table: Layout, row: int) -> list[Heading]:
    """What names a row, and its year. A unit in the leading column is a name there: 甲, 户."""
    cells = table.texts[row]
    years = [] if table.years is None else [table.years]
    said = [cells[c] for c in (*table.names, *years) if c < len(cells) and not is_blank(cells[c])]
    found = {text: heading(text) for text in said}
    for text in said[:1]:
        found[text] = found[text] if found[text].name or found[text].period else Heading(text)
    return list(found.values())


@lru_cache(maxsize=1024)
def is_name(text: str) -> bool:
    """Whether a header is a proper name, whole, or ends as those of places and bodies do."""
    if len(text) > 1 and ends("suffix", text) and not is_of("named", text):
        return True
    return any(name.span.start == 0 and name.span.end == len(text) for name in find_names(text))


def row_names(row: str, headers: str) -> list[str]:
    r"""What a row is called in its own words: the first of its cells that is in `headers`.

    >>> row_names("其中:第一产业\t亿元\t20.1", "地区生产总值其中第一产业")
    ['第一产业']
    """
    cells = (_LEADS_IN.sub("", cell.strip()) for cell in row.split("\t"))
    return [name for name in cells if name and name in headers][:1]
