"""The inventory of cleaning rules that change characters, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summarizer.documents.clean import characters, pinyin, wrapping
from summarizer.documents.clean.alignment import Alignment, Edit

RULES: tuple[Callable[[str], Iterable[Edit]], ...] = (
    characters.line_ends,
    characters.invisible,
    characters.markup,
    characters.entities,
    characters.spaces,
    characters.placeholders,
    wrapping.wrapped_lines,
    pinyin.byte_damage,
    pinyin.readings,
    wrapping.spaced_words,
    wrapping.orphaned_punctuation,
)

ROUNDS = 8  # one is the rule; more are needed where one rule's work shows another its case


def tidy(text: str, done: Iterable[Edit] = ()) -> tuple[str, Alignment]:
    """The text after every rule has found nothing more to do, and the way back.

    `done` are edits that come before all rules.
    """
    alignment = Alignment(done)
    text = alignment.apply(text)
    for _ in range(ROUNDS):
        before = alignment
        for rule in RULES:
            step = Alignment(rule(text))
            if step:
                alignment = alignment.then(text, step)
                text = step.apply(text)
        if alignment is before:
            break
    for rule in (characters.line_ends, characters.invisible):  # whatever the last round uncovered
        step = Alignment(rule(text))
        alignment = alignment.then(text, step) if step else alignment
        text = step.apply(text)
    return text, alignment
