"""What probes tell of a document, read once before anything is asked: its names and sentences.

A passage is one reading for all probes. The names that the model's states tell take the place of
those that rules find, for what is asked of the document and said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from summarizer.documents.parsed import ParsedDocument
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.chunk import Chunk
from summarizer.engine.number_labels import ToldName, asked_numbers, labelled
from summarizer.engine.planning import Plan
from summarizer.engine.probe import Namer, Probe, Readout, Tagger
from summarizer.engine.prompt import Messages
from summarizer.engine.schema import Schema
from summarizer.errors import NoProbabilities
from summarizer.types import Span
from summarizer.zh.names import Name, kind_of
from summarizer.zh.names.person_boundaries import surname_length
from summarizer.zh.names.repeats import SHORT
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

READ = "states"  # the rule of a name that the model's states tell


class _Named(BaseModel):
    """A name in a piece, as the reader of states tells it."""

    model_config = ConfigDict(strict=True)

    at: Annotated[list[int], Field(min_length=2, max_length=2)]
    kind: str
    odds: FiniteFloat
    lists: dict[str, FiniteFloat]


class Told(BaseModel):
    """What a request's probes tell of the pieces of a passage: a list a piece each."""

    model_config = ConfigDict(strict=True)

    sentences: dict[str, list[FiniteFloat]]
    names: list[list[_Named]] = []
    numbers: list[list[ToldName]] = []


class _Occurrence(NamedTuple):
    """A name where it stands, in a sentence, with its log-odds by list."""

    sentence: int
    name: Name
    lists: Mapping[str, float]


def read_out(
    document: ParsedDocument,
    plan: Plan,
    schema: Schema,
    asker: StructuredCaller,
    on_progress: Callable[[int, int, Sequence[Any]], None],
) -> tuple[ParsedDocument, Readout]:
    """The document with the names that the model's states tell, and what probes tell of it.

    Where the model refuses a passage nothing is told of it, and its names are those of the rules.
    Its numbers are called what the states tell, where the words of rules are doubtful.
    """
    sentences: dict[str, dict[int, float]] = {}
    labels: dict[Span, str] = {}
    occurrences: list[_Occurrence] = []
    heard: set[int] = set()
    for done, chunk in enumerate(plan.items if plan.probes else (), 1):
        told = _told(chunk, plan, schema, asker)
        for n, sentence in enumerate(chunk.sentences):
            if told is None:
                break
            for listed, odds in told.sentences.items():
                sentences.setdefault(listed, {})[sentence.number] = odds[n]
            if plan.tagger is not None:
                heard.add(sentence.number)
                occurrences += _names(sentence, told.names[n])
        labels |= labelled(chunk.sentences, told.numbers if told and plan.namer else [])
        on_progress(done, len(plan.items), ())
    if heard:
        document = _renamed(document, occurrences, heard)
    document = document.labelled(labels)
    return document, Readout(sentences, _by_name(occurrences))


def _told(chunk: Chunk, plan: Plan, schema: Schema, asker: StructuredCaller) -> Told | None:
    """What the probes of a plan tell of a passage."""
    of_names = {one.name for one in schema.lists if one.names}
    named = {name: one for name, one in plan.probes.items() if name in of_names}
    rest = {name: one for name, one in plan.probes.items() if name not in of_names}
    probe: dict[str, Any] = {"sentences": {name: one.request() for name, one in rest.items()}}
    used: list[Probe | Tagger | Namer] = [*plan.probes.values()]
    if named and plan.tagger is not None:
        offered = [[_within(name, s) for name in s.names] for s in chunk.sentences]
        probe["names"] = plan.tagger.request(named, offered)
        used.append(plan.tagger)
    asked = asked_numbers(chunk.sentences) if plan.namer is not None else []
    if plan.namer is not None and any(asked):
        probe["numbers"] = {"net": dict(plan.namer.net), "asked": asked}
        used.append(plan.namer)
    try:
        said = asker.read_out(pieces(chunk), probe, used)
        told = Told.model_validate_json(said or "")
    except (NoProbabilities, ValidationError):
        return None
    count = len(chunk.sentences)
    is_whole = all(len(one) == count for one in told.sentences.values())
    are_there = set(told.sentences) == set(rest) and len(told.names) == count * ("names" in probe)
    are_within = all(
        0 <= one.at[0] < one.at[1] <= len(sentence.text) and set(one.lists) == set(named)
        for sentence, several in zip(chunk.sentences, told.names, strict=False)
        for one in several
    )
    return told if is_whole and are_there and are_within else None


def pieces(chunk: Chunk) -> list[str]:
    """A passage as probes read it, its headings too."""
    return [fold(sentence.text) for sentence in chunk.sentences]


def as_read(chunk: Chunk) -> Messages:
    """A passage as the request of a probe holds it."""
    return [{"role": "user", "content": "\n".join(pieces(chunk))}]


def _within(name: Name, sentence: Sentence) -> Span:
    return Span(name.span.start - sentence.span.start, name.span.end - sentence.span.start)


def _names(sentence: Sentence, told: Sequence[_Named]) -> Iterator[_Occurrence]:
    """The names of a sentence, each with its log-odds by list.

    One that a rule finds as well is of the kind that its suffix says.
    """
    rules = {name.span: name for name in sentence.names}
    for one in told:
        span = Span(sentence.span.start + one.at[0], sentence.span.start + one.at[1])
        text = sentence.text[one.at[0] : one.at[1]]
        name = rules.get(span) or Name(span, text, kind_of(text, one.kind), READ)
        yield _Occurrence(sentence.number, name, one.lists)


def _renamed(
    document: ParsedDocument,
    occurrences: Sequence[_Occurrence],
    heard: Collection[int],
) -> ParsedDocument:
    """The document with other names in the sentences that were heard.

    A person's own name is short for the name with his surname: 守昌 where there is a 田守昌.
    """
    names = [one.name for one in occurrences]
    persons = {fold(name.text) for name in names if name.kind == "person"}
    short = {one[size:] for one in persons if (size := surname_length(one))} & persons
    named = [
        replace(name, rule=SHORT) if name.kind == "person" and fold(name.text) in short else name
        for name in names
    ]
    return document.renamed(named, heard)


def _by_name(occurrences: Sequence[_Occurrence]) -> dict[str, dict[str, dict[int, float]]]:
    """The log-odds of each name in each sentence where it stands, by list."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for number, name, lists in occurrences:
        for listed, odds in lists.items():
            told = found.setdefault(listed, {}).setdefault(fold(name.text), {})
            told[number] = max(odds, told.get(number, odds))
    return found
