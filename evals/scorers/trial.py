"""What a scorer is given: a case, a summary of it, and what both need worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from summarizer.documents.clean import CleanText, clean
from summarizer.types import Span

from ..cases import Case, Gold
from ..lists import Listed, lists_of
from ..match import Matching, match_figures
from ..numerals import Source
from ..scores import Score
from ..views import ItemView, SummaryView


@dataclass(frozen=True, slots=True)
class Trial:
    """One document, one summary. Without gold `gold` and `matching` are empty, never None.

    `lists` are those of the schema that the summary follows.
    """

    case: Case
    view: SummaryView
    gold: Gold
    matching: Matching
    source: Source
    lists: tuple[Listed, ...]

    @classmethod
    def of(cls, case: Case, view: SummaryView, lists: tuple[Listed, ...] | None = None) -> Trial:
        gold = case.gold or Gold()
        source = Source.of(case.text + "\n" + cleaned(case.text).text)
        matching = match_figures(gold, view.figures)
        return cls(case, view, gold, matching, source, lists_of() if lists is None else lists)

    def items(self, listed: Listed) -> tuple[ItemView, ...]:
        """The summary's items of a list."""
        return self.view.items.get(listed.name, ())

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the summary with where it stands, such as ("f3.label", "贫困户数").

        Choices from a list are words of the schema, no texts.
        """
        yield from self.view.texts.items()
        for figure in self.view.figures:
            for name in ("label", "subject", "period"):
                if text := getattr(figure, name):
                    yield f"{figure.id}.{name}", text
        choices = {one.name: one.choices for one in self.lists}
        for listed, items in self.view.items.items():
            for item in items:
                for name, text in item.texts.items():
                    if name not in choices.get(listed, ()):
                        yield f"{item.id}.{name}", text

    def passage(self, span: Span) -> str:
        """What stands at a raw span, as it is and as the product repairs it."""
        mended = cleaned(self.case.text)
        return self.case.text[span.slice] + "\n" + mended.text[mended.to_clean(span).slice]


@lru_cache(maxsize=64)
def cleaned(text: str) -> CleanText:
    """The product's reading of a raw text: broken runs such as 決勝?zèng)_鋒號 are mended there."""
    return clean(text)


Scorer: TypeAlias = Callable[[Trial], list[Score]]
