"""What stands over a sentence and says what it is of: a heading, a lead, the line before a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.documents.sections import rank
from summarizer.engine.chunk import head_of_table
from summarizer.engine.marked import one_line
from summarizer.zh.script import fold
from summarizer.zh.segment import CLAUSE_MARKS, Sentence

FAR = 10  # characters before a clause that are more than the time or the place of it
LEAD = 20  # characters that the first sentence of a paragraph has at most that is its heading
OPENS, GOES_ON = (":", "："), (";", "；")


def context(
    told: Sequence[Sentence], sentences: Sequence[Sentence], *, name: str = ""
) -> list[str]:
    """The lines that show some sentences of a document with what they are read under.

    决定免去: before 吴长河的局长职务; 消防方面。 before 某院安全出口上锁。 Of the first one no more
    is shown than from the clause of a `name` on, where one is given.
    """
    first = told[0]
    ahead = sentences[: first.number - 1]
    over = [
        _heading(sentences[first.number - 1], ahead),
        _lead(first, ahead),
        _opening(ahead),
        head_of_table(first, sentences),
    ]
    shown = {s.number: s for s in over if s is not None}
    lines = [shown[number] for number in sorted(shown)]
    own = [fold(s.text) for s in told]
    own[0] = _from_clause(own[0], fold(name))
    return [one_line(text).strip() for text in (*(fold(s.text) for s in lines), *own)]


def is_listed(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether a sentence is one of a list that another opened, so that a name says enough."""
    return _opening(sentences[: sentence.number - 1]) is not None


def _from_clause(text: str, name: str) -> str:
    """A sentence from the clause of a name on: what another did before says nothing of it.

    >>> _from_clause("根据蒋勇的提请及有关规定,任命何志强为副主任。", "何志强")
    '任命何志强为副主任。'
    >>> _from_clause("去年,县种子站账目不清。", "县种子站")
    '去年,县种子站账目不清。'
    """
    before = text[: max(0, text.find(name))]
    start = len(before) - len(re.split(f"[{CLAUSE_MARKS}]", before)[-1])
    return text if start < FAR else text[start:]


def _heading(first: Sentence, ahead: Sequence[Sentence]) -> Sentence | None:
    """The last heading above a sentence; of one that is a heading itself, of another rank."""
    depth = rank(fold(first.text).strip()) if first.heading else None
    above = (s for s in reversed(ahead) if s.heading and s.number > 1)
    if depth is None:
        return next(above, None)
    higher = ((rank(fold(s.text).strip()), s) for s in above)
    return next((s for found, s in higher if found != depth and not 0 < depth < found), None)


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
