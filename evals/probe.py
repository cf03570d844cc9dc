"""Fits probes to marked documents, and holds them against others.

A marked document has a line a sentence: a tag, a tab, the sentence. Behind an empty line come its
names (`evals/marked/README.md`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.config import Settings
from summarizer.engine.hooks import Hooks
from summarizer.engine.probe import PARTS
from summarizer.errors import InputError
from summarizer.models.local import Local
from summarizer.models.readouts import (
    Piece,
    State,
    mean,
    place_of,
    seen_as,
    spans,
    tagged,
    tokens_at,
)
from summarizer.types import Span
from summarizer.zh.names import Name, find_names, kind_of
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

from .logistic import Fitted, Matrix, fit, numpy

TAGS = ("做", "人", "果", "划", "错", "他")
KINDS = ("person", "village", "organisation")
ROLES = ("榜样", "受助", "提及")
OFFER, LEAST = 2.0, -2.0  # of a tagger: what rules offer counts, and from where a span is a name
MARKED = "marked"  # the rule of a name that a writer marked
SHOWN = 80  # characters of a sentence


class Marking(NamedTuple):
    """A name as it is marked."""

    text: str
    kind: str
    role: str


@dataclass(frozen=True)
class Marked:
    """A document's sentences with their tags, and its names."""

    name: str
    tags: tuple[str, ...]
    sentences: tuple[str, ...]
    names: tuple[Marking, ...] = ()

    @cached_property
    def places(self) -> list[dict[range, Marking]]:
        """Of each sentence where its names stand; one inside a longer one is none."""
        longest = sorted(self.names, key=lambda one: -len(one.text))
        return [dict(sorted(_places(fold(s), longest), key=_start)) for s in self.sentences]


@dataclass(frozen=True, slots=True)
class Held:
    """What a probe is worth on what is marked: `right` and `found` from `least` log-odds on."""

    count: int
    marked: int
    area: float
    right: float
    found: float


def read_marked(path: Path) -> Marked:
    """A marked document. Raises InputError for a line that is none."""
    tags, sentences, names = [], [], []
    head, _, tail = path.read_text(encoding="utf-8").partition("\n\n")
    for number, line in enumerate(head.splitlines(), 1):
        tag, tab, sentence = line.partition("\t")
        if tag not in TAGS or not tab or not sentence.strip():
            raise InputError(f"{path}:{number}: no tag of {' '.join(TAGS)}, a tab and a sentence")
        tags.append(tag)
        sentences.append(sentence)
    for number, line in enumerate(filter(None, tail.splitlines()), len(tags) + 2):
        mark, *told = line.split("\t")
        if mark != "#" or len(told) != len(Marking._fields) or not is_name(*told):
            raise InputError(f"{path}:{number}: no #, name, kind and role, with tabs between")
        names.append(Marking(fold(told[0]), *told[1:]))
    return Marked(path.stem, tuple(tags), tuple(sentences), tuple(names))


def is_name(text: str, kind: str, role: str) -> bool:
    """Whether a name is one, of a kind and with a role that are known."""
    return bool(text.strip()) and kind in KINDS and role in ROLES


def passages(sentences: Sequence[str], chars: int) -> Iterator[list[str]]:
    """Sentences in passages of about so many characters, much as a run reads them."""
    passage: list[str] = []
    for sentence in sentences:
        if passage and chars < sum(map(len, passage)) + len(sentence):
            yield passage
            passage = []
        passage.append(sentence)
    if passage:
        yield passage


def readings(documents: Sequence[Marked], settings: Settings) -> Iterator[list[Piece]]:
    """What the embedded model holds of each document's sentences, a piece a sentence."""
    local = Local(None, settings)
    reader = local.reader()
    for one in documents:
        asked = passages(one.sentences, settings.chunk_chars)
        yield [piece for passage in asked for piece in reader.states([*map(fold, passage)])]


def of_sentences(document: Marked, read: Sequence[Piece], tag: str) -> list[tuple[State, bool]]:
    """The state of each sentence, and whether it has a tag."""
    told = zip(document.tags, read, strict=True)
    return [(mean(piece.own), one == tag) for one, piece in told]


def of_names(document: Marked, read: Sequence[Piece]) -> dict[Marking, State]:
    """The state of each name, the mean of wherever it stands."""
    found: dict[Marking, list[State]] = {}
    for places, piece in zip(document.places, read, strict=True):
        sentence = mean(piece.own)
        for at, marking in places.items():
            own = [
                n for n, one in enumerate(piece.at) if one.start < at.stop and at.start < one.stop
            ]
            found.setdefault(marking, []).append(seen_as(piece, own[-1], sentence))
    return {marking: mean(states) for marking, states in found.items()}


def offered(document: Marked, hooks: Hooks) -> set[str]:
    """The marked names that a genre would offer: of others nobody is asked."""
    sentences = []
    for n, (text, places) in enumerate(zip(document.sentences, document.places, strict=True), 1):
        named = [(Span(at.start, at.stop), one) for at, one in places.items()]
        names = tuple(
            Name(at, fold(text)[at.slice], kind_of(one.text, one.kind), MARKED) for at, one in named
        )
        whole = Span(0, len(text))
        sentences.append(Sentence(n, whole, whole, fold(text), n, heading=False, names=names))
    return {name.text for names in hooks.candidates(sentences) for name in names}


def of_tokens(document: Marked, read: Sequence[Piece]) -> Iterator[tuple[State, tuple[bool, ...]]]:
    """Each token with the one behind it, and whether it begins, is inside, and ends a name."""
    for places, piece in zip(document.places, read, strict=True):
        for n, at in enumerate(piece.at[:-1]):
            inside = [one for one in places if one.start < at.stop and at.start < one.stop]
            begins = any(at.start <= one.start < at.stop for one in inside)
            ends = any(at.start < one.stop <= at.stop for one in inside)
            yield piece.states[n] + piece.states[n + 1], (begins, bool(inside), ends)


def named(document: Marked, read: Sequence[Piece], tagger: Mapping[str, Any]) -> list[set[range]]:
    """Where a tagger finds the names of each sentence."""
    found = []
    for sentence, piece in zip(document.sentences, read, strict=True):
        rules = (range(one.span.start, one.span.end) for one in find_names(sentence))
        by_rule = {own: one for one in rules if (own := tokens_at(piece, one))}
        told = spans([*tagged(piece, tagger)], list(by_rule), tagger["offer"], tagger["least"])
        found.append({by_rule.get((a, b)) or place_of(piece, a, b) for a, b, _ in told})
    return found


def fit_tagger(documents: Sequence[Marked], read: Iterable[Sequence[Piece]]) -> tuple[str, str]:
    """A tagger's file, fitted to documents as they are read, and what it was fitted to.

    Raises ConfigError without numpy.
    """
    np = numpy()
    tokens: list[Matrix] = []
    parts: list[tuple[bool, ...]] = []
    names: list[State] = []
    kinds: list[list[bool]] = []
    for document, pieces in zip(documents, read, strict=True):
        told = [*of_tokens(document, pieces)]
        tokens.append(np.array([state for state, _ in told], dtype=np.float32))
        parts += [so for _, so in told]
        for name, state in of_names(document, pieces).items():
            names.append(state)
            kinds.append([name.kind == kind for kind in KINDS])
    about = f"names: {len(parts)} tokens and {len(names)} names of {len(documents)} documents"
    told_of_kinds = fit(names, kinds)
    return written_tagger(fit(np.vstack(tokens), parts), told_of_kinds, about), about


def held(odds: Sequence[float], is_one: Sequence[bool], least: float) -> Held:
    """What log-odds are worth beside what is so.

    >>> held([2.0, 1.0, -1.0, 0.5], [True, True, False, False], 0.0)
    Held(count=4, marked=2, area=1.0, right=0.6666666666666666, found=1.0)
    """
    yes = [one for one, so in zip(odds, is_one, strict=True) if so]
    no = [one for one, so in zip(odds, is_one, strict=True) if not so]
    above = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    taken = sum(one >= least for one in odds)
    hits = sum(one >= least for one in yes)
    area = above / max(1, len(yes) * len(no))
    return Held(len(odds), len(yes), area, hits / max(1, taken), hits / max(1, len(yes)))


def tagger_worth(
    documents: Sequence[Marked], read: Iterable[Sequence[Piece]], tagger: Mapping[str, Any]
) -> Held:
    """What a tagger is worth: how many names it gives are marked, and how many marked it gives."""
    given, marked, both = 0, 0, 0
    for document, pieces in zip(documents, read, strict=True):
        for places, ours in zip(document.places, named(document, pieces, tagger), strict=True):
            given += len(ours)
            marked += len(places)
            both += len(ours & set(places))
    return Held(given, marked, math.nan, both / max(1, given), both / max(1, marked))


def wrong(document: Marked, odds: Sequence[float], tag: str, least: float) -> Iterator[str]:
    """A line for each sentence on which a probe is wrong."""
    for one, marked, sentence in zip(odds, document.tags, document.sentences, strict=True):
        if (one >= least) != (marked == tag):
            yield f"{document.name}\t{one:.1f}\t{marked}\t{sentence[:SHOWN]}"


def written(fitted: Fitted, about: str, least: float) -> str:
    """A list's probe as its file."""
    return _file(about, {"least": least} | fitted.told())


def written_tagger(parts: Sequence[Fitted], kinds: Sequence[Fitted], about: str) -> str:
    """A tagger as its file."""
    told: dict[str, Any] = {"offer": OFFER, "least": LEAST}
    told |= {name: one.told() for name, one in zip(PARTS, parts, strict=True)}
    told["kinds"] = {name: one.told() for name, one in zip(KINDS, kinds, strict=True)}
    return _file(about, told)


def _file(about: str, told: dict[str, Any]) -> str:
    model = Local(None, Settings()).id
    return json.dumps({"about": about, "model": model} | told, ensure_ascii=False) + "\n"


def _places(text: str, names: Sequence[Marking]) -> Iterator[tuple[range, Marking]]:
    """Where names stand in a text, the longest first, none on another."""
    taken: set[int] = set()
    for one in names:
        at = text.find(one.text)
        while at >= 0:
            place = range(at, at + len(one.text))
            if taken.isdisjoint(place):
                taken.update(place)
                yield place, one
            at = text.find(one.text, at + 1)


def _start(one: tuple[range, Marking]) -> int:
    return one[0].start
