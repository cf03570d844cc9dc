"""Are a summary's words the source's? Names, content words, negations, numbers in any writing.

A word stands where two characters of it stand together in what it is held against; a text that is
put together from the source's own words passes, whatever their order. Both sides are folded first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold, narrow

LEXICON = Path(__file__).with_name("unproved.tsv")
KEPT = 256  # sources whose pairs are remembered: many texts are held against one source
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_URL = re.compile(
    r"(?:[a-z]+://|www\.)[!-~]*[a-z0-9/]|[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|org|net|gov|info|io|xyz|top|app)\b[!-~]*"
)
_LATIN = re.compile("[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*")
_COUNT = re.compile("(.)数")
_PLAIN = frozenset("+-=<>~%$|^`￥¥＋＝＜＞～％")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words are held against: a folded text, and its pairs of neighbouring characters.

    `latin` are its words of letters, `negated` the characters that stand behind a negation.
    """

    text: str
    pairs: frozenset[str]
    latin: frozenset[str]
    negated: frozenset[str]

    def holds(self, word: str) -> bool:
        """Whether the text has this word as it stands."""
        return word in self.text


def unproved(words: str, source: str, known: str = "") -> list[str]:
    """What `words` say that `source` does not, as they say it; empty when all is well.

    `known` are words that need no proof, such as those of the schema. Numbers are the affair of
    `summarizer.engine.grounding.ungrounded_numbers`.

    >>> unproved("王强未修通村路(见 www.a.cn)", "王桂英修通村路3公里")
    ['www.a.cn', '王强', '见', '未修']
    >>> unproved("修通村路", "村路尚未修通"), unproved("修通村路", "修通3个村的村路")
    (['尚未修通'], [])
    """
    vocabulary, text = _vocabulary(f"{source}\n{known}"), folded(words)
    found = [*_foreign(text, vocabulary)]
    for match in _HAN.finditer(text):
        found += _strange(match[0], vocabulary)
    found += _negated(text, _vocabulary(source))
    return list(dict.fromkeys(found))


def is_grave(word: str, names: str) -> bool:
    """Whether a word without proof may deceive: a name, a denial, what is no Chinese at all.

    >>> [is_grave(word, "王强") for word in ("捐赠", "王强", "未修", "www.a.cn")]
    [False, True, True, True]
    """
    is_denial = _words().negation.search(word) is not None
    return is_denial or not _HAN.fullmatch(word) or (len(word) > 1 and word in folded(names))


def folded(text: str) -> str:
    """A text as it is compared: simplified, in small letters, narrow."""
    plain = narrow(fold(text))
    return plain.lower() if len(plain.lower()) == len(plain) else plain


def _foreign(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Addresses, words of letters, and single characters that are neither Han nor marks."""
    for match in _URL.finditer(text):
        if not vocabulary.holds(match[0]):
            yield match[0]
    rest = _URL.sub(" ", text)
    yield from (w for w in _LATIN.findall(rest) if w not in vocabulary.latin)
    for character in _HAN.sub(" ", _LATIN.sub(" ", rest)):
        if _must_stand(character) and not vocabulary.holds(character):
            yield character if character.isprintable() else f"U+{ord(character):04X}"


def _must_stand(character: str) -> bool:
    """Whether a character says something, or hides: letters, signs, controls."""
    kind = unicodedata.category(character)
    return not (kind[0] in "PNM" or kind == "Zs" or character in _PLAIN)


def _strange(run: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The stretches of a run of Chinese whose pairs do not stand in the source."""
    proved = [False] * len(run)
    for at in range(len(run) - 1):
        if run[at : at + 2] in vocabulary.pairs:
            proved[at] = proved[at + 1] = True
    for match in _words().harmless.finditer(run):
        proved[match.start() : match.end()] = [True] * len(match[0])
    for match in _COUNT.finditer(run):  # 栋数, where the source counts in 栋
        if vocabulary.holds(match[1]):
            proved[match.start() : match.end()] = [True, True]
    for match in re.finditer("0+", "".join("01"[one] for one in proved)):
        word = run[match.start() : match.end()]
        if len(word) > 1 or not vocabulary.holds(word):
            yield word


def _negated(text: str, source: Vocabulary) -> Iterator[str]:
    """Negations that the source has not before the same character, and those that it has there."""
    negation, before = _words().negation, _words().before
    for match in negation.finditer(text):
        behind = text[match.end() : match.end() + 1]
        is_there = source.holds(match[0]) if not _HAN.match(behind) else behind in source.negated
        if not (is_there or source.holds(match[0] + behind)):
            yield match[0] + behind
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        is_said = _HAN.fullmatch(pair) and pair in source.pairs
        if is_said and not before.search(text[:at][-2:]) and (ahead := _ahead(pair, source.text)):
            yield ahead + pair


def _ahead(pair: str, text: str) -> str:
    """The first negation before a pair, if one stands before each of its places."""
    first, at = "", text.find(pair)
    while not at < 0:
        negation = _words().before.search(text[max(0, at - 2) : at])
        if negation is None:
            return ""
        first = first or negation[0]
        at = text.find(pair, at + 1)  # 修修 stands in 修修修 twice
    return first


@lru_cache(maxsize=KEPT)
def _vocabulary(source: str) -> Vocabulary:
    text = folded(source)
    pairs = frozenset(text[at : at + 2] for at in range(len(text) - 1))
    negations = _words().negation.finditer(text)
    negated = frozenset(text[m.end() : m.end() + 1] for m in negations)
    return Vocabulary(text, pairs, frozenset(_LATIN.findall(text)), negated)


@dataclass(frozen=True, slots=True)
class _Words:
    """`unproved.tsv`, as patterns."""

    harmless: re.Pattern[str]
    negation: re.Pattern[str]
    before: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    def any_of(*kinds: str) -> str:
        return "|".join(sorted(map(re.escape, _of_kinds(*kinds)), key=len, reverse=True))

    negation = any_of("negation")
    return _Words(
        harmless=re.compile(any_of("joint", "light", "negation")),
        negation=re.compile(f"(?!{any_of('fixed')})(?:{negation})"),
        before=re.compile(f"(?:{negation})$"),
    )


@lru_cache(maxsize=1)
def unit_words() -> str:
    """What a label may say of its unit though no sentence does, a word a line."""
    return "\n".join(_of_kinds("unit", "measure"))


@lru_cache(maxsize=1)
def unit_characters() -> str:
    """The characters of words that name what a unit measures, or a target, each once."""
    return "".join(dict.fromkeys("".join(_of_kinds("unit"))))


def _of_kinds(*kinds: str) -> list[str]:
    """The words of some kinds, in the order of the lexicon."""
    return [word for kind, told in cells(LEXICON) if kind in kinds for word in told.split()]
