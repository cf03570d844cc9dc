"""A third opinion: what other tools found in the same documents, to be held beside the product.

A file of JSON lines, a quantity a line: `document` (a case's name or id), `start` and `end` in the
raw text, `value`, and where known `high` and `unit`. The tool is called by the file's stem.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.types import Span

from .cases import Case
from .score import figures_only, score_figures
from .scorers import Trial, second
from .scores import Score
from .views import FigureView, SummaryView


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one tool found, by document."""

    name: str
    found: dict[str, tuple[FigureView, ...]]

    def scores(self, case: Case, given: SummaryView) -> list[Score]:
        """How good it is against gold, and how far the product agrees with it."""
        theirs = self.found.get(case.name, ()) + self.found.get(case.id, ())
        against_gold = score_figures(case, figures_only(case, theirs).figures)
        named = [replace(s, metric=s.metric.replace("figures", self.name)) for s in against_gold]
        return named + second.compared(Trial.of(case, given), self.name, theirs)


def load_opinion(path: Path) -> Opinion:
    """An opinion from its file. Raises InputError that names the line which is none."""
    found: dict[str, tuple[FigureView, ...]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            figure = _figure(entry, f"o{number}")
            found[entry["document"]] = (*found.get(entry["document"], ()), figure)
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise InputError(f"{path}, line {number} is no quantity: {error!r}") from error
    return Opinion(re.sub(r"\W+", "-", path.stem), found)


def _figure(entry: dict[str, Any], name: str) -> FigureView:
    high = entry.get("high")
    return FigureView(
        id=name,
        span=Span(int(entry["start"]), int(entry["end"])),
        text=str(entry.get("text", "")),
        value=Decimal(str(entry["value"])),
        high=None if high is None else Decimal(str(high)),
        unit=entry.get("unit"),
        bound=str(entry.get("bound", "exact")),
        kind=str(entry.get("kind", "other")),
    )
