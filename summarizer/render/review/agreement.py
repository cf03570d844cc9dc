"""Two reviewers of the same page: how often they say the same, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.render.review.decisions import Decision, Decisions
from summarizer.render.safe import one_line


@dataclass(frozen=True, slots=True)
class Pair:
    """What two reviewers decided about one thing of a document."""

    source: str
    one: Decision
    other: Decision

    @property
    def is_same(self) -> bool:
        """An edit agrees with an edit to the same words."""
        return (self.one.verdict, self.one.fields) == (self.other.verdict, self.other.fields)

    @property
    def line(self) -> str:
        words = f" {one_line(self.one.text)}" if self.one.text else ""
        said = " / ".join(_said(decision) for decision in (self.one, self.other))
        return f"{one_line(self.source)} {self.one.ref}{words}: {said}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that both decided about; what either is not sure of is decided by neither."""

    names: tuple[str, str]
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> int:
        return sum(pair.is_same for pair in self.pairs)

    @property
    def line(self) -> str:
        """How many things both decided about, and of how many of these they say the same."""
        both = len(self.pairs)
        share = f" ({self.same / both:.0%})" if both else ""
        return f"agreement: both decided about {both:,}, the same about {self.same:,}{share}"

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of right, wrong, edited and added; None where chance alone would agree.

        0 is what two would agree by chance who say each as often as these do, 1 is always.
        """
        both = len(self.pairs)
        expected = sum(
            sum(pair.one.verdict == verdict for pair in self.pairs)
            * sum(pair.other.verdict == verdict for pair in self.pairs)
            for verdict in ("right", "wrong", "edited", "added")
        )
        if not both or expected == both * both:
            return None
        same = sum(pair.one.verdict == pair.other.verdict for pair in self.pairs)
        return (same * both - expected) / (both * both - expected)


def compared(one: Decisions, other: Decisions) -> Agreement:
    """What two exports say about the same things of the same summaries."""
    names = (one.reviewer or "one", other.reviewer or "other")
    return Agreement(names, tuple(_pairs(one, other)))


def told(found: Agreement) -> str:
    """An agreement as text: the figures, then a line for each thing that they differ about."""
    kappa = "" if found.kappa is None else f", kappa {found.kappa:.2f}"
    lines = [found.line + kappa]
    differing = [pair for pair in found.pairs if not pair.is_same]
    if differing:
        lines += ["", f"{' / '.join(map(one_line, found.names))}:"]
        lines += [pair.line for pair in differing]
    return "\n".join(lines) + "\n"


def _pairs(one: Decisions, other: Decisions) -> Iterator[Pair]:
    theirs = other.by_summary()
    for summary, mine in one.by_summary().items():
        refs = theirs[summary].by_ref() if summary in theirs else {}
        for ref, decision in mine.by_ref().items():
            their = refs.get(ref)
            if their is not None and "unsure" not in (decision.verdict, their.verdict):
                yield Pair(mine.source, decision, their)


def _said(decision: Decision) -> str:
    fields = ", ".join(f"{name}: {one_line(str(value))}" for name, value in decision.fields.items())
    return f"{decision.verdict} ({fields})" if fields else decision.verdict
