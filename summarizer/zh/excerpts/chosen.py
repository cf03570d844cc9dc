"""Which sentences of a report may be told, and the two or three that are."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.types import Span
from summarizer.zh.action_verbs import is_prospective
from summarizer.zh.excerpts.clauses import Clauses
from summarizer.zh.excerpts.reporter import WORDS, Reporter
from summarizer.zh.excerpts.weight import QUOTED, quantities_of, weight
from summarizer.zh.script import fold, narrow
from summarizer.zh.segment import FULL_STOP, Sentence

MOST = 3  # excerpts
ROOM = 160  # characters of all of them
ENOUGH = 60  # characters from which on only what weighs LEAST is told
LEAST = 1.0
_SPEAKS = re.compile(
    r"我(?![国省市州县区旗镇乡村局院校司厅委])|俺|咱|[?？!！]|…|[|\t\n]|[ \u3000]{2}|\[\d"
)
_SAID = re.compile(r"[,，。;；]|.{13}")  # what makes words in quotes speech and no term
_HAN, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[A-Za-z]")
_ITEM = re.compile(r"^\s*[(（]?\d{1,2}[)）、.．]")
_DONE = re.compile(WORDS["done"])
_ORDERS = re.compile(
    rf"{WORDS['orders']}|\d(?:月|日|年)?(?:上旬|中旬|下旬|底|末)?(?:以|之)?前(?!年)|年底前"
    r"|(?:^|[,，])[^,，]{0,12}应(?![急用对])"
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole clauses of a sentence, by its number, verbatim; `span` counts the clean text."""

    span: Span
    text: str
    number: int
    paragraph: int
    weight: float


@dataclass(frozen=True, slots=True)
class Way:
    """What is looked for: what counts, or what tells an act; or whole, whatever it tells."""

    counts: bool = False
    whole: bool = False


WAYS = (Way(counts=True), Way(), Way(counts=True, whole=True))


def overview_of(
    sentences: Sequence[Sentence], reporter: Reporter, only: Container[int] | None = None
) -> str:
    """The excerpts as sentences; "" for a text that has none which could be read aloud."""
    return "".join(f"{one.text}{FULL_STOP}" for one in excerpts(sentences, reporter, only))


def excerpts(
    sentences: Sequence[Sentence], reporter: Reporter, only: Container[int] | None = None
) -> list[Excerpt]:
    """Two or three excerpts in text order; `only` of sentences with these numbers, None for any.

    What was done and counted comes first. A text without it has what was done; one that tells of no
    deeds (a notice, a reprimand) has whole sentences, for their orders must not be cut off.
    """
    for way in WAYS:
        best = (
            one for one in _best(sentences, reporter, way) if only is None or one.number in only
        )
        if chosen := _chosen(list(best)):
            return chosen
    return []


def _best(sentences: Sequence[Sentence], reporter: Reporter, way: Way) -> Iterator[Excerpt]:
    """The best excerpt of each sentence that may be told."""
    ahead: list[Sentence] = []
    for sentence in sentences:
        ahead = [one for one in ahead if one.paragraph == sentence.paragraph]
        if _is_told(sentence, reporter, way):
            found = _excerpts(sentence, ahead, reporter, way)
            if best := max(found, key=lambda one: (one.weight, -one.span.start), default=None):
                late = 2 * sentence.number / len(sentences)
                yield replace(best, weight=best.weight - late)
        ahead.append(sentence)


def _is_told(sentence: Sentence, reporter: Reporter, way: Way) -> bool:
    """Whether a sentence tells in prose what was done: no plan, no speech, nobody's story."""
    text = narrow(fold(sentence.text))
    if sentence.heading or _SPEAKS.search(text):
        return False
    if len(_HAN.findall(text)) < 3 * len(_LATIN.findall(text)):
        return False
    if any(_SAID.search(said) for said in QUOTED.findall(text)):
        return False
    persons = [name for name in sentence.names if name.kind == "person"]
    own = [name for name in persons if reporter.owns(name)]
    undone = is_prospective(text.rstrip("。;…")) or bool(_ORDERS.search(text))
    if way.whole:
        return (bool(own) or not persons) and (reporter.orders or not undone)
    if sentence.section_kind != "deeds" or undone or len(own) < len(persons):
        return False
    return not reporter.orders or bool(_DONE.search(text))


def _excerpts(
    sentence: Sentence, ahead: Sequence[Sentence], reporter: Reporter, way: Way
) -> Iterator[Excerpt]:
    """What may be told of a sentence."""
    start, text = sentence.span.start, narrow(fold(sentence.text))
    named = [_within(n.span, start) for n in sentence.names]
    counted = [_within(m.at, start) for m in sentence.mentions]
    follows = any(n.is_party and not reporter.owns(n) for s in ahead for n in s.names)
    clauses = Clauses.of(text, counted, named, follows=follows)
    joined = 0.75 * bool(ahead and ahead[-1].text[-1:] in ";；")
    listed = 3.0 * bool(_ITEM.match(text) and not named)
    for span in clauses.all(reporter) if way.whole else clauses.stretches(reporter):
        at = Span(start + span.start, start + span.end)
        quantities = quantities_of([m for m in sentence.mentions if at.covers(m.at)])
        told = text[span.slice]
        worth = weight(told, quantities, sentence.names, reporter, deeds=not way.whole)
        worth += (0.0 if way.counts else min(told.count(","), 2)) - joined - listed
        worth -= 2.5 * clauses.leans(span)
        if quantities or (not way.counts and reporter.opens(told)):
            words, number = sentence.text[span.slice], sentence.number
            yield Excerpt(at, words, number, sentence.paragraph, worth)


def _within(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)


def _chosen(found: list[Excerpt]) -> list[Excerpt]:
    """The weightiest that fit, of different paragraphs where there are some, in text order."""
    chosen: list[Excerpt] = []
    room = ROOM
    while found and len(chosen) < MOST:
        told = {one.paragraph for one in chosen}
        best = max(found, key=lambda one: one.weight - 2.0 * (one.paragraph in told))
        found.remove(best)
        if not best.weight > 0 or (best.weight < LEAST and not ROOM - room < ENOUGH):
            break
        if len(best.text) < room and all(best.text not in one.text for one in chosen):
            chosen.append(best)
            room -= len(best.text) + 1
    return sorted(chosen, key=lambda one: one.span.start)
