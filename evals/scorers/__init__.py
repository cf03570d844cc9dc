"""The scorers: each a function of a `Trial` that answers one question with scores.

`AGAINST_GOLD` needs gold; `ON_ITS_OWN` needs only the raw text and the summary.
"""

from . import (
    about,
    cost,
    coverage,
    fields,
    figures,
    grounding,
    items,
    labels,
    overview,
    second,
)
from .trial import Scorer, Trial

AGAINST_GOLD: tuple[Scorer, ...] = (
    figures.found,
    figures.unit,
    figures.bound,
    figures.exact,
    labels.half,
    labels.alike,
    labels.own,
    labels.subject,
    labels.subject_precision,
    labels.whose,
    labels.period,
    items.found,
    items.paired,
    fields.chosen,
    fields.quoted,
    fields.alike,
    about.right,
    coverage.reached,
    overview.backed,
)
ON_ITS_OWN: tuple[Scorer, ...] = (
    grounding.numbers,
    grounding.spans,
    grounding.values,
    grounding.names,
    about.stated,
    coverage.adds_up,
    overview.faithful,
    second.agreement,
    cost.spent,
)
SCORERS = AGAINST_GOLD + ON_ITS_OWN

__all__ = ["AGAINST_GOLD", "ON_ITS_OWN", "SCORERS", "Scorer", "Trial"]
