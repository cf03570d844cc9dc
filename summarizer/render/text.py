"""Summary → text for a terminal of any width.

Every string goes through `rich.text.Text`, never through rich's markup, after its control
characters are made visible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.render.amount import amount, base_amount
from summarizer.render.outline import (
    Card,
    Section,
    by_reason,
    coverage_line,
    coverage_parts,
    outline,
)
from summarizer.render.picks import OwnRow
from summarizer.render.safe import one_line, visible
from summarizer.render.wrap import Prose
from summarizer.types import Coverage, Figure, Issue, Summary

MOST_OF_A_KIND = 3  # issues of severity info that are shown
_NARROW = 64  # cells; below this a table of figures is a list
_SEVERITY = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def render(summary: Summary, width: int = 80) -> str:
    """Plain text, without colours, in lines of at most `width` cells."""
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(view(summary, width))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def view(summary: Summary, width: int) -> RenderableType:
    """The summary as something that a rich console prints."""
    shown = outline(summary)
    parts: list[RenderableType] = [_prose(shown.title, "bold")]
    parts += [_prose(f"{name}: {value}", "cyan") for name, value in shown.facts]
    if shown.own:
        parts += [*_head("Fields"), *_own(shown.own)]
    if summary.overview:
        parts += [*_head("Overview"), _indent(_prose(visible(summary.overview)))]
    for section in shown.sections:
        parts += _section(section)
    if summary.figures:
        parts += _head(f"Figures ({len(summary.figures)})")
        parts.append((_list if width < _NARROW else _table)(summary.figures))
    parts += [*_head("Coverage"), *_coverage(summary.coverage)]
    if summary.issues:
        parts += _head(f"Issues ({len(summary.issues)})")
        parts += _issues(summary.issues)
    return Group(*parts, Text(""), _prose(_origin(summary), "dim"))


def _prose(text: str, style: str = "") -> Prose:
    return Prose(Text(text, style=style))


def _indent(inner: RenderableType, by: int = 2) -> Padding:
    return Padding(inner, (0, 0, 0, by))


def _head(words: str) -> list[RenderableType]:
    return [Text(""), _prose(words, "bold green")]


def _own(rows: Sequence[OwnRow]) -> Iterator[RenderableType]:
    for row in rows:
        line = Text(f"{row.heading}: ").append(row.text or "—", style="bold cyan")
        if row.value and row.value != row.text:
            line.append(f" = {row.value}", style="not bold default")
        yield _indent(Prose(line))


def _section(section: Section) -> Iterator[RenderableType]:
    yield from _head(f"{section.heading} ({section.count})")
    for group in section.groups:
        if group.heading:
            yield _indent(_prose(group.heading, "bold"))
        for card in group.cards:
            yield from _card(card)


def _card(card: Card) -> Iterator[RenderableType]:
    bullet = Table.grid(padding=(0, 1, 0, 0))
    bullet.add_row(Text("-"), _prose(card.title))
    yield _indent(bullet, 4)
    for name, value in card.fields:
        yield _indent(_prose(f"{name}: {value}", "dim"), 6)
    for figure in card.figures:
        yield _indent(Prose(_figure_line(figure)), 6)


def _figure_line(figure: Figure) -> Text:
    line = Text(one_line(figure.text), style="bold cyan")
    line.append(f" {one_line(figure.label)}", style="not bold default")
    return line.append(f" [{figure.id}]", style="not bold dim")


def _table(figures: tuple[Figure, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(Text("Id"), no_wrap=True)
    table.add_column(Text("What"), ratio=5)
    table.add_column(Text("In the text"), ratio=3)
    table.add_column(Text("Value"), ratio=4)
    whose = [_whose(figure) for figure in figures]
    if any(whose):
        table.add_column(Text("Whose, when"), ratio=4)
    for figure, its in zip(figures, whose, strict=True):
        cells = [_prose(one_line(figure.label)), _prose(one_line(figure.text), "bold cyan")]
        cells += [_prose(_value(figure)), _prose(its)]
        table.add_row(Text(figure.id, style="dim"), *cells[: len(table.columns) - 1])
    return table


def _list(figures: tuple[Figure, ...]) -> Group:
    lines: list[RenderableType] = []
    for figure in figures:
        below = "; ".join(words for words in (_value(figure), _whose(figure)) if words)
        lines += [Prose(_figure_line(figure)), _indent(_prose(below, "dim"))]
    return Group(*lines)


def _whose(figure: Figure) -> str:
    return ", ".join(one_line(words) for words in (figure.subject, figure.period) if words)


def _value(figure: Figure) -> str:
    base = base_amount(figure)
    return visible(f"{amount(figure)} = {base.lstrip('<>≈≥≤ ')}" if base else amount(figure))


def _coverage(coverage: Coverage) -> Iterator[RenderableType]:
    yield _indent(_prose(coverage_line(coverage)))
    for name, tallies in coverage_parts(coverage):
        for reason, texts in by_reason(tallies).items():
            line = f"{name}, {reason}: {', '.join(texts)}"
            yield _indent(_prose(line, "dim" if name == "set aside" else "yellow"))


def _issues(issues: Sequence[Issue]) -> list[Padding]:
    """Each issue, but of mere information no more than a few of a kind."""
    shown: list[Padding] = []
    seen: Counter[str] = Counter()
    for issue in issues:
        seen[issue.code] += 1
        if issue.severity != "info" or seen[issue.code] <= MOST_OF_A_KIND:
            shown.append(_issue(issue))
    more = {i.code for i in issues if i.severity == "info" and seen[i.code] > MOST_OF_A_KIND}
    for code in sorted(more):
        message = f"{seen[code] - MOST_OF_A_KIND} more of {code}: the JSON has them all"
        shown.append(_issue(Issue(code=code, severity="info", message=message)))
    return shown


def _issue(issue: Issue) -> Padding:
    where = f" [{one_line(issue.ref)}]" if issue.ref else ""
    line = Text(issue.severity, style=_SEVERITY[issue.severity])
    return _indent(
        Prose(line.append(f" {one_line(issue.message)}{where}", style="not bold default"))
    )


def _origin(summary: Summary) -> str:
    made, usage = summary.provenance, summary.provenance.usage
    return one_line(
        f"{summary.document.source} · {made.model} · {made.strategy} · {usage.requests} requests"
        f" ({usage.cached} stored), {usage.seconds:.1f} s"
    )
