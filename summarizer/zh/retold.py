"""What sentences share that tell of one thing in other words: pairs of characters, a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.zh.names import find_names

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


def is_of_another(text: str, names: Iterable[str], words: Iterable[str]) -> bool:
    """Whether a sentence tells of an office that is none of some names, and of nothing they share.

    It opens with that office, which is no short form of a name, and has of the words neither two
    characters in a row nor the number.

    >>> is_of_another("县交通局已整改到位", ["县住建局"], ["违规收取保证金"])
    True
    >>> is_of_another("县交通局已退还保证金", ["县住建局"], ["违规收取保证金"])
    False
    >>> is_of_another("县住建局已整改到位", ["县住房和城乡建设局"], ["违规收取保证金"])
    False
    """
    first = next((n for n in find_names(text) if n.kind == "organisation"), None)
    if first is None or first.span.start > 0:
        return False
    if any(_shortens(first.text, name) or _shortens(name, first.text) for name in names):
        return False
    said, rest = list(words), text[first.span.end :]
    is_shared = any(one in rest for one in said) or pairs(rest) & pairs("\n".join(said))
    return not is_shared


def _shortens(short: str, name: str) -> bool:
    """Whether the characters of a short form stand in a name in their order."""
    rest = iter(name)
    return all(char in rest for char in bare(short))
