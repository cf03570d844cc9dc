"""Wrong picks, planted: of every field all the places of its kind that gold does not name.

Each stands in the document, is proved letter for letter, and is another number than asked: the
neighbour's, last year's, the province's, a plan's. A scorer must see every one; the product itself
refuses those that its rules know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from summarizer.documents.parsed import ParsedDocument, parse
from summarizer.documents.read import read
from summarizer.engine.candidates import Candidate, candidates
from summarizer.engine.field_types import FieldType
from summarizer.engine.picking import Picker, WrongKey, picks_of
from summarizer.engine.schema import Schema, load_schema
from summarizer.types import Span

from .cases import Case
from .scorers.picks import is_right
from .wanted import WantedValue, check_gold


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of gold, of the summary or of an item: what it is asked for, what is right there.

    Of an item only the places of `within` are planted, those of its own sentences.
    """

    name: str
    tree: FieldType
    about: str
    gold: WantedValue
    within: tuple[Span, ...] = ()


@dataclass
class Planted:
    """What became of the planted picks: how many, those no scorer sees, those that are refused."""

    count: int = 0
    unseen: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def take(self, other: Planted) -> None:
        """Add those of another document."""
        self.count += other.count
        self.unseen += other.unseen
        self.refused.update(other.refused)


def plant(case: Case, schema: str) -> Planted:
    """Every wrong pick of a document's fields. Raises ConfigError for gold of another schema."""
    made, found = load_schema(schema), Planted()
    if case.wanted:
        check_gold(case.name, case.wanted, made)
    document = parse(read(case.path))
    picker = Picker.of(document, made)
    places = _places(document, made, picker)
    for asked in fields_of(case, made):
        for name, place in places.items():
            at = document.text.to_raw(place.at)
            if not _is_wrong(asked, place, at):
                continue
            pick = _made(picker, asked.tree, place)
            if pick is None:  # a number whose clause tells of no change
                continue
            found.count += 1
            if is_right(asked.tree, asked.gold, pick):
                found.unseen.append(f"{case.name} {asked.name}: {place.text}")
            try:
                picker.value(asked.tree, name, places, asked.about)
            except WrongKey as refusal:
                found.refused[_kind(str(refusal))] += 1
    return found


def fields_of(case: Case, schema: Schema) -> Iterator[Asked]:
    """The fields with one pick that gold knows."""
    assert case.wanted is not None, case.name
    for name, own in schema.fields.items():
        if own.type.pick is not None and name in case.wanted.fields:
            yield Asked(name, own.type, own.about, case.wanted.fields[name])
    for listed in schema.lists:
        for item in case.wanted.lists.get(listed.name, ()):
            for name, tree in listed.types.items():
                if tree.pick is not None and name in item.values:
                    about = listed.fields[name].description or name
                    where = f"{listed.name}.{name}"
                    yield Asked(where, tree, about, item.values[name], item.places)


def _places(document: ParsedDocument, schema: Schema, picker: Picker) -> dict[str, Candidate]:
    mentions = {m.id: m for m in document.mentions}
    return candidates(document.sentences, mentions, picks_of(schema), picker.setting.now)


def _is_wrong(asked: Asked, place: Candidate, at: Span) -> bool:
    """Whether a place is of the kind, where it may be planted, and not gold's own."""
    if not place.fits(asked.tree) or (asked.gold.words and _is_near(at, asked.gold.places)):
        return False
    return not asked.within or _is_near(at, asked.within)


def _is_near(at: Span, places: tuple[Span, ...]) -> bool:
    return any(at.overlaps(place) for place in places)


def _made(picker: Picker, tree: FieldType, place: Candidate) -> dict[str, Any] | None:
    try:
        given: dict[str, Any] = picker.made(tree, place).model_dump(mode="json")
    except WrongKey:
        return None
    return given


def _kind(line: str) -> str:
    """A refusal without the number that it is of: what the rule knew."""
    return line.partition("”")[2].partition(",")[0]
