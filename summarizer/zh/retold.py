"""What sentences share that tell of one thing in other words: pairs of characters, a name."""

from __future__ import annotations

import re

NAME, LEAST_NAME = 0.5, 3  # what the beginning of a name is worth, and how long it is
LEVELS = "省市县区州旗"  # before a name, of what level it is: 县林业局
_WORDS = re.compile("[一-鿿]+")


def pairs(text: str) -> set[str]:
    """The pairs of characters that stand side by side in a text's words."""
    return {words[at : at + 2] for words in _WORDS.findall(text) for at in range(len(words) - 1)}


def bare(name: str) -> str:
    """A name without its level before it: 林业局 for 县林业局."""
    return name[1:] if name[:1] in LEVELS else name


def share_of_name(name: str, text: str) -> float:
    """How much of a name stands in a text, from its first word on: as a share, or half at least.

    >>> share_of_name("茶坊乡人民政府", "茶坊乡已追回"), share_of_name("县林业局", "林业局收回")
    (0.5, 1.0)
    >>> share_of_name("石桥镇人民政府", "县人民政府"), share_of_name("县人民医院", "县人民政府")
    (0.0, 0.0)
    """
    own = bare(name)
    length = next((n for n in range(len(own), 0, -1) if own[:n] in text), 0)
    return max(NAME, length / len(own)) if not length < min(LEAST_NAME, len(own) or 1) else 0.0
