"""Whose report a text is: its place, office and title, and what is another's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from summarizer.zh.lexicon import by_kind
from summarizer.zh.names import Name
from summarizer.zh.script import fold

WORDS = by_kind(Path(__file__).with_name("words.tsv"))
OPENING = 8  # characters of a clause in which its subject stands
_LEVELS = "国省市州县区旗镇乡村"
_OTHER = re.compile(rf"^.{{0,8}}?[全我本]([{_LEVELS}])(?![长委政])")
_UNIT = re.compile(rf".+?[{_LEVELS}]")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DECREE = re.compile(WORDS["decree"])


@dataclass(frozen=True, slots=True)
class Reporter:
    """The title, place and office of a report, in simplified words, and its year, 0 for none."""

    title: str = ""
    place: str = ""
    publisher: str = ""
    year: int = 0

    @classmethod
    def of(
        cls, title: str | None, place: str | None, publisher: str | None, period: str | None
    ) -> Reporter:
        """The same from what a document says of itself."""
        year = re.search(r"\d{4}", period or "")
        own = (fold(title or ""), fold(place or ""), fold(publisher or ""))
        return cls(*own, int(year[0]) if year else 0)

    @property
    def orders(self) -> bool:
        """Whether the document says what is to be done: a notice, a plan, measures.

        >>> Reporter("防汛工作方案").orders, Reporter("防汛工作总结").orders
        (True, False)
        """
        return _DECREE.search(self.title) is not None

    def owns(self, name: Name) -> bool:
        """Whether a name is the reporter's own, or of whom the whole report is."""
        words = fold(name.text)
        return any(words in own for own in (self.title, self.place, self.publisher))

    def opens(self, text: str) -> bool:
        """Whether a text opens with the place, or with the reporter's own whole.

        >>> county = Reporter(place="南浦县")
        >>> county.opens("全县新建卫生室"), county.opens("南浦县筹资"), county.opens("全省新建")
        (True, True, False)
        """
        own, opening = self.place[-1:], text[:OPENING]
        wholes = rf"[全我本][{own or _LEVELS}]"
        last = _UNIT.findall(self.place)[-1:]  # 劉垓子鎮, of 臨清市劉垓子鎮
        named = any(unit in text[: OPENING + len(unit)] for unit in (*last, self.place) if unit)
        return named or re.search(wholes, opening) is not None

    def is_past(self, clause: str) -> bool:
        """Whether a clause opens with a year before the report's, or with any where it has none.

        >>> Reporter(year=2023).is_past("2016年那场洪水"), Reporter(year=2023).is_past("2023年末")
        (True, False)
        """
        match = _YEAR.match(clause)
        return match is not None and (self.year == 0 or int(match[1]) < self.year)

    def is_other(self, clause: str) -> bool:
        """Whether a clause opens with a whole that is not the reporter's.

        >>> Reporter(place="南浦县").is_other("去年全省增长5%")
        True
        """
        match, level = _OTHER.match(clause), self.place[-1:]
        return match is not None and level != "" and level in _LEVELS and match[1] != level
