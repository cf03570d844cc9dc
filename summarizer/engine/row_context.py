"""What stands over a sentence and says what it is of: a heading, a lead, the line before a list."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.engine.marked import one_line
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

LEAD = 20  # characters that the first sentence of a paragraph has at most that is its heading
OPENS, GOES_ON = (":", "："), (";", "；")


def context(told: Sequence[Sentence], sentences: Sequence[Sentence]) -> list[str]:
    """The lines that show some sentences of a document with what they are read under.

    决定免去: before 吴长河的局长职务; 消防方面。 before 某院安全出口上锁。
    """
    first = told[0]
    ahead = sentences[: first.number - 1]
    heading = next((s for s in reversed(ahead) if s.heading and s.number > 1), None)
    over = [heading, _lead(first, ahead), _opening(ahead)]
    shown = {s.number: s for s in over if s is not None}
    lines = [shown[number] for number in sorted(shown)]
    return [one_line(fold(s.text)).strip() for s in (*lines, *told)]


def _lead(first: Sentence, ahead: Sequence[Sentence]) -> Sentence | None:
    """The short sentence that begins the paragraph of another."""
    own = [s for s in ahead if s.paragraph == first.paragraph]
    return own[0] if own and len(own[0].text.strip()) <= LEAD else None


def _opening(ahead: Sequence[Sentence]) -> Sentence | None:
    """The sentence behind whose colon a list begins that has not ended yet."""
    for sentence in reversed(ahead):
        text = sentence.text.strip()
        if sentence.heading or text.endswith(OPENS):
            return None if sentence.heading else sentence
        if not text.endswith(GOES_ON):
            return None
    return None
