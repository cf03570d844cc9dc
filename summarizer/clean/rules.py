"""The inventory of cleaning rules that change characters, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.clean import characters, pinyin, wrapping
from summarizer.clean.alignment import Alignment, Edit, apply

RULES: tuple[Callable[[str], list[Edit]], ...] = (
    characters.line_ends,
    characters.invisible,
    characters.markup,
    characters.entities,
    characters.spaces,
    characters.placeholders,
    pinyin.byte_damage,
    pinyin.readings,
    wrapping.spaced_words,
    wrapping.orphaned_punctuation,
    wrapping.wrapped_lines,
)

ROUNDS = 8  # one is the rule; more are needed where one rule's work shows another its case


def tidy(text: str) -> tuple[str, Alignment]:
    """The text after every rule has found nothing more to do, and the way back."""
    alignment = Alignment()
    for _ in range(ROUNDS):
        before = alignment
        for rule in RULES:
            edits = rule(text)
            if edits:
                alignment = alignment.then(text, edits)
                text = apply(text, edits)
        if alignment is before:
            break
    return text, alignment
