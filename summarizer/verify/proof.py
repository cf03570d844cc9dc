"""The last look at a summary, by itself and the raw text alone: whether the invariants hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.grounding import stray_numbers
from summarizer.schema import ItemList, Schema
from summarizer.script import fold
from summarizer.types import Evidence, Figure, Issue, Item, Span, Summary
from summarizer.verify.second_reader import Reading, disagrees, is_cut


@dataclass(frozen=True, slots=True)
class Source:
    """What a summary is held against: the raw text, and the cleaned one."""

    raw: str
    clean: str

    def misquoted(self, ref: str, evidence: Evidence) -> list[Issue]:
        """An issue if the quote is not what stands at its span."""
        if self.raw[evidence.span.slice] == evidence.quote:
            return []
        return [_issue("span_broken", "the quote is not what stands at its span", ref)]

    def misread(self, figure: Figure) -> list[Issue]:
        """An issue for each place where a second, plain reader reads another value than ours."""
        ours = Reading(figure.value, figure.high)
        issues = []
        for span in (figure.span, *figure.also_at):
            theirs = self._read_again(span, figure, ours)
            if theirs is not None:
                message = (
                    f"{self.raw[span.slice]} is read as {ours}, by a second reader as {theirs}"
                )
                issues.append(_issue("second_reader", message, figure.id))
        return issues

    def _read_again(self, span: Span, figure: Figure, ours: Reading) -> Reading | str | None:
        if is_cut(self.raw, span.start, span.end):
            return "part of a longer number"
        has_scale = not figure.implied_unit
        theirs = disagrees(self.raw[span.slice], ours, has_scale=has_scale)
        if theirs is None or span != figure.span or figure.text not in self.clean:
            return theirs
        return disagrees(figure.text, ours, has_scale=has_scale)

    def invented(self, ref: str, words: str) -> list[Issue]:
        """An issue if the words hold a number that neither text has."""
        strays = stray_numbers(words, self.raw) and stray_numbers(words, self.clean)
        if not strays:
            return []
        return [_issue("number_invented", f"{', '.join(strays)} not in the source", ref)]

    def invented_years(self, ref: str, period: str) -> list[Issue]:
        """The same for a period: its year may stand in a date of another form (2022.5.20)."""
        runs = re.findall(r"[0-9]+", period)
        if all(run in self.raw or run in self.clean for run in runs):
            return []
        return [_issue("number_invented", f"{period} not in the source", ref)]


def prove(summary: Summary, schema: Schema, text: str, cleaned: str = "") -> list[Issue]:
    """What does not hold, as issues of severity `error`; empty for a sound summary.

    Evidence must be the source's own words, figures must stand in their evidence, items may name
    only figures that exist, no text may hold a number that the source lacks, and coverage must add
    up. `text` is the raw text; a number also stands in the source if it does in the `cleaned` one,
    where 50<U+200B>0 is 500 by an edit that is told.
    """
    source = Source(text, cleaned or text)
    items = [(listed, item) for listed in schema.lists for item in getattr(summary, listed.name)]
    issues = [issue for figure in summary.figures for issue in figure_faults(figure, source)]
    issues += [issue for listed, item in items for issue in item_faults(listed, item, source)]
    known = {figure.id for figure in summary.figures}
    for _, item in items:
        if not set(item.figures) <= known:
            issues.append(
                _issue("figure_unknown", "the item names a figure there is none of", item.id)
            )
    for name in ("title", "place", "overview", "publisher"):
        issues += source.invented(name, getattr(summary, name) or "")
    issues += source.invented_years("period", summary.period or "")
    c = summary.coverage
    if c.found != c.figures + c.merged + len(c.set_aside) + len(c.missed):
        issues.append(_issue("coverage_broken", "coverage does not add up", None))
    return issues


def figure_faults(figure: Figure, source: Source) -> list[Issue]:
    """What does not hold of one figure by itself."""
    issues = source.misquoted(figure.id, figure.evidence)
    if not figure.evidence.span.covers(figure.span):
        issues.append(_issue("figure_outside", "the figure is not in its evidence", figure.id))
    issues += source.misread(figure)
    issues += source.invented(figure.id, fold(figure.label + " " + (figure.subject or "")))
    return issues + source.invented_years(figure.id, figure.period or "")


def item_faults(listed: ItemList, item: Item, source: Source) -> list[Issue]:
    """What does not hold of one item by itself."""
    issues = [issue for one in item.evidence for issue in source.misquoted(item.id, one)]
    said = (getattr(item, name) for name in (*listed.verbatim, *listed.roles))
    for words in (*said, *listed.texts(item)):
        issues += source.invented(item.id, words)
    return issues


def _issue(code: str, message: str, ref: str | None) -> Issue:
    return Issue(code=code, severity="error", message=message, ref=ref)
