"""Summary → Markdown (GitHub's flavour): tables and lists, every quote a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.render.amount import amount, base_amount
from summarizer.render.outline import Card, by_reason, coverage_line, coverage_parts, outline
from summarizer.render.picks import OwnRow
from summarizer.render.safe import one_line
from summarizer.types import Coverage, Evidence, Figure, Issue, Summary

_ACTIVE = re.compile(r"([\\`*_\[\]#|~$@])")
_LINKS = re.compile(r"(:)(?=//|[\w+-]+:)|(?i:(?<=www)(\.))")  # http://…, :emoji:, www.…
_LIST_MARK = re.compile(r"^(\d+)(?=[.)](\s|$))|^(?=[-+=])")


def render(summary: Summary, prefix: str = "") -> str:
    """The summary as Markdown; what the document says stays text, whatever characters it holds.

    `prefix` keeps its footnotes apart from those of others in one file: `[^2-1]`.
    """
    notes = _Notes(prefix)
    shown = outline(summary)
    lines = [f"# {escape(shown.title)}", ""]
    lines += [f"- {escape(name)}: {escape(value)}" for name, value in shown.facts]
    lines += ["", "## Fields", "", *_own(shown.own, notes)] if shown.own else []
    lines += ["", "## Overview", "", escape(summary.overview)] if summary.overview else []
    for section in shown.sections:
        lines += ["", f"## {escape(section.heading)} ({section.count})"]
        for group in section.groups:
            lines += ["", f"### {escape(group.heading)}"] if group.heading else []
            lines.append("")
            for card in group.cards:
                lines += _card(card, notes)
    lines += ["", f"## Figures ({len(summary.figures)})", "", *_table(summary.figures, notes)]
    lines += ["", "## Coverage", "", *_coverage(summary.coverage)]
    if summary.issues:
        lines += ["", f"## Issues ({len(summary.issues)})", "", *_issues(summary.issues)]
    lines += ["", *notes.lines(), "", f"*{escape(_origin(summary))}*"]
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def escape(text: str) -> str:
    r"""One line of text in which nothing is Markdown, HTML, a link or a formula.

    >>> escape("1. <b>投入*5.5*万元</b>|[x](y)")
    '1\\. &lt;b&gt;投入\\*5.5\\*万元&lt;/b&gt;\\|\\[x\\](y)'
    """
    line = _ACTIVE.sub(r"\\\1", one_line(text).replace("&", "&amp;"))
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    line = _LINKS.sub(r"\\\g<0>", line)
    return _LIST_MARK.sub(lambda m: f"{m[0]}\\", line)


class _Notes:
    """Footnotes: one for each passage, numbered as they are first cited."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers: dict[Evidence, int] = {}

    def cite(self, evidence: Iterable[Evidence]) -> str:
        for passage in evidence:
            self._numbers.setdefault(passage, len(self._numbers) + 1)
        return "".join(f"[^{self._prefix}{self._numbers[passage]}]" for passage in evidence)

    def lines(self) -> Iterator[str]:
        for passage, number in self._numbers.items():
            page = f", page {passage.page}" if passage.page else ""
            where = f"{passage.span.start}–{passage.span.end}{page}"
            yield f"[^{self._prefix}{number}]: {escape(passage.quote)} ({where})"


def _card(card: Card, notes: _Notes) -> Iterator[str]:
    yield f"- **{escape(card.title)}**{notes.cite(card.evidence)}"
    for name, value in card.fields:
        yield f"  - {escape(name)}: {escape(value)}"
    for figure in card.figures:
        yield f"  - {escape(figure.text)}: {escape(figure.label)}"


def _own(rows: tuple[OwnRow, ...], notes: _Notes) -> Iterator[str]:
    yield "| What | In the text | Value |"
    yield "|---|---|---:|"
    for row in rows:
        text = escape(row.text or "—") + notes.cite(row.evidence)
        yield f"| {escape(row.heading)} | {text} | {escape(row.value)} |"


def _table(figures: tuple[Figure, ...], notes: _Notes) -> Iterator[str]:
    if not figures:
        yield "None."
        return
    yield "| Id | What | In the text | Value | Base | Whose | When |"
    yield "|---|---|---|---:|---:|---|---|"
    for f in figures:
        cells = (f.id, f.label, f.text, amount(f), base_amount(f), f.subject or "", f.period or "")
        id_, label, text, *rest = (escape(cell) for cell in cells)
        row = " | ".join((id_, label, text + notes.cite((f.evidence,)), *rest))
        yield f"| {row} |"


def _coverage(coverage: Coverage) -> Iterator[str]:
    yield escape(coverage_line(coverage)) + "."
    yield ""
    for name, tallies in coverage_parts(coverage):
        for reason, texts in by_reason(tallies).items():
            yield f"- {name}, {escape(reason)}: {escape('、'.join(texts))}"


def _issues(issues: tuple[Issue, ...]) -> Iterator[str]:
    for issue in issues:
        where = f" ({escape(issue.ref)})" if issue.ref else ""
        yield f"- **{issue.severity}** {escape(issue.message)}{where}"


def _origin(summary: Summary) -> str:
    made = summary.provenance
    return f"{summary.document.source}, read by {made.model}, strategy {made.strategy}"
