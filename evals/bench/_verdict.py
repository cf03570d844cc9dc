"""Two sides' counts as tables, as JSON, and as floors that hold or do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from ._counting import Cost
from ._scoring import Tally

THEIRS, OURS = "langextract", "summarizer"
FOUND = ("figures", "false", "P", "F1", "exemplars", "false", "measures", "false")
COST = ("requests", "failed", "tokens in", "tokens out", "seconds")
RATIOS = ("F1 ours/theirs", "tokens theirs/ours", "seconds theirs/ours")


@dataclass(frozen=True, slots=True)
class Side:
    """One tool on one document, or on several together."""

    tally: Tally
    cost: Cost
    seconds: float
    failed: int = 0

    def __add__(self, other: Side) -> Side:
        return Side(
            self.tally + other.tally,
            self.cost + other.cost,
            self.seconds + other.seconds,
            self.failed + other.failed,
        )


FLOORS: dict[str, Callable[[Side, Side], bool]] = {
    "figure F1 at least 2 × theirs": lambda ours, theirs: ours.tally.f1 >= 2 * theirs.tally.f1,
    "completion tokens at most half": lambda ours, theirs: (
        2 * ours.cost.completion_tokens <= theirs.cost.completion_tokens
    ),
    "faster": lambda ours, theirs: ours.seconds < theirs.seconds,
}
"""What has to hold of ours and theirs; none does where ours failed on a document."""

Results = Mapping[str, Mapping[str, Side]]
"""Sides by document and tool."""


def together(results: Results) -> dict[str, Side]:
    """Both sides over all documents."""
    nothing = Side(Tally(), Cost(), 0.0)
    return {tool: sum((r[tool] for r in results.values()), nothing) for tool in (THEIRS, OURS)}


def figures_of(results: Results) -> dict[str, Any]:
    """The report as JSON: counts, ratios and floors of each document and of all."""
    documents = {name: _compared(sides) for name, sides in results.items()}
    return {"version": 1, "documents": documents, "all": _compared(together(results))}


def _compared(sides: Mapping[str, Side]) -> dict[str, Any]:
    theirs, ours = sides[THEIRS], sides[OURS]
    return {
        "sides": {tool: _numbers(side) for tool, side in sides.items()},
        "ratios": {
            "figure_f1_ours_to_theirs": _ratio(ours.tally.f1, theirs.tally.f1),
            "completion_tokens_theirs_to_ours": _ratio(
                theirs.cost.completion_tokens, ours.cost.completion_tokens
            ),
            "seconds_theirs_to_ours": _ratio(theirs.seconds, ours.seconds),
        },
        "floors": {name: not ours.failed and holds(ours, theirs) for name, holds in FLOORS.items()},
    }


def _numbers(side: Side) -> dict[str, Any]:
    tally = side.tally
    rates = {"recall": tally.recall, "precision": tally.precision, "f1": tally.f1}
    return asdict(side) | {"figures": {name: round(rate, 4) for name, rate in rates.items()}}


def _ratio(above: float, below: float) -> float | None:
    """None where it would be infinite."""
    return round(above / below, 3) if below else None


def show(results: Results, report: Mapping[str, Any], console: Console) -> None:
    """What each tool found, what it cost, then the ratios and whether the floors hold."""
    every = {**results, "all": together(results)}
    for title, columns, cells in (("found", FOUND, _found), ("cost", COST, _cost)):
        table = _table(title, "doc", "tool", *columns)
        for name, sides in every.items():
            for tool, side in sides.items():
                table.add_row(_number(name), tool, *cells(side))
        console.print(table, "")
    table = _table("ratios, and whether each floor holds", "doc", *RATIOS)
    for name, compared in (*report["documents"].items(), ("all", report["all"])):
        pairs = zip(compared["ratios"].values(), compared["floors"].values(), strict=True)
        table.add_row(_number(name), *(_judged(ratio, holds=holds) for ratio, holds in pairs))
    console.print(table, f"floors: {'; '.join(FLOORS)}")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("doc", "tool") else "right")
    return table


def _number(name: str) -> str:
    """A seed's number stands for its name."""
    return name.partition("_")[0]


def _judged(ratio: float | None, *, holds: bool) -> str:
    said = "∞" if ratio is None else f"{ratio:.2f}"
    return said + (" [green]holds[/]" if holds else " [bold red]missed[/]")


def _found(side: Side) -> list[str]:
    tally = side.tally
    return [
        f"{tally.found}/{tally.wanted}",
        str(tally.false),
        f"{tally.precision:.2f}",
        f"{tally.f1:.2f}",
        f"{tally.exemplars_found}/{tally.exemplars_wanted}",
        str(tally.exemplars_false),
        f"{tally.measures_found}/{tally.measures_wanted}",
        str(tally.measures_false),
    ]


def _cost(side: Side) -> list[str]:
    cost = side.cost
    return [
        str(cost.requests),
        str(cost.failed),
        f"{cost.prompt_tokens:,}",
        f"{cost.completion_tokens:,}",
        f"{side.seconds:.0f}" + (", failed" if side.failed else ""),
    ]
