"""What each part contributes: the same documents summarized with parts of the product taken away.

Four columns beside each other tell what is the model's and what is the rules':

* `parrot`: the rules, and a model that understands nothing;
* `fallback alone`: the rules, every answer refused;
* `model alone`: the model's words as answered, no draft and no word list in their place;
* `both`: the product.

`without()` does the same for one family of rules after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.config import Settings

from .answers import Summarize, summarizer
from .families import FAMILIES, MODEL_ALONE, Family
from .intervals import Interval, difference
from .lists import Listed, lists_of
from .parrot import mute, parrot
from .report import Column, Result
from .swaps import swapped
from .views import view

Results = Callable[[Summarize], tuple[Result, ...]]
"""Scores every document by the summaries that this makes."""

LABEL_ROWS = (
    "labels.alike",
    "labels.subject",
    "labels.subject.precision",
    "labels.whose",
    "labels.period",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric with a family and without it: `change` is negative where the family helps."""

    metric: str
    full: float | None
    change: float | None
    interval: Interval | None
    of: float

    @property
    def is_sure(self) -> bool:
        """Whether chance alone, over these documents, would not do it."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True, slots=True)
class Without:
    """A family and what every metric loses or gains without it.

    `changed` are the figures and items that read otherwise: where there are none, no rule of it
    had anything to do in these documents. Where answers are `missing`, nothing is measured.
    """

    family: Family
    differences: tuple[Difference, ...]
    changed: int
    missing: bool = False


def rows(lists: Sequence[Listed]) -> tuple[str, ...]:
    """The metrics of the table: labels and subjects, then what each list has.

    >>> rows(lists_of())[5:]
    ... # doctest: +NORMALIZE_WHITESPACE
    ('measures.recall', 'measures.precision', 'measures.category', 'titles.alike',
     'exemplars.f1', 'roles.alike', 'deeds.alike')
    """
    found = list(LABEL_ROWS)
    for one in lists:
        found += (
            [f"{one.name}.f1"] if one.names else [f"{one.name}.recall", f"{one.name}.precision"]
        )
        found += [f"{one.name}.{name}" for name in one.choices if name not in one.kinds]
        found += [metric for _, metric in one.words]
    return tuple(found)


def columns(
    both: Sequence[Result], again: Summarize, chosen: Settings, results: Results
) -> tuple[Column, ...]:
    """The four columns. `again` repeats what was summarized from the same answers."""
    names = rows(lists_of(chosen.schema))
    found = [
        column(name, results(summarizer(model, chosen)), names)
        for name, model in (("parrot", parrot()), ("fallback alone", mute()))
    ]
    with swapped(MODEL_ALONE):
        found.append(column("model alone", results(again), names))
    return (*found, column("both", both, names))


def column(name: str, results: Sequence[Result], names: Sequence[str]) -> Column:
    """The rows of a column, each pooled over documents."""
    parts = {metric: _pooled(results, metric) for metric in names}
    return Column(name, {metric: part for metric, part in parts.items() if part[1]})


def without(
    make: Summarize, results: Results, names: Sequence[str], told: Callable[[str], None]
) -> Iterator[Without]:
    """Every family switched off alone, and what that does to the rows."""
    full, read = _read(make, results)
    for family in FAMILIES:
        told(f"{family.group}: without {family.name}")
        with swapped(family.swaps):
            off, otherwise = _read(make, results)
        differences = tuple(_difference(full, off, metric) for metric in names)
        missing = any(result.is_unmeasured for result in off)
        yield Without(family, differences, (read - otherwise).total(), missing)


def _read(make: Summarize, results: Results) -> tuple[tuple[Result, ...], Counter[str]]:
    """The scores, and every figure and item of the summaries in one line each."""
    lines = Counter[str]()

    def heard(path: Path) -> dict[str, Any]:
        given = make(path)
        shown = view(given)
        for f in shown.figures:
            lines[f"{path.name} {f.span} {f.label} {f.subject} {f.period}"] += 1
        for name, items in shown.items.items():
            for item in items:
                spans = [proof.span for proof in item.evidence]
                lines[f"{path.name} {name} {item.texts} {spans}"] += 1
        return given

    return results(heard), lines


def _difference(full: Sequence[Result], off: Sequence[Result], metric: str) -> Difference:
    before, after = _parts(full, metric), _parts(off, metric)
    (hit, of), (left, still) = _pooled(full, metric), _pooled(off, metric)
    value = hit / of if of else None
    change = left / still - value if value is not None and still else None
    return Difference(metric, value, change, difference(before, after) if of else None, of)


def _parts(results: Sequence[Result], metric: str) -> list[tuple[float, float]]:
    return [(s.hit, s.of) if (s := r.score(metric)) else (0, 0) for r in results]


def _pooled(results: Sequence[Result], metric: str) -> tuple[float, float]:
    parts = _parts(results, metric)
    return sum(hit for hit, _ in parts), sum(of for _, of in parts)
