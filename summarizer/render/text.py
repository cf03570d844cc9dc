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
    coverage_line,
    issue_line,
    outline,
    reasons_shown,
)
from summarizer.render.picks import OwnRow
from summarizer.render.reader import ENGLISH, Reader
from summarizer.render.safe import one_line, visible
from summarizer.render.wrap import Prose
from summarizer.types import Coverage, Figure, Issue, Summary

MOST_OF_A_KIND = 3  # issues of severity info that are shown
_NARROW = 64  # cells; below this a table of figures is a list
_SEVERITY = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def render(summary: Summary, width: int = 80, reader: Reader = ENGLISH) -> str:
    """Plain text, without colours, in lines of at most `width` cells."""
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(view(summary, width, reader))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def view(summary: Summary, width: int, reader: Reader = ENGLISH) -> RenderableType:
    """The summary as something that a rich console prints."""
    shown, say = outline(summary, reader), reader.say
    parts: list[RenderableType] = [_prose(shown.title, "bold")]
    parts += [_prose(f"{name}: {value}", "cyan") for name, value in shown.facts]
    if shown.own:
        parts += [*_head(say("view.fields")), *_own(shown.own)]
    if summary.overview:
        parts += [*_head(say("view.overview")), _indent(_prose(visible(summary.overview)))]
    for section in shown.sections:
        parts += _section(section)
    if summary.figures:
        parts += _head(f"{say('view.figures')} ({len(summary.figures)})")
        parts.append((_list if width < _NARROW else _table)(summary.figures, reader))
    parts += [*_head(say("view.coverage")), *_coverage(summary.coverage, reader)]
    if summary.issues:
        parts += _head(f"{say('view.issues')} ({len(summary.issues)})")
        parts += _issues(summary.issues, reader)
    return Group(*parts, Text(""), _prose(_origin(summary, reader), "dim"))


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


def _table(figures: tuple[Figure, ...], reader: Reader) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(Text(reader.say("view.id")), no_wrap=True)
    for name, ratio in (("what", 5), ("in_text", 3), ("value", 4)):
        table.add_column(Text(reader.say(f"view.{name}")), ratio=ratio)
    whose = [_whose(figure) for figure in figures]
    if any(whose):
        table.add_column(Text(reader.say("view.whose_when")), ratio=4)
    for figure, its in zip(figures, whose, strict=True):
        cells = [_prose(one_line(figure.label)), _prose(one_line(figure.text), "bold cyan")]
        cells += [_prose(_value(figure, reader)), _prose(its)]
        table.add_row(Text(figure.id, style="dim"), *cells[: len(table.columns) - 1])
    return table


def _list(figures: tuple[Figure, ...], reader: Reader) -> Group:
    lines: list[RenderableType] = []
    for figure in figures:
        below = "; ".join(words for words in (_value(figure, reader), _whose(figure)) if words)
        lines += [Prose(_figure_line(figure)), _indent(_prose(below, "dim"))]
    return Group(*lines)


def _whose(figure: Figure) -> str:
    return ", ".join(one_line(words) for words in (figure.subject, figure.period) if words)


def _value(figure: Figure, reader: Reader) -> str:
    said, base = amount(figure, reader), base_amount(figure, reader)
    is_rounded = figure.bound == "exact" and base.startswith("≈")
    same = base if is_rounded else f"= {base.lstrip('<>≈≥≤ ')}"
    return visible(f"{said} {same}" if base else said)


def _coverage(coverage: Coverage, reader: Reader) -> Iterator[RenderableType]:
    yield _indent(_prose(coverage_line(coverage, reader)))
    aside = reader.say("view.set_aside")
    for became, reason, texts in reasons_shown(coverage, reader):
        line = f"{became}, {reason}: {', '.join(texts)}"
        yield _indent(_prose(line, "dim" if became == aside else "yellow"))


def _issues(issues: Sequence[Issue], reader: Reader) -> list[Padding]:
    """Each issue, but of mere information no more than a few of a kind."""
    shown: list[Padding] = []
    seen: Counter[str] = Counter()
    for issue in issues:
        seen[issue.code] += 1
        if issue.severity != "info" or seen[issue.code] <= MOST_OF_A_KIND:
            shown.append(_issue(issue, reader))
    more = {i.code for i in issues if i.severity == "info" and seen[i.code] > MOST_OF_A_KIND}
    for code in sorted(more):
        message = reader.say("view.more", n=seen[code] - MOST_OF_A_KIND, code=code)
        shown.append(_graded("info", message, reader))
    return shown


def _issue(issue: Issue, reader: Reader) -> Padding:
    where = f" [{one_line(issue.ref)}]" if issue.ref else ""
    return _graded(issue.severity, f"{one_line(issue_line(issue, reader))}{where}", reader)


def _graded(severity: str, said: str, reader: Reader) -> Padding:
    line = Text(reader.say(f"severity.{severity}"), style=_SEVERITY[severity])
    return _indent(Prose(line.append(f" {said}", style="not bold default")))


def _origin(summary: Summary, reader: Reader) -> str:
    made, usage = summary.provenance, summary.provenance.usage
    told = reader.say(
        "view.origin_cost",
        source=summary.document.source,
        model=made.model,
        strategy=made.strategy,
        requests=usage.requests,
        cached=usage.cached,
        seconds=f"{usage.seconds:.1f}",
    )
    return one_line(told)
