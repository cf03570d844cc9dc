"""Fixed words: idioms, names and slogans that contain a numeral character and count nothing.

The lexicon is `words.tsv`. A word is looked up from the numeral that opens it or stands inside:
at 一 in 举一反三 the lookup tries every place where 一 occurs first in a word.
"""

from __future__ import annotations

from summarizer.types import MentionKind
from summarizer.zh.quantities.bounds import bound_before
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.lexicon import rows
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.units import read_unit
from summarizer.zh.script import fold_characters

_KINDS: dict[str, MentionKind] = {
    fold_characters(row["word"]): row["kind"]  # type: ignore[misc]
    for row in rows("words.tsv")
}
_BUILT = frozenset("建成设有共了等立修置")
_NUMERALS = frozenset(HAN + "半")


def _shapes() -> dict[str, tuple[tuple[int, int], ...]]:
    """First numeral of a word → (offset, length) of such words, longest first."""
    found: dict[str, set[tuple[int, int]]] = {}
    for word in _KINDS:
        offset = next(i for i, char in enumerate(word) if char in _NUMERALS)
        found.setdefault(word[offset], set()).add((offset, len(word)))
    return {char: tuple(sorted(shapes, key=lambda s: -s[1])) for char, shapes in found.items()}


_SHAPES = _shapes()
_PAIRS = frozenset(
    word[max(0, at - 1) : at + 1] if at else word[:2]
    for word in _KINDS
    for at in (next(i for i, char in enumerate(word) if char in _NUMERALS),)
)
"""The numeral of each word with its neighbour: most numerals have none of these, and are quick."""


def fixed_word(text: str, pos: int, floor: int) -> Found | None:
    """The longest fixed word whose first numeral stands at `pos`."""
    if text[pos : pos + 2] not in _PAIRS and text[max(0, pos - 1) : pos + 1] not in _PAIRS:
        return None
    for offset, length in _SHAPES.get(text[pos], ()):
        start = pos - offset
        if start < floor or len(text) < start + length:
            continue
        kind = _KINDS.get(text[start : start + length])
        if kind and not _counts_after_all(text, start, start + length, floor):
            return Found(start, start + length, kind, "fixed_word")
    return None


def _counts_after_all(text: str, start: int, end: int, floor: int) -> bool:
    """十一 is a holiday, 十一个 a count; 百家 is an idiom, 上百家 a count."""
    behind = text[end : end + 1]
    if behind == "人" and text[end - 1] == "代":
        return True  # 三代人
    if behind and text[end - 1] in _NUMERALS:
        counts = behind in _NUMERALS or behind in "时点月日号" or read_unit(text, end)
        if counts:
            return True
    if text[start:end] == "四处" and text[start - 1 : start] in _BUILT:
        return True  # 建成四处物流中心
    if text[start] not in "百千万" or bound_before(text, start, floor) is None:
        return False
    return read_unit(text, start + 1) is not None or text[start + 1] in _NUMERALS
