"""What can be said in one line against an answer to a passage; all else is the model's to judge.

Each check gives what the answer comes to, or raises Refused with a Chinese line for the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.documents.clean import CleanText
from summarizer.engine.grounding import (
    char_recall,
    is_bare_quantity,
    stands,
    ungrounded_numbers,
)
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.reading_answer import SKIP
from summarizer.fields import Pick
from summarizer.types import Mention
from summarizer.zh.nothing import is_nothing
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.unproved import unit_characters

SHORTEST = 2  # characters of a label
OWN = 0.5  # share of the characters of some words that the passage with its headings must have
SURE = 0.8  # share from which words are the passage's own, whatever else they stand in
LEAST_PIECE = 2  # characters of a word that may be taken from the text
_DIGITS = re.compile(r"\d+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(r"[^\W\d_]+")


class Refused(Exception):
    """An answer that cannot stand; its text is the line that the model is asked again with.

    `rest` is what can stand of it all the same.
    """

    def __init__(self, line: str, rest: Any = None) -> None:
        super().__init__(line)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered of a quantity: a label with whose and when, or why it is no figure."""

    label: str = ""
    subject: str | None = None
    period: str | None = None
    skip: str = ""


def figure(
    raw: Any, mention: Mention, passage: MarkedPassage, *, about: str, around: str
) -> Answered:
    """An answer about a quantity. `about` are words of the document that may be used beside it.

    Its numbers must stand `around` it: in its sentence, or in what that may lean on.
    """
    if isinstance(raw, str):
        raw = {"label": raw}
    if not isinstance(raw, dict):
        raise Refused("没有回答")
    if reason := plain_words(raw.get(SKIP)):
        return Answered(skip=reason)
    label, words = plain_words(raw.get("label")), f"{passage.source}\n{about}"
    if len(label) < SHORTEST:
        raise Refused("label 太短,请写清它统计的是什么")
    if fold(mention.text) in label:
        raise Refused(f"label 里不要写数量本身“{fold(mention.text)}”")
    grounded(label, words, f"{around}\n{fold(plain_words(raw.get('subject')))}")
    said = {name: _maybe(raw.get(name)) for name in ("subject", "period")}
    wrong = [name for name, value in said.items() if value and not copied(value, words)]
    answered = Answered(label, **said | dict.fromkeys(wrong))
    if wrong:
        lines = (f"{name} “{said[name]}”不是原文的词,请照抄原文或写 null" for name in wrong)
        raise Refused(";".join(lines), answered)
    return answered


def repeated(answers: dict[str, Answered], mentions: dict[str, Mention]) -> dict[str, str]:
    """Of the ids whose label is another figure's too, the later ones, each with a line.

    Two places of one value may say the same fact; two values may not.
    """
    seen: dict[tuple[Any, ...], str] = {}
    found: dict[str, str] = {}
    for id_, answered in answers.items():
        quantity = mentions[id_].quantity
        if answered.skip or quantity is None:
            continue
        name = (answered.label, answered.subject, answered.period, quantity.kind)
        first = seen.setdefault(name, id_)
        if first != id_ and mentions[first].quantity != quantity:
            found[id_] = f"label 和 {first} 的一样,请写出两个的不同"
    return found


def said_at(picks: Iterable[Pick], passage: MarkedPassage) -> dict[int, Sentence]:
    """The sentences that some picks stand in, by their number in the document."""
    spans = {pick.evidence.span for pick in picks}
    return {s.number: s for s in passage.chunk.sentences if s.raw in spans}


def fact(raw: Any, text: CleanText) -> str | None:
    """A fact of the document in its own words, or nothing; a title may have stood in two lines."""
    value = _maybe(raw)
    if value is None or copied(value, text.text):
        return value
    raise Refused(f"“{value}”不是原文的词,请照抄原文或写 null")


def copied(value: str, words: str) -> bool:
    """Whether a text is made of the words of another: of pieces of two characters or more.

    A number is one piece, and the signs between pieces are nobody's.

    >>> copied("大坪村豆腐坊", "大坪村党员办起豆腐坊"), copied("大坪村酒坊", "大坪村党员办起豆腐坊")
    (True, False)
    >>> copied("截至2020年", "2020年截至目前"), copied("截至20年", "2020年截至目前")
    (True, False)
    """
    value, words = fold(value), fold(words)
    numbers = set(_DIGITS.findall(words))
    if not set(_DIGITS.findall(value)) <= numbers:
        return False
    return all(_pieced(run, words) for run in _RUN.findall(_DIGITS.sub(" ", value)))


def _pieced(run: str, words: str) -> bool:
    """Whether a run of letters is cut without a rest into pieces that the words have."""
    at = 0
    while at < len(run):
        end = len(run)
        while end - at > LEAST_PIECE and run[at:end] not in words:
            end -= 1
        if run[at:end] not in words or (end - at < LEAST_PIECE < len(run)):
            return False
        at = end
    return True


def grounded(words: str, source: str, cited: str) -> None:
    """Refuse words with a number that what is cited lacks, or that the source mostly lacks.

    Chinese words of an English text are a translation, which nobody can look up.
    """
    if strays := ungrounded_numbers(words, cited):
        raise Refused(f"“{words}”里的{'、'.join(strays)}原文没有,请删去")
    is_chinese = 2 * len(_HAN.findall(cited)) >= len(_LETTER.findall(cited))
    if is_chinese and char_recall(words, source + unit_characters()) < OWN:
        raise Refused(f"“{words}”不是原文说的,请用原文的词")


def cited_by(raw: Any, passage: MarkedPassage) -> dict[int, Sentence]:
    """The sentences cited, by their number in the document."""
    numbers = as_list(raw)
    last = len(passage.body)
    if not numbers or not all(isinstance(n, int) and 0 < n <= last for n in numbers):
        raise Refused(f"句子编号要在1到{last}之间")
    return {passage.body[n - 1].number: passage.body[n - 1] for n in numbers}


def holding(name: str, cited: dict[int, Sentence], passage: MarkedPassage) -> dict[int, Sentence]:
    """The sentence that a verbatim text stands in, where those cited lack it.

    Somebody is named once and then 他: the last sentence before, else the first one behind.
    """
    if not name:
        raise Refused("要照抄原文的词")
    if len(name) < LEAST_PIECE:
        raise Refused(f"“{name}”只有一个字,请照抄完整的词")
    if is_bare_quantity(name):
        raise Refused(f"“{name}”只是一个数,请照抄名称")
    if any(stands(name, s.text) for s in cited.values()):
        return {}
    having = [s for s in passage.chunk.sentences if stands(name, s.text)]
    if not having:
        raise Refused(f"“{name}”不在所引的句子里,请照抄原文或改正编号")
    first = min(cited)
    before = [s for s in having if s.number < first]
    found = before[-1] if before else having[0]
    return {found.number: found}


def as_list(raw: Any) -> Sequence[Any]:
    """An answer that should be a list; nothing where it is none."""
    return raw if isinstance(raw, list) else ()


def plain_words(raw: Any) -> str:
    """An answer in words, without the marks around it; nothing where it is none."""
    return fold(raw).strip(" \u3000,，。;；、:：") if isinstance(raw, str) else ""


def _maybe(raw: Any) -> str | None:
    said = plain_words(raw)
    return None if is_nothing(said) else said
