"""Are the model's words the source's? Numbers and characters of prose held against sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from summarizer.mentions import find_mentions
from summarizer.mentions.numerals import read_numeral
from summarizer.names import find_names
from summarizer.script import fold
from summarizer.types import Mention, Quantity, Span

_DIGITS = re.compile(r"\d+(?:[.,，]\d+)*")
_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_HARMLESS = frozenset({"idiom", "indefinite", "slogan", "list_marker"})
KEPT = 32  # sources whose numbers are remembered: many texts are held against one source
LONE = "lone_numeral"  # the grammar's rule for a numeral that counts nothing it knows: 约九成


def stray_numbers(prose: str, source: str) -> list[str]:
    """Numbers in `prose` that `source` does not have, as they stand in it; empty when all is well.

    A quantity must have its value in the source; a run of digits may stand there as a whole, and
    any other in the same words. Both texts may be in either script.

    >>> stray_numbers("投入500万元，惠及三个村，历时12年", "投入500余萬元，3個村受益，十二年来")
    []
    >>> stray_numbers("投入600万元，惠及四个村", "投入500余萬元，3個村受益")
    ['600', '四个']
    """
    prose, numbers = _narrow(prose), _numbers(source)
    mentions = find_mentions(prose)
    same = [m.at for m in mentions if m.quantity and _value(m.quantity) in numbers.values]
    strays = [
        run[0]
        for run in _DIGITS.finditer(prose)
        if run[0] not in numbers.runs and not any(at.covers(Span(*run.span())) for at in same)
    ]
    found: list[Mention] = []
    for mention in mentions:
        is_word = mention.kind in _HARMLESS and mention.rule != LONE
        if is_word or mention.text in numbers.text or _DIGITS.search(mention.text):
            continue
        numeral = read_numeral(mention.text, 0)
        is_digits = numeral is not None and f"{numeral.value:f}" in numbers.runs
        if not is_digits and (
            mention.quantity is None or _value(mention.quantity) not in numbers.values
        ):
            found.append(mention)
    persons = [n.span for n in find_names(prose) if n.kind == "person"] if found else []
    return strays + [m.text for m in found if not any(p.overlaps(m.at) for p in persons)]


def shared(words: str, source: str) -> float:
    """The share of the characters of `words` that `source` has, each as often; 1.0 for no words.

    >>> shared("贫困户数", "122戶貧困群眾")
    0.75
    """
    wanted = Counter(c for c in fold(words) if c.isalnum())
    found = wanted & Counter(fold(source))
    return found.total() / wanted.total() if wanted else 1.0


def borrowed(words: str, examples: str, source: str) -> str:
    """The first three characters of `words` that come from a prompt's examples, "" for none.

    They stand in the examples, and the source has not even two of them in a row.

    >>> borrowed("自筹资金办豆腐坊", "何平自筹12万元办起豆腐坊", "村里投入资金办起合作社")
    '豆腐坊'
    """
    words, examples, source = (fold(text) for text in (words, examples, source))
    for at in range(len(words) - 2):
        three = words[at : at + 3]
        if three in examples and three[:2] not in source and three[1:] not in source:
            return three
    return ""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A source as it is compared: folded, its runs of digits, the values of its quantities."""

    text: str
    runs: frozenset[str]
    values: frozenset[tuple[object, object]]


@lru_cache(maxsize=KEPT)
def _numbers(source: str) -> _Numbers:
    text = _narrow(source)
    values = (_value(m.quantity) for m in find_mentions(text) if m.quantity)
    return _Numbers(text, frozenset(_DIGITS.findall(text)), frozenset(values))


def _narrow(text: str) -> str:
    return fold(text).translate(_WIDE)


def _value(quantity: Quantity) -> tuple[object, object]:
    return quantity.value, quantity.high
