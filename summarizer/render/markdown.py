"""Summary → Markdown (GitHub's flavour): tables and lists, every quote a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.render.amount import amount, base_amount
from summarizer.render.outline import Card, coverage_line, issue_line, outline, reasons_shown
from summarizer.render.picks import OwnRow
from summarizer.render.reader import ENGLISH, Reader
from summarizer.render.safe import one_line
from summarizer.types import Coverage, Evidence, Figure, Issue, Summary

_ACTIVE = re.compile(r"([\\`*_\[\]#|~$@])")
_LINKS = re.compile(r"(:)(?=//|[\w+-]+:)|(?i:(?<=www)(\.))")  # http://…, :emoji:, www.…
_LIST_MARK = re.compile(r"^(\d+)(?=[.)](\s|$))|^(?=[-+=])")


def render(summary: Summary, prefix: str = "", reader: Reader = ENGLISH) -> str:
    """The summary as Markdown; what the document says stays text, whatever characters it holds.

    `prefix` keeps its footnotes apart from those of others in one file: `[^2-1]`.
    """
    notes, say = _Notes(prefix, reader), reader.say
    shown = outline(summary, reader)
    lines = [f"# {escape(shown.title)}", ""]
    lines += [f"- {escape(name)}: {escape(value)}" for name, value in shown.facts]
    lines += ["", f"## {say('view.fields')}", "", *_own(shown.own, notes)] if shown.own else []
    if summary.overview:
        lines += ["", f"## {say('view.overview')}", "", escape(summary.overview)]
    for section in shown.sections:
        lines += ["", f"## {escape(section.heading)} ({section.count})"]
        for group in section.groups:
            lines += ["", f"### {escape(group.heading)}"] if group.heading else []
            lines.append("")
            for card in group.cards:
                lines += _card(card, notes)
    head = f"## {say('view.figures')} ({len(summary.figures)})"
    lines += ["", head, "", *_table(summary.figures, notes)]
    lines += ["", f"## {say('view.coverage')}", "", *_coverage(summary.coverage, reader)]
    if summary.issues:
        lines += ["", f"## {say('view.issues')} ({len(summary.issues)})", ""]
        lines += _issues(summary.issues, reader)
    lines += ["", *notes.lines(), "", f"*{escape(_origin(summary, reader))}*"]
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

    def __init__(self, prefix: str, reader: Reader) -> None:
        self._prefix, self.reader = prefix, reader
        self._numbers: dict[Evidence, int] = {}

    def cite(self, evidence: Iterable[Evidence]) -> str:
        for passage in evidence:
            self._numbers.setdefault(passage, len(self._numbers) + 1)
        return "".join(f"[^{self._prefix}{self._numbers[passage]}]" for passage in evidence)

    def lines(self) -> Iterator[str]:
        for passage, number in self._numbers.items():
            page = self.reader.say("view.page", n=passage.page) if passage.page else ""
            where = f"{passage.span.start}–{passage.span.end}{page}"
            yield f"[^{self._prefix}{number}]: {escape(passage.quote)} ({where})"


def _card(card: Card, notes: _Notes) -> Iterator[str]:
    yield f"- **{escape(card.title)}**{notes.cite(card.evidence)}"
    for name, value in card.fields:
        yield f"  - {escape(name)}: {escape(value)}"
    for figure in card.figures:
        yield f"  - {escape(figure.text)}: {escape(figure.label)}"


def _own(rows: tuple[OwnRow, ...], notes: _Notes) -> Iterator[str]:
    say = notes.reader.say
    yield f"| {say('view.what')} | {say('view.in_text')} | {say('view.value')} |"
    yield "|---|---|---:|"
    for row in rows:
        text = escape(row.text or "—") + notes.cite(row.evidence)
        yield f"| {escape(row.heading)} | {text} | {escape(row.value)} |"


def _table(figures: tuple[Figure, ...], notes: _Notes) -> Iterator[str]:
    if not figures:
        yield notes.reader.say("view.none")
        return
    names = ("id", "what", "in_text", "value", "base", "whose", "when")
    yield f"| {' | '.join(notes.reader.say(f'view.{name}') for name in names)} |"
    yield "|---|---|---|---:|---:|---|---|"
    for f in figures:
        worth = (amount(f, notes.reader), base_amount(f, notes.reader))
        cells = (f.id, f.label, f.text, *worth, f.subject or "", f.period or "")
        id_, label, text, *rest = (escape(cell) for cell in cells)
        row = " | ".join((id_, label, text + notes.cite((f.evidence,)), *rest))
        yield f"| {row} |"


def _coverage(coverage: Coverage, reader: Reader) -> Iterator[str]:
    yield escape(coverage_line(coverage, reader)) + ("。" if reader.is_han else ".")
    yield ""
    for became, reason, texts in reasons_shown(coverage, reader):
        yield f"- {became}, {escape(reason)}: {escape('、'.join(texts))}"


def _issues(issues: tuple[Issue, ...], reader: Reader) -> Iterator[str]:
    for issue in issues:
        where = f" ({escape(issue.ref)})" if issue.ref else ""
        severity = reader.say(f"severity.{issue.severity}")
        yield f"- **{severity}** {escape(issue_line(issue, reader))}{where}"


def _origin(summary: Summary, reader: Reader) -> str:
    made, source = summary.provenance, summary.document.source
    return reader.say("view.origin", source=source, model=made.model, strategy=made.strategy)
