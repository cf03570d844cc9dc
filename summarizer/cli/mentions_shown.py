"""What `summarizer mentions` shows a person: the lines that hold a mention, and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.cli.language import told, users_language

if TYPE_CHECKING:
    from rich.text import Text

    from summarizer.documents.clean import CleanText
    from summarizer.types import Mention


def shown(
    found: Iterable[tuple[CleanText, Iterable[Mention]]], *, every: bool, colour: bool
) -> Iterator[str]:
    """For the eye: the lines that hold a mention, marked, and below each what was read."""
    from rich.console import Console

    for cleaned, coming in found:
        its_mentions = list(coming)
        console = Console(markup=False, emoji=False, highlight=False, no_color=not colour)
        with console.capture() as captured:
            console.print(_head(cleaned, its_mentions), soft_wrap=True)
            for start, on_line in _by_line(cleaned.text, its_mentions):
                console.print(_marked(cleaned.text, start, on_line), soft_wrap=True)
                for mention in on_line:
                    console.print(_explained(mention, every=every), soft_wrap=True)
        yield captured.get()


def _head(cleaned: CleanText, its_mentions: list[Mention]) -> Text:
    from rich.text import Text

    from summarizer.render.safe import one_line

    quantities = sum(1 for mention in its_mentions if mention.quantity)
    others = len(its_mentions) - quantities
    counts = [told("1 quantity" if quantities == 1 else f"{quantities} quantities")]
    if others:
        counts.append(told("1 other" if others == 1 else f"{others} others"))
    return Text(f"{one_line(cleaned.document.source)}: {', '.join(counts)}", "bold")


def _by_line(text: str, its_mentions: list[Mention]) -> Iterator[tuple[int, list[Mention]]]:
    """The start of each line that holds mentions, with these."""
    from itertools import groupby

    for start, group in groupby(its_mentions, lambda m: text.rfind("\n", 0, m.at.start) + 1):
        yield start, list(group)


def _marked(text: str, start: int, on_line: list[Mention]) -> Text:
    from rich.text import Text

    from summarizer.render.safe import visible

    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line, at = Text(), start
    for mention in on_line:
        line.append(visible(text[at : mention.at.start]))
        line.append(visible(mention.text), "bold green" if mention.quantity else "dim")
        at = mention.at.end
    return line.append(visible(text[at:end]))


def _explained(mention: Mention, *, every: bool) -> Text:
    from rich.text import Text

    from summarizer.render.safe import visible

    quantity = mention.quantity
    rule = f"  {mention.rule}" if every else ""
    line = Text(f"  {mention.span.start:>6}  {visible(mention.text)}  ")
    if quantity is None:
        why = _why(mention) if every else None
        return line.append(f"{mention.kind}{rule}{f': {why}' if why else ''}", "dim")
    high = f" to {quantity.high:f}" if quantity.high is not None else ""
    bound = "" if quantity.bound in ("exact", "range") else f"{quantity.bound} "
    per = f" per {quantity.per}" if quantity.per else ""
    base = (
        f" = {quantity.base_value:f} {quantity.base_unit}"
        if quantity.base_value is not None and quantity.base_unit != quantity.unit
        else ""
    )
    value = f"{bound}{quantity.value:f}{high} {quantity.unit or ''}{per}{base}"
    return line.append(value.strip(), "cyan").append(f"  {quantity.kind}{rule}", "dim")


def _why(mention: Mention) -> str | None:
    """The same in the user's language."""
    from summarizer.render.outline import reason_shown
    from summarizer.render.reader import reader

    why = reason(mention)
    return why and reason_shown(why, reader(users_language()))


def reason(mention: Mention) -> str | None:
    """Why an unknown numeral is no quantity."""
    from summarizer.zh.quantities.reasons import REASONS

    return REASONS.get(mention.rule) if mention.kind == "unknown" else None
