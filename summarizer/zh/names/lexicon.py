"""Words that tell where a name ends, looked up at a place in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from summarizer.zh.lexicon import cells
from summarizer.zh.names.table import FOLDER, words


class Words:
    """A set of words that can be asked what stands right before or behind a place in a text.

    >>> titles = Words({"书记", "副书记"})
    >>> titles.before("镇党委副书记", 6), titles.behind("书记说", 0), titles.behind("说", 0)
    (3, 2, 0)
    """

    __slots__ = ("_by_first", "_by_last", "_words")

    def __init__(self, entries: Collection[str]) -> None:
        self._words = frozenset(entries)
        self._by_first = _lengths((word[0], len(word)) for word in self._words)
        self._by_last = _lengths((word[-1], len(word)) for word in self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def before(self, text: str, end: int) -> int:
        """The length of the longest word that ends at `end`, or 0."""
        if end > 0:
            for n in self._by_last.get(text[end - 1 : end], ()):
                if n <= end and text[end - n : end] in self._words:
                    return n
        return 0

    def behind(self, text: str, start: int, limit: int | None = None) -> int:
        """The length of the longest word that begins at `start` and ends by `limit`, or 0."""
        stop = len(text) if limit is None else limit
        for n in self._by_first.get(text[start : start + 1], ()):
            if start + n <= stop and text[start : start + n] in self._words:
                return n
        return 0

    def uncovered(self, text: str) -> str:
        """The characters that no word covers, read from the left, longest words first.

        >>> Words({"种养", "专业"}).uncovered("萍农种养")
        '萍农'
        """
        rest, at = "", 0
        while at < len(text):
            length = self.behind(text, at)
            rest += "" if length else text[at]
            at += length or 1
        return rest


def _lengths(words: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin or end with each character, the longest first."""
    found: dict[str, set[int]] = {}
    for character, length in set(words):
        found.setdefault(character, set()).add(length)
    return {character: tuple(sorted(of, reverse=True)) for character, of in found.items()}


_COMMON = [(word, kind) for word, kind, _ in cells(FOLDER / "words.tsv")[1:]]
COMMON = Words({word for word, _ in _COMMON} | words("limits.tsv", "use", "ordinary"))
OPENING = Words([word for word, kind in _COMMON if kind == "v"])
HARD = words("limits.tsv", "use", "hard")
CUTS = Words(words("limits.tsv", "use", "cut"))


def splits_word(text: str, start: int, length: int) -> bool:
    """Whether a word of one character only begins a common word: 经|济, 就|业, 进|一步."""
    longer = text[start : start + 2] in COMMON or text[start : start + 3] in COMMON
    return length == 1 and text[start] not in "自向从往" and longer


def is_han(text: str, at: int) -> bool:
    """Whether a Chinese character stands at `at`."""
    return 0 <= at < len(text) and (
        "\u3400" <= text[at] <= "\u9fff" or "\U00020000" <= text[at] <= "\U0003ffff"
    )
