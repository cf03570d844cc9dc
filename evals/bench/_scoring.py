"""What two tools found in a document, held against gold by one rule.

A figure of gold is found by a claim whose quote

* stands at the figure's place and covers at least half of its characters, whatever value it
  claims, or
* reads as the figure's value and an accepted unit, wherever it stands, even nowhere.

A claim finds one figure, and a figure is found once. The rule leans towards langextract: a figure
that the text repeats is wanted once and may be found at any of its places; to claim one again
counts neither way, nor does what gold calls borderline. Anything else is false. Quotes are read by
the regex truth, which shares no code with the product.

Exemplars and measures are scored as everywhere in the evals, by name and by passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from summarizer.types import Span

from ..cases import Case, Gold, GoldFigure
from ..match import overlap, pair
from ..score import figures_only
from ..scorers import Trial, items
from ..scorers.figures import is_unit
from ..text import key
from ..truth import find_figures
from ..views import FigureView, ItemView, Proof, SummaryView, view


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a tool calls a figure: its places, and the amounts that its quote reads as."""

    places: tuple[Span, ...]
    amounts: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases counted, so that documents can be added up.

    >>> total = Tally(found=3, wanted=5, false=1) + Tally(found=1, wanted=1)
    >>> total.recall, total.precision, round(total.f1, 2)
    (0.6666666666666666, 0.8, 0.73)
    """

    found: int = 0
    wanted: int = 0
    false: int = 0
    exemplars_found: int = 0
    exemplars_wanted: int = 0
    exemplars_false: int = 0
    measures_found: int = 0
    measures_wanted: int = 0
    measures_false: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in _FIELDS})

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.found + self.false + self.wanted)


_FIELDS = fields(Tally)


def tally_of_summary(case: Case, summary: dict[str, Any]) -> Tally:
    """How a summary of the product did."""
    shown = view(summary)
    claims = [Claim((f.span, *f.also_at), (f,)) for f in shown.figures]
    return _tally(case, claims, shown)


def tally_of_extractions(case: Case, extractions: Sequence[dict[str, Any]]) -> Tally:
    """How langextract did: its extractions as `_langextract.py` writes them."""
    claims = [
        Claim(_place(e), tuple(find_figures(e["text"])))
        for e in extractions
        if e["class"] == "figure"
    ]
    return _tally(case, claims, view_of_extractions(case, extractions))


def tally_of_nothing(case: Case) -> Tally:
    """A tool that failed: everything is missed."""
    return _tally(case, (), figures_only(case, ()))


def view_of_extractions(case: Case, extractions: Iterable[dict[str, Any]]) -> SummaryView:
    """Its exemplars and measures as those of a summary; who is named again is named once."""
    items: dict[str, list[ItemView]] = {"exemplars": [], "measures": []}
    named: set[str] = set()
    for number, e in enumerate(extractions):
        texts = {name: str(said) for name, said in e["attributes"].items() if said is not None}
        proofs = tuple(Proof(span, e["text"]) for span in _place(e))
        if e["class"] == "measure":
            items["measures"].append(ItemView(f"x{number}", texts, proofs, ()))
        elif e["class"] == "exemplar" and key(e["text"]) not in named:
            named.add(key(e["text"]))
            item = ItemView(f"x{number}", texts | {"name": e["text"]}, proofs, ())
            items["exemplars"].append(item)
    given = {name: tuple(found) for name, found in items.items()}
    return SummaryView(case.id, str(case.path), {}, (), given, {})


def _place(extraction: dict[str, Any]) -> tuple[Span, ...]:
    if extraction["start"] is None or extraction["end"] is None:
        return ()
    return (Span(extraction["start"], extraction["end"]),)


def _tally(case: Case, claims: Sequence[Claim], shown: SummaryView) -> Tally:
    trial = Trial.of(case, shown)
    found, wanted, false = match_claims(trial.gold, claims)
    scores = {score.metric: score for score in items.found(trial)}
    people, precise = scores["exemplars.recall"], scores["exemplars.precision"]
    met, right = scores["measures.recall"], scores["measures.precision"]
    return Tally(
        *(found, wanted, false),
        *(int(people.hit), int(people.of), int(precise.of - precise.hit)),
        *(int(met.hit), int(met.of), int(right.of - right.hit)),
    )


def match_claims(gold: Gold, claims: Sequence[Claim]) -> tuple[int, int, int]:
    """Figures found, figures wanted, and claims that are false."""
    edges = [
        (weight, i, figure if g.repeats is None else g.repeats)
        for i, claim in enumerate(claims)
        for figure, g in enumerate(gold.figures)
        if (weight := _meets(claim, g))
    ]
    pairs = pair(edges)
    wanted = {i for i, g in enumerate(gold.figures) if g.repeats is None and not g.borderline}
    harmless = {i for _, i, _ in edges}
    optional = [n.span for n in gold.non_figures if n.borderline]
    false = [
        claim
        for i, claim in enumerate(claims)
        if i not in harmless
        and not any(place.overlaps(span) for place in claim.places for span in optional)
    ]
    return len(wanted & set(pairs.values())), len(wanted), len(false)


def _meets(claim: Claim, gold: GoldFigure) -> float:
    """How well a claim meets a figure: 2 for its place, 1 for its amount, 3 for both; 0 is no."""
    size = gold.span.end - gold.span.start
    placed = any(2 * overlap(place, gold.span) >= size for place in claim.places)
    valued = any(
        (read.value, read.high) == (gold.value, gold.high) and is_unit(gold, read.unit)
        for read in claim.amounts
    )
    return 2.0 * placed + valued
