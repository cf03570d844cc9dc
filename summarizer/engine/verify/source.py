"""What a summary is held against: the raw text and what was parsed of it, and what they lack."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarizer.documents.clean import is_repeated
from summarizer.documents.hostile import suspicious
from summarizer.documents.parsed import ParsedDocument
from summarizer.documents.read.garbage import MOST_TOLD, lost_places
from summarizer.documents.tables.reading import ABOVE
from summarizer.engine.evidence import context
from summarizer.engine.grounding import stands, ungrounded_numbers
from summarizer.types import Evidence, Figure, Issue, Span
from summarizer.zh.names import find_names
from summarizer.zh.numeral_edges import is_cut
from summarizer.zh.script import fold
from summarizer.zh.second_reader import Reading, disagrees
from summarizer.zh.unproved import is_grave, unproved

ROUND = 24  # characters of what stands over and over that are told
MOST_SUSPICIOUS = 20  # passages of a text that are told


@dataclass(frozen=True)
class Source:
    """What a summary is held against: the raw text, and what was parsed of it.

    Nothing that the engine made of it is looked at: no request, no answer, no draft. The clean text
    need not be made again to be trusted, for what was changed is told: the raw text after these
    edits must be it, letter for letter.
    """

    parsed: ParsedDocument

    @property
    def raw(self) -> str:
        """The text of the file."""
        return self.parsed.text.document.text

    @property
    def clean(self) -> str:
        """The cleaned text: 50<U+200B>0 is 500 there, by an edit that is told."""
        return self.parsed.text.text

    def misaligned(self) -> list[Issue]:
        """An issue if the clean text is not the raw one after the edits that are told of it."""
        if self.parsed.text.alignment.apply(self.raw) == self.clean:
            return []
        return [
            error_issue("text_broken", "the clean text is not the raw one, edited as told", None)
        ]

    def misquoted(self, ref: str, evidence: Evidence) -> list[Issue]:
        """An issue if the quote is not what stands at its span."""
        if self.raw[evidence.span.slice] == evidence.quote:
            return []
        return [error_issue("span_broken", "the quote is not what stands at its span", ref)]

    def headers(self, span: Span) -> str:
        """What a table's headers say of the number at a span; "" for none of a table."""
        return self._headers.get(span, "")

    @cached_property
    def _headers(self) -> dict[Span, str]:
        cells = (one for sentence in self.parsed.sentences for one in sentence.cells)
        return {mention.span: fold(cell.words) for mention, cell in cells}

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
                issues.append(error_issue("second_reader", message, figure.id))
        return issues

    def _read_again(self, span: Span, figure: Figure, ours: Reading) -> Reading | str | None:
        if is_cut(self.raw, span.start, span.end):
            return "part of a longer number"
        has_scale = not figure.implied_unit
        theirs = disagrees(self.raw[span.slice], ours, has_scale=has_scale)
        if theirs is None or span != figure.span or figure.text not in self.clean:
            return theirs
        return disagrees(figure.text, ours, has_scale=has_scale)

    def invented(self, ref: str, words: str, cited: str = "") -> list[Issue]:
        """An issue if the words hold a number that what they cite lacks: by default, all texts."""
        strays = ungrounded_numbers(words, cited or self.raw)
        if not strays or (not cited and not ungrounded_numbers(words, self.clean)):
            return []
        return [error_issue("number_invented", f"{', '.join(strays)} not in the source", ref)]

    def invented_years(self, ref: str, period: str) -> list[Issue]:
        """The same for a period: its year may stand in a date of another form (2022.5.20)."""
        runs = re.findall(r"[0-9]+", period)
        if all(run in self.raw or run in self.clean for run in runs):
            return []
        return [error_issue("number_invented", f"{period} not in the source", ref)]

    def unproved(self, ref: str, words: str, cited: str, known: str = "") -> list[Issue]:
        """An issue if the words say what neither what they cite does nor the title of the text.

        A warning for a name, an address, a sign, a denial; mere information for other words, which
        may say the same in another way.
        """
        strange = unproved(words, cited, f"{self.title}\n{known}")
        if not strange:
            return []
        named = "\n".join(name.text for name in find_names(words))
        severity: Literal["warning", "info"] = (
            "warning" if any(is_grave(word, named) for word in strange) else "info"
        )
        message = f"“{shown(words)}” says what the cited text does not: {'、'.join(strange)[:120]}"
        return [Issue(code="unproved_words", severity=severity, message=message, ref=ref)]

    def table(self, span: Span) -> str:
        """The words of the table in which a span stands, "" outside: its headers are over a row."""
        at = bisect_left([ends for _, ends, _ in self._tables], span.end)
        if at == len(self._tables) or not self._tables[at][0] <= span.start:
            return ""
        return self._tables[at][2]

    @cached_property
    def _tables(self) -> list[tuple[int, int, str]]:
        """Where each table begins and ends, and its words with those before it."""
        spans = sorted(grid.span for grid in self.parsed.text.document.grids)
        return [(s.start, s.end, self.raw[max(0, s.start - ABOVE) : s.end]) for s in spans]

    def suspicious(self) -> list[Issue]:
        """A warning for each passage that speaks to a model, whatever the model made of it."""
        cleaned = [self.parsed.text.to_raw(span) for span, _ in suspicious(self.parsed.text.text)]
        raw = [span for span, _ in suspicious(self.raw)]
        spans = sorted({*cleaned, *(s for s in raw if not any(s.overlaps(c) for c in cleaned))})
        return [
            Issue(
                code="suspicious_text",
                severity="warning",
                message=f"“{shown(self.raw[span.slice])}” speaks to a model and not to a reader",
                ref=f"{span.start}-{span.end}",
            )
            for span in spans[:MOST_SUSPICIOUS]
        ]

    def lost(self) -> list[Issue]:
        """An error for each place where the file has lost what it said, if there are several."""
        return [
            Issue(
                code="text_lost",
                severity="error",
                message=f"“{shown(self.raw[span.slice])}” stands where characters were lost",
                ref=f"{span.start}-{span.end}",
            )
            for span in lost_places(self.raw)[:MOST_TOLD]
        ]

    def pictured(self) -> list[Issue]:
        """A warning for text that was recognised in pictures, and for pages that were not read."""
        document = self.parsed.text.document
        issues = []
        if pages := document.recognised:
            said = ", ".join(map(str, pages))[:200]
            message = f"text recognised in pictures, any letter may be wrong: pages {said}"
            issues.append(Issue(code="text_recognised", severity="warning", message=message))
        if count := document.left_out.get("unread pages"):
            message = f"pages that are pictures and were not read: {count}; `--ocr` reads them"
            issues.append(Issue(code="pages_unread", severity="warning", message=message))
        return issues

    def repeated(self) -> list[Issue]:
        """A warning for each stretch that says but one thing over and over, and was not read."""
        gone = (e.span for e in self.parsed.text.edits if is_repeated(e))
        spans = [span for span in gone if self.raw[span.slice][:ROUND].strip()]  # no blanks
        return [
            Issue(
                code="text_repeated",
                severity="warning",
                message=f"“{shown(self.raw[span.slice][:ROUND])}” goes on and on and is not read",
                ref=f"{span.start}-{span.end}",
            )
            for span in spans[:MOST_TOLD]
        ]

    def has(self, words: str) -> bool:
        """Whether words stand in the cleaned text, whatever the script, and cut no number."""
        return stands(words, self.clean)

    def cited(self, evidence: Sequence[Evidence]) -> str:
        """The words of some evidence, raw and cleaned."""
        return "\n".join(text for one in evidence for text in (one.quote, self._cleaned(one)))

    def around(self, evidence: Sequence[Evidence]) -> str:
        """The same, with the headings above and what is said right before."""
        return "\n".join((self.cited(evidence), *(self._above(one) for one in evidence)))

    @property
    def everything(self) -> str:
        """Both texts."""
        return f"{self.raw}\n{self.clean}"

    @cached_property
    def title(self) -> str:
        """What the text is called and which place it is of."""
        kinds = ("title", "place")
        return "\n".join(c.text for c in self.parsed.text.candidates if c.kind in kinds)

    @cached_property
    def names(self) -> str:
        """The proper names of the text: whose a figure is may have been said long before."""
        return "\n".join(name.text for name in self.parsed.names)

    def _cleaned(self, evidence: Evidence) -> str:
        return self.parsed.text.text[self.parsed.text.to_clean(evidence.span).slice]

    def _above(self, evidence: Evidence) -> str:
        return context(self.parsed.text, self.parsed.text.to_clean(evidence.span))


def shown(words: str) -> str:
    """Words for a message: short, nothing in them that hides."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in words[:40])


def error_issue(code: str, message: str, ref: str | None) -> Issue:
    """That something does not hold."""
    return Issue(code=code, severity="error", message=message, ref=ref)
