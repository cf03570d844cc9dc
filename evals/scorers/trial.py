"""What a scorer is given: a case, a summary of it, and what both need worked out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from summarizer.clean import CleanText, clean
from summarizer.types import Span

from ..cases import Case, Gold
from ..match import Matching, match_figures
from ..numerals import Source
from ..scores import Score
from ..views import SummaryView


@dataclass(frozen=True, slots=True)
class Trial:
    """One document, one summary. Without gold `gold` and `matching` are empty, never None."""

    case: Case
    view: SummaryView
    gold: Gold
    matching: Matching
    source: Source

    @classmethod
    def of(cls, case: Case, view: SummaryView) -> Trial:
        gold = case.gold or Gold((), (), (), (), (), None, None, None, None, None)
        source = Source.of(case.text + "\n" + cleaned(case.text).text)
        return cls(case, view, gold, match_figures(gold, view.figures), source)

    def passage(self, span: Span) -> str:
        """What stands at a raw span, as it is and as the product repairs it."""
        mended = cleaned(self.case.text)
        return self.case.text[span.slice] + "\n" + mended.text[mended.to_clean(span).slice]


@lru_cache(maxsize=64)
def cleaned(text: str) -> CleanText:
    """The product's reading of a raw text: broken runs such as 決勝?zèng)_鋒號 are mended there."""
    return clean(text)


Scorer: TypeAlias = Callable[[Trial], list[Score]]
