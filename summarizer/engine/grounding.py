"""Are the model's words the source's? Numbers and characters of prose held against sentences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summarizer.types import Mention, Quantity, Span
from summarizer.zh.determiners import says_which
from summarizer.zh.names import find_names
from summarizer.zh.quantities import find_mentions
from summarizer.zh.quantities.numerals import NUMERAL_RUN, Numeral, read_numeral
from summarizer.zh.quantities.units import read_unit
from summarizer.zh.script import fold, narrow_numerals

_DIGITS = re.compile(r"\d+(?:[.,，]\d+)*")
_HARMLESS = frozenset({"idiom", "indefinite", "slogan", "list_marker"})
KEPT = 32  # sources whose numbers are remembered: many texts are held against one source
_COUNTED = frozenset({"date", "time", "ordinal"})
COUNTS = frozenset({"lone_numeral", "scale_alone"})
"""The grammar's rules for numerals that say how many, of whatever it is: 约九成, 百万元."""


@lru_cache(maxsize=1024)
def is_bare_quantity(words: str) -> bool:
    """Whether some words are a quantity and nothing else: no number is text.

    >>> [is_bare_quantity(words) for words in ("64家", "3.2万元", "第三中学", "12345热线")]
    [True, True, False, False]
    """
    mentions = find_mentions(_narrow(words))
    whole = (m for m in mentions if m.quantity is not None and m.text == _narrow(words).strip())
    return any(whole)


@lru_cache(maxsize=1024)
def hides_number(words: str) -> bool:
    """Whether some words are an exact number, or hold a share or a sum of money: 增长3%.

    What only classes (三类, 1号, 5万元以下) is none.

    >>> [hides_number(words) for words in ("1", "三", "-2.5", "③", "3万元", "百分之六", "2024年")]
    [True, True, True, True, True, True, True]
    >>> [hides_number(words) for words in ("增长3%", "罚款5万元", "超过3%", "3%以上")]
    [True, True, False, False]
    >>> [hides_number(words) for words in ("三类", "一般", "一季度", "1号", "5万元以下", "第一")]
    [False, False, False, False, False, False]
    """
    text = _narrow(words).strip().lstrip("+-−")
    if text and all(c.isnumeric() or c in ".,/" for c in text):
        return True
    found = find_mentions(text)
    measured = (m.quantity for m in found if m.quantity and m.quantity.bound == "exact")
    if any(quantity.kind in ("percent", "money") for quantity in measured):
        return True
    whole = next((m for m in found if m.text == text), None)
    if whole is None or whole.kind == "identifier":
        return False
    quantity = whole.quantity
    if quantity is not None and quantity.bound != "exact":
        return False
    is_measured = quantity is not None and quantity.kind != "count"
    return is_measured or whole.rule == "lone_numeral" or bool(_DIGITS.search(text))


def ungrounded_numbers(prose: str, source: str) -> list[str]:
    """Numbers in `prose` that `source` does not have, as they stand in it; empty when all is well.

    A quantity must have its value in the source; a run of digits may stand there as a whole, and
    any other in the same words. A number that a word (半数, 翻番) or a character (③, ½) says must
    stand there as it is. Both texts may be in either script.

    >>> source = "投入500余萬元，3個村受益，十二年来"
    >>> ungrounded_numbers("投入500万元，惠及三个村，历时12年", source)
    []
    >>> ungrounded_numbers("投入600万元，惠及四个村", "投入500余萬元，3個村受益")
    ['600', '四个']
    >>> ungrounded_numbers("上一规划期投入", "投入"), ungrounded_numbers("建成一广场", "建成广场")
    ([], ['一'])
    >>> ungrounded_numbers("第一书记周翔", "周翔"), ungrounded_numbers("收入全县第一", "全县收入")
    ([], ['第一'])
    """
    prose = _narrow(prose)
    mentions, spelt = find_mentions(prose), _spelt(prose)
    if not (mentions or spelt or _DIGITS.search(prose)):
        return []  # as most labels
    numbers = _numbers(source)
    same = [m.at for m in mentions if m.quantity and _value(m.quantity) in numbers.values]
    strays = [
        run[0]
        for run in _DIGITS.finditer(prose)
        if run[0] not in numbers.runs and not any(at.covers(Span(*run.span())) for at in same)
    ]
    strays += [said for said in spelt if said not in numbers.text]
    found: list[Mention] = []
    for mention in mentions:
        is_word = mention.kind in _HARMLESS and mention.rule not in COUNTS
        is_word = is_word or says_which(prose, mention.at)
        if is_word or mention.text in numbers.text or _DIGITS.search(mention.text):
            continue
        numeral = read_numeral(mention.text, 0)
        is_digits = numeral is not None and (
            f"{numeral.value:f}" in numbers.runs or numeral.value in numbers.numerals
        )
        if not is_digits and (
            mention.quantity is None or _value(mention.quantity) not in numbers.values
        ):
            found.append(mention)
    persons = [n.span for n in find_names(prose) if n.kind == "person"] if found else []
    return strays + [m.text for m in found if not any(p.overlaps(m.at) for p in persons)]


def stands(words: str, source: str) -> bool:
    """Whether some words stand in the source, not empty, and cut no number and no unit there.

    >>> stands("23.6万元", "共1023.6万元"), stands("1023.6万元", "共1023.6万元"), stands("", "共")
    (False, True, False)
    >>> stands("点五", "占百分之六点五"), stands("元修路", "投入1,500万元修路")
    (False, False)
    >>> stands("桥梁", "建成2座桥梁"), stands("第十二小学", "石桥村第十二小学")
    (True, True)
    """
    words, source = _narrow(words), _narrow(source)
    if not words.strip():
        return False
    at = source.find(words)
    while at >= 0:
        cut, nouns = _cuts(source)
        if not (at in cut - nouns or at + len(words) in cut):
            return True
        at = source.find(words, at + 1)
    return False


@lru_cache(maxsize=1024)
def _cuts(source: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where a number of a text, or a number and its unit, would be cut in two.

    And at which of these words may begin, with the noun that a unit ends on: 桥梁 of 2座桥梁.
    """
    runs = (range(run.start() + 1, run.end()) for run in NUMERAL_RUN.finditer(source))
    cut = {edge for run in runs for edge in run}
    nouns: set[int] = set()
    for mention in find_mentions(source):
        start, stop = mention.at.start, mention.at.end
        numerals = [*_numerals_in(source, start, stop)]
        if mention.quantity is not None:
            first = start if mention.rule == "part_of_whole" or not numerals else numerals[0].start
            cut.update(range(first + 1, stop))
            behind = numerals[-1].end if numerals else stop
            units = (read_unit(source[behind:edge], 0) for edge in range(behind + 1, stop))
            nouns.update(behind + len(unit.surface) for unit in units if unit)
        elif mention.kind in _COUNTED:
            for one in numerals:
                with_unit = mention.kind != "ordinal" and one.end < stop
                cut.update(range(one.start + 1, one.end + with_unit))
    return frozenset(cut), frozenset(nouns)


def _numerals_in(text: str, start: int, stop: int) -> Iterator[Numeral]:
    """The numerals of a stretch of a text, one after the other."""
    while start < stop:
        numeral = read_numeral(text, start)
        if numeral is not None:
            yield numeral
        start = numeral.end if numeral is not None else start + 1


def char_recall(words: str, source: str) -> float:
    """The share of the characters of `words` that `source` has, each as often; 1.0 for no words.

    >>> char_recall("种植户数", "122戶種植大棚")
    0.75
    """
    wanted = Counter(c for c in fold(words) if c.isalnum())
    found = wanted & Counter(fold(source))
    return found.total() / wanted.total() if wanted else 1.0


def leaked_from_examples(words: str, examples: str, source: str) -> str:
    """The first three characters of `words` that come from a prompt's examples, "" for none.

    They stand in the examples, and the source has not even two of them in a row.

    >>> examples = "何平自筹12万元办起豆腐坊"
    >>> leaked_from_examples("自筹资金办豆腐坊", examples, "村里投入资金办起合作社")
    '豆腐坊'
    """
    words, examples, source = (fold(text) for text in (words, examples, source))
    for at in range(len(words) - 2):
        three = words[at : at + 3]
        if three in examples and three[:2] not in source and three[1:] not in source:
            return three
    return ""


def _spelt(prose: str) -> list[str]:
    """Numbers that a word or a single character says: 俩, 半数, 翻番, ③, ½, Ⅻ, ²."""
    found = _number_words().findall(prose)
    single = (c for c in prose if unicodedata.category(c) in ("No", "Nl") and c != "〇")
    return [*found, *single]


@lru_cache(maxsize=1)
def _number_words() -> re.Pattern[str]:
    words = Path(__file__).with_name("number_words.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A source as it is compared: folded, its runs of digits, the values of its quantities.

    `numerals` are the values of those that are no quantities, too: 每10万人.
    """

    text: str
    runs: frozenset[str]
    values: frozenset[tuple[object, object]]
    numerals: frozenset[object]


@lru_cache(maxsize=KEPT)
def _numbers(source: str) -> _Numbers:
    text = _narrow(source)
    mentions = find_mentions(text)
    values = (_value(m.quantity) for m in mentions if m.quantity)
    numerals = (read_numeral(m.text, 0) for m in mentions)
    return _Numbers(
        text,
        frozenset(_DIGITS.findall(text)),
        frozenset(values),
        frozenset(n.value for n in numerals if n),
    )


def _narrow(text: str) -> str:
    return narrow_numerals(fold(text))


def _value(quantity: Quantity) -> tuple[object, object]:
    return quantity.value, quantity.high
